"""The partner map carries the links it is handed, fetches nothing, and names every mark."""

from __future__ import annotations

import itertools
import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ileaps_data import reference
from ileaps_metrics.policy_transfers import network_summary, transfer_links
from ileaps_views import maps
from ileaps_views.evidence import SourceBook
from ileaps_views.great_circles import great_circle
from ileaps_views.labels import text_size

if TYPE_CHECKING:
    import pandas as pd

    from ileaps_views.view import View

HOSTILE = "<img src=x onerror=alert(1)>{detail}"


def view(
    cities: pd.DataFrame | None = None, transfers: pd.DataFrame | None = None, mode: str = "light"
) -> View:
    cities = reference.load("cities") if cities is None else cities
    transfers = reference.load("transfers") if transfers is None else transfers
    links = transfer_links(transfers, reference.load("policies"), cities)
    return maps.partner_network(
        cities,
        links,
        network_summary(links),
        SourceBook(reference.load("sources")),
        mode,
        countries={"MDV": "Maldives"},
        pilots=reference.load("pilots"),
    )


def layers(item: View) -> dict[str, Any]:
    return {layer["id"]: layer for layer in json.loads(item.figure.to_json())["layers"]}


def test_every_layer_has_an_id_and_pilots_come_last() -> None:
    drawn = layers(view())
    assert list(drawn) == ["basemap", "links", "pilot-links", "cities", "city-names"]
    roles = reference.load("cities").set_index("city_id")["role"]
    order = [roles[city["city_id"]] for city in drawn["cities"]["data"]]
    assert order[-3:] == ["pilot"] * 3


def test_the_deck_asks_nobody_for_a_map() -> None:
    spec = json.loads(view().figure.to_json())
    assert "mapProvider" not in spec
    assert spec["mapStyle"] == "__MAP_STYLE__"  # pydeck's word for none
    assert layers(view())["basemap"]["data"] == "/api/boundaries.geojson"
    assert "http" not in view().figure.to_json()


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_deck_is_small(mode: str) -> None:
    assert len(view(mode=mode).figure.to_json()) < 40_000


def test_the_three_pilots_are_drawn_thick_and_opaque_the_others_thin() -> None:
    drawn = layers(view())
    pilots = drawn["pilot-links"]
    assert {path["city_id"] for path in pilots["data"]} == {"makassar", "hulhumale", "colombo"}
    assert (pilots["getWidth"], drawn["links"]["getWidth"]) == (3, 1)
    assert {path["colour"][3] for path in pilots["data"]} == {255}
    assert {path["colour"][3] for path in drawn["links"]["data"]} == {89}


def test_every_transfer_is_one_line_and_one_row() -> None:
    item = view()
    drawn = layers(item)
    paths = [*drawn["links"]["data"], *drawn["pilot-links"]["data"]]
    assert item.table is not None
    assert len(item.table) == 30
    cut = sum(path["path"][0][0] in {180.0, -180.0} for path in paths)
    assert len(paths) - cut == 30
    assert item.table["Source"].str.len().gt(3).all()


def test_a_click_returns_the_city() -> None:
    drawn = layers(view())
    known = set(reference.load("cities")["city_id"])
    assert {city["city_id"] for city in drawn["cities"]["data"]} == known
    assert {path["city_id"] for path in drawn["links"]["data"]} <= known
    assert drawn["cities"]["pickable"]
    assert not drawn["city-names"]["pickable"]


def test_labels_of_the_opening_view_are_all_there_and_apart() -> None:
    item = view()
    texts = layers(item)["city-names"]["data"]
    cities = reference.load("cities")
    away = " ".join(item.notes)
    shown = {label["text"] for label in texts}
    inside = [name for name in cities["name"] if f"{name} (" not in away]
    assert shown >= set(inside)
    boxes = [_box(label) for label in texts]
    pairs = [(a, b) for i, a in enumerate(boxes) for b in boxes[i + 1 :]]
    assert not [1 for a, b in pairs if _overlap(a, b)]


def _box(label: dict[str, Any]) -> tuple[float, float, float, float]:
    x, y = maps.labels.mercator_pixels(
        *label["position"], centre=maps.CENTRE, zoom=maps.ZOOM, size=maps.WIDE
    )
    width, height = text_size(label["text"], 13)
    left = x + label["offset"][0] + {"start": 0, "middle": -0.5, "end": -1}[label["anchor"]] * width
    top = (
        y
        + label["offset"][1]
        + {"top": 0, "center": -0.5, "bottom": -1}[label["baseline"]] * (height)
    )
    return left, top, left + width, top + height


def _overlap(a: tuple[float, ...], b: tuple[float, ...]) -> bool:
    apart = 0.2  # offsets are rounded to a tenth of a pixel
    return (
        a[0] + apart < b[2] and b[0] + apart < a[2] and a[1] + apart < b[3] and b[1] + apart < a[3]
    )


def test_places_outside_the_opening_view_are_named() -> None:
    cities = reference.load("cities")
    away = maps.outside_view(cities, {"PER": "Peru"})
    assert "Lima (Peru)" in away
    assert "Maputo (MOZ)" in away
    assert not [place for place in away if place.startswith(("Seoul", "Malé", "Colombo"))]


def test_an_unknown_role_is_neutral_and_in_the_legend() -> None:
    cities = reference.load("cities").assign(role="observer")
    item = view(cities=cities)
    assert all(city["fill"][3] == 0 for city in layers(item)["cities"]["data"])
    assert ("observer", "◌") in {(entry.word, entry.shape) for entry in item.legend}


def test_hostile_names_stay_data() -> None:
    cities = reference.load("cities").assign(name=HOSTILE)
    item = view(cities=cities)
    assert item.figure._tooltip == {"text": "{name}\n{detail}"}
    assert layers(item)["cities"]["data"][0]["name"] == HOSTILE


def test_a_city_without_coordinates_is_left_off_the_map_but_not_out_of_the_table() -> None:
    cities = reference.load("cities")
    lost = cities.assign(latitude=cities["latitude"].mask(cities["city_id"].eq("makassar")))
    item = view(cities=lost)
    assert "makassar" not in {city["city_id"] for city in layers(item)["cities"]["data"]}
    assert item.table is not None
    assert "Makassar" in set(item.table["To"])


def test_nothing_to_show_is_said() -> None:
    transfers = reference.load("transfers")
    item = view(transfers=transfers[transfers["status"].eq("never")])
    assert item.title == "No transfer matches this choice"
    assert item.table is not None
    assert item.table.empty
    assert layers(item)["links"]["data"] == []


def test_every_colour_comes_with_a_word_and_a_shape() -> None:
    for entry in view().legend:
        assert entry.word
        assert entry.shape
        assert entry.colour.startswith("#")


longitudes = st.floats(-179.9, 179.9)
latitudes = st.floats(-80, 80)


@given(st.tuples(longitudes, latitudes), st.tuples(longitudes, latitudes), st.floats(-3, 3))
@settings(max_examples=50)
def test_no_line_crosses_the_antimeridian(
    start: tuple[float, float], end: tuple[float, float], bow: float
) -> None:
    paths = great_circle(start, end, bow=bow)
    for path in paths:
        assert all(abs(b[0] - a[0]) <= 180 for a, b in itertools.pairwise(path))
        assert all(-180 <= x <= 180 and -90 <= y <= 90 for x, y in path)
    assert paths[0][0] == pytest.approx([*start], abs=0.011)
    assert paths[-1][-1] == pytest.approx([*end], abs=0.011)


def test_the_way_from_seoul_to_lima_goes_over_the_pacific_in_two_pieces() -> None:
    west, east = great_circle((126.978, 37.5665), (-77.0428, -12.0464))
    assert (west[-1][0], east[0][0]) == (180.0, -180.0)
    assert west[-1][1] == east[0][1]


def test_a_sector_keeps_its_colour_whatever_the_filters_leave() -> None:
    cities, policies = reference.load("cities"), reference.load("policies")
    links = transfer_links(reference.load("transfers"), policies, cities)
    book = SourceBook(reference.load("sources"))
    order = maps.sectors_by_size(links)

    def colours(chosen: pd.DataFrame) -> dict[str, str]:
        drawn = maps.partner_network(
            cities, chosen, network_summary(chosen), book, "light", sectors=order
        )
        return {item.word: item.colour for item in drawn.legend}

    water = colours(links[links["sector"].eq("water")])
    assert water["Water"] == colours(links)["Water"]
    assert "Transport" not in water, "a sector without a line needs no entry"


def test_the_cities_placed_before_give_the_same_map() -> None:
    cities = reference.load("cities")
    links = transfer_links(reference.load("transfers"), reference.load("policies"), cities)
    book = SourceBook(reference.load("sources"))
    parts = (cities, links, network_summary(links), book, "dark")
    names = {"MDV": "Maldives"}
    placed = maps.city_marks(cities, "dark", names)
    with_marks = maps.partner_network(*parts, countries=names, placed=placed)
    anew = layers(view(mode="dark"))
    assert layers(with_marks)["city-names"] == anew["city-names"]
    assert layers(with_marks)["cities"] == anew["cities"]
