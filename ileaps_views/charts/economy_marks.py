"""The marks of the economies' map and tiles, whole or only what changes in an animation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from ileaps_views.charts.classes import long_text, short_text
from ileaps_views.charts.common import readable_on, rounded
from ileaps_views.theme import palette
from ileaps_views.wording import chart_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import pandas as pd

    from ileaps_views.charts.classes import Classes

BOUNDARIES: Final = "/api/boundaries.geojson"
# Economies whose polygon covers less than 2.2 square degrees (Natural Earth 50m; Tuvalu has
# none): too small to be seen on a map of the region, drawn as a square as well.
SMALL: Final = frozenset(
    {
        "ASM",
        "BRN",
        "COK",
        "FJI",
        "FSM",
        "GUM",
        "HKG",
        "KIR",
        "MAC",
        "MDV",
        "MHL",
        "MNP",
        "NCL",
        "NIU",
        "NRU",
        "PLW",
        "PYF",
        "SGP",
        "SLB",
        "TLS",
        "TON",
        "TUV",
        "VUT",
        "WSM",
    }
)
COLUMNS: Final = 7
_TILE: Final = 42  # pixels high
_HEADING: Final = 24


class Economy(NamedTuple):
    """One economy as it is drawn: its code, its name, where its square stands on the map."""

    iso3: str
    name: str
    longitude: float
    latitude: float


def economies_of(frame: pd.DataFrame) -> list[Economy]:
    """Return the economies of a frame in its order, their names safe to draw."""
    return [
        Economy(str(iso3), chart_text(name), round(float(longitude), 2), round(float(latitude), 2))
        for iso3, name, longitude, latitude in zip(
            frame["iso3"],
            frame["short_name"],
            frame["longitude"].astype("float64"),
            frame["latitude"].astype("float64"),
            strict=True,
        )
    ]


def _values(economies: Iterable[Economy], shown: Mapping[str, float]) -> list[float | None]:
    return rounded(shown.get(economy.iso3) for economy in economies)


def map_traces(
    economies: Sequence[Economy],
    shown: Mapping[str, float],
    classes: Classes,
    mode: str,
    *,
    changes_only: bool = False,
) -> list[dict[str, Any]]:
    """Return the map's two traces: areas by class, and squares for the small economies.

    With `changes_only` they carry no more than a frame of an animation changes.
    """
    colours = palette(mode)
    small = [economy for economy in economies if economy.iso3 in SMALL]
    squares = [_fill(shown.get(each.iso3), classes, colours.background) for each in small]
    areas: dict[str, Any] = {"z": _values(economies, shown)}
    points: dict[str, Any] = {
        "text": [long_text(shown.get(each.iso3), classes.measure) for each in small],
        "marker": {"color": squares},
    }
    if not changes_only:
        areas |= {
            "geojson": BOUNDARIES,
            "locations": [each.iso3 for each in economies],
            "customdata": [each.name for each in economies],
            "featureidkey": "id",
            "zmin": classes.bounds[0],
            "zmax": classes.bounds[1],
            "colorscale": classes.colour_scale,
            "showscale": False,
            "hovertemplate": f"%{{customdata}}: {classes.hover}<extra></extra>",
            "marker": {"line": {"color": colours.muted, "width": 0.6}},
        }
        points |= {
            "lon": [each.longitude for each in small],
            "lat": [each.latitude for each in small],
            "mode": "markers",
            "customdata": [each.name for each in small],
            "hovertemplate": "%{customdata}: %{text}<extra></extra>",
            "marker": {
                "color": squares,
                "symbol": "square",
                "size": 13,
                "opacity": 1,
                "line": {"color": colours.text, "width": 1.2},
            },
        }
    return [{"type": "choropleth", **areas}, {"type": "scattergeo", **points}]


def _fill(value: float | None, classes: Classes, missing: str) -> str:
    index = classes.index(value)
    return missing if index is None else classes.colours[index]


def geo() -> dict[str, Any]:
    """Return the map's view: Asia and the Pacific whole, cut where nobody lives."""
    return {
        "projection": {"type": "natural earth", "rotation": {"lon": 110}},
        "fitbounds": False,
        "bgcolor": "rgba(0,0,0,0)",
        "showland": False,
        "showcoastlines": False,
        "showcountries": False,
        "showocean": False,
        "showlakes": False,
        "showframe": False,
        "resolution": 110,
        "lonaxis": {"range": [24, 232]},
        "lataxis": {"range": [-48, 80]},
    }


def tile_places(
    economies: pd.DataFrame, shown: Mapping[str, float], subregions: Mapping[str, str]
) -> tuple[dict[str, tuple[int, int]], list[tuple[str, float]], list[float]]:
    """Return each economy's (column, row), headings with their lower edge, and the rows' edges."""
    places: dict[str, tuple[int, int]] = {}
    headings: list[tuple[str, float]] = []
    edges = [0.0]
    for subregion, name in subregions.items():
        members = economies.loc[economies["subregion_id"] == subregion, "iso3"].tolist()
        members.sort(key=lambda iso3: (-shown.get(iso3, float("-inf")), iso3))
        if not members:
            continue
        edges.append(edges[-1] + _HEADING)
        headings.append((name, edges[-1]))
        for start in range(0, len(members), COLUMNS):
            row = len(edges) - 1
            places |= {m: (i, row) for i, m in enumerate(members[start : start + COLUMNS])}
            edges.append(edges[-1] + _TILE)
    return places, headings, edges


def tile_traces(
    economies: Sequence[Economy],
    places: Mapping[str, tuple[int, int]],
    edges: Sequence[float],
    shown: Mapping[str, float],
    classes: Classes,
    mode: str,
    *,
    changes_only: bool = False,
) -> list[dict[str, Any]]:
    """Return the tiles' fills, texts and outlines; with `changes_only` fills and texts alone."""
    colours = palette(mode)
    z: list[list[float | None]] = [[None] * COLUMNS for _row in edges[1:]]
    names: list[list[str]] = [[""] * COLUMNS for _row in edges[1:]]
    for economy, value in zip(economies, _values(economies, shown), strict=True):
        column, row = places[economy.iso3]
        z[row][column] = value
        names[row][column] = economy.name
    fills = [_fill(shown.get(iso3), classes, "") for iso3 in places]
    tiles: dict[str, Any] = {"z": z}
    texts: dict[str, Any] = {
        "text": [short_text(shown.get(iso3), classes.measure) for iso3 in places],
        "textfont": {"color": [readable_on(fill) if fill else colours.text for fill in fills]},
    }
    if changes_only:
        return [{"type": "heatmap", **tiles}, {"type": "scatter", **texts}]
    tiles |= {
        "x": list(range(COLUMNS)),
        "y": list(edges),
        "zmin": classes.bounds[0],
        "zmax": classes.bounds[1],
        "colorscale": classes.colour_scale,
        "showscale": False,
        "hoverongaps": False,
        "customdata": names,
        "hovertemplate": f"%{{customdata}}: {classes.hover}<extra></extra>",
    }
    texts |= {
        "x": [column for column, _row in places.values()],
        "y": [(edges[row] + edges[row + 1]) / 2 for _column, row in places.values()],
        "mode": "text",
        "customdata": list(places),
        "texttemplate": "<b>%{customdata}</b><br>%{text}",
        "hoverinfo": "skip",
    }
    texts["textfont"]["size"] = 13
    outline = {
        "type": "scatter",
        "x": [x for column, _row in places.values() for x in _corners(column - 0.5, column + 0.5)],
        "y": [y for _column, row in places.values() for y in _sides(edges[row], edges[row + 1])],
        "mode": "lines",
        "line": {"color": colours.muted, "width": 1},
        "hoverinfo": "skip",
    }
    return [{"type": "heatmap", **tiles}, {"type": "scatter", **texts}, outline]


def _corners(left: float, right: float) -> tuple[float | None, ...]:
    return (left, right, right, left, left, None)


def _sides(top: float, bottom: float) -> tuple[float | None, ...]:
    return (top, top, bottom, bottom, top, None)
