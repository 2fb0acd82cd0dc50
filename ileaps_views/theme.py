"""Colours and figure layout, for light and dark.

The palette was checked for contrast against both backgrounds and for distance under the three
common colour-vision deficiencies; colour is still never the only signal.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Literal

Mode = Literal["light", "dark"]

FONT: Final = '"Source Sans 3", "Source Sans Pro", "Segoe UI", "Malgun Gothic", sans-serif'
TEXT_SIZE: Final = 14


@dataclass(frozen=True)
class Palette:
    """The colours of one theme; `categorical` pairs with `DASHES` and `SYMBOLS` by position."""

    text: str
    muted: str
    background: str
    surface: str
    primary: str
    grid: str
    categorical: tuple[str, ...]
    status: dict[str, str]
    sequential: tuple[str, ...]
    diverging: tuple[str, ...]


PALETTES: Final[dict[str, Palette]] = {
    "light": Palette(
        text="#1B2430",
        muted="#4A5565",
        background="#FFFFFF",
        surface="#F3F5F8",
        primary="#0B5CAD",
        grid="#DDE2E9",
        categorical=("#1D90E7", "#CB7A1A", "#096A66", "#2F0416", "#594F16", "#1308A0"),
        status={"good": "#349D91", "behind": "#B88502", "off": "#980811", "none": "#424B55"},
        sequential=("#E3EEF7", "#B5D2EA", "#7FB1DA", "#4A8CC4", "#1F659F", "#0A3D6B"),
        diverging=(
            "#8C3B00",
            "#CF7A33",
            "#F0C49B",
            "#EDEFF2",
            "#A9CBE8",
            "#4A8CC4",
            "#0A4A80",
        ),
    ),
    "dark": Palette(
        text="#E8ECF2",
        muted="#AAB4C0",
        background="#11161D",
        surface="#1B222C",
        primary="#7CC0FF",
        grid="#2E3742",
        categorical=("#1760EE", "#DC9374", "#D4F2E9", "#C62D6D", "#FAE631", "#B3A6D9"),
        status={"good": "#7FE3D4", "behind": "#F2C230", "off": "#E5484D", "none": "#8391A0"},
        sequential=("#1D3448", "#245478", "#2F78AB", "#56A0D3", "#92C8EC", "#D6ECFA"),
        diverging=(
            "#F0A35E",
            "#C47A3A",
            "#7A5230",
            "#333C47",
            "#2F5F86",
            "#56A0D3",
            "#BFE0F7",
        ),
    ),
}

DASHES: Final = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot")
SYMBOLS: Final = ("circle", "square", "diamond", "triangle-up", "x", "star")


def palette(mode: str) -> Palette:
    """Return the palette of a theme; anything but "dark" is light.

    >>> palette("dark").background
    '#11161D'
    """
    return PALETTES["dark" if mode == "dark" else "light"]


def colour_scale(colours: tuple[str, ...]) -> list[list[float | str]]:
    """Spread colours evenly over a plotly colour scale.

    >>> colour_scale(("#000000", "#FFFFFF"))
    [[0.0, '#000000'], [1.0, '#FFFFFF']]
    """
    last = max(len(colours) - 1, 1)
    return [[position / last, colour] for position, colour in enumerate(colours)]


def figure_layout(mode: str, *, height: int = 420, **changes: Any) -> dict[str, Any]:  # noqa: ANN401 - plotly's own layout values
    """Return the plotly layout every figure starts from, without axes' own settings.

    >>> figure_layout("light", height=300)["height"]
    300
    """
    colours = palette(mode)
    axis = {
        "gridcolor": colours.grid,
        "linecolor": colours.muted,
        "zerolinecolor": colours.muted,
        "tickfont": {"size": TEXT_SIZE, "color": colours.muted},
        "title": {"font": {"size": TEXT_SIZE, "color": colours.muted}},
        "automargin": True,
    }
    layout: dict[str, Any] = {
        # plotly's own template would add 7 KB and 10 ms to every figure, to be overridden here
        "template": {},
        "height": height,
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": FONT, "size": TEXT_SIZE, "color": colours.text},
        "colorway": list(colours.categorical),
        "margin": {"l": 8, "r": 8, "t": 16, "b": 8},
        "xaxis": axis,
        "yaxis": dict(axis),
        "showlegend": False,
        "hoverlabel": {
            "bgcolor": colours.surface,
            "bordercolor": colours.muted,
            "font": {"family": FONT, "size": TEXT_SIZE, "color": colours.text},
            "align": "left",
        },
    }
    layout.update(changes)
    return layout
