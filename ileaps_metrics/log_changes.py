"""Tables for the designs of `impact`: what changed in each unit, and sums of two groups."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, TypeAlias

import narwhals as nw

from ileaps_metrics.pilot_frames import lazy, like

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from narwhals.typing import IntoFrameT

Label: TypeAlias = str | int | float


def log_changes(
    frame: IntoFrameT,
    unit: str,
    period: str,
    values: Sequence[str],
    before: Label,
    after: Label,
) -> IntoFrameT:
    """Each unit's values in two periods and the change of their logarithm.

    A unit without a value above zero in one of the periods has no change: it is missing.

    Args:
        frame: one row a unit and period.
        unit: column that names the unit.
        period: column that names the period.
        values: columns whose change is asked for.
        before: the earlier period.
        after: the later one.

    Returns:
        A frame of the same kind, sorted by unit: the unit, and for each column
        `<column>_before`, `<column>_after` and `<column>_change`.

    Raises:
        ValueError: a column is absent, a period is, or a unit has two rows in one period.

    >>> import pandas as pd
    >>> frame = pd.DataFrame({"place": ["a", "b", "a", "b"], "month": [1, 1, 2, 2],
    ...                       "trips": [10.0, 0.0, 20.0, 5.0]})
    >>> log_changes(frame, "place", "month", ["trips"], 1, 2).round(2)
      place  trips_before  trips_after  trips_change
    0     a          10.0         20.0          0.69
    1     b           0.0          5.0           NaN
    """
    table = lazy(frame, (unit, period, *values), "the frame of units")
    sides = []
    for name, wanted in (("before", before), ("after", after)):
        rows = table.filter(nw.col(period) == nw.lit(wanted)).select(
            unit, *(nw.col(v).cast(nw.Float64).alias(f"{v}_{name}") for v in values)
        )
        _one_row_a_unit(rows, unit, f"{period} {wanted}")
        sides.append(rows)
    together = sides[0].join(sides[1], on=unit, how="inner")
    changes = [
        nw.when((nw.col(f"{v}_before") > 0) & (nw.col(f"{v}_after") > 0))
        .then(nw.col(f"{v}_after") / nw.col(f"{v}_before"))
        .log(math.e)
        .alias(f"{v}_change")
        for v in values
    ]
    order = [unit, *(f"{v}_{part}" for v in values for part in ("before", "after", "change"))]
    return like(frame, together.with_columns(*changes).select(order).sort(unit))


def _one_row_a_unit(rows: nw.LazyFrame[Any], unit: str, when: str) -> None:
    counts = rows.group_by(unit).agg(nw.len().alias("rows")).collect()
    if not len(counts):
        message = f"no row for {when}: give a period that the frame has"
        raise ValueError(message)
    twice = counts.filter(nw.col("rows") > 1)[unit].to_list()
    if twice:
        message = f"{twice[0]!r} has more than one row for {when}: sum them up first"
        raise ValueError(message)


def log_sums(
    frame: IntoFrameT,
    group: str,
    period: str,
    value: str,
    treated: Label,
    before: Iterable[Label],
    after: Iterable[Label],
) -> IntoFrameT:
    """Logarithm of the sum of each group in each period, for `difference_in_differences`.

    Other periods are left out. With the logarithm, periods of unequal length need no
    correction: their lengths are the same in both groups.

    Args:
        frame: any number of rows a group and period.
        group: column that names the group.
        period: column that names the period.
        value: column to be summed.
        treated: the treated group.
        before: periods before the start.
        after: periods after it.

    Returns:
        A frame of the same kind, sorted: the group, the period, `log_sum` (missing where the
        sum is not above zero), `treated` and `post` (0 or 1).

    Raises:
        ValueError: a column is absent.

    >>> import pandas as pd
    >>> frame = pd.DataFrame({"bus": ["owl", "other"] * 2, "month": [1, 1, 2, 2],
    ...                       "trips": [1.0, 10.0, 2.0, 10.0]})
    >>> log_sums(frame, "bus", "month", "trips", "owl", [1], [2]).round(2)
         bus  month  log_sum  treated  post
    0  other      1     2.30        0     0
    1  other      2     2.30        0     1
    2    owl      1     0.00        1     0
    3    owl      2     0.69        1     1
    """
    earlier, later = list(before), list(after)
    table = lazy(frame, (group, period, value), "the frame of sums")
    sums = (
        table.filter(nw.col(period).is_in([*earlier, *later]))
        .select(group, period, nw.col(value).cast(nw.Float64).alias("sum"))
        .group_by(group, period)
        .agg(nw.col("sum").sum())
    )
    flagged = sums.with_columns(
        nw.when(nw.col("sum") > 0).then(nw.col("sum")).log(math.e).alias("log_sum"),
        (nw.col(group) == nw.lit(treated)).cast(nw.Int64).alias("treated"),
        nw.col(period).is_in(later).cast(nw.Int64).alias("post"),
    )
    return like(
        frame, flagged.select(group, period, "log_sum", "treated", "post").sort(group, period)
    )
