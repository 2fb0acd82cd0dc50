"""Readiness of a pilot to scale: seven factors, each scored by somebody or not evidenced.

The factors are what partners look at before they fund scaling, as the Global Innovation Exchange
tells it of IDIA's work (*Insights on Scaling Innovation*, 2017). Scoring them 0, 1 or 2 and reading
them by the weakest one is this product's own reading, after the bottleneck logic of CGIAR's Scaling
Readiness. A factor nobody scored is unknown, which is not zero; the factors are never averaged.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import narwhals as nw

from ileaps_metrics.partial_dates import day_interval
from ileaps_metrics.pilot_frames import PILOT, lazy, like, number, text

if TYPE_CHECKING:
    from narwhals.typing import IntoFrame, IntoFrameT

FACTORS = (
    "vision",
    "effectiveness",
    "demand",
    "timeframe",
    "finance",
    "team",
    "monitoring",
)
"""Vision of impact at scale; direct evidence of effect; demand and a reason to scale; a time frame;
financial management; a capable team; capacity to monitor and evaluate."""

ABSENT, IN_PART, MET = 0, 1, 2
SCORES = (ABSENT, IN_PART, MET)
_SIGNED = ("assessor", "assessed_on", "source_id")


def factor_scores(assessments: IntoFrameT, pilots: IntoFrame) -> IntoFrameT:
    """Each pilot with its seven factors, the newest score of each, or none.

    Args:
        assessments: pilot_id, factor, score (0 looked at and absent, 1 in part, 2 met; missing
            counts as no score), assessor, assessed_on (to the day, month or year), source_id.
        pilots: the pilots to list, by pilot_id.

    Returns:
        A frame of the same kind as the assessments, seven rows a pilot, in the order of the
        factors: pilot_id, position (1-7), factor, score (missing where not evidenced), evidenced,
        assessor, assessed_on, source_id, superseded (older scores of the same factor).

    Raises:
        ValueError: for a score other than 0, 1 or 2, a factor or pilot nobody knows, a score
            without assessor, date or source, or two scores of one factor of which neither is
            surely the newer; the message names the row and says what to do.

    >>> import pandas as pd
    >>> given = pd.DataFrame({"pilot_id": ["m"], "factor": ["team"], "score": [1],
    ...     "assessor": ["A"], "assessed_on": ["2026-03"], "source_id": ["s"]})
    >>> scores = factor_scores(given, pd.DataFrame({"pilot_id": ["m"]}))
    >>> scores.loc[scores["evidenced"], ["factor", "score", "assessor"]]
      factor  score assessor
    5   team    1.0        A
    """
    known = lazy(pilots, (PILOT,), "pilots").select(PILOT)
    listed = [str(each) for each in known.unique().sort(PILOT).collect()[PILOT].to_list()]
    newest = _newest(_checked(assessments, set(listed)))
    rows = [
        (pilot, position, factor, *newest.get((pilot, factor), (None, None, None, None, 0)))
        for pilot in listed
        for position, factor in enumerate(FACTORS, start=1)
    ]
    columns: dict[str, tuple[Any, Any]] = {
        name: (list(values), dtype)
        for (name, dtype), values in zip(_COLUMNS.items(), _columns(rows), strict=True)
    }
    native: nw.DataFrame[Any] | nw.LazyFrame[Any] = nw.from_native(assessments)
    series = {
        name: nw.new_series(name, values, dtype, backend=native.implementation)
        for name, (values, dtype) in columns.items()
    }
    frame = nw.from_dict(series).lazy()
    evidenced = (~nw.col("score").is_null()).alias("evidenced")
    order = ("position", "factor", "score", "evidenced", *_SIGNED, "superseded")
    return like(assessments, frame.with_columns(evidenced).select(PILOT, *order))


_COLUMNS = {
    PILOT: nw.String,
    "position": nw.Int64,
    "factor": nw.String,
    "score": nw.Float64,
    "assessor": nw.String,
    "assessed_on": nw.String,
    "source_id": nw.String,
    "superseded": nw.Int64,
}
_Row = tuple[str, str, float, str, str, str]


def _columns(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    return list(zip(*rows, strict=True)) if rows else [() for _ in _COLUMNS]


def _checked(assessments: IntoFrame, pilots: set[str]) -> list[_Row]:
    """The rows that carry a score, each seen to be possible."""
    needed = (PILOT, "factor", "score", *_SIGNED)
    frame = lazy(assessments, needed, "readiness_assessments")
    names = (PILOT, "factor", *_SIGNED)
    plain = frame.select(*(text(frame, name) for name in names), number(frame, "score"))
    scored = plain.filter(~nw.col("score").is_null()).collect()
    columns = [scored[name].to_list() for name in (PILOT, "factor", "score", *_SIGNED)]
    found: list[_Row] = list(zip(*columns, strict=True))
    for pilot, factor, score, *signed in found:
        where = f"readiness of {pilot}, factor {factor}"
        if factor not in FACTORS:
            raise ValueError(f"{where}: there is no such factor; use one of {', '.join(FACTORS)}")
        if pilot not in pilots:
            raise ValueError(f"{where}: the table of pilots has no {pilot}; correct its pilot_id")
        if score not in SCORES:
            raise ValueError(
                f"{where}: a score of {score:g} is impossible; give 0 (absent), 1 (in part) or "
                "2 (met), and leave the row out where nobody looked"
            )
        absent = [
            name for name, value in zip(_SIGNED, signed, strict=True) if not isinstance(value, str)
        ]
        if absent:
            raise ValueError(
                f"{where}: the score carries no {', '.join(absent)}; a score counts only with "
                "assessor, date and source: fill them in or leave the row out"
            )
    return found


def _newest(rows: list[_Row]) -> dict[tuple[str, str], tuple[float, str, str, str, int]]:
    grouped: dict[tuple[str, str], list[_Row]] = defaultdict(list)
    for row in rows:
        grouped[row[0], row[1]].append(row)
    newest = {}
    for key, group in grouped.items():
        ordered = sorted(group, key=lambda row: day_interval(row[4]))
        last = ordered[-1]
        starts = day_interval(last[4])[0]
        unclear = [row for row in ordered[:-1] if day_interval(row[4])[1] >= starts]
        if unclear:
            raise ValueError(
                f"readiness of {key[0]}, factor {key[1]}: two scores, dated {unclear[-1][4]} and "
                f"{last[4]}, and neither is surely the newer; date them more precisely or keep one"
            )
        newest[key] = (*last[2:], len(group) - 1)
    return newest


def readiness_summary(scores: IntoFrameT) -> IntoFrameT:
    """The weakest evidenced factor of each pilot, and how many of the seven are evidenced.

    Args:
        scores: what `factor_scores` returns.

    Returns:
        A frame of the same kind, sorted by pilot: pilot_id, minimum (over the evidenced factors;
        missing where none is), n_evidenced, n_factors (7), n_met (scored 2), n_weakest (factors
        at the minimum).

    Raises:
        ValueError: for a table that lacks a column.

    >>> import pandas as pd
    >>> one = {"pilot_id": ["m"] * 2, "factor": ["vision", "team"], "evidenced": [True, False]}
    >>> readiness_summary(pd.DataFrame(one | {"score": [2.0, None]}))
      pilot_id  minimum  n_evidenced  n_factors  n_met  n_weakest
    0        m      2.0            1          2      1          1
    """
    frame = lazy(scores, (PILOT, "factor", "score"), "readiness scores")
    score = number(frame, "score")
    least = frame.select(PILOT, score).with_columns(
        nw.col("score").min().over(PILOT).alias("minimum")
    )
    one, zero = nw.lit(1), nw.lit(0)
    marked = least.with_columns(
        nw.when(~nw.col("score").is_null()).then(one).otherwise(zero).alias("n_evidenced"),
        nw.when(nw.col("score") == MET).then(one).otherwise(zero).alias("n_met"),
        nw.when(nw.col("score") == nw.col("minimum")).then(one).otherwise(zero).alias("n_weakest"),
    )
    counts = ("n_evidenced", "n_met", "n_weakest")
    summed = marked.group_by(PILOT).agg(
        nw.col("minimum").min(),
        *(nw.col(name).sum() for name in counts),
        nw.len().alias("n_factors"),
    )
    typed = summed.with_columns(nw.col(name).cast(nw.Int64) for name in (*counts, "n_factors"))
    columns = (PILOT, "minimum", "n_evidenced", "n_factors", "n_met", "n_weakest")
    return like(scores, typed.select(*columns).sort(PILOT))
