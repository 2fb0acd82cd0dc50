"""Every published result that `python -m ileaps_data reproduce` prints, with how many there are."""

from __future__ import annotations

import hashlib
import json
import shutil
from typing import TYPE_CHECKING

import pytest

from ileaps_data import reference
from ileaps_data.__main__ import main
from ileaps_data.reproduce import COLUMNS, all_equal, reproduced, results

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from ileaps_data.reproduction import Compared

SDR_2019, SDR_2021 = "sdsn_sdr_2019", "sdsn_sdr_2021"
EQUAL = {
    (SDR_2019, "indicator scores"): 12_788,
    (SDR_2019, "goal scores"): 2_693,
    (SDR_2019, "index scores"): 162,
    (SDR_2019, "indicator colours"): 15_305,
    (SDR_2019, "goal colours"): 3_039,
    (SDR_2021, "indicator scores"): 14_933,
    (SDR_2021, "goal scores"): 2_738,
    (SDR_2021, "scores of goal 11"): 177,
    (SDR_2021, "index scores"): 165,
    (SDR_2021, "indicator colours"): 17_393,
    (SDR_2021, "goal colours"): 2_896,
    ("statcan_gif", "progress value"): 175,
    ("statcan_gif", "score"): 175,
    ("statcan_gif", "status"): 175,
    ("statcan_gif", "status of series without a progress value"): 72,
    ("cia_world_factbook", "urban growth 2020–25, per cent a year"): 17,
    ("card_krueger_1994", "mean employment of both states, before and after"): 4,
    ("card_krueger_1994", "standard errors of the means"): 4,
    ("card_krueger_1994", "difference in differences, all stores"): 1,
    ("card_krueger_1994", "difference in differences, stores with both periods"): 1,
    ("card_krueger_1994", "standard error of that difference"): 1,
    ("ons_11_3_1", "population growth rate"): 4,
    ("ons_11_3_1", "land consumption to population growth"): 4,
    ("iati_guidance", "progress, per cent"): 1,
}
AGREEMENTS = {
    (SDR_2019, "trends of indicators"): (8_442, 9_688),
    (SDR_2019, "trends of goals"): (1_993, 2_222),
    (SDR_2021, "trends of indicators"): (10_435, 10_711),
    (SDR_2021, "trends of goals"): (2_311, 2_707),
}
# where a figure is printed rounded, half a unit of its last digit; else the arithmetic's own error
TOLERANCES = {
    (SDR_2021, "indicator scores"): 0.0005,
    ("cia_world_factbook", "urban growth 2020–25, per cent a year"): 0.006,
    ("card_krueger_1994", "mean employment of both states, before and after"): 0.005,
    ("card_krueger_1994", "standard errors of the means"): 0.005,
    ("card_krueger_1994", "difference in differences, all stores"): 0.01,
    ("card_krueger_1994", "difference in differences, stores with both periods"): 0.005,
    ("card_krueger_1994", "standard error of that difference"): 0.005,
    ("iati_guidance", "progress, per cent"): 0.0005,
}


@pytest.fixture(scope="module")
def rows() -> dict[tuple[str, str], Compared]:
    return {(row.source_id, row.what): row for row in reproduced()}


def test_nothing_else_is_reproduced_and_nothing_twice(
    rows: dict[tuple[str, str], Compared],
) -> None:
    assert set(rows) == set(EQUAL) | set(AGREEMENTS)
    assert len(results()) == len(rows)


@pytest.mark.parametrize(("key", "n"), EQUAL.items(), ids=str)
def test_every_figure_is_equal(
    rows: dict[tuple[str, str], Compared], key: tuple[str, str], n: int
) -> None:
    row = rows[key]
    assert row.must_be_equal
    assert (row.n, row.n_equal) == (n, n)
    assert row.tolerance <= TOLERANCES.get(key, 1e-9) + 1e-9
    assert not row.largest_difference > row.tolerance


@pytest.mark.parametrize(("key", "counts"), AGREEMENTS.items(), ids=str)
def test_trends_are_an_agreement_and_say_so(
    rows: dict[tuple[str, str], Compared], key: tuple[str, str], counts: tuple[int, int]
) -> None:
    row = rows[key]
    assert (row.n_equal, row.n) == counts
    assert not row.must_be_equal
    assert row.note.startswith("An agreement, no exact test")


def test_every_row_names_a_source_people_can_look_up() -> None:
    table = results()
    assert tuple(table.columns) == COLUMNS
    assert set(table["source_id"]) <= set(reference.sources()["source_id"])


def test_the_command_prints_the_table(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["reproduce"]) == 0
    printed = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    assert printed[1:3] == [
        "Sustainable Development Report 2019",
        "indicator scores 12,788 12,788 1.4e-14",
    ]
    assert "trends of indicators 10,711 10,435 agreement 97.4%" in printed
    assert "status 175 175 words" in printed
    assert printed[-1].startswith("all equal, trends aside")


def test_the_command_fails_when_a_figure_differs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "data"
    shutil.copytree(reference.DATA, folder)
    table = reference.load_published("ons_land_use")
    alter(folder / "published", "ons_land_use.csv", table.assign(ratio=table["ratio"] * 1.001))
    changed = reproduced(folder)
    assert not all_equal(changed)
    assert [row.what for row in changed if row.must_be_equal and row.n_equal < row.n] == [
        "land consumption to population growth"
    ]
    assert main(["reproduce", "--data", str(folder)]) == 1
    assert "NOT ALL EQUAL" in capsys.readouterr().err


def test_the_command_says_what_is_wrong_with_the_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["reproduce", "--data", str(tmp_path / "none")]) == 2
    assert "is not a folder" in capsys.readouterr().err
    assert main(["reproduce", "--data", str(tmp_path)]) == 1
    assert "published/datapackage.json: cannot be opened" in capsys.readouterr().err


def alter(folder: Path, name: str, table: pd.DataFrame) -> None:
    """Writes another table in place of one, and its hash in the descriptor."""
    table.to_csv(folder / name, index=False)
    descriptor = folder / "datapackage.json"
    package = json.loads(descriptor.read_text())
    (resource,) = (each for each in package["resources"] if each["path"] == name)
    resource["hash"] = f"sha256:{hashlib.sha256((folder / name).read_bytes()).hexdigest()}"
    descriptor.write_text(json.dumps(package))
