from __future__ import annotations

import pytest

from ileaps_data import reference
from ileaps_metrics import pilot_progress
from tests.pages.conftest import opened

PAGE = "decide/pilot_outcomes.py"


def words(app: object) -> str:
    return " ".join(
        text.value.replace("\\", "")
        for kind in (app.markdown, app.caption, app.header)  # type: ignore[attr-defined]
        for text in kind
    )


def test_pasikola_shows_both_school_figures_and_that_nobody_knows_why_they_differ() -> None:
    app = opened(PAGE)
    text = words(app)
    assert "3 May 2018: 7" in text
    assert "3 Jul 2018: 3" in text
    assert "decline or disagreement unknown" in text


def test_the_vehicle_target_reads_not_known_at_the_deadline() -> None:
    kpis = pilot_progress.pilot_kpis(reference.indicators(), reference.observations())
    row = kpis.set_index("indicator_id").loc["mks_vehicles"]
    text = words(opened(PAGE))
    assert row["status"] == "not_known_at_deadline"
    assert f"{row['actual']:.0f} by 23 Aug 2018" in text
    assert f"{row['expected']:.1f} were expected" in text
    assert "Not known at the deadline" in text


def test_what_cannot_be_said_is_a_list_of_its_own() -> None:
    app = opened(PAGE)
    assert "What we cannot say" in [header.value for header in app.header]
    text = words(app)
    assert "no comparison group" in text
    assert "No forecast" in text


def test_the_status_names_its_method() -> None:
    app = opened(PAGE)
    assert any(caption.value.startswith("Pace = ") for caption in app.caption)
    changed = opened(PAGE, method="undp_rag")
    assert any("Report Card" in caption.value for caption in changed.caption)


@pytest.mark.parametrize("pilot", list(reference.pilots()["pilot_id"]))
def test_every_pilot_track_and_reference_opens(pilot: str) -> None:
    app = opened(PAGE, pilot=pilot)
    assert not app.exception
    assert not app.warning


def test_a_track_without_figures_says_so() -> None:
    app = opened(PAGE, pilot="bgd-119")
    assert "No figure of this track is published" in app.info[0].value


def test_an_unknown_pilot_is_named_and_the_default_shown() -> None:
    app = opened(PAGE, pilot="atlantis-ferry")
    assert "atlantis" in app.warning[0].value
    box = next(box for box in app.selectbox if box.label.startswith("Pilot"))
    assert box.value == "mks-pasikola"
