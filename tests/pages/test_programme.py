from __future__ import annotations

import pytest

from ileaps_data import reference
from ileaps_metrics import policy_transfers
from tests.pages.conftest import opened

PAGE = "decide/programme.py"


def words(app: object) -> str:
    return " ".join(
        text.value.replace("\\", "")
        for kind in (app.markdown, app.caption, app.header, app.subheader)  # type: ignore[attr-defined]
        for text in kind
    )


def test_six_aims_each_with_counts_gap_and_source() -> None:
    app = opened(PAGE)
    assert app.header[0].value.startswith("Something can be counted for 5 of 6 aims")
    assert [text.value[:2] for text in app.subheader] == ["1\\", "2\\", "3\\", "4\\", "5\\", "6\\"]
    text = words(app)
    assert text.count("Not known:") == 6
    assert text.count("Source: UNDP Asia and the Pacific, 9 Jun 2016") == 6
    assert text.count("Nothing published measures it") == 1


def test_the_counts_are_those_of_the_tables() -> None:
    text = words(opened(PAGE))
    links = policy_transfers.transfer_links(
        reference.transfers(), reference.policies(), reference.cities()
    )
    facts = policy_transfers.network_summary(links)
    assert (
        f"{facts.transfers} transfers to {facts.places} places in {facts.countries} countries"
        in text
    )
    observations = reference.observations()
    undated = int(observations["period_end"].isna().sum())
    assert f"{undated} of {len(observations)} figures carry no date" in text
    values = reference.load("sdg_city_values").dropna(subset=["city_id"])
    assert f"{len(values)} published values of SDG 11 are of partner cities" in text


def test_a_link_of_an_aim_opens_the_events_on_the_same_page() -> None:
    app = opened(PAGE)
    next(button for button in app.button if button.label.startswith("Events")).click().run()
    assert not app.exception
    assert "events from" in app.header[0].value


def test_a_year_narrows_chart_and_list_alike() -> None:
    app = opened(PAGE, part="events", year="2016")
    assert app.header[0].value == "12 events, in 2016"
    listed = next(text.value for text in app.markdown if text.value.startswith("- **"))
    assert listed.count("\n") + 1 == 12
    assert "300 or 500 people" in listed
    assert "](https://" in listed, "a source with an address is its link"


@pytest.mark.parametrize(("sector", "expected"), [("water", 1), ("transport", 7)])
def test_a_sector_narrows_the_catalogue(sector: str, expected: int) -> None:
    policies = reference.policies()
    assert int(policies["sector"].eq(sector).sum()) == expected
    app = opened(PAGE, part="policies", sector=sector)
    assert not app.exception
    assert len(app.get("plotly_chart")) == 1
    listed = next(text.value for text in app.markdown if text.value.startswith("- **"))
    assert listed.count("\n") + 1 == expected


def test_who_took_a_policy_up_is_named_and_so_is_that_nobody_did() -> None:
    text = words(opened(PAGE, part="policies"))
    assert "T-money transport card: Auckland, Bangkok" in text.replace("**", "")
    assert "Clean Construction System: no transfer recorded" in text.replace("**", "")


def test_filters_that_leave_no_policy_say_so() -> None:
    app = opened(PAGE, part="policies", sector="water", sdg="16.5")
    assert app.header[0].value == "No policy matches this choice"


@pytest.mark.parametrize("document", ["declaration", "communique"])
def test_five_areas_and_five_principles_with_targets_policies_and_pilots(document: str) -> None:
    app = opened(PAGE, part="commitments", document=document)
    assert len(app.subheader) == 5
    text = words(app)
    assert text.count("SDG targets, our reading:") == 5
    assert "No policy" in text


def test_an_unknown_part_in_the_link_is_named() -> None:
    assert "dances" in opened(PAGE, part="dances").warning[0].value


def test_a_link_from_another_page_decides_over_what_was_chosen_here_before() -> None:
    app = opened("decide/pilot_outcomes.py", pilot="bgd-119")
    app.switch_page(PAGE)
    app.query_params.clear()
    app.run()
    app.switch_page("decide/pilot_outcomes.py")
    app.query_params["pilot"] = "hul-smart"
    app.run()
    box = next(box for box in app.selectbox if box.label.startswith("Pilot"))
    assert box.value == "hul-smart"
