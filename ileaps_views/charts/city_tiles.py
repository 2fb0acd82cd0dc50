"""A city in six figures, each with what stands behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ileaps_views.charts.city_gaps import STATIONS
from ileaps_views.findings.words import known
from ileaps_views.i18n import MISSING, _, ngettext, number, percent, population, signed
from ileaps_views.rows import records
from ileaps_views.tiles import Tile

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from ileaps_views.charts.common import Revision


def city_tiles(
    revision: Revision,
    years: tuple[int, int],
    people: tuple[float, float, float],
    air: pd.DataFrame,
    gaps: pd.DataFrame,
    transfers: int,
    kinds: Sequence[str],
) -> tuple[Tile, ...]:
    """Return size, growth, air, indicators known, and work with the programme.

    Args:
        revision: the edition of the population figures.
        years: first and last year of the growth.
        people: thousands in the first and the last year, and growth in % a year.
        air: `year`, `pm25` and `pm25_temporal_coverage` of the city.
        gaps: the rows of `city_gaps`: `city_year`, `city_caution`, `city_nature`.
        transfers: policy transfers the city takes part in.
        kinds: the kinds of its pilots and tracks.
    """
    _first, last, rate = people
    words = {"revision": revision.name, "start": years[0], "end": years[1]}
    projected = revision.estimates_until is not None and years[1] > revision.estimates_until
    return (
        Tile(
            _("People, %(end)s") % words,
            population(last),
            _("%(revision)s, urban agglomeration; projected") % words
            if known(last) and projected
            else _("%(revision)s, urban agglomeration") % words
            if known(last)
            else _("not among the agglomerations of %(revision)s") % words,
        ),
        Tile(
            _("Growth, %(start)s–%(end)s") % words,
            _("%(rate)s%% a year") % {"rate": signed(rate)} if known(rate) else MISSING,
            _("of the urban agglomeration, %(revision)s") % words
            if known(rate)
            else _("no figure to compute it from"),
        ),
        _air_tile(air),
        _known_tile(gaps),
        Tile(
            _("Policy transfers"),
            number(transfers),
            _("published transfers from or to the city"),
        ),
        Tile(_("Pilots and tracks"), number(len(kinds)), _kinds(kinds)),
    )


def _air_tile(air: pd.DataFrame) -> Tile:
    rows = records(air.dropna(subset=["pm25"]).sort_values("year"))
    if not rows:
        return Tile(_("Fine particles"), MISSING, _("no PM2.5 published by the WHO"))
    last = rows[-1]
    words = {"year": int(last["year"]), "share": percent(last["pm25_temporal_coverage"], 0)}
    return Tile(
        _("Fine particles"),
        _("%(value)s µg/m³") % {"value": number(last["pm25"], 1)},
        _("PM2.5 at stations, %(year)s; %(share)s of the hours") % words
        if known(last["pm25_temporal_coverage"])
        else _("PM2.5 at stations, %(year)s; share of hours not stated") % words,
    )


def _known_tile(gaps: pd.DataFrame) -> Tile:
    given = gaps[gaps["city_year"].notna()]
    doubtful = int(given["city_caution"].notna().sum())
    stations = int(given["city_nature"].eq(STATIONS).sum())
    parts = [
        ngettext(
            "%(n)s of them from the WHO's stations",
            "%(n)s of them from the WHO's stations",
            stations,
        )
        % {"n": number(stations)}
        if stations
        else "",
        ngettext("%(n)s hard to believe", "%(n)s hard to believe", doubtful)
        % {"n": number(doubtful)}
        if doubtful
        else "",
    ]
    return Tile(
        _("SDG 11 figures of the city"),
        _("%(n)s of %(of)s") % {"n": number(len(given)), "of": number(len(gaps))},
        "; ".join(part for part in parts if part) or _("of the indicators of the goal"),
    )


def _kinds(kinds: Sequence[str]) -> str:
    if not kinds:
        return _("none in the fact base")
    words = {"pilot": _("pilot"), "track": _("track"), "reference": _("reference")}
    return ", ".join(
        _("%(name)s: %(n)s") % {"name": words.get(kind, kind), "n": number(kinds.count(kind))}
        for kind in dict.fromkeys(kinds)
    )
