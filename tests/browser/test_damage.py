"""What a person sees when a table of the dashboard itself is damaged."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import ROOT, serve, watched

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

PARTS = ("app.py", "ileaps_server.py", ".streamlit", "data", "pages")
PACKAGES = ("ileaps_data", "ileaps_metrics", "ileaps_views")


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """Copy the dashboard, so that its tables can be damaged."""
    for name in (*PARTS, *PACKAGES):
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, tmp_path / name)
        else:
            shutil.copy(source, tmp_path / name)
    return tmp_path


def message(browser: Browser, folder: Path, path: str) -> str:
    with serve(root=folder) as base, watched(browser, base) as watch:
        page = watch.page
        page.goto(f"{base}/{path}")
        alert = page.locator('[data-testid="stAlert"]')
        alert.wait_for(timeout=60_000)
        assert "Traceback" not in page.locator("body").inner_text()
        assert alert.count() == 1
        return str(alert.inner_text())


def test_a_truncated_table_is_named_with_the_command_that_rebuilds_it(
    browser: Browser, copied: Path
) -> None:
    table = copied / "data" / "urban_population.parquet"
    table.write_bytes(table.read_bytes()[:5000])
    said = message(browser, copied, "urban_growth")
    assert "urban_population.parquet" in said
    assert "python -m ileaps_data build" in said


def test_a_missing_table_of_the_programme_is_named(browser: Browser, copied: Path) -> None:
    (copied / "data" / "observations.csv").unlink()
    said = message(browser, copied, "pilot_outcomes")
    assert "observations.csv" in said
    assert "python -m ileaps_data build" in said


def test_a_table_that_every_page_needs_gives_the_same_message(
    browser: Browser, copied: Path
) -> None:
    (copied / "data" / "revisions.csv").write_text("not,the,table\n1,2,3\n")
    said = message(browser, copied, "")
    assert "revisions.csv" in said
