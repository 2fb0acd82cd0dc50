"""Boundaries and representative points (Natural Earth, 1:50 million).

The map shows the whole world; the economies of the ESCAP region keep finer outlines. Neighbours
are simplified together, so that a shared border stays shared.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import shapely
from shapely.geometry import MultiPolygon, Polygon, box, mapping, shape

from ileaps_data.build.errors import BuildError
from ileaps_data.tables import BOUNDARIES_NOTE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

NOT_ISO = "-99"
CODES_OF_UNCODED = {
    "FRA": "FRA",
    "NOR": "NOR",
    "KOS": "XKX",
    # Areas without a code of their own that the UN list counts with another.
    "CYN": "CYP",
    "SOL": "SOM",
    "ATC": "AUS",
    "IOA": "AUS",
    # An area whose frontier is not agreed belongs to no economy.
    "KAS": "XJK",
}
LEFT_OUT = {"ATA"}
FINE_BESIDE_REGION = frozenset({"TWN"})
"""Drawn as finely as the region: a coarse island among fine coasts looks like a mistake."""

FINE_TOLERANCE = 0.08
COARSE_TOLERANCE = 0.35
FINE_DECIMALS = 3
COARSE_DECIMALS = 2
SMALLEST_PART_ELSEWHERE = 0.08
"""Square degrees below which an island outside the ESCAP region is not drawn."""

SMALL_ECONOMY = 0.5
"""Square degrees of the largest polygon below which the capital stands for the economy."""


def read_countries(path: Path) -> dict[str, shapely.Geometry]:
    """Polygons by ISO 3166 alpha-3 code; areas without a code join the one they are counted with.

    Raises:
        BuildError: the file is absent or is not Natural Earth's layer of countries.
    """
    parts: dict[str, list[shapely.Geometry]] = {}
    for feature in _features(path, "ISO_A3_EH"):
        properties = feature["properties"]
        code = properties["ISO_A3_EH"]
        if code == NOT_ISO:
            code = CODES_OF_UNCODED.get(properties["ADM0_A3"], properties["ADM0_A3"])
        parts.setdefault(code, []).append(split_at_antimeridian(shape(feature["geometry"])))
    return {code: shapely.unary_union(shapes) for code, shapes in sorted(parts.items())}


def read_capitals(path: Path) -> dict[str, tuple[float, float]]:
    """Longitude and latitude of capitals by the code of their country.

    Raises:
        BuildError: the file is absent or is not Natural Earth's layer of populated places.
    """
    return {
        feature["properties"]["adm0_a3"]: tuple(feature["geometry"]["coordinates"][:2])
        for feature in _features(path, "featurecla")
        if feature["properties"]["featurecla"] == "Admin-0 capital"
    }


def _features(path: Path, expected: str) -> list[dict[str, Any]]:
    if not path.is_file():
        raise BuildError(f"{path.name}: not found in {path.parent.name}")
    try:
        features: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["features"]
    except (ValueError, KeyError, TypeError) as error:
        raise BuildError(f"{path.name}: not GeoJSON with features ({error})") from error
    if not features or expected not in features[0]["properties"]:
        raise BuildError(f"{path.name}: its features have no property {expected}")
    return features


def representative_points(
    countries: Mapping[str, shapely.Geometry],
    capitals: Mapping[str, tuple[float, float]],
    codes: Iterable[str],
) -> pd.DataFrame:
    """A point for each code that has a polygon or a capital: iso3, latitude, longitude."""
    rows = []
    for code in codes:
        largest = max(_polygons(countries.get(code)), key=lambda part: part.area, default=None)
        if code in capitals and (largest is None or largest.area < SMALL_ECONOMY):
            longitude, latitude = capitals[code]
        elif largest is not None:
            inside = largest.representative_point()
            longitude, latitude = inside.x, inside.y
        else:
            continue
        rows.append((code, round(latitude, FINE_DECIMALS), round(longitude, FINE_DECIMALS)))
    return pd.DataFrame(rows, columns=["iso3", "latitude", "longitude"])


def compile_boundaries(
    countries: Mapping[str, shapely.Geometry],
    fine: frozenset[str],
    names: Mapping[str, str],
) -> dict[str, Any]:
    """A GeoJSON collection of the world's countries, those in `fine` with finer outlines."""
    kept = {
        code: shape if code in fine else _without_small_parts(shape)
        for code, shape in countries.items()
        if code not in LEFT_OUT
    }
    codes = list(kept)
    simplified = _simplify(list(kept.values()), np.array([code in fine for code in codes]))
    features = []
    for code, outline in zip(codes, simplified, strict=True):
        decimals = FINE_DECIMALS if code in fine else COARSE_DECIMALS
        parts = [_wound(part) for part in _rounded(outline, decimals)]
        if parts:
            features.append(_feature(code, names.get(code, code), parts, decimals))
    return {"type": "FeatureCollection", "note": BOUNDARIES_NOTE, "features": features}


def _simplify(shapes: list[shapely.Geometry], is_fine: np.ndarray) -> list[shapely.Geometry]:
    first = np.array(shapely.coverage_simplify(shapes, FINE_TOLERANCE), dtype=object)
    # The sea, and the finer outlines left out here, are the unchanging edge of what is simplified
    # further: coasts and inner borders become coarser, borders with a finer neighbour stay.
    sea = shapely.difference(box(-180, -90, 180, 90), shapely.unary_union(first))
    rest = np.append(first[~is_fine], sea)
    coarser = shapely.coverage_simplify(rest, COARSE_TOLERANCE, simplify_boundary=False)
    first[~is_fine] = coarser[:-1]
    return list(first)


def _without_small_parts(outline: shapely.Geometry) -> shapely.Geometry:
    parts = _polygons(outline)
    large = [part for part in parts if part.area >= SMALLEST_PART_ELSEWHERE]
    return MultiPolygon(large or [max(parts, key=lambda part: part.area)])


def _rounded(outline: shapely.Geometry, decimals: int) -> list[Polygon]:
    """The polygons on the grid of so many decimals; the largest stays, whatever its size."""
    # The same rounding for both sides of a border keeps it shared; only what rounding broke is
    # mended, part by part.
    rounded = shapely.transform(outline, lambda points: np.round(points, decimals) + 0.0)
    parts: list[Polygon] = []
    for part in _polygons(rounded):
        clean = part if part.is_valid else shapely.set_precision(part, 10.0**-decimals)
        parts += [each for each in _polygons(clean) if each.area > 0]
    if not parts and not outline.is_empty:
        largest = max(_polygons(outline), key=lambda part: part.area)
        return [Polygon(largest.exterior)]
    return parts


def _wound(part: Polygon) -> Polygon:
    # Clockwise outside, as d3-geo wants it: plotly draws through d3, which takes a ring wound the
    # way of RFC 7946 for everything on the globe except the country.
    return shapely.geometry.polygon.orient(part, sign=-1.0)


def _feature(code: str, name: str, parts: list[Polygon], decimals: int) -> dict[str, Any]:
    outline = parts[0] if len(parts) == 1 else MultiPolygon(parts)
    geometry = mapping(outline)
    return {
        "type": "Feature",
        "id": code,
        "properties": {"iso3": code, "name": name},
        "geometry": {
            "type": geometry["type"],
            "coordinates": _plain(geometry["coordinates"], decimals),
        },
    }


def _plain(coordinates: Any, decimals: int) -> Any:  # noqa: ANN401 - GeoJSON nests at will
    if isinstance(coordinates, float):
        return round(coordinates, decimals)
    return [_plain(each, decimals) for each in coordinates]


def split_at_antimeridian(outline: shapely.Geometry) -> shapely.Geometry:
    """The same area with no edge that runs the long way round the globe.

    A ring that jumps from one side of the map to the other is unrolled beyond 180 degrees, cut
    there, and the part beyond is brought back.
    """
    parts: list[shapely.Geometry] = []
    for part in _polygons(outline):
        longitudes = shapely.get_coordinates(part)[:, 0]
        if not (np.abs(np.diff(longitudes)) > 180).any():
            parts.append(part)
            continue
        unrolled = shapely.transform(
            part, lambda points: np.where(points < (0, -90), points + np.array((360, 0)), points)
        )
        west = unrolled.intersection(box(-180, -90, 180, 90))
        east = unrolled.intersection(box(180, -90, 540, 90))
        parts += [west, shapely.transform(east, lambda points: points - np.array((360, 0)))]
    return shapely.unary_union(parts)


def _polygons(outline: shapely.Geometry | None) -> list[Polygon]:
    if outline is None:
        return []
    return [part for part in shapely.get_parts(outline) if part.geom_type == "Polygon"]


def as_bytes(boundaries: Mapping[str, Any]) -> bytes:
    """The collection as compact GeoJSON."""
    return json.dumps(boundaries, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
