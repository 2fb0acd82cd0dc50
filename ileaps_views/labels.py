"""Place text beside points without overlaps, for maps, charts and slides alike.

Neither plotly nor deck.gl moves colliding labels apart, so labels are placed here, in
pixels of the opening view: markers are reserved first, then every label, in order of
priority, takes the first free one of eight anchors around its point, first close by, then
further away. Labels at the ends of lines need only the vertical axis: see `spread`.
"""

from __future__ import annotations

import math
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

TextAnchor = Literal["start", "middle", "end"]
Baseline = Literal["top", "center", "bottom"]

LINE_HEIGHT: Final = 1.2
_TILE: Final = 512  # deck.gl's world is one 512-pixel square at zoom 0
_MERCATOR_LIMIT: Final = 85.051129
# Widths in em, measured generously on a humanist sans serif: a label estimated too wide
# wastes a few pixels, one estimated too narrow overlaps.
_NARROW: Final = frozenset("iIjlftr.,:;'|!()[] ")
_BROAD: Final = frozenset("mwMW@%")


class Box(NamedTuple):
    """A rectangle in pixels, y downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: Box) -> bool:
        """Whether the two rectangles share an area (touching edges do not count).

        >>> Box(0, 0, 10, 10).overlaps(Box(10, 0, 20, 10))
        False
        """
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def inside(self, width: float, height: float) -> bool:
        """Whether the rectangle lies wholly in a view of that size."""
        return self.left >= 0 and self.top >= 0 and self.right <= width and self.bottom <= height


@dataclass(frozen=True, kw_only=True)
class LabelPoint:
    """A point to be labelled, in pixels of the view (y downwards).

    `priority` 0 is placed before 1, and so on; points of one priority keep their order.
    An empty `text` only reserves the marker's room.
    """

    key: str
    text: str
    x: float
    y: float
    radius: float = 5.0
    priority: int = 0
    font_size: float = 12.0


@dataclass(frozen=True, kw_only=True)
class PlacedLabel:
    """Where a label goes: its anchor and the offset in pixels from its point.

    `text_anchor` and `baseline` are deck.gl's words; `plotly_position` is plotly's
    `textposition`, `plotly_xanchor` and `plotly_yanchor` are those of an annotation.
    """

    key: str
    text: str
    x: float
    y: float
    dx: float
    dy: float
    text_anchor: TextAnchor
    baseline: Baseline
    box: Box = field(repr=False)

    @property
    def pixel_offset(self) -> list[float]:
        """The offset as deck.gl's `getPixelOffset` wants it: x to the right, y down."""
        return [round(self.dx, 1), round(self.dy, 1)]

    @property
    def plotly_xanchor(self) -> Literal["left", "center", "right"]:
        """The side of the text that is fixed, in plotly's words."""
        sides: dict[TextAnchor, Literal["left", "center", "right"]] = {
            "start": "left",
            "middle": "center",
            "end": "right",
        }
        return sides[self.text_anchor]

    @property
    def plotly_yanchor(self) -> Literal["top", "middle", "bottom"]:
        """The edge of the text that is fixed, in plotly's words."""
        edges: dict[Baseline, Literal["top", "middle", "bottom"]] = {
            "top": "top",
            "center": "middle",
            "bottom": "bottom",
        }
        return edges[self.baseline]

    @property
    def plotly_position(self) -> str:
        """Where the text lies as seen from the point, as plotly's `textposition` says it."""
        across = {"start": "right", "middle": "center", "end": "left"}[self.text_anchor]
        down = {"top": "bottom", "center": "middle", "bottom": "top"}[self.baseline]
        return f"{down} {across}"


# Right of the point reads best, then left, then above and below, then the corners.
_ANCHORS: Final[tuple[tuple[int, int], ...]] = (
    (1, 0),
    (-1, 0),
    (0, -1),
    (0, 1),
    (1, -1),
    (1, 1),
    (-1, -1),
    (-1, 1),
)
_TEXT_ANCHOR: Final[dict[int, TextAnchor]] = {1: "start", 0: "middle", -1: "end"}
_BASELINE: Final[dict[int, Baseline]] = {1: "top", 0: "center", -1: "bottom"}


def text_size(text: str, font_size: float = 12.0) -> tuple[float, float]:
    """Estimate the width and height of a text in pixels, without a font at hand.

    East Asian wide characters take one em, combining marks nothing. Lines are separated
    by a newline. The estimate errs on the wide side.

    >>> text_size("서울", 10)
    (20.0, 12.0)
    >>> text_size("", 10)
    (0.0, 0.0)
    """
    if not text:
        return 0.0, 0.0
    lines = text.split("\n")
    width = max(sum(_character_width(c) for c in line) for line in lines)
    return round(width * font_size, 6), round(len(lines) * LINE_HEIGHT * font_size, 6)


def _character_width(character: str) -> float:
    if unicodedata.combining(character):
        return 0.0
    if unicodedata.east_asian_width(character) in "WF":
        return 1.0
    if character in _NARROW:
        return 0.34
    if character in _BROAD:
        return 0.9
    return 0.64 if character.isupper() else 0.56


def place_labels(
    points: Iterable[LabelPoint],
    width: float,
    height: float,
    *,
    gap: float = 3.0,
    reach: float = 18.0,
    obstacles: Iterable[Box] = (),
) -> list[PlacedLabel]:
    """Place the labels that find room in a view of `width` x `height` pixels.

    Markers of all points and the given `obstacles` are kept free. Each label tries eight
    anchors at `gap` pixels from its marker, then again further out, up to `reach` pixels.
    A label that finds no free place, or whose point lies outside the view, is left out.
    The result is in the order of placing and the same for the same input.

    >>> a = LabelPoint(key="a", text="Seoul", x=50, y=50)
    >>> b = LabelPoint(key="b", text="Suwon", x=52, y=54, priority=1)
    >>> [(p.key, p.plotly_position) for p in place_labels([b, a], 200, 100)]
    [('a', 'middle right'), ('b', 'middle left')]
    """
    every = [p for p in points if math.isfinite(p.x) and math.isfinite(p.y)]
    markers = [(p.key, _marker(p)) for p in every]
    taken = list(obstacles)
    placed: list[PlacedLabel] = []
    for point in sorted(every, key=lambda p: p.priority):
        if not point.text or not (0 <= point.x <= width and 0 <= point.y <= height):
            continue
        others = [box for key, box in markers if key != point.key]
        label = _first_free(point, others, taken, (width, height), (gap, reach))
        if label is not None:
            placed.append(label)
            taken.append(label.box)
    return placed


def _marker(point: LabelPoint) -> Box:
    return Box(
        point.x - point.radius,
        point.y - point.radius,
        point.x + point.radius,
        point.y + point.radius,
    )


def _first_free(
    point: LabelPoint,
    markers: Sequence[Box],
    taken: Sequence[Box],
    view: tuple[float, float],
    distances: tuple[float, float],
) -> PlacedLabel | None:
    gap, reach = distances
    step = max((reach - gap) / 3, 1.0)
    away = gap
    while away <= max(reach, gap) + 1e-9:
        for across, down in _ANCHORS:
            label = _candidate(point, across, down, away)
            free = label.box.inside(*view) and not any(
                label.box.overlaps(other) for other in (*taken, *markers)
            )
            if free:
                return label
        away += step
    return None


def _candidate(point: LabelPoint, across: int, down: int, away: float) -> PlacedLabel:
    width, height = text_size(point.text, point.font_size)
    # In the corners the label may come closer: the marker is round, the corner is empty.
    distance = point.radius + away if not (across and down) else 0.7 * point.radius + away
    dx, dy = across * distance, down * distance
    left = point.x + dx + {1: 0.0, 0: -width / 2, -1: -width}[across]
    top = point.y + dy + {1: 0.0, 0: -height / 2, -1: -height}[down]
    return PlacedLabel(
        key=point.key,
        text=point.text,
        x=point.x,
        y=point.y,
        dx=dx,
        dy=dy,
        text_anchor=_TEXT_ANCHOR[across],
        baseline=_BASELINE[down],
        box=Box(left, top, left + width, top + height),
    )


def spread(
    wanted: Sequence[float], spacing: float | Sequence[float], low: float, high: float
) -> list[float]:
    """Move positions on one axis as little as needed to keep them apart and inside.

    `spacing` is the room one label needs (one number, or one a label). Labels that touch
    are pushed apart evenly about their common centre (pool adjacent violators), so order
    is kept and the result is least squares. Where the room is too small for all, they are
    packed evenly from `low` to `high`.

    >>> spread([50.0, 52.0, 90.0], 10, 0, 100)
    [46.0, 56.0, 90.0]
    """
    count = len(wanted)
    if not count:
        return []
    sizes = [float(spacing)] * count if isinstance(spacing, int | float) else list(spacing)
    order = sorted(range(count), key=lambda i: wanted[i])
    shrink = min(1.0, (high - low) / sum(sizes))
    blocks: list[tuple[float, float, list[int]]] = []  # centre, length, members
    for index in order:
        centre, length, members = wanted[index], sizes[index] * shrink, [index]
        centre = _clamp(centre, length, low, high)
        while blocks and blocks[-1][0] + blocks[-1][1] / 2 > centre - length / 2:
            _, before_length, before = blocks.pop()
            members, length = before + members, before_length + length
            centre = _clamp(_block_centre(members, wanted, sizes, shrink), length, low, high)
        blocks.append((centre, length, members))
    result = [0.0] * count
    for centre, length, members in blocks:
        edge = centre - length / 2
        for index in members:
            result[index] = edge + sizes[index] * shrink / 2
            edge += sizes[index] * shrink
    return result


def _clamp(centre: float, length: float, low: float, high: float) -> float:
    return min(max(centre, low + length / 2), high - length / 2)


def _block_centre(
    members: Sequence[int], wanted: Sequence[float], sizes: Sequence[float], shrink: float
) -> float:
    length = sum(sizes[i] for i in members) * shrink
    starts, edge = [], 0.0
    for i in members:
        starts.append(wanted[i] - edge - sizes[i] * shrink / 2)
        edge += sizes[i] * shrink
    return sum(starts) / len(starts) + length / 2


def mercator_pixels(
    longitude: float,
    latitude: float,
    *,
    centre: tuple[float, float],
    zoom: float,
    size: tuple[float, float],
) -> tuple[float, float]:
    """Project a place to pixels of a deck.gl map view (Web Mercator, 512-pixel world).

    `centre` is (longitude, latitude) of the middle of the view, `size` its width and
    height in pixels. Longitudes are taken the short way round from the centre.

    >>> mercator_pixels(110, 10, centre=(110, 10), zoom=2, size=(800, 500))
    (400.0, 250.0)
    """
    scale = _TILE * 2**zoom
    around = (longitude - centre[0] + 180) % 360 - 180
    x = size[0] / 2 + around / 360 * scale
    y = size[1] / 2 + (_mercator_y(latitude) - _mercator_y(centre[1])) * scale
    return x, y


def _mercator_y(latitude: float) -> float:
    bounded = math.radians(min(max(latitude, -_MERCATOR_LIMIT), _MERCATOR_LIMIT))
    return 0.5 - math.log(math.tan(math.pi / 4 + bounded / 2)) / (2 * math.pi)


def axis_pixels(
    value: float, low: float, high: float, length: float, *, log: bool = False
) -> float:
    """Project a value to pixels along an axis of that length, linear or logarithmic.

    NaN where the value cannot be drawn (missing, or not positive on a logarithmic axis).

    >>> round(axis_pixels(100, 10, 1000, 400, log=True))
    200
    """
    if log:
        if not (value > 0 and low > 0 and high > 0):
            return math.nan
        value, low, high = math.log(value), math.log(low), math.log(high)
    return length * (value - low) / (high - low) if high != low else length / 2
