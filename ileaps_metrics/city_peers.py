"""Which places are like this one, on indicators that are named, and in what they differ.

Likeness is a distance on standardised indicators: what "like" means is decided by which
indicators are chosen, so every result carries the gap on each of them. Places that lack too many
of the chosen indicators are not ranked: an average over what happens to be known would make the
poorly measured look similar.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

import narwhals as nw
import numpy as np

from ileaps_metrics.elementwise import FloatArray, Values, as_floats
from ileaps_metrics.population_grid import eager, require_columns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from narwhals.typing import IntoFrame
    from numpy.typing import NDArray

MAX_MISSING_SHARE = 0.2
"""Ranks only where less than this share of the inputs is missing."""
MIN_PLACES = 3
"""An indicator known of fewer places has no spread worth standardising by."""


class Refusal(StrEnum):
    """Why a place is not compared; the codes pages translate."""

    INPUTS_MISSING = "inputs_missing"
    TOO_FEW_SHARED = "too_few_shared"
    NO_CANDIDATE = "no_candidate"


@dataclass(frozen=True, kw_only=True)
class Peers:
    """The nearest peers of one place, or why there are none.

    Attributes:
        target: Id of the place compared.
        peers: One row a peer, the nearest first: ``id``, ``rank``, ``distance``, ``n_shared``
            (indicators known of both), ``missing_share`` (of the peer's inputs).
        gaps: One row a peer and shared indicator, the most similar first within a peer: ``id``,
            ``indicator``, ``value``, ``target_value``, ``gap`` (peer less target, in standard
            deviations over all places), ``share`` (of the squared distance).
        left_out: Places not ranked: ``id``, ``missing_share``, ``n_shared``, ``reason``.
        missing: Indicators the target lacks.
        unusable: Indicators known of fewer than three places, or equal everywhere: left out of
            every distance. The former still count as missing where they are.
        refused: A code of :class:`Refusal` where there is no ranking; None where there is one.
    """

    target: str
    peers: Any
    gaps: Any
    left_out: Any
    missing: tuple[str, ...]
    unusable: tuple[str, ...]
    refused: str | None


def nearest_peers(
    profiles: IntoFrame,
    indicators: Sequence[str],
    target: str,
    k: int = 5,
    *,
    id_column: str = "id",
    minimum_shared: int = 3,
) -> Peers:
    """The k places most like one place on the indicators named.

    Each indicator is standardised over all places that have it (mean 0, standard deviation 1);
    the distance is ``√(mean of (z_place − z_target)²)`` over the indicators both have, so that
    it does not grow with their number. No place is ranked that lacks a fifth or more of the
    indicators, and none is ranked at all where the target itself does.

    Args:
        profiles: One row a place: the id and the indicators, missing where not known. Put what
            spans orders of magnitude (populations) in as logarithms.
        indicators: The columns to compare on.
        target: Id of the place to find peers of.
        k: How many peers at most.
        id_column: Name of the id column.
        minimum_shared: Fewest indicators both places must have.

    Returns:
        A :class:`Peers`, its frames of the caller's kind.

    Raises:
        ValueError: A column is missing or named twice, an id stands twice, the target has no
            row, or ``k`` or ``minimum_shared`` is below 1.

    Example:
        >>> import pandas as pd
        >>> places = pd.DataFrame({"id": ["a", "b", "c", "d"], "size": [1.0, 1.1, 3.0, 2.0],
        ...     "growth": [2.0, 2.2, 0.5, 1.0], "air": [30.0, 28.0, 10.0, None]})
        >>> found = nearest_peers(places, ["size", "growth", "air"], "a", k=1)
        >>> found.peers[["id", "distance"]].round(2)
          id  distance
        0  b      0.19
        >>> found.left_out[["id", "reason"]]
          id          reason
        0  d  inputs_missing
    """
    table = eager(profiles)
    names = [*indicators]
    _require(table, names, target, k, minimum_shared, id_column)
    ids = np.array([str(place) for place in table[id_column].to_list()], dtype=object)
    values = np.column_stack([as_floats(table[name]) for name in names])
    values = np.where(np.isfinite(values), values, np.nan)
    standardised, usable = _standardised(values)
    known = ~np.isnan(standardised)
    me = int(np.flatnonzero(ids == target)[0])
    # What is the same everywhere is no input; what hardly anybody has is a missing one.
    absent = np.isnan(values)
    inputs = usable | (absent.sum(axis=0) > len(ids) - MIN_PLACES)
    missing_share = absent[:, inputs].sum(axis=1) / max(int(inputs.sum()), 1)
    shared = known & known[me]
    n_shared = shared.sum(axis=1)
    gap = np.where(shared, standardised - standardised[me], 0.0)
    squares = np.sum(gap**2, axis=1)
    distance = np.sqrt(squares / np.maximum(n_shared, 1))

    lacking = _too_much(missing_share)
    reasons = np.select(
        [lacking, n_shared < minimum_shared],
        [Refusal.INPUTS_MISSING.value, Refusal.TOO_FEW_SHARED.value],
        "",
    )
    others = np.arange(len(ids)) != me
    candidates = np.flatnonzero(others & (reasons == ""))
    refused = _refused(str(reasons[me]), len(candidates))
    nearest = np.lexsort((ids[candidates].astype(str), distance[candidates]))[:k]
    chosen = candidates[nearest] if refused is None else candidates[:0]
    out = np.flatnonzero(others & (reasons != ""))

    def frame(columns: dict[str, Any]) -> Any:  # noqa: ANN401
        return nw.from_dict(columns, backend=table.implementation).to_native()

    return Peers(
        target=target,
        peers=frame(
            {
                "id": list(ids[chosen]),
                "rank": np.arange(1, len(chosen) + 1),
                "distance": distance[chosen],
                "n_shared": n_shared[chosen],
                "missing_share": missing_share[chosen],
            }
        ),
        gaps=frame(_gaps(ids, names, values, gap, shared, me, chosen)),
        left_out=frame(
            {
                "id": list(ids[out]),
                "missing_share": missing_share[out],
                "n_shared": n_shared[out],
                "reason": [str(reason) for reason in reasons[out]],
            }
        ),
        missing=tuple(
            name for name, there in zip(names, ~np.isnan(values[me]), strict=True) if not there
        ),
        unusable=tuple(name for name, good in zip(names, usable, strict=True) if not good),
        refused=refused,
    )


class Standing(NamedTuple):
    """Where one value stands among those of other places.

    Attributes:
        n: Other places with a value.
        median: Their median; NaN where there is none.
        below: How many of them have a lower value.
        lowest: Their lowest value; NaN where there is none.
        highest: Their highest value; NaN where there is none.
    """

    n: int
    median: float
    below: int
    lowest: float
    highest: float


def standing(value: float, others: Values) -> Standing:
    """Where a value stands among those of other places; missing ones are left out.

    Args:
        value: The value of the place.
        others: The values of the others.

    Returns:
        A :class:`Standing`; a missing value has nobody below it.

    Example:
        >>> standing(45.3, [20.0, 60.0, None, 40.0])
        Standing(n=3, median=40.0, below=2, lowest=20.0, highest=60.0)
    """
    known = np.atleast_1d(as_floats(others))
    known = known[np.isfinite(known)]
    if not known.size:
        return Standing(0, float("nan"), 0, float("nan"), float("nan"))
    return Standing(
        known.size,
        float(np.median(known)),
        int((known < value).sum()),
        float(known.min()),
        float(known.max()),
    )


def _require(
    table: nw.DataFrame[Any],
    names: list[str],
    target: str,
    k: int,
    minimum_shared: int,
    id_column: str,
) -> None:
    require_columns(table, (id_column, *names), "nearest_peers: profiles")
    if not names or len({*names}) < len(names):
        raise ValueError(
            "nearest_peers: name at least one indicator, each once; got "
            f"{', '.join(names) or 'none'}."
        )
    if k < 1 or minimum_shared < 1:
        raise ValueError(
            f"nearest_peers: k and minimum_shared must be 1 or more, got {k} and {minimum_shared}."
        )
    ids = [str(place) for place in table[id_column].to_list()]
    twice = sorted({place for place in ids if ids.count(place) > 1})
    if twice:
        raise ValueError(
            f"nearest_peers: {', '.join(twice)} stand in more than one row. Give one row a place."
        )
    if target not in ids:
        raise ValueError(
            f"nearest_peers: there is no row for {target!r}. Add its profile, or choose one of "
            f"the {len(ids)} places."
        )


def _standardised(values: FloatArray) -> tuple[FloatArray, NDArray[np.bool_]]:
    """Values as z over the places that have them, and which indicators tell places apart."""
    known = ~np.isnan(values)
    n = known.sum(axis=0)
    filled = np.where(known, values, 0.0)
    mean = filled.sum(axis=0) / np.maximum(n, 1)
    centred = np.where(known, values - mean, 0.0)
    spread = np.sqrt((centred**2).sum(axis=0) / np.maximum(n - 1, 1))
    # Rounding leaves a spread of about 1e-16 where all values are one.
    usable = (n >= MIN_PLACES) & (spread > 1e-12 * np.maximum(np.abs(mean), 1e-300))
    z = np.where(known & usable, centred / np.where(usable, spread, 1.0), np.nan)
    return z, usable


def _too_much(missing_share: FloatArray) -> NDArray[np.bool_]:
    # 1 − 4/5 is 0.19999999999999996: a fifth missing is too much all the same.
    return np.round(missing_share, 9) >= MAX_MISSING_SHARE


def _refused(own_reason: str, n_candidates: int) -> str | None:
    if own_reason:
        return own_reason
    return None if n_candidates else Refusal.NO_CANDIDATE.value


def _gaps(
    ids: NDArray[np.object_],
    names: list[str],
    values: FloatArray,
    gap: FloatArray,
    shared: NDArray[np.bool_],
    me: int,
    chosen: NDArray[np.intp],
) -> dict[str, Any]:
    place, column = np.nonzero(shared[chosen])
    sizes = gap[chosen][place, column]
    squares = np.sum(gap[chosen] ** 2, axis=1)
    whole = squares[place]
    order = np.lexsort((column, np.abs(sizes), place))
    place, column, sizes, whole = place[order], column[order], sizes[order], whole[order]
    return {
        "id": list(ids[chosen][place]),
        "indicator": [names[at] for at in column],
        "value": values[chosen][place, column],
        "target_value": values[me][column],
        "gap": sizes,
        "share": np.where(whole > 0, sizes**2 / np.where(whole > 0, whole, 1.0), 0.0),
    }
