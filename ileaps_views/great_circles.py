"""The shortest way between two places on the globe, as lines a flat map can draw."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

_POINTS: Final = 24
_HALF_TURN: Final = 180.0
_POLE: Final = 90.0


@lru_cache(maxsize=1024)
def great_circle(
    start: tuple[float, float], end: tuple[float, float], *, bow: float = 0.0, n: int = _POINTS
) -> list[list[list[float]]]:
    """Return the great circle between two (longitude, latitude) as paths cut at the antimeridian.

    `bow` pushes the middle sideways by that many degrees, so that several lines between the
    same places stay apart.

    >>> [len(path) for path in great_circle((127.0, 37.5), (-77.0, -12.0), n=10)]
    [4, 9]
    """
    points = _bowed(_arc(start, end, n), start, end, bow)
    paths: list[list[list[float]]] = [[]]
    previous: tuple[float, float] | None = None
    for longitude, latitude in points:
        if previous is not None and abs(longitude - previous[0]) > _HALF_TURN:
            edge = math.copysign(_HALF_TURN, previous[0])
            beyond = longitude + math.copysign(2 * _HALF_TURN, previous[0])
            share = (edge - previous[0]) / (beyond - previous[0]) if beyond != previous[0] else 0.0
            crossing = round(previous[1] + share * (latitude - previous[1]), 2)
            paths[-1].append([edge, crossing])
            paths.append([[-edge, crossing]])
        paths[-1].append([round(longitude, 2), round(latitude, 2)])
        previous = (longitude, latitude)
    return paths


def _arc(start: tuple[float, float], end: tuple[float, float], n: int) -> list[tuple[float, float]]:
    a, b = _vector(*start), _vector(*end)
    angle = math.acos(min(max(sum(x * y for x, y in zip(a, b, strict=True)), -1.0), 1.0))
    if math.isclose(math.sin(angle), 0.0, abs_tol=1e-9):
        return [start, end]
    points = []
    for step in range(n + 1):
        near = math.sin((1 - step / n) * angle) / math.sin(angle)
        far = math.sin(step / n * angle) / math.sin(angle)
        x, y, z = (near * p + far * q for p, q in zip(a, b, strict=True))
        points.append(
            (math.degrees(math.atan2(y, x)), math.degrees(math.atan2(z, math.hypot(x, y))))
        )
    return points


def _vector(longitude: float, latitude: float) -> tuple[float, float, float]:
    east, north = math.radians(longitude), math.radians(latitude)
    return (
        math.cos(north) * math.cos(east),
        math.cos(north) * math.sin(east),
        math.sin(north),
    )


def _bowed(
    points: Sequence[tuple[float, float]],
    start: tuple[float, float],
    end: tuple[float, float],
    bow: float,
) -> list[tuple[float, float]]:
    if not bow:
        return list(points)
    across = (end[0] - start[0] + 540) % 360 - 180
    length = math.hypot(across, end[1] - start[1]) or 1.0
    aside = (-(end[1] - start[1]) / length, across / length)
    last = len(points) - 1
    return [
        (
            (lon + aside[0] * bow * math.sin(math.pi * i / last) + 540) % 360 - 180,
            min(max(lat + aside[1] * bow * math.sin(math.pi * i / last), -_POLE), _POLE),
        )
        for i, (lon, lat) in enumerate(points)
    ]
