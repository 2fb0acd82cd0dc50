"""The partner network on a map: who works with whom on what.

Nothing is fetched from elsewhere: the basemap is our own file by URL, and no map provider is
set. deck.gl draws neither a legend nor labels that keep clear of each other, so the legend is
text beside the map and the labels are placed in Python, for the opening view.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from ileaps_views import deck, labels
from ileaps_views.findings import transfers
from ileaps_views.great_circles import great_circle
from ileaps_views.i18n import _, partial_date
from ileaps_views.rows import records
from ileaps_views.tables import transfer_table
from ileaps_views.terms import instrument_name, role_name, sector_name
from ileaps_views.theme import palette
from ileaps_views.view import LegendItem, View
from ileaps_views.wording import is_missing, one_line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from ileaps_views.evidence import SourceBook
    from ileaps_views.findings.transfers import NetworkSummary
    from ileaps_views.theme import Palette

# The opening view shows Asia from a phone's 330 pixels to a wide screen.
CENTRE: Final = (101.0, 19.0)
ZOOM: Final = 1.85
PHONE: Final = (328.0, 480.0)
WIDE: Final = (1000.0, 480.0)
# What a phone shows of it when it opens: longitudes west and east, latitudes south and north.
OPENING: Final = (70.0, 132.0, -25.0, 55.0)
_BOW_DEGREES: Final = 1.4
_COLOURED_SECTORS: Final = 5


class Role(NamedTuple):
    """How cities of one role are drawn; drawn in this order, pilots last."""

    code: str
    shape: str
    radius: float
    outline: float
    filled: bool


ROLES: Final = (
    Role("bilateral", "•", 4.0, 1.0, filled=True),
    Role("exchange", "●", 5.5, 1.0, filled=True),
    Role("interested", "○", 6.0, 2.0, filled=False),
    Role("hub", "◉", 9.0, 3.0, filled=True),
    Role("pilot", "⬤", 8.0, 2.5, filled=True),
)
_UNKNOWN: Final = Role("", "◌", 5.0, 1.0, filled=False)
_ORDER: Final = {role.code: place for place, role in enumerate(ROLES)}
_LABEL_PRIORITY: Final = {"pilot": 0, "hub": 0, "interested": 1, "exchange": 2}


class CityMarks(NamedTuple):
    """What the map shows whatever the filters: cities, their labels, and those far away."""

    marks: list[dict[str, Any]]
    labels: list[dict[str, Any]]
    away: tuple[str, ...]
    roles: tuple[str, ...]


def city_marks(
    cities: pd.DataFrame, mode: str, countries: Mapping[str, str] | None = None
) -> CityMarks:
    """Place the cities and their labels once, for every set of transfers between them.

    Args:
        cities: city_id, name, country_iso3, latitude, longitude, role.
        mode: "light" or "dark".
        countries: ISO3 → name to show; codes stand for themselves without it.
    """
    names = countries or {}
    placed = cities.dropna(subset=["latitude", "longitude"])
    placed = placed.assign(_order=placed["role"].map(_ORDER).fillna(-1)).sort_values(
        "_order", kind="stable"
    )
    marks = [_mark(row, names, palette(mode)) for row in records(placed)]
    roles = tuple(str(role) for role in placed["role"])
    return CityMarks(marks, _placed(marks), outside_view(cities, names), roles)


def partner_network(
    cities: pd.DataFrame,
    links: pd.DataFrame,
    summary: NetworkSummary,
    book: SourceBook,
    mode: str,
    *,
    countries: Mapping[str, str] | None = None,
    pilots: pd.DataFrame | None = None,
    placed: CityMarks | None = None,
    sectors: Sequence[str] | None = None,
) -> View:
    """Draw cities and the transfers between them; the table holds the same links.

    Args:
        cities: city_id, name, country_iso3, latitude, longitude, role.
        links: transfer_links(...), one row a transfer, with coordinates of both ends.
        summary: network_summary(links).
        book: the sources.
        mode: "light" or "dark".
        countries: ISO3 → name to show; codes stand for themselves without it.
        pilots: the pilots table; transfers of a pilot's policies to its city are drawn as
            pilots', opaque and thick.
        placed: city_marks(cities, mode, countries), if it is at hand.
        sectors: sectors_by_size(...) of all links there are, so that a sector keeps its colour
            whatever the filters leave.
    """
    colours = palette(mode)
    names = countries or {}
    order = sectors_by_size(links) if sectors is None else sectors
    coloured = dict(zip(order[:_COLOURED_SECTORS], colours.categorical, strict=False))
    shown = placed or city_marks(cities, mode, countries)
    paths = _paths(links, coloured, _piloted(pilots), colours)
    drawn = deck.build(
        [
            deck.basemap(colours),
            deck.path_layer("links", [p for p in paths if not p["pilot"]], width=1),
            deck.path_layer("pilot-links", [p for p in paths if p["pilot"]], width=3),
            deck.city_layer(shown.marks),
            deck.label_layer(shown.labels, colours),
        ],
        CENTRE,
        ZOOM,
    )
    away = "; ".join(shown.away)
    title = transfers.network_finding(links, summary)
    return View(
        id="partner-network",
        title=title,
        takeaway=transfers.network_takeaway(
            summary.transfers, summary.undated, int(links["agreed_on_other"].notna().sum())
        ),
        figure=drawn if shown.marks else None,
        table=transfer_table(links, book, names),
        unit=_("transfers, another source's version of the same one counted once"),
        period=transfers.period(links["agreed_on"]),
        sources=book.lines(links["source_id"]),
        alt=_("Map of Asia with lines from city to city: %(finding)s.") % {"finding": title},
        method=_(
            "A line is one transfer of a policy from one city to another, drawn along the great "
            "circle; several between the same cities are drawn side by side."
        ),
        notes=tuple(
            note
            for note in (
                _("Away from the middle of the map: %(places)s.") % {"places": away}
                if away
                else "",
                _("Boundaries and names imply no opinion on the legal status of any territory."),
            )
            if note
        ),
        legend=_legend(shown.roles, _present(coloured, links), paths, colours),
    )


def outside_view(
    cities: pd.DataFrame, countries: Mapping[str, str] | None = None
) -> tuple[str, ...]:
    """List the cities that the opening view does not show, with their countries.

    >>> import pandas as pd
    >>> outside_view(pd.DataFrame({"name": ["Lima"], "country_iso3": ["PER"],
    ...     "latitude": [-12.0], "longitude": [-77.0]}), {"PER": "Peru"})
    ('Lima (Peru)',)
    """
    west, east, south, north = OPENING
    inside = cities["longitude"].between(west, east) & cities["latitude"].between(south, north)
    away = cities[~inside].sort_values(["country_iso3", "name"])
    return tuple(
        _("%(city)s (%(country)s)")
        % {"city": one_line(name), "country": _country(iso3, countries or {})}
        for name, iso3 in zip(away["name"], away["country_iso3"], strict=True)
    )


def _country(iso3: object, countries: Mapping[str, str]) -> str:
    return one_line(countries.get(one_line(iso3), iso3)) or _("country not stated")


def _role_colour(code: str, colours: Palette) -> str:
    return {
        "hub": colours.primary,
        "pilot": colours.categorical[1],
        "exchange": colours.categorical[2],
        "interested": colours.categorical[3],
    }.get(code, colours.muted)


def _mark(row: Mapping[Any, Any], countries: Mapping[str, str], colours: Palette) -> dict[str, Any]:
    role = next((r for r in ROLES if r.code == row["role"]), _UNKNOWN)
    colour = _role_colour(role.code, colours)
    outlined = role.code in {"hub", "pilot"}
    edge = colours.text if outlined else colours.background if role.filled else colour
    joined = row.get("joined_on")
    return {
        "city_id": one_line(row["city_id"]),
        "name": one_line(row["name"]),
        "detail": _("%(role)s, %(country)s, since: %(date)s")
        % {
            "role": role_name(row["role"]),
            "country": _country(row["country_iso3"], countries),
            "date": partial_date(None if is_missing(joined) else str(joined)),
        },
        "position": [round(float(row["longitude"]), 4), round(float(row["latitude"]), 4)],
        "radius": role.radius,
        "outline": role.outline,
        "fill": deck.rgba(colour, 1.0 if role.filled else 0.0),
        "edge": deck.rgba(edge),
        "priority": _LABEL_PRIORITY.get(role.code, 3),
    }


def sectors_by_size(links: pd.DataFrame) -> tuple[str, ...]:
    """Return the sectors of transfers, the one with most transfers first."""
    counted = Counter(one_line(sector) for sector in links["sector"] if not is_missing(sector))
    return tuple(sorted(counted, key=lambda sector: (-counted[sector], sector)))


def _present(coloured: Mapping[str, str], links: pd.DataFrame) -> dict[str, str]:
    there = set(sectors_by_size(links))
    return {sector: colour for sector, colour in coloured.items() if sector in there}


def _piloted(pilots: pd.DataFrame | None) -> frozenset[tuple[str, str]]:
    if pilots is None:
        return frozenset()
    chosen = pilots[pilots["kind"].eq("pilot")]
    return frozenset(
        (city, policy)
        for city, policies in zip(chosen["city_id"], chosen["policy_ids"], strict=True)
        for policy in one_line(policies).split(";")
    )


def _paths(
    links: pd.DataFrame,
    sectors: Mapping[str, str],
    piloted: frozenset[tuple[str, str]],
    colours: Palette,
) -> list[dict[str, Any]]:
    drawn = links.dropna(subset=["from_longitude", "from_latitude", "to_longitude", "to_latitude"])
    together = Counter(zip(drawn["from_city_id"], drawn["to_city_id"], strict=True))
    met: Counter[tuple[Any, Any]] = Counter()
    paths: list[dict[str, Any]] = []
    for row in records(drawn):
        pair = (row["from_city_id"], row["to_city_id"])
        bow = _BOW_DEGREES * (met[pair] - (together[pair] - 1) / 2)
        met[pair] += 1
        colour = sectors.get(one_line(row["sector"]), colours.muted)
        pilot = (row["to_city_id"], row["policy_id"]) in piloted
        paths.extend(
            {
                "city_id": one_line(row["to_city_id"]),
                "name": one_line(row["policy"]),
                "detail": _("%(from)s → %(to)s, %(instrument)s, %(date)s")
                % {
                    "from": one_line(row["from_city"]),
                    "to": one_line(row["to_city"]),
                    "instrument": instrument_name(row["instrument"]),
                    "date": partial_date(
                        None if is_missing(row["agreed_on"]) else str(row["agreed_on"])
                    ),
                },
                "path": path,
                "colour": deck.rgba(colour, 1.0 if pilot else 0.35),
                "pilot": pilot,
            }
            for path in great_circle(
                (row["from_longitude"], row["from_latitude"]),
                (row["to_longitude"], row["to_latitude"]),
                bow=bow,
            )
        )
    return paths


def _placed(marks: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    at = {mark["city_id"]: mark["position"] for mark in marks}
    placed = labels.place_labels(_points(marks, PHONE), *PHONE)
    # what a phone does not show finds its place on a wide screen, clear of the others
    aside = (WIDE[0] - PHONE[0]) / 2
    taken = [
        label.box._replace(left=label.box.left + aside, right=label.box.right + aside)
        for label in placed
    ]
    done = {label.key for label in placed}
    rest = [
        point if point.key not in done else replace(point, text="")
        for point in _points(marks, WIDE)
    ]
    placed += labels.place_labels(rest, *WIDE, obstacles=taken)
    return [
        {
            "text": label.text,
            "position": at[label.key],
            "anchor": label.text_anchor,
            "baseline": label.baseline,
            "offset": label.pixel_offset,
        }
        for label in placed
    ]


def _points(
    marks: Sequence[Mapping[str, Any]], size: tuple[float, float]
) -> list[labels.LabelPoint]:
    points = []
    for mark in marks:
        x, y = labels.mercator_pixels(*mark["position"], centre=CENTRE, zoom=ZOOM, size=size)
        points.append(
            labels.LabelPoint(
                key=mark["city_id"],
                text=mark["name"],
                x=x,
                y=y,
                radius=mark["radius"] + mark["outline"] / 2,
                priority=mark["priority"],
                font_size=13.0,
            )
        )
    return points


def _legend(
    roles: Sequence[str],
    sectors: Mapping[str, str],
    paths: Sequence[Mapping[str, Any]],
    colours: Palette,
) -> tuple[LegendItem, ...]:
    present = set(roles)
    items = [
        LegendItem(
            word=role_name(role.code), colour=_role_colour(role.code, colours), shape=role.shape
        )
        for role in reversed(ROLES)
        if role.code in present
    ]
    items.extend(
        LegendItem(word=role_name(code), colour=colours.muted, shape=_UNKNOWN.shape)
        for code in sorted(one_line(code) for code in present - _ORDER.keys())
    )
    items.extend(
        LegendItem(word=sector_name(sector), colour=colour, shape="—")
        for sector, colour in sectors.items()
    )
    if any(path["colour"][:3] == deck.rgba(colours.muted)[:3] for path in paths):
        items.append(LegendItem(word=_("other sectors"), colour=colours.muted, shape="—"))
    if any(path["pilot"] for path in paths):
        items.append(LegendItem(word=_("thick line: a pilot"), colour=colours.text, shape="━"))
    return tuple(items)
