"""Mappings as data: kept, found again, refused when damaged; hostile text stays text."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ileaps_data.mapping import (
    DATE_FORMATS,
    UPLOADED,
    FieldSource,
    Mapping,
    Profiles,
    Unpivot,
    fingerprint,
    mapped,
    propose,
)
from ileaps_data.readers import read
from ileaps_data.tables import TABLES
from tests.ileaps_data.mapping_files import known, opened, rows

if TYPE_CHECKING:
    from pathlib import Path

HOSTILE = "x'); DROP TABLE t0; -- \" \\ $1 {} % ; \u202e ހުޅުމާލެ <script> =1+1"

TEXT = st.text(max_size=12)
COLUMNS = st.integers(0, 30).map("c{}".format)
SOURCES = st.one_of(
    st.builds(
        FieldSource,
        column=COLUMNS,
        unit_factor=st.floats(1e-9, 1e9),
        percent_sign=st.booleans(),
        date_format=st.sampled_from(DATE_FORMATS),
        replacements=st.dictionaries(TEXT, TEXT, max_size=3),
    ),
    st.builds(FieldSource, constant=st.text(min_size=1, max_size=12)),
)


@st.composite
def mappings(draw: st.DrawFn) -> Mapping:
    table = draw(st.sampled_from(UPLOADED))
    names = st.sampled_from(TABLES[table].columns)
    fields = draw(st.dictionaries(names, SOURCES, max_size=5))
    unpivot = None
    if table == "observations" and "period_end" not in fields and draw(st.booleans()):
        columns = draw(st.lists(st.tuples(COLUMNS, TEXT), min_size=1, max_size=4, unique_by=_first))
        unpivot = Unpivot(columns=tuple(columns))
    return Mapping(table=table, fields=fields, unpivot=unpivot)


def _first(pair: tuple[str, str]) -> str:
    return pair[0]


@settings(max_examples=50, deadline=None)
@given(mappings())
def test_a_mapping_survives_being_saved(mapping: Mapping) -> None:
    assert Mapping.from_json(mapping.to_json()) == mapping


@settings(max_examples=30, deadline=None)
@given(st.text(min_size=1, max_size=30), st.text(min_size=1, max_size=30))
def test_any_text_replaces_any_text_and_is_never_sql(text: str, to: str) -> None:
    with read(b"name\nplain\n", "a.csv", threads=1) as tables:
        for source in (
            FieldSource(column="c0", replacements={text: to, "plain": to}),
            FieldSource(constant=to),
            FieldSource(
                column="c0", replacements=dict.fromkeys(map(str, range(30)), to) | {"plain": to}
            ),
        ):
            mapping = Mapping(table="events", fields={"event_id": source, "kind": source})
            found = mapped(tables.only, mapping)
            shown = found.connection.execute(f"SELECT event_id FROM ({found.query})").fetchall()  # noqa: S608
            assert len(shown) == 1
            assert isinstance(shown[0][0], str)


def test_hostile_headers_and_cells_are_only_text() -> None:
    header = HOSTILE.replace(";", ",").replace('"', '""')
    text = f'"{header}";event\n"{header}";"{header}"\n'
    with opened(text) as tables:
        proposal = propose(
            tables.only, "events", known(), columns={"city_id": "c0", "starts_on": "c1"}
        )
        shown = rows(tables, proposal.mapping, "city_id", "starts_on")
        confirmed = proposal.confirmed(proposal.suggestions[0], HOSTILE)
        assert rows(tables, confirmed, "city_id") == [(HOSTILE,)]
    assert shown == [(HOSTILE.replace(";", ","),) * 2]


def test_ten_thousand_different_texts_are_replaced_by_name() -> None:
    frame = known()["cities"]
    names = [f"new place {i}" for i in range(10_000)]
    text = "city\n" + "\n".join(names) + "\nMakasar\n"
    with opened(text) as tables:
        proposal = propose(tables.only, "cities", {"cities": frame})
        found = rows(tables, proposal.mapping, "city_id")
    assert found[:2] == [("new_place_0",), ("new_place_1",)]
    assert found[-1] == ("makassar",)
    assert len(set(found)) == 10_001


def test_a_profile_is_found_whatever_the_order_of_the_columns(tmp_path: Path) -> None:
    profiles = Profiles(tmp_path / "profiles")
    unpivot = Unpivot(columns=(("c2", "2018"), ("c3", "2019")))
    mapping = Mapping(
        table="observations",
        fields={
            "indicator_id": FieldSource(column="c1", replacements={"학교": "mks_schools"}),
            "qualifier": FieldSource(constant="exact"),
        },
        unpivot=unpivot,
    )
    assert profiles.find(["No", "지표", "2018", "2019"]) is None
    profiles.save(mapping, ["No", "지표", "2018", "2019"])
    assert profiles.find(["No", "지표", "2018", "2019"]) == mapping
    moved = profiles.find(["2019", " 지표 ", "NO", "2018"])
    assert moved is not None
    assert moved.fields["indicator_id"] == mapping.fields["indicator_id"]
    assert moved.unpivot == Unpivot(columns=(("c3", "2018"), ("c0", "2019")))
    assert profiles.find(["No", "지표", "2018"]) is None
    assert profiles.find(["No", "지표", "2018", "2019", "2020"]) is None


def test_repeated_headers_keep_their_order(tmp_path: Path) -> None:
    profiles = Profiles(tmp_path)
    mapping = Mapping(table="cities", fields={"name": FieldSource(column="c2")})
    profiles.save(mapping, ["a", "b", "b"])
    found = profiles.find(["b", "a", "b"])
    assert found is not None
    assert found.fields["name"].column == "c2"
    assert fingerprint(["a", "b", "b"]) != fingerprint(["a", "a", "b"])


def test_a_later_profile_takes_the_place_of_the_earlier(tmp_path: Path) -> None:
    profiles = Profiles(tmp_path)
    for table in ("cities", "pilots"):
        profiles.save(Mapping(table=table, fields={}), ["x"])
    found = profiles.find(["X"])
    assert found is not None
    assert found.table == "pilots"
    profiles.forget(["x"])
    assert profiles.find(["x"]) is None
    profiles.forget(["x"])


def test_files_of_profiles_are_never_named_by_a_header(tmp_path: Path) -> None:
    profiles = Profiles(tmp_path)
    profiles.save(Mapping(table="cities", fields={}), ["../../etc/passwd", HOSTILE, ""])
    (only,) = tmp_path.iterdir()
    assert only.suffix == ".json"
    assert len(only.stem) == 64
    assert set(only.stem) <= set("0123456789abcdef")


@pytest.mark.parametrize(
    "damage",
    [
        "",
        "{",
        "[]",
        "null",
        '{"headers": ["x"], "mapping": "{}"}',
        '{"headers": ["x"], "mapping": 3}',
        '{"headers": [], "mapping": "x"}',
        "[" * 50_000,
        "\x00\x01",
    ],
)
def test_a_damaged_profile_is_none(tmp_path: Path, damage: str) -> None:
    profiles = Profiles(tmp_path)
    profiles.save(Mapping(table="cities", fields={}), ["x"])
    (path,) = tmp_path.iterdir()
    path.write_text(damage, encoding="utf-8")
    assert profiles.find(["x"]) is None


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("table", "towns"),
        ("profile", 2),
        ("fields", {"nothing": {"column": "c0"}}),
        ("fields", {"name": {"column": "c0; DROP TABLE t0"}}),
        ("fields", {"name": {"column": "c0", "constant": "x"}}),
        ("fields", {"name": {}}),
        ("fields", {"name": {"column": "c0", "unit_factor": "1); DROP"}}),
        ("fields", {"name": {"column": "c0", "unit_factor": float("inf")}}),
        ("fields", {"name": {"column": "c0", "date_format": "%x"}}),
        ("fields", {"name": {"column": "c0", "replacements": {"a": 1}}}),
        ("fields", {"name": {"joined": ["nothing"]}}),
        ("unpivot", {"columns": [["c0", "x"], ["c0", "y"]], "name_field": "a", "value_field": "b"}),
        ("unpivot", {"columns": [], "name_field": "name", "value_field": "role"}),
    ],
)
def test_what_no_mapping_says_is_refused(key: str, value: object) -> None:
    good = json.loads(Mapping(table="cities", fields={}).to_json())
    with pytest.raises(ValueError, match=r"."):
        Mapping.from_json(json.dumps(good | {key: value}))
