"""What is taken in, what is compared, what is shown of it before it is published."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa
import pytest

from ileaps_data.workspace import PublishFailedError, UnfitChangeError, Workspace
from tests.ileaps_data.workspace_files import areas, rows, ship

if TYPE_CHECKING:
    from pathlib import Path

INDICATORS = (
    {"indicator_id": "i1", "name": "Riders", "target_value": 5.0, "ascending": True},
    {"indicator_id": "i2", "name": "Fires", "target_value": None, "note": "none"},
    {"indicator_id": "i3", "name": "Waste", "target_value": 7.0},
)


@pytest.fixture
def ours(tmp_path: Path) -> Workspace:
    stages = [
        {"pilot_id": "p", "stage": "learning", "entered_on": when, "evidence": f"{when}"}
        for when in ("2018", None)
    ]
    data = ship(
        tmp_path / "data",
        {
            "sdg_areas": areas(a="Asia", b="Borneo"),
            "indicators": rows("indicators", *INDICATORS),
            "stage_events": rows("stage_events", *stages),
        },
    )
    return Workspace(tmp_path / "workspace", data=data)


def test_changed_rows_are_shown_before_and_after_cell_by_cell(ours: Workspace) -> None:
    changed = rows(
        "indicators",
        {**INDICATORS[0], "target_value": 6.0, "note": "revised"},
        {**INDICATORS[1], "note": None},
        INDICATORS[2],
        {"indicator_id": "i0", "name": "New"},
    )
    found = ours.preview({"indicators": changed}).tables["indicators"]
    assert (found.added, found.changed, found.removed, found.unchanged) == (1, 2, 0, 1)
    assert found.changed_columns == {"target_value": 1, "note": 2}
    assert found.added_rows["indicator_id"].tolist() == ["i0"]
    assert found.before["indicator_id"].tolist() == found.after["indicator_id"].tolist()
    assert found.after.dtypes.equals(changed.dtypes)
    cells = found.cells(["indicator_id"]).astype("object").replace({float("nan"): None})
    assert cells.to_numpy().tolist() == [
        ["i1", "note", None, "revised"],
        ["i1", "target_value", 5.0, 6.0],
        ["i2", "note", "none", None],
    ]


def test_a_preview_without_changes_says_so(ours: Workspace) -> None:
    given = {"indicators": rows("indicators", *INDICATORS)}
    for mode in ("update", "replace"):
        preview = ours.preview(given, mode)
        assert (preview.tables, preview.added, preview.changed, preview.removed) == ({}, 0, 0, 0)


def test_a_missing_part_of_a_key_equals_a_missing_part(ours: Workspace) -> None:
    event = {"pilot_id": "p", "stage": "learning", "entered_on": None, "evidence": "letter"}
    found = ours.preview({"stage_events": rows("stage_events", event)}).tables["stage_events"]
    assert (found.added, found.changed) == (0, 1)
    assert found.before["evidence"].tolist() == ["None"]
    ours.publish({"stage_events": rows("stage_events", event)}, who="Ana", base_version=0)
    assert ours.table("stage_events")["evidence"].tolist() == ["2018", "letter"]
    difference = ours.difference(0, 1).tables["stage_events"]
    assert (difference.added, difference.changed, difference.removed) == (0, 1, 0)


def test_a_file_that_lacks_a_column_leaves_it_as_it_is(ours: Workspace) -> None:
    given = pd.DataFrame({"indicator_id": ["i2", "i3"], "target_value": [1.0, 7.0]})
    found = ours.preview({"indicators": given}).tables["indicators"]
    assert (found.added, found.changed, found.unchanged) == (0, 1, 1)
    ours.publish({"indicators": given}, who="Ana", base_version=0)
    back = ours.table("indicators").set_index("indicator_id")
    assert back["name"].tolist() == ["Riders", "Fires", "Waste"]
    assert back["note"].dropna().tolist() == ["none"]
    assert back["target_value"].tolist() == [5.0, 1.0, 7.0]


def test_new_rows_need_every_required_column(ours: Workspace) -> None:
    given = pd.DataFrame({"indicator_id": ["i9"], "target_value": [1.0]})
    with pytest.raises(UnfitChangeError, match="1 new rows have no pilot_id, name, unit"):
        ours.preview({"indicators": given})
    existing = pd.DataFrame({"indicator_id": ["i1"], "target_value": [1.0]})
    with pytest.raises(UnfitChangeError, match="have no"):
        ours.publish({"indicators": existing}, mode="replace", who="Ana", base_version=0)
    assert ours.latest() == 0


def test_only_the_first_thousand_rows_are_listed_and_all_are_counted(ours: Workspace) -> None:
    many = areas(**{f"{number:05}": "x" for number in range(1_500)})
    found = ours.preview({"sdg_areas": many}).tables["sdg_areas"]
    assert found.added == 1_500
    assert found.added_rows["area_id"].tolist() == [f"{number:05}" for number in range(1_000)]


UNFIT: dict[str, tuple[Any, str]] = {
    "no key": (pd.DataFrame({"name": ["x"]}), "there is no column area_id"),
    "a key twice": (
        pd.DataFrame({"area_id": ["x", "y", "x"], "name": "n"}),
        "two rows have the key x",
    ),
    "a key missing": (
        pd.DataFrame({"area_id": ["x", None], "name": "n"}),
        "area_id is missing in 1 rows",
    ),
    "an empty key": (
        pd.DataFrame({"area_id": ["x", ""], "name": "n"}),
        "area_id is missing in 1 rows",
    ),
    "a required value missing": (
        pd.DataFrame({"area_id": ["x", "y"], "name": [None, "n"]}),
        "name is missing in 1 rows",
    ),
    "a column of another table": (
        pd.DataFrame({"area_id": ["x"], "name": "n", "nmae": "m"}),
        "a column 'nmae', which the table does not have",
    ),
    "numbers for text": (
        pd.DataFrame({"area_id": ["x"], "name": [1]}),
        "sdg_areas.name: holds BIGINT instead of text",
    ),
    "a column twice": (
        pa.table([["x"], ["n"], ["m"]], names=["area_id", "name", "name"]),
        "two columns of one name",
    ),
    "half a character": (
        pd.DataFrame({"area_id": ["x"], "name": [chr(0xD800)]}, dtype="object"),
        "cannot be taken over",
    ),
}


@pytest.mark.parametrize("what", UNFIT)
def test_rows_that_do_not_fit_are_refused(ours: Workspace, what: str) -> None:
    given, said = UNFIT[what]
    with pytest.raises(UnfitChangeError, match=said) as refused:
        ours.publish({"sdg_areas": given}, who="Ana", base_version=0)
    assert refused.value.fix
    assert refused.value.where.startswith("sdg_areas")
    assert ours.latest() == 0


def test_infinity_is_refused_and_not_a_number_is_missing(ours: Workspace) -> None:
    given = pa.table({"indicator_id": ["i1"], "target_value": [float("inf")]})
    with pytest.raises(UnfitChangeError, match="target_value is infinite in 1 rows"):
        ours.preview({"indicators": given})
    # Arrow tells not-a-number from missing; the product does not.
    given = pa.table({"indicator_id": ["i1", "i2"], "target_value": [float("nan"), float("nan")]})
    ours.publish({"indicators": given}, who="Ana", base_version=0)
    connection, relation = ours.relation("indicators")
    assert relation.filter("target_value IS NULL").shape[0] == 2
    connection.close()


def test_whole_numbers_are_not_rounded_into_place(ours: Workspace) -> None:
    given = pd.DataFrame({"series": ["s"], "goal": [11.5]})
    with pytest.raises(UnfitChangeError, match="holds DOUBLE instead of integer"):
        ours.preview({"sdg_series": given})


def test_staged_rows_serve_preview_and_publication_and_are_gone_when_closed(
    ours: Workspace,
) -> None:
    folder = ours._engine.scratch
    with ours.staged(
        {"sdg_areas": pa.table({"area_id": ["z"], "name": ["n"]}).to_reader()}
    ) as rows_:
        assert ours.preview(rows_).added == 1
        assert ours.publish(rows_, who="Ana", base_version=0).added == 1
        assert list(folder.glob("staged-*"))
    assert list(folder.glob("staged-*")) == []
    with pytest.raises(UnfitChangeError):
        ours.preview({"sdg_areas": areas(z="n"), "indicators": pd.DataFrame({"x": [1]})})
    assert list(folder.glob("staged-*")) == []


def test_a_disk_without_room_for_the_private_copy_is_said(
    ours: Workspace,
) -> None:
    scratch = ours._engine.scratch
    scratch.rmdir()
    scratch.write_text("in the way")
    with pytest.raises(PublishFailedError) as refused:
        ours.preview({"sdg_areas": areas(z="n")})
    assert refused.value.code == "no_folder"
    assert refused.value.where == str(scratch)
    scratch.unlink()
