"""Differences, restoring, cleaning up: what versions promise over time."""

from __future__ import annotations

import os
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import deltalake
import pandas as pd
import pyarrow as pa
import pytest
from deltalake import DeltaTable
from deltalake.exceptions import CommitFailedError
from hypothesis import given, settings
from hypothesis import strategies as st

from ileaps_data.publishing import delta
from ileaps_data.publishing.address import Address
from ileaps_data.schema import Table
from ileaps_data.tables import TABLES
from ileaps_data.workspace import (
    AlreadyPublishedError,
    UnknownVersionError,
    Workspace,
)
from tests.ileaps_data.workspace_files import areas, as_dict, rows, ship

if TYPE_CHECKING:
    from ileaps_data.publishing.comparison import TableChange


@pytest.fixture
def data(tmp_path: Path) -> Path:
    sources = rows("sources", {"source_id": "s1"})
    return ship(tmp_path / "data", {"sdg_areas": areas(a="Asia"), "sources": sources})


@pytest.fixture
def ours(tmp_path: Path, data: Path) -> Workspace:
    """Three publications: b added, a changed, all but b removed."""
    workspace = Workspace(tmp_path / "workspace", data=data)
    workspace.publish({"sdg_areas": areas(b="Borneo")}, who="Ana", base_version=0)
    workspace.publish({"sdg_areas": areas(a="Azia")}, who="Ana", base_version=1)
    workspace.publish({"sdg_areas": areas(b="Borneo")}, mode="replace", who="Bo", base_version=2)
    return workspace


def counts(change: TableChange) -> tuple[int, int, int]:
    return change.added, change.changed, change.removed


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [(0, 1, (1, 0, 0)), (0, 2, (1, 1, 0)), (0, 3, (1, 0, 1)), (3, 2, (1, 0, 0)), (2, 1, (0, 1, 0))],
)
def test_the_difference_of_any_two_versions(
    ours: Workspace, before: int, after: int, expected: tuple[int, int, int]
) -> None:
    difference = ours.difference(before, after)
    assert counts(difference.tables["sdg_areas"]) == expected
    assert (difference.added, difference.changed, difference.removed) == expected
    assert difference.base == before


def test_a_version_does_not_differ_from_itself(ours: Workspace) -> None:
    assert all(ours.difference(version, version).tables == {} for version in range(4))


def test_restoring_makes_a_new_version_equal_to_the_old_one(ours: Workspace) -> None:
    files = ours.files("sdg_areas", 1)
    restored = ours.restore(1, "Bo", "the replacement was a mistake")
    assert (restored.version, restored.restored_from, restored.base) == (4, 1, 3)
    assert (restored.added, restored.changed, restored.removed) == (1, 0, 0)
    assert as_dict(ours.table("sdg_areas")) == {"a": "Asia", "b": "Borneo"}
    assert ours.difference(1, 4).tables == {}
    assert ours.files("sdg_areas") == files
    row = ours.versions().iloc[4]
    assert (row["who"], row["note"], row["restored_from"], row["mode"]) == (
        "Bo",
        "the replacement was a mistake",
        1,
        "restore",
    )
    ours.publish({"sdg_areas": areas(c="Celebes")}, who="Ana", base_version=4)
    assert as_dict(ours.table("sdg_areas")) == {"a": "Asia", "b": "Borneo", "c": "Celebes"}


def test_what_ships_can_be_restored(ours: Workspace) -> None:
    ours.restore(0, "Ana")
    assert as_dict(ours.table("sdg_areas")) == {"a": "Asia"}
    assert ours.publication(4).contents == {}
    with pytest.raises(AlreadyPublishedError, match="in version 4"):
        ours.restore(0, "Ana")
    with pytest.raises(UnknownVersionError):
        ours.restore(9, "Ana")


def test_cleaning_up_keeps_the_last_versions_and_the_record(ours: Workspace) -> None:
    kept = {version: as_dict(ours.table("sdg_areas", version)) for version in (0, 2, 3)}
    removed = ours.clean_up(2, who="Ana")
    assert (removed.versions, removed.files) == ((1,), 1)
    assert removed.bytes > 0
    assert {v: as_dict(ours.table("sdg_areas", v)) for v in (0, 2, 3)} == kept
    for ask in (ours.table, ours.files, ours.relation):
        with pytest.raises(UnknownVersionError, match="that can still be read is 2"):
            ask("sdg_areas", 1)
    with pytest.raises(UnknownVersionError):
        ours.restore(1, "Ana")
    versions = ours.versions()
    assert versions["kept"].tolist() == [True, False, True, True]
    assert versions["rows_added"].tolist() == [0, 1, 0, 0]
    assert ours.clean_up(2, who="Ana").versions == ()
    with pytest.raises(ValueError, match="keep_last is 0"):
        ours.clean_up(0, who="Ana")


def test_files_a_later_version_still_uses_are_kept(ours: Workspace) -> None:
    ours.restore(1, "Ana")
    assert ours.clean_up(1, who="Ana").versions == (1, 2, 3)
    assert as_dict(ours.table("sdg_areas")) == {"a": "Asia", "b": "Borneo"}
    assert ours.problems() == []


def test_leftovers_go_by_age_and_only_what_is_nobodys(ours: Workspace, tmp_path: Path) -> None:
    folder = tmp_path / "workspace" / "tables" / "sdg_areas"
    leftovers = [folder / "part-1.parquet#1", folder / "part-2.zstd.parquet"]
    note = folder / "README.txt"
    for path in (*leftovers, note):
        path.write_bytes(b"half")
    assert ours.clean_up(3, who="Ana").too_young >= 2
    two_days_ago = time.time() - 2 * 86_400
    for path in (*leftovers, note):
        os.utime(path, (two_days_ago, two_days_ago))
    assert ours.clean_up(3, who="Ana").files == 2
    assert [path.exists() for path in (*leftovers, note)] == [False, False, True]
    assert ours.problems() == []


def test_a_clock_that_goes_back_changes_nothing_but_the_time_shown(
    tmp_path: Path, data: Path
) -> None:
    moments = iter([datetime(2030, 1, 1, tzinfo=UTC), datetime(2020, 1, 1, tzinfo=UTC)])
    ours = Workspace(tmp_path / "workspace", data=data, clock=lambda: next(moments))
    ours.publish({"sdg_areas": areas(b="Borneo")}, who="Ana", base_version=0)
    in_an_hour = time.time() + 3_600
    for path in (tmp_path / "workspace").rglob("*"):
        os.utime(path, (in_an_hour, in_an_hour))
    other = Workspace(tmp_path / "workspace", data=data)
    assert other.latest() == 1
    ours.publish({"sdg_areas": areas(c="Celebes")}, who="Ana", base_version=1)
    assert other.latest() == 2
    assert ours.versions()["published_at"].dt.year.tolist()[1:] == [2030, 2020]
    assert as_dict(other.table("sdg_areas")) == {"a": "Asia", "b": "Borneo", "c": "Celebes"}
    assert ours.clean_up(2, who="Ana", age=timedelta(0)).versions == ()
    assert ours.problems() == []


def test_versions_stay_readable_when_the_log_is_old_and_long(
    tmp_path: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Delta Lake would drop log entries over thirty days old once it writes a checkpoint."""
    monkeypatch.setitem(delta._SETTINGS, "delta.checkpointInterval", "4")
    ours = Workspace(tmp_path / "workspace", data=data)
    long_ago = time.time() - 400 * 86_400
    for number in range(10):
        for path in (tmp_path / "workspace").rglob("*.json"):
            os.utime(path, (long_ago, long_ago))
        ours.publish({"sdg_areas": areas(b=str(number))}, who="Ana", base_version=number)
    checkpoints = list((tmp_path / "workspace").rglob("*.checkpoint.parquet"))
    assert {path.parts[-3] for path in checkpoints} == {"publications", "sdg_areas"}
    other = Workspace(tmp_path / "workspace", data=data)
    found = [as_dict(other.table("sdg_areas", version))["b"] for version in range(1, 11)]
    assert found == [str(number) for number in range(10)]


def test_an_error_after_the_commit_does_not_undo_the_publication(
    tmp_path: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Delta Lake writes its checkpoint after the commit; here a folder is in that file's way."""
    monkeypatch.setitem(delta._SETTINGS, "delta.checkpointInterval", "1")
    ours = Workspace(tmp_path / "workspace", data=data)
    ours.publish({"sdg_areas": areas(b="Borneo")}, who="Ana", base_version=0)
    log = tmp_path / "workspace" / "publications" / "_delta_log"
    in_the_way = log / f"{2:020}.checkpoint.parquet"
    (in_the_way / "file").mkdir(parents=True)
    assert ours.publish({"sources": rows("sources", {"source_id": "s2"})}, who="A", base_version=1)
    assert not in_the_way.is_file()
    assert ours.latest() == 2
    assert ours.problems() == []


def test_a_commit_lands_on_the_version_it_was_made_from_or_not_at_all(tmp_path: Path) -> None:
    """Left to itself, Delta Lake would land the second of these and keep both rows."""
    address = Address(tmp_path / "table")
    schema = pa.schema([("a", pa.int64())])
    first, second = (delta.opened_or_made(address, schema) for _ in range(2))
    delta.overwrite(first, pa.table({"a": [1]}, schema=schema), {})
    with pytest.raises(CommitFailedError):
        delta.overwrite(second, pa.table({"a": [2]}, schema=schema), {})
    late = delta.opened(address)
    assert late is not None
    deltalake.write_deltalake(address.text, pa.table({"a": [3]}, schema=schema), mode="append")
    with pytest.raises(CommitFailedError):
        delta.overwrite(late, pa.table({"a": [4]}, schema=schema), {})
    found = delta.opened(address)
    assert found is not None
    assert sorted(found.to_pyarrow_table()["a"].to_pylist()) == [1, 3]


def test_a_column_that_a_later_release_adds_is_missing_in_older_versions(
    ours: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = TABLES["sdg_areas"]
    added = (
        *TABLES["revisions"].fields[-4:-1],  # first_year and last_year: required integers
        TABLES["economies"].field("least_developed"),
        TABLES["sources"].field("licence"),
    )
    later = Table(
        name=now.name,
        title=now.title,
        description=now.description,
        fields=(*now.fields, *added),
        key=now.key,
    )
    monkeypatch.setitem(TABLES, "sdg_areas", later)
    frame = ours.table("sdg_areas", 1)
    assert list(frame.columns) == later.columns
    assert as_dict(frame) == {"a": "Asia", "b": "Borneo"}
    assert frame[[field.name for field in added]].isna().all(axis=None)
    kinds = {name: str(kind) for name, kind in frame.dtypes.items()}
    assert kinds["first_year"] == "Int64"
    assert kinds["least_developed"] == "boolean"
    assert kinds["licence"] == "str"
    row = frame.iloc[:1].assign(licence="CC BY", first_year=1, last_year=2, least_developed=True)
    fresh = pd.concat([row, row.assign(area_id="c")]).assign(**{added[0].name: row[added[0].name]})
    fresh[added[0].name] = True
    ours.publish({"sdg_areas": fresh}, mode="replace", who="Ana", base_version=3)
    assert ours.table("sdg_areas")["licence"].tolist() == ["CC BY", "CC BY"]
    assert ours.table("sdg_areas", 2)["licence"].isna().all()
    assert ours.difference(2, 4).tables["sdg_areas"].changed_columns["licence"] == 1


def test_who_and_why_are_in_delta_lakes_own_history(ours: Workspace, tmp_path: Path) -> None:
    history = DeltaTable(str(tmp_path / "workspace" / "tables" / "sdg_areas")).history()
    tokens = [ours.publication(version).token for version in (3, 2, 1)]
    assert [each.get("publication") for each in history] == [*tokens, None]
    assert history[0]["who"] == "Bo"


MODES = st.sampled_from(["update", "replace"])
CONTENT = st.dictionaries(st.sampled_from("abcde"), st.sampled_from(["x", "y", "z"]), max_size=5)


@settings(max_examples=25, deadline=None)
@given(
    steps=st.lists(st.tuples(MODES, CONTENT), min_size=1, max_size=4),
    data_=st.data(),
)
def test_differences_lead_from_any_version_to_any_other(
    steps: list[tuple[str, dict[str, str]]], data_: st.DataObject
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        shipped = ship(Path(folder, "data"), {"sdg_areas": areas(a="x", b="y")})
        ours = Workspace(Path(folder, "workspace"), data=shipped)
        expected = [{"a": "x", "b": "y"}]
        for mode, content in steps:
            after = content if mode == "replace" else expected[-1] | content
            given_rows = {"sdg_areas": areas(**content)}
            if after == expected[-1]:
                with pytest.raises(AlreadyPublishedError):
                    ours.publish(given_rows, mode=mode, who="A", base_version=ours.latest())
                continue
            ours.publish(given_rows, mode=mode, who="A", base_version=ours.latest())
            expected.append(after)
        numbers = st.integers(0, len(expected) - 1)
        back = data_.draw(numbers, label="restored")
        if expected[back] != expected[-1]:
            ours.restore(back, "A")
            expected.append(expected[back])
        assert [as_dict(ours.table("sdg_areas", v)) for v in range(len(expected))] == expected
        before, after_ = data_.draw(numbers), data_.draw(numbers)
        change = ours.difference(before, after_).tables.get("sdg_areas")
        rebuilt = dict(expected[before])
        if change is not None:
            for key in change.removed_rows["area_id"]:
                del rebuilt[key]
            assert as_dict(change.before).items() <= expected[before].items()
            assert not set(as_dict(change.added_rows)) & set(rebuilt)
            rebuilt |= as_dict(change.after) | as_dict(change.added_rows)
        assert rebuilt == expected[after_]
