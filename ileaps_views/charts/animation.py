"""Playing a figure year by year in the browser, without the server."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ileaps_views.theme import palette

if TYPE_CHECKING:
    from collections.abc import Sequence

CONTROLS: Final = 84  # pixels below the figure for the year slider
_STEP: Final = 900  # milliseconds a year stands still


def year_slider(years: Sequence[int], year: int, mode: str) -> dict[str, Any]:
    """Return the layout of a slider over named frames and a button that plays them."""
    colours = palette(mode)
    still = {"frame": {"duration": 0, "redraw": True}, "mode": "immediate"}
    playing = {
        "frame": {"duration": _STEP, "redraw": True},
        "transition": {"duration": 0},
        "fromcurrent": True,
    }
    return {
        "sliders": [
            {
                "active": list(years).index(year),
                "x": 0.12,
                "len": 0.86,
                "pad": {"t": 16, "b": 4},
                "currentvalue": {"prefix": "", "font": {"size": 15, "color": colours.text}},
                "font": {"size": 12, "color": colours.muted},
                "bgcolor": colours.surface,
                "bordercolor": colours.muted,
                "activebgcolor": colours.primary,
                "steps": [
                    {"label": str(each), "method": "animate", "args": [[str(each)], still]}
                    for each in years
                ],
            }
        ],
        "updatemenus": [
            {
                "type": "buttons",
                "showactive": False,
                "x": 0,
                "xanchor": "left",
                "y": 0,
                "yanchor": "top",
                "pad": {"t": 24},
                "bgcolor": colours.surface,
                "bordercolor": colours.muted,
                "font": {"size": 14, "color": colours.text},
                "buttons": [
                    {"label": "▶", "method": "animate", "args": [None, playing]},
                ],
            }
        ],
    }
