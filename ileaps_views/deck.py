"""Layers of a deck.gl map that contacts nobody: our own boundaries, plain lists, own ids."""

from __future__ import annotations

import json
from copy import copy
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final
from weakref import WeakKeyDictionary

import pydeck as pdk
from pydeck.bindings.json_tools import default_serialize

if TYPE_CHECKING:
    from ileaps_views.theme import Palette

BOUNDARIES_URL: Final = "/api/boundaries.geojson"


class CompactDeck(pdk.Deck):  # type: ignore[misc] # pydeck publishes no types
    """A deck that writes itself without indentation: half of pydeck's JSON is blanks."""

    def to_json(self) -> str:
        """Return the deck as JSON, written once: a deck is not changed after it was built."""
        if self not in _WRITTEN:
            _WRITTEN[self] = json.dumps(
                self, sort_keys=True, default=default_serialize, separators=(",", ":")
            )
        return _WRITTEN[self]


_WRITTEN: WeakKeyDictionary[CompactDeck, str] = WeakKeyDictionary()


@lru_cache(maxsize=4)
def _blank(centre: tuple[float, float], zoom: float) -> CompactDeck:
    return CompactDeck(
        initial_view_state=pdk.ViewState(
            longitude=centre[0], latitude=centre[1], zoom=zoom, min_zoom=0.5, max_zoom=9
        ),
        map_provider=None,
        # a template is raw markup to the browser: nothing from data ever enters it
        tooltip={"text": "{name}\n{detail}"},
    )


def build(layers: list[pdk.Layer], centre: tuple[float, float], zoom: float) -> CompactDeck:
    """Put layers on a map that opens at a place; their rows have `name` and `detail`.

    Making a deck anew takes pydeck five failing imports, so an empty one is copied.
    """
    drawn = copy(_blank(centre, zoom))
    drawn.layers = layers
    return drawn


def rgba(colour: str, opacity: float = 1.0) -> list[int]:
    """Return a colour as deck.gl wants it: red, green, blue, opacity, each to 255.

    >>> rgba("#0A0B0C", 0.5)
    [10, 11, 12, 128]
    """
    return [*(int(colour[i : i + 2], 16) for i in (1, 3, 5)), round(255 * opacity)]


def basemap(colours: Palette) -> pdk.Layer:
    """Draw the boundaries we serve ourselves."""
    return pdk.Layer(
        "GeoJsonLayer",
        BOUNDARIES_URL,
        id="basemap",
        pickable=False,
        stroked=True,
        filled=True,
        get_fill_color=rgba(colours.surface),
        get_line_color=rgba(colours.muted, 0.45),
        line_width_min_pixels=0.6,
    )


def path_layer(name: str, data: list[dict[str, Any]], *, width: int) -> pdk.Layer:
    """Draw lines of one width."""
    return pdk.Layer(
        "PathLayer",
        data,
        id=name,
        pickable=True,
        get_path="path",
        get_color="colour",
        get_width=width,
        width_units="'pixels'",
        width_min_pixels=width,
        joint_rounded=True,
    )


def city_layer(marks: list[dict[str, Any]]) -> pdk.Layer:
    """Draw cities as discs by size, filling and outline."""
    return pdk.Layer(
        "ScatterplotLayer",
        marks,
        id="cities",
        pickable=True,
        stroked=True,
        filled=True,
        get_position="position",
        get_radius="radius",
        radius_units="'pixels'",
        get_fill_color="fill",
        get_line_color="edge",
        get_line_width="outline",
        line_width_units="'pixels'",
    )


def label_layer(data: list[dict[str, Any]], colours: Palette) -> pdk.Layer:
    """Write texts where they were placed."""
    return pdk.Layer(
        "TextLayer",
        data,
        id="city-names",
        pickable=False,
        get_text="text",
        get_position="position",
        get_size=13,
        get_color=rgba(colours.text),
        get_text_anchor="anchor",
        get_alignment_baseline="baseline",
        get_pixel_offset="offset",
        font_family="'Arial, Noto Sans, sans-serif'",
        character_set="'auto'",
        font_settings={"sdf": True, "fontSize": 64, "radius": 20, "buffer": 10, "cutoff": 0.2},
        outline_width=2,
        outline_color=rgba(colours.background),
    )
