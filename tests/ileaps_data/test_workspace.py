from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow as pa
import pytest

from ileaps_data import reference
from ileaps_data.schema import typed
from ileaps_data.tables import TABLES
from ileaps_data.workspace import (
    AlreadyPublishedError,
    ChangedSinceError,
    PublishCancelledError,
    PublishFailedError,
    UnknownVersionError,
    Workspace,
    workspace_address,
)
from tests.ileaps_data.workspace_files import areas, as_dict, rows, ship


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """What ships: three areas and a source."""
    return ship(
        tmp_path / "data",
        {
            "sdg_areas": areas(a="Asia", b="Borneo", c="Celebes"),
            "sources": rows("sources", {"source_id": "s1", "kind": "programme"}),
            "indicators": rows("indicators"),
        },
    )


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "workspace"


@pytest.fixture
def ours(place: Path, data: Path) -> Workspace:
    return Workspace(place, data=data, clock=lambda: datetime(2026, 3, 1, 9, tzinfo=UTC))


def test_before_anything_is_published_there_is_what_ships_and_no_folder(
    ours: Workspace, place: Path
) -> None:
    assert ours.latest() == 0
    assert as_dict(ours.table("sdg_areas")) == {"a": "Asia", "b": "Borneo", "c": "Celebes"}
    versions = ours.versions()
    assert versions["version"].tolist() == [0]
    assert versions.loc[0, ["who", "published_at", "note"]].isna().all()
    assert ours.problems() == []
    assert not place.exists()


def test_an_update_adds_and_overwrites_and_keeps_the_rest(ours: Workspace) -> None:
    published = ours.publish(
        {"sdg_areas": areas(b="Kalimantan", d="Dili")},
        who=" 안나 ",
        note="두 곳",
        file_name="도시.csv",
        sha256="f00d",
        base_version=0,
    )
    assert published.version == ours.latest() == 1
    assert (published.added, published.changed, published.removed) == (1, 1, 0)
    expected = {"a": "Asia", "b": "Kalimantan", "c": "Celebes", "d": "Dili"}
    assert as_dict(ours.table("sdg_areas")) == expected
    assert as_dict(ours.table("sdg_areas", 0)) == {"a": "Asia", "b": "Borneo", "c": "Celebes"}
    row = ours.versions().drop(columns="restored_from").iloc[1]
    assert row.to_dict() == {
        "version": 1,
        "published_at": pd.Timestamp("2026-03-01T09:00Z"),
        "who": "안나",
        "note": "두 곳",
        "file_name": "도시.csv",
        "sha256": "f00d",
        "tables": "sdg_areas",
        "rows_added": 1,
        "rows_changed": 1,
        "rows_removed": 0,
        "mode": "update",
        "kept": True,
    }


def test_a_replacement_also_removes_what_the_file_lacks(ours: Workspace) -> None:
    given = {"sdg_areas": areas(b="Borneo", d="Dili")}
    preview = ours.preview(given, "replace")
    assert (preview.added, preview.changed, preview.removed) == (1, 0, 2)
    assert preview.tables["sdg_areas"].removed_rows["area_id"].tolist() == ["a", "c"]
    assert ours.latest() == 0
    published = ours.publish(given, mode="replace", who="Ana", base_version=0)
    assert (published.added, published.changed, published.removed) == (1, 0, 2)
    assert as_dict(ours.table("sdg_areas")) == {"b": "Borneo", "d": "Dili"}


def test_a_table_can_become_empty_and_fill_again(ours: Workspace) -> None:
    ours.publish({"sdg_areas": areas()}, mode="replace", who="Ana", base_version=0)
    empty = ours.table("sdg_areas")
    assert len(empty) == 0
    assert {name: str(kind) for name, kind in empty.dtypes.items()} == TABLES["sdg_areas"].dtypes
    assert ours.files("sdg_areas") == []
    assert ours.relation("sdg_areas")[1].fetchall() == []
    ours.publish({"sdg_areas": areas(z="Zambia")}, who="Ana", base_version=1)
    assert as_dict(ours.table("sdg_areas")) == {"z": "Zambia"}
    assert ours.difference(1, 2).added == 1


def test_several_tables_are_one_publication(ours: Workspace) -> None:
    given = {
        "sdg_areas": areas(d="Dili"),
        "sources": rows("sources", {"source_id": "s2", "kind": "dataset"}),
    }
    ours.publish(given, who="Ana", base_version=0)
    assert ours.versions()["tables"].tolist()[1] == "sdg_areas;sources"
    assert ours.table("sources")["source_id"].tolist() == ["s1", "s2"]
    assert ours.difference(0, 1).tables.keys() == {"sdg_areas", "sources"}


def test_tables_that_do_not_change_are_not_written_again(ours: Workspace) -> None:
    ours.publish({"sdg_areas": areas(d="Dili")}, who="Ana", base_version=0)
    before = ours.files("sdg_areas")
    given = {
        "sdg_areas": areas(d="Dili"),
        "sources": rows("sources", {"source_id": "s2", "kind": "dataset"}),
    }
    published = ours.publish(given, who="Ana", base_version=1)
    assert published.counts.keys() == {"sources"}
    assert ours.files("sdg_areas") == before


def test_the_same_file_twice_is_recognised(ours: Workspace) -> None:
    given = {"sdg_areas": areas(d="Dili")}
    ours.publish(given, who="Ana", sha256="f00d", base_version=0)
    for base in (0, 1):
        with pytest.raises(AlreadyPublishedError) as refused:
            ours.publish(given, who="Ana", sha256="f00d", base_version=base)
        assert (refused.value.version, refused.value.same_file) == (1, True)
    with pytest.raises(AlreadyPublishedError, match="every row is there already") as refused:
        ours.publish(given, who="Ana", sha256="another", base_version=1)
    assert (refused.value.version, refused.value.same_file) == (1, False)
    assert ours.latest() == 1


def test_the_same_file_again_after_its_rows_were_changed_is_no_repetition(ours: Workspace) -> None:
    given = {"sdg_areas": areas(d="Dili")}
    ours.publish(given, who="Ana", sha256="f00d", base_version=0)
    ours.restore(0, "Ana")
    ours.publish(given, who="Ana", sha256="f00d", base_version=2)
    assert as_dict(ours.table("sdg_areas", 3)) == as_dict(ours.table("sdg_areas", 1))
    ours.publish({"sdg_areas": areas(d="Díli")}, who="Ana", sha256="cafe", base_version=3)
    ours.publish(given, who="Ana", sha256="f00d", base_version=4)
    assert as_dict(ours.table("sdg_areas"))["d"] == "Dili"


def test_who_publishes_on_an_old_version_is_told(ours: Workspace, place: Path, data: Path) -> None:
    Workspace(place, data=data).publish({"sdg_areas": areas(d="Dili")}, who="Bo", base_version=0)
    with pytest.raises(ChangedSinceError, match="version 1 was published since") as told:
        ours.publish({"sdg_areas": areas(e="Edo")}, who="Ana", base_version=0)
    assert (told.value.base, told.value.latest) == (0, 1)
    assert ours.latest() == 1
    with pytest.raises(ChangedSinceError):
        ours.publish({"sdg_areas": areas(e="Edo")}, who="Ana", base_version=7)


def test_publications_of_others_are_seen_without_a_restart(
    ours: Workspace, place: Path, data: Path
) -> None:
    other = Workspace(place, data=data)
    for number in range(1, 4):
        assert other.latest() == number - 1
        ours.publish({"sdg_areas": areas(d=str(number))}, who="Ana", base_version=number - 1)
        assert other.latest() == number
        assert as_dict(other.table("sdg_areas"))["d"] == str(number)


def test_every_shipped_table_comes_back_as_it_went_in(place: Path) -> None:
    ours = Workspace(place)
    shipped = {name: reference.load(name) for name in TABLES}
    # Less its first row, so that every table is written.
    given = {name: frame.iloc[1:] for name, frame in shipped.items()}
    published = ours.publish(given, mode="replace", who="Ana", base_version=0)
    assert published.removed == sum(len(frame) > 0 for frame in shipped.values())
    for name, frame in given.items():
        pd.testing.assert_frame_equal(ours.table(name), frame.reset_index(drop=True))


def test_missing_values_stay_missing_and_every_type_is_kept(ours: Workspace) -> None:
    indicators = rows(
        "indicators",
        {"indicator_id": "i1", "ascending": True, "target_on": "2020", "target_value": 0.1 + 0.2},
        {"indicator_id": "i2", "ascending": None, "target_on": "2020-05", "note": "ހުޅުމާލެ"},
        {"indicator_id": "i3", "ascending": False, "target_on": "2020-05-03", "note": "<script>"},
    )
    ours.publish({"indicators": indicators}, mode="replace", who="Ana", base_version=0)
    back = ours.table("indicators")
    pd.testing.assert_frame_equal(back, indicators)
    assert back["target_on"].tolist() == ["2020", "2020-05", "2020-05-03"]
    assert back.loc[0, "target_value"] == 0.1 + 0.2


@pytest.mark.parametrize("shape", ["frame", "arrow", "reader", "relation"])
def test_rows_come_as_a_frame_as_arrow_or_as_a_relation(ours: Workspace, shape: str) -> None:
    frame = areas(b="Kalimantan", d="Dili").assign(_row=[2, 3])
    arrow = pa.Table.from_pandas(frame, preserve_index=False)
    with duckdb.connect() as connection:
        connection.register("handed", arrow)
        given = {
            "frame": frame,
            "arrow": arrow,
            "reader": arrow.to_reader(),
            "relation": connection.table("handed"),
        }[shape]
        ours.publish({"sdg_areas": given}, who="Ana", base_version=0)
    assert as_dict(ours.table("sdg_areas"))["b"] == "Kalimantan"
    assert list(ours.table("sdg_areas").columns) == ["area_id", "name"]


def test_relations_and_files_hold_the_table_of_the_version(ours: Workspace) -> None:
    ours.publish({"sdg_areas": areas(d="Dili")}, who="Ana", base_version=0)
    for version, count in ((0, 3), (1, 4)):
        connection, relation = ours.relation("sdg_areas", version)
        assert relation.columns == ["area_id", "name"]
        assert connection.sql("SELECT 1").fetchall() == [(1,)]
        assert len(relation.fetchall()) == count
        assert duckdb.read_parquet(ours.files("sdg_areas", version)).shape == (count, 2)


def test_the_connection_reads_nothing_but_the_workspace(ours: Workspace, data: Path) -> None:
    connection, _ = ours.relation("sdg_areas")
    with pytest.raises(duckdb.PermissionException):
        connection.read_csv(str(data / "sources.csv")).fetchall()
    with pytest.raises(duckdb.InvalidInputException):
        connection.execute("SET enable_external_access=true")


def test_cancelling_changes_nothing(ours: Workspace) -> None:
    asked: list[int] = []

    def cancelled() -> bool:
        asked.append(1)
        return len(asked) > 1

    with pytest.raises(PublishCancelledError):
        ours.publish({"sdg_areas": areas(d="Dili")}, who="A", base_version=0, cancelled=cancelled)
    assert len(asked) > 1
    assert ours.latest() == 0
    assert ours.publish({"sdg_areas": areas(d="Dili")}, who="A", base_version=0).version == 1


def test_progress_goes_from_nothing_to_all_rows(ours: Workspace) -> None:
    told: list[tuple[int, int]] = []
    ours.publish(
        {"sdg_areas": areas(d="Dili"), "sources": rows("sources", {"source_id": "s2"})},
        who="A",
        base_version=0,
        progress=lambda done, total: told.append((done, total)),
    )
    assert told[-1] == (6, 6)
    assert sorted(told) == told


def test_nobody_is_no_author(ours: Workspace) -> None:
    with pytest.raises(PermissionError, match="nobody is named"):
        ours.publish({"sdg_areas": areas(d="Dili")}, who="  ", base_version=0)
    with pytest.raises(PermissionError, match="restore"):
        ours.restore(0, "")
    with pytest.raises(PermissionError, match="clean up"):
        ours.clean_up(1, who="")


def test_what_does_not_exist_is_said(ours: Workspace) -> None:
    with pytest.raises(UnknownVersionError, match="there is no publication 3"):
        ours.table("sdg_areas", 3)
    for ask in (ours.table, ours.files, ours.relation):
        with pytest.raises(KeyError, match="no table 'nonsense'"):
            ask("nonsense")
    with pytest.raises(KeyError, match=r"no table '\.\./x'"):
        ours.publish({"../x": areas(d="Dili")}, who="Ana", base_version=0)


def test_the_address_is_the_one_asked_for_or_among_the_users_data(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ILEAPS_WORKSPACE", "s3://bucket/ours")
    assert workspace_address() == "s3://bucket/ours"
    monkeypatch.setenv("ILEAPS_WORKSPACE", " ")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert Path(workspace_address()) == tmp_path / "city-i-leaps" / "workspace"


@pytest.mark.parametrize("sign", ["[", "]", "|", "^", "\\", "*", "?", "%20"])
def test_addresses_delta_lake_would_misread_are_refused(tmp_path: Path, sign: str) -> None:
    with pytest.raises(PublishFailedError, match="must not hold") as refused:
        Workspace(tmp_path / f"a{sign}b")
    assert refused.value.code == "address"


@pytest.mark.parametrize("name", ["작업 공간", "100%", "a'b\"c", "ok#1+2=3&4"])
def test_any_other_folder_name_will_do(tmp_path: Path, data: Path, name: str) -> None:
    ours = Workspace(tmp_path / name, data=data)
    ours.publish({"sdg_areas": areas(d="Dili")}, who="Ana", base_version=0)
    assert len(ours.table("sdg_areas")) == 4
    assert len(ours.relation("sdg_areas")[1].fetchall()) == 4
    assert {path.name for path in tmp_path.iterdir()} == {name, "data"}


def test_an_object_store_address_works_alike(place: Path, data: Path) -> None:
    """A file:// address takes the road of object stores: no look at the disk of our own."""
    ours = Workspace(place.as_uri(), data=data)
    assert (ours.latest(), ours.problems()) == (0, [])
    ours.publish({"sdg_areas": areas(d="Dili")}, who="Ana", base_version=0)
    ours.publish({"sdg_areas": areas()}, mode="replace", who="Ana", base_version=1)
    ours.publish({"sdg_areas": areas(e="Edo")}, who="Ana", base_version=2)
    other = Workspace(place.as_uri(), data=data)
    assert other.latest() == 3
    assert other.difference(1, 3).removed == 4
    assert other.restore(1, "Bo").version == ours.latest() == 4
    assert as_dict(ours.table("sdg_areas"))["d"] == "Dili"
    assert len(ours.relation("sdg_areas")[1].fetchall()) == 4
    assert ours.problems() == []
    assert ours.clean_up(1, who="Ana").versions == (1, 2, 3)
    assert as_dict(ours.table("sdg_areas"))["d"] == "Dili"


def test_a_password_in_an_address_is_not_shown() -> None:
    assert Workspace("s3://key:secret@host/bucket").address.shown == "s3://host/bucket"


def test_a_shipped_table_that_changes_with_a_release_is_named(
    ours: Workspace, data: Path, place: Path
) -> None:
    ours.publish({"sdg_areas": areas(d="Dili")}, who="Ana", base_version=0)
    assert ours.shipped_since(1) == []
    source = rows("sources", {"source_id": "new", "kind": "programme"})
    ship(data, {"sdg_areas": areas(x="Xian"), "sources": source, "indicators": rows("indicators")})
    later = Workspace(place, data=data)
    assert later.shipped_since(1) == ["sources"]
    assert later.shipped_since(0) == []
    assert as_dict(later.table("sdg_areas"))["d"] == "Dili"


def test_typed_is_what_tables_are(ours: Workspace) -> None:
    ours.publish({"sdg_areas": areas(d="Dili", **{"0": "first"})}, who="Ana", base_version=0)
    frame = ours.table("sdg_areas")
    pd.testing.assert_frame_equal(frame, typed(frame, TABLES["sdg_areas"]))
    assert frame["area_id"].tolist() == ["0", "a", "b", "c", "d"]
