from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from ileaps_data.__main__ import main
from tests.ileaps_data import publisher_files

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Workshop:
    """A folder of publishers' files, one of the programme, and the folder a build writes."""

    sources: Path
    programme: Path
    data: Path

    def build(self) -> int:
        return main(
            [
                "build",
                *("--sources", str(self.sources)),
                *("--programme", str(self.programme)),
                *("--output", str(self.data)),
            ]
        )


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("published")
    (folder / "sources").mkdir()
    publisher_files.write_all(folder / "sources")
    publisher_files.write_programme(folder / "programme")
    return folder


@pytest.fixture
def workshop(published: Path, tmp_path: Path) -> Workshop:
    """Files of one's own to alter; data/ holds what an earlier build and somebody else left."""
    shutil.copytree(published, tmp_path / "own")
    data = tmp_path / "data"
    data.mkdir()
    (data / "economies.csv").write_text("old")
    return Workshop(tmp_path / "own" / "sources", tmp_path / "own" / "programme", data)


@pytest.fixture(scope="session")
def built(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of one undisturbed build."""
    data = tmp_path_factory.mktemp("built") / "data"
    assert Workshop(published / "sources", published / "programme", data).build() == 0
    return data
