"""Several processes at once, processes killed, disks that fill: nothing lost, nothing half seen."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

import pytest

from benchmarks.kill_publications import kill_often
from ileaps_data.workspace import PublishFailedError, Workspace, WorkspaceError
from tests.ileaps_data.workspace_files import areas, as_dict, rows, ship, started

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path

# Publishes what the arguments say and prints what came of it as JSON; waits to be told to begin.
WRITER = """
import json, os, resource, sys, tempfile
import pandas as pd
from pathlib import Path
from ileaps_data.workspace import ChangedSinceError, Workspace, WorkspaceError
folder, data, name, limits = sys.argv[1], Path(sys.argv[2]), sys.argv[3], json.loads(sys.argv[4])
workspace = Workspace(folder, data=data)
big = limits.get("rows", 1)
frame = pd.DataFrame({"area_id": [f"{name}{i}" for i in range(big)], "name": os.urandom(20).hex()})
if big > 1:
    frame["name"] = [os.urandom(20).hex() for _ in range(big)]
print("ready", flush=True)
sys.stdin.readline()
if "user" in limits:
    # Whoever it becomes may not be able to read Python's own files: all is loaded before.
    with tempfile.TemporaryDirectory() as trial:
        Workspace(trial, data=data).publish({"sdg_areas": frame}, who=name, base_version=0)
    os.setresuid(limits["user"], limits["user"], limits["user"])
staged = workspace.staged({"sdg_areas": frame})
if "file_size" in limits:
    resource.setrlimit(resource.RLIMIT_FSIZE, (limits["file_size"], resource.RLIM_INFINITY))
told, base = 0, limits.get("base", 0)
while True:
    try:
        published = workspace.publish(staged, who=name, sha256=name, base_version=base)
        print(json.dumps({"version": published.version, "told": told}), flush=True)
        break
    except ChangedSinceError as error:
        told, base = told + 1, error.latest
    except WorkspaceError as error:
        code = getattr(error, "code", type(error).__name__)
        print(json.dumps({"code": code, "where": error.where, "fix": error.fix}), flush=True)
        break
if "file_size" in limits:
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    published = workspace.publish(staged, who=name, sha256=name, base_version=base)
    print(json.dumps({"version": published.version, "told": told}), flush=True)
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    sources = rows("sources", {"source_id": "s1"})
    return ship(tmp_path / "data", {"sdg_areas": areas(a="Asia"), "sources": sources})


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "workspace"


def writer(place: Path, data: Path, name: str, **limits: int) -> subprocess.Popen[str]:
    return started(WRITER, str(place), str(data), name, json.dumps(limits))


def answers(process: subprocess.Popen[str]) -> list[dict[str, Any]]:
    output, errors = process.communicate(timeout=120)
    assert process.returncode == 0, errors
    return [json.loads(line) for line in output.splitlines() if line != "ready"]


@pytest.mark.parametrize("before", [0, 1])
def test_of_processes_that_publish_at_once_all_land_one_after_the_other(
    place: Path, data: Path, before: int
) -> None:
    ours = Workspace(place, data=data)
    if before:
        ours.publish({"sdg_areas": areas(b="Borneo")}, who="Ana", base_version=0)
    writers = [writer(place, data, name, base=before) for name in ("x", "y", "z")]
    for process in writers:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in writers:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    said = [answer for process in writers for answer in answers(process)]
    assert sorted(answer["version"] for answer in said) == [before + n for n in (1, 2, 3)]
    # Whoever was not the first was told, looked again, and published on what was there by then.
    assert all(answer["told"] for answer in said if answer["version"] > before + 1)
    shipped = {"a", "b"} if before else {"a"}
    assert set(as_dict(ours.table("sdg_areas"))) == shipped | {"x0", "y0", "z0"}
    for version in range(before + 1, before + 4):
        assert ours.publication(version).added == 1
        assert ours.publication(version).base == version - 1
    assert ours.problems() == []


def test_fifty_kills_at_random_moments_break_no_promise(tmp_path: Path) -> None:
    outcome = kill_often(tmp_path / "workspace", kills=50, seed=20_260_301)
    assert outcome.broken == []
    assert outcome.kills == 50
    assert outcome.published > 0
    assert outcome.leftovers > 0


def test_a_write_that_finds_no_room_half_way_changes_nothing(place: Path, data: Path) -> None:
    """The system lets the process make no file longer than 64 kB.

    The Parquet file breaks off while it is written, as on a disk that fills.
    """
    ours = Workspace(place, data=data)
    ours.publish({"sdg_areas": areas(b="Borneo")}, who="Ana", base_version=0)
    process = writer(place, data, "x", base=1, rows=20_000, file_size=65_536)
    failed, published = answers(process)
    assert failed["code"] == "disk_full"
    assert failed["where"] == str(place / "tables" / "sdg_areas")
    assert "Free some space" in failed["fix"]
    assert published == {"version": 2, "told": 0}
    assert len(ours.table("sdg_areas")) == 20_002
    assert as_dict(ours.table("sdg_areas", 1)) == {"a": "Asia", "b": "Borneo"}
    assert ours.problems() == []


def test_a_list_of_publications_that_finds_no_room_changes_nothing(place: Path, data: Path) -> None:
    """The table itself can be written, the list of publications cannot."""
    ours = Workspace(place, data=data)
    ours.publish({"sdg_areas": areas(b="Borneo")}, who="A" * 3_000, base_version=0)
    failed, published = answers(writer(place, data, "x", base=1, file_size=2_600))
    assert failed["code"] == "disk_full"
    assert failed["where"] == str(place / "publications")
    assert published["version"] == 2
    assert ours.problems() == []


def test_a_folder_that_may_only_be_read_is_said(place: Path, data: Path, tmp_path: Path) -> None:
    ours = Workspace(place, data=data)
    ours.publish({"sdg_areas": areas(b="Borneo")}, who="Ana", base_version=0)
    for folder in (place, *(path for path in place.rglob("*") if path.is_dir())):
        folder.chmod(0o555)
    # A superuser may write anywhere: the child becomes nobody, who must be able to look in.
    limits = {"user": 65_534} if os.geteuid() == 0 else {}
    closed = [path for path in (tmp_path, *tmp_path.parents) if not path.stat().st_mode & 0o001]
    try:
        for path in closed if limits else []:
            path.chmod(0o711)
        (said,) = answers(writer(place, data, "x", base=1, **limits))
    finally:
        for path in closed if limits else []:
            path.chmod(0o700)
        for folder in (place, *(path for path in place.rglob("*") if path.is_dir())):
            folder.chmod(0o755)
    assert said["code"] == "read_only"
    assert said["where"].startswith(str(place))
    assert ours.latest() == 1
    assert ours.problems() == []


def test_a_file_where_the_folder_should_be_is_said(tmp_path: Path, data: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    ours = Workspace(tmp_path / "file", data=data)
    with pytest.raises(WorkspaceError, match="cannot be read") as refused:
        ours.latest()
    assert "ILEAPS_WORKSPACE" in refused.value.fix
    inside = Workspace(tmp_path / "file" / "workspace", data=data)
    with pytest.raises(WorkspaceError, match="cannot be read"):
        inside.publish({"sdg_areas": areas(b="Borneo")}, who="Ana", base_version=0)
    place = tmp_path / "workspace"
    place.mkdir()
    (place / "tables").write_text("in the way")
    blocked = Workspace(place, data=data)
    with pytest.raises(PublishFailedError) as failed:
        blocked.publish({"sdg_areas": areas(b="Borneo")}, who="Ana", base_version=0)
    assert failed.value.code == "no_folder"
    assert (tmp_path / "file").read_text() == "in the way"
