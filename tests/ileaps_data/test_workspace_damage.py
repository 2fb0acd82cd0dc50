"""Files that are cut, emptied or gone: each is named, and what is whole is still served."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb
import pytest

from ileaps_data.workspace import DamagedVersionError, PublishFailedError, Workspace
from tests.ileaps_data.workspace_files import areas, as_dict, rows, ship

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FIRST = {"a": "Asia", "b": "Borneo"}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    sources = rows("sources", {"source_id": "s1"})
    return ship(tmp_path / "data", {"sdg_areas": areas(a="Asia"), "sources": sources})


@pytest.fixture
def place(tmp_path: Path, data: Path) -> Path:
    """A workspace with two publications: b added, then c."""
    place = tmp_path / "workspace"
    workspace = Workspace(place, data=data)
    workspace.publish({"sdg_areas": areas(b="Borneo")}, who="Ana", base_version=0)
    workspace.publish({"sdg_areas": areas(c="Celebes")}, who="Ana", base_version=1)
    return place


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def gone(path: Path) -> None:
    path.unlink()


def garbled(path: Path) -> None:
    path.write_bytes(bytes(path.stat().st_size))


def last(place: Path, folder: str) -> Path:
    """The last log entry of a Delta table."""
    return max((place / folder / "_delta_log").glob("*.json"))


@pytest.mark.parametrize("damage", [cut, emptied, garbled])
def test_a_damaged_list_is_named_and_the_version_before_is_served(
    place: Path, data: Path, damage: Callable[[Path], None]
) -> None:
    running = Workspace(place, data=data)
    assert running.latest() == 2
    entry = last(place, "publications")
    damage(entry)
    for ours in (running, Workspace(place, data=data)):
        assert ours.latest() == 1
        assert as_dict(ours.table("sdg_areas")) == FIRST
        (problem,) = ours.problems()
        assert (problem.version, problem.where, problem.last_good) == (2, str(entry), 1)
        with pytest.raises(PublishFailedError) as refused:
            ours.publish({"sdg_areas": areas(d="Dili")}, who="Ana", base_version=1)
        assert (refused.value.code, refused.value.where) == ("damaged", str(entry))
        with pytest.raises(PublishFailedError):
            ours.restore(0, "Ana")
        with pytest.raises(PublishFailedError):
            ours.clean_up(1, who="Ana")
    entry.unlink()
    assert running.problems() == []
    assert running.publish({"sdg_areas": areas(d="Dili")}, who="A", base_version=1).version == 2
    assert as_dict(running.table("sdg_areas")) == FIRST | {"d": "Dili"}


@pytest.mark.parametrize("damage", [cut, emptied, garbled, gone])
def test_a_damaged_file_of_the_list_is_named_too(
    place: Path, data: Path, damage: Callable[[Path], None]
) -> None:
    newest = max((place / "publications").glob("*.parquet"), key=lambda p: p.stat().st_mtime_ns)
    damage(newest)
    ours = Workspace(place, data=data)
    assert ours.latest() == 1
    assert as_dict(ours.table("sdg_areas")) == FIRST
    assert [problem.version for problem in ours.problems()] == [2]


@pytest.mark.parametrize("damage", [cut, emptied, garbled, gone])
def test_a_damaged_file_of_a_table_is_named_and_the_version_before_is_served(
    place: Path, data: Path, damage: Callable[[Path], None]
) -> None:
    ours = Workspace(place, data=data)
    (file,) = ours.files("sdg_areas")
    path = place / "tables" / "sdg_areas" / file.rpartition("/")[2]
    damage(path)
    (problem,) = ours.problems()
    assert (problem.version, problem.table, problem.where) == (2, "sdg_areas", str(path))
    assert ours.latest() == 2
    assert ours.last_good() == 1
    with pytest.raises(DamagedVersionError, match="sdg_areas") as refused:
        ours.table("sdg_areas")
    assert refused.value.version == 2
    with pytest.raises(duckdb.Error):
        ours.relation("sdg_areas")[1].fetchall()
    with pytest.raises(DamagedVersionError):
        ours.difference(1, 2)
    with pytest.raises(DamagedVersionError):
        ours.publish({"sdg_areas": areas(d="Dili")}, who="Ana", base_version=2)
    assert as_dict(ours.table("sdg_areas", ours.last_good())) == FIRST
    assert ours.table("sources")["source_id"].tolist() == ["s1"]
    assert ours.publish({"sources": rows("sources", {"source_id": "s2"})}, who="A", base_version=2)
    assert as_dict(ours.table("sdg_areas", 1)) == FIRST


@pytest.mark.parametrize("damage", [cut, emptied, garbled, gone])
def test_a_damaged_log_of_a_table_is_named_and_the_version_before_is_served(
    place: Path, data: Path, damage: Callable[[Path], None]
) -> None:
    entry = last(place, "tables/sdg_areas")
    damage(entry)
    ours = Workspace(place, data=data)
    (problem,) = ours.problems()
    assert (problem.version, problem.table) == (2, "sdg_areas")
    assert problem.where == str(place / "tables" / "sdg_areas")
    with pytest.raises(DamagedVersionError, match="backup, or restore another version"):
        ours.table("sdg_areas")
    assert ours.last_good() == 1
    assert as_dict(ours.table("sdg_areas", 1)) == FIRST
    assert ours.restore(1, "Ana").added is None
    assert ours.versions()["rows_added"].isna().tolist() == [False, False, False, True]
    assert ours.problems() == []
    given = {"sdg_areas": areas(d="Dili")}
    if entry.exists():
        with pytest.raises(PublishFailedError) as refused:
            ours.publish(given, who="Ana", base_version=3)
        assert (refused.value.code, refused.value.where) == ("damaged", str(entry))
        entry.unlink()
    ours.publish(given, who="Ana", base_version=3)
    assert as_dict(ours.table("sdg_areas")) == FIRST | {"d": "Dili"}
    # Its number was given anew: the version that lost it must not show another's rows.
    with pytest.raises(DamagedVersionError, match="other files than were published"):
        ours.table("sdg_areas", 2)


def test_a_file_swapped_for_another_is_no_version(place: Path, data: Path) -> None:
    """Both are whole Parquet files with as many rows; only the size tells."""
    ours = Workspace(place, data=data)
    ours.publish({"sdg_areas": areas(c="Celebes, now Sulawesi")}, who="Ana", base_version=2)
    old, new = (
        place / "tables" / "sdg_areas" / ours.files("sdg_areas", v)[0].rpartition("/")[2]
        for v in (2, 3)
    )
    new.write_bytes(old.read_bytes())
    (problem,) = ours.problems()
    assert problem.where == str(new)


def test_a_damaged_version_is_not_restored(place: Path, data: Path) -> None:
    ours = Workspace(place, data=data)
    gone(place / "tables" / "sdg_areas" / ours.files("sdg_areas", 1)[0].rpartition("/")[2])
    with pytest.raises(DamagedVersionError, match="is missing"):
        ours.restore(1, "Ana")
    assert ours.latest() == 2
    assert ours.last_good() == 2


def test_a_workspace_put_in_place_of_another_is_seen(
    place: Path, data: Path, tmp_path: Path
) -> None:
    ours = Workspace(place, data=data)
    assert ours.latest() == 2
    other = Workspace(tmp_path / "other", data=data)
    other.publish({"sdg_areas": areas(z="Zambia")}, who="Bo", base_version=0)
    place.rename(tmp_path / "aside")
    assert ours.latest() == 0
    (tmp_path / "other").rename(place)
    assert ours.latest() == 1
    assert as_dict(ours.table("sdg_areas")) == {"a": "Asia", "z": "Zambia"}
