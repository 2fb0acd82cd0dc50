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


@pytest.mark.parametrize("part", ["target", "anyway", "stages"])
@pytest.mark.parametrize("pilot", list(reference.pilots()["pilot_id"]))
def test_every_part_of_every_pilot_track_and_reference_opens(pilot: str, part: str) -> None:
    app = opened(PAGE, pilot=pilot, part=part)
    assert "What we cannot say" in [header.value for header in app.header]
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


def owl_bus(**link: str) -> object:
    return opened(PAGE, pilot="ref-owlbus", part="anyway", **link)


def test_the_owl_bus_has_an_estimate_with_its_limits_and_the_rejected_designs() -> None:
    app = owl_bus()
    text = words(app)
    assert "5,307 to 14,863 boardings a day; about 4,800 of them (3,300 to 6,100)" in text
    assert "About 3,000 to 5,000 more boardings a day go with the new routes" in text
    assert "20 to 50 per cent above what the reopening alone suggests" in text
    assert "likely an upper estimate" in text
    assert "One design holds, at +48%" in text
    assert "no comparison group was measured" not in text, "the estimate stands above"


def test_every_district_of_seoul_can_be_seen() -> None:
    app = owl_bus()
    box = next(box for box in app.selectbox if box.label == "District of Seoul")  # type: ignore[attr-defined]
    assert len(box.options) == 25
    assert box.value == "Mapo-gu", "the one with the largest change of service comes first"
    table = reference.load("owl_bus_districts").set_index(["district_name", "month"])
    for district in ("Yongsan-gu", "Dobong-gu"):
        text = words(owl_bus(district=district))
        first, last = (
            f"{table.loc[(district, month), 'boardings_per_day']:,.0f}"
            for month in ("2022-01", "2022-05")
        )
        assert f"{district}: from {first} to {last} boardings a day" in text


def test_an_unknown_district_is_named_and_the_default_shown() -> None:
    app = owl_bus(district="atlantis-gu")
    assert "atlantis" in app.warning[0].value  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "pilot", [each for each in reference.pilots()["pilot_id"] if each != "ref-owlbus"]
)
def test_no_other_pilot_gets_an_estimate_and_each_says_why(pilot: str) -> None:
    text = words(opened(PAGE, pilot=pilot, part="anyway"))
    assert "Nobody can say whether it would have happened anyway" in text
    assert "No design supports an estimate of this pilot's effect" in text
    assert "are put down to the new routes" not in text


def test_readiness_is_unscored_until_somebody_scores_it() -> None:
    app = opened(PAGE, part="stages")
    text = words(app)
    assert "0 of 7" in text
    assert not reference.load("readiness_assessments").shape[0]
