"""Boardings of the owl bus: what the build makes of the city's files, and what stops it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ileaps_data import reference
from ileaps_data.build.errors import BuildError
from ileaps_data.build.seoul_bus import DISTRICT_NAMES, OwlBusTables, compile_owl_bus
from ileaps_data.schema import problems, typed
from ileaps_data.tables import TABLES
from tests.ileaps_data import seoul_bus_files as files

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(name="folder")
def _folder(tmp_path: Path) -> Path:
    files.write(tmp_path / "seoul_bus")
    return tmp_path / "seoul_bus"


@pytest.fixture(name="owl_bus")
def _owl_bus(folder: Path) -> OwlBusTables:
    return compile_owl_bus(folder)


def alter(path: Path, old: str, new: str, encoding: str = "utf-8-sig") -> None:
    text = path.read_bytes().decode(encoding)
    assert old in text
    path.write_bytes(text.replace(old, new).encode(encoding))


def test_districts_by_hand(owl_bus: OwlBusTables) -> None:
    table = typed(owl_bus.tables["owl_bus_districts"], TABLES["owl_bus_districts"])
    rows = table.set_index(["month", "district_name"])
    march = rows.loc[("2022-03", "Jongno-gu")]
    assert march["boardings"] == 31 + 62 + 31 + 31, "both directions, and the stop not listed"
    assert march["boardings_per_day"] == 5
    assert march["route_stop_pairs"] == 2, "one route at two stops; directions count once"
    may = rows.loc[("2022-05", "Jongno-gu")]
    assert (may["boardings_per_day"], may["route_stop_pairs"], may["routes"]) == (5, 2, "N13;N51")
    assert rows.loc[("2022-05", "Jung-gu"), "boardings_per_day"] == 20
    assert len(rows) == 4


def test_what_is_left_out_is_counted(owl_bus: OwlBusTables) -> None:
    assert owl_bus.notes == (
        "seoul_bus: 1 lines of N840, N852, N876 left out (2 boardings)",
        "seoul_bus: 1 lines without a stop number left out (7 boardings)",
        "seoul_bus: 1 lines of stops outside the city, from the districts, left out (5 boardings)",
    )


def test_stops_keep_those_outside_the_city_without_a_district(owl_bus: OwlBusTables) -> None:
    table = typed(owl_bus.tables["owl_bus_stops"], TABLES["owl_bus_stops"])
    rows = table.set_index(["ars_id", "month"])
    assert rows["district"].isna().to_dict()[("38001", "2022-03")]
    assert rows.loc[("01001", "2022-05"), "routes"] == 2
    assert rows.loc[("01001", "2022-03"), "boardings"] == 124


def test_hours_split_owl_from_other_and_leave_out_the_strays(owl_bus: OwlBusTables) -> None:
    table = typed(owl_bus.tables["bus_boardings_by_hour"], TABLES["bus_boardings_by_hour"])
    rows = table.set_index(["month", "group", "hour"])["boardings"]
    assert rows[("2022-03", "owl", 0)] == 31 + 31 + 31 + 310 + 7 + 5
    assert rows[("2022-03", "owl", 1)] == 62
    assert rows[("2022-05", "other", 0)] == 2000
    assert len(rows) == 2 * 2 * 24


def test_a_build_writes_the_three_tables(built: Path) -> None:
    tables = {name: reference.load(name, built) for name in files_of_the_build()}
    assert all(len(table) for table in tables.values())
    assert not [text for name, table in tables.items() for text in problems(table, TABLES[name])]


def files_of_the_build() -> tuple[str, ...]:
    return ("owl_bus_districts", "owl_bus_stops", "bus_boardings_by_hour")


def test_the_committed_tables_hold_all_districts_and_months() -> None:
    table = reference.load("owl_bus_districts")
    assert set(table["district_name"]) == set(DISTRICT_NAMES.values())
    assert table.groupby("month").size().to_dict() == dict.fromkeys(
        ("2022-01", "2022-02", "2022-03", "2022-04", "2022-05"), 25
    )
    assert not reference.load("owl_bus_stops")["ars_id"].eq("~").any()


def test_a_file_that_is_not_there_is_named(folder: Path) -> None:
    (folder / files.STOPS).unlink()
    with pytest.raises(BuildError, match=r"SEOUL_BUS_STOP\.csv: 0 files"):
        compile_owl_bus(folder)


@pytest.mark.parametrize(
    ("name", "old", "new", "words"),
    [
        (files.NIGHT, "202205,N13,", "2022년,N13,", "has no month"),
        (files.NIGHT, ",~,", ",없음,", "no stop number"),
        (files.NIGHT, ",310,9,", ",많음,9,", "48 counts"),
        (files.NIGHT, "23시승차", "자정승차", "hours 0 to 23"),
        (files.NIGHT, ",310,9,", ",311,9,", "disagree on the night routes"),
        (files.HOURS, "202205,N51,", "202205,N52,", "disagree on the night routes"),
    ],
)
def test_boardings_laid_out_otherwise_stop_the_build(
    folder: Path, name: str, old: str, new: str, words: str
) -> None:
    alter(folder / name, old, new)
    with pytest.raises(BuildError, match=words):
        compile_owl_bus(folder)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("ARS-ID", "ARS", "no columns ARS-ID"),
        ("중구", "부천시", "districts not known: 부천시"),
        ("중구,02001", "중구,01002", "no longer tell the district"),
    ],
)
def test_a_list_of_stops_laid_out_otherwise_stops_the_build(
    folder: Path, old: str, new: str, words: str
) -> None:
    alter(folder / files.STOPS, old, new, "cp949")
    with pytest.raises(BuildError, match=words):
        compile_owl_bus(folder)


def test_text_in_neither_encoding_stops_the_build(folder: Path) -> None:
    (folder / files.STOPS).write_bytes(b"\xff\xfe\xff\x81\x30")
    with pytest.raises(BuildError, match="neither UTF-8 nor CP949"):
        compile_owl_bus(folder)
