"""Findings on the programme are true for none, one and many, for ties and for gaps."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ileaps_data import reference
from ileaps_metrics import policy_transfers
from ileaps_views import i18n
from ileaps_views.findings import programme, transfers
from ileaps_views.terms import STAGES

CARD = "; most shared: Card, 7 of them"
counts = st.dictionaries(st.text("abcdef", min_size=1, max_size=4), st.integers(1, 9), max_size=6)


def numbers(text: str) -> list[int]:
    return [int(found) for found in re.findall(r"\d+", text)]


def test_the_network_of_the_fact_base() -> None:
    links = policy_transfers.transfer_links(
        reference.load("transfers"), reference.load("policies"), reference.load("cities")
    )
    summary = policy_transfers.network_summary(links)
    assert transfers.network_finding(links, summary) == (
        "30 transfers from Seoul to 23 places in 18 countries; "
        "most shared: T-money transport card, 7 of them"
    )


@pytest.mark.parametrize(
    ("origins", "most_shared", "count", "expected"),
    [
        (["Seoul"], ["Card"], 7, "from Seoul to 4 places in 2 countries" + CARD),
        (["Seoul", "Bogor"], ["Card"], 7, "to 4 places in 2 countries" + CARD),
        (["Seoul"], ["Card", "Water"], 3, "from Seoul to 4 places in 2 countries"),
        (["Seoul"], ["Card"], 1, "from Seoul to 4 places in 2 countries"),
        (["Seoul"], ["Card"], 9, "from Seoul to 4 places in 2 countries"),
    ],
)
def test_a_policy_is_named_only_where_it_alone_leads(
    origins: list[str], most_shared: list[str], count: int, expected: str
) -> None:
    title = transfers.network_title(
        9, 4, 2, origins=origins, most_shared=most_shared, most_shared_count=count
    )
    assert title == f"9 transfers {expected}"


def test_the_takeaway_never_calls_a_transfer_a_success() -> None:
    assert transfers.network_takeaway(4, 0) == (
        "A line shows that a policy was shared, not that it worked; every one is dated."
    )
    assert "1 of 4 transfer carries no date" in transfers.network_takeaway(4, 1)
    assert "For 1 transfer another source" in transfers.network_takeaway(4, 1, 1)
    assert transfers.network_takeaway(0, 0) == "Choose other filters to see transfers."


@given(counts)
@settings(max_examples=50)
def test_a_leader_is_named_only_if_no_other_has_as_many(found: dict[str, int]) -> None:
    title = transfers.leading_title(found, sum(found.values()))
    top = max(found.values(), default=0)
    leading = [name for name, n in found.items() if n == top]
    if not found:
        assert title == "No transfer matches this choice"
    elif len(leading) == 1:
        assert title.startswith(f"{leading[0]} leads: {top} of")
    else:
        assert not any(title.startswith(f"{name} leads") for name in found)
        assert title.endswith("each")


def test_no_group_leads_where_all_are_equal() -> None:
    assert transfers.leading_title({"A": 2, "B": 2}, 4) == "No group leads: 2 of 4 transfers each"
    assert transfers.leading_title({"A": 2, "B": 2, "C": 2, "D": 1}, 7) == (
        "3 groups lead with 2 of 7 transfers each"
    )


def test_years_with_a_tie_name_none() -> None:
    assert transfers.years_title({2016: 2, 2018: 2}, 1) == (
        "4 dated agreements, no year with more than 2; 1 transfer carries no date"
    )
    assert transfers.years_title({2016: 2}, 0) == (
        "2 dated agreements, all in 2016; every transfer is dated"
    )
    assert transfers.years_title({}, 0) == "No transfer matches this choice"


@given(st.integers(0, 60), st.integers(0, 60))
@settings(max_examples=50)
def test_targets_and_dates_carry_their_numbers(part: int, rest: int) -> None:
    total = part + rest
    if part:
        assert numbers(programme.targets_title(part, total)) == [part, total]
        assert numbers(programme.undated_sentence(part, total)) == [part, total]
    else:
        assert 0 not in numbers(programme.targets_title(0, total))
        assert 0 not in numbers(programme.undated_sentence(0, total))


def test_one_indicator_is_not_spoken_of_as_many() -> None:
    assert programme.targets_title(0, 1) == "The only indicator has no published target"
    assert programme.targets_title(1, 1) == "1 of 1 indicator has a published target"
    assert programme.statuses_title(["no_target"]) == "The only indicator cannot be judged"
    assert programme.undated_sentence(0, 1) == "The only figure carries a date."


def test_context_is_never_judged() -> None:
    assert programme.statuses_title(["context"] * 3) == (
        "No indicator of the pilot itself is recorded"
    )
    assert programme.statuses_title(["context", "on_track", "missed", "undated"]) == (
        "2 of 3 indicators can be judged: 1 on track or reached, 1 not"
    )
    assert programme.statuses_title(["undated"] * 3) == "None of 3 indicators can be judged"


def test_figures_of_one_indicator() -> None:
    assert programme.figures_title("Cost", [5.0], undated=1) == (
        "Cost: a single published figure, 5, undated"
    )
    assert programme.figures_title("Cost", [5.0, 5.0]) == "Cost: 2 figures, all 5"
    assert programme.figures_title("Schools served", [7, 3, 1, 2], undated=1, conflicts=1) == (
        "Schools served: 4 figures from 1 to 7, 1 undated; the sources disagree"
    )


def test_disagreement_names_the_indicator_if_it_is_one() -> None:
    assert programme.disagreement_title(["Schools"], 4) == (
        "Sources disagree on 1 of 4 indicators: Schools"
    )
    assert programme.disagreement_title(["Schools", "Vehicles"], 4) == (
        "Sources disagree on 2 of 4 indicators"
    )


@given(st.lists(st.sampled_from(STAGES), min_size=1, max_size=8))
@settings(max_examples=50)
def test_the_furthest_stage_is_named_with_its_count(stages: list[str]) -> None:
    title = programme.stages_title(stages, 0)
    furthest = max(stages, key=STAGES.index)
    assert furthest in title
    assert numbers(title)[:2] == [stages.count(furthest), len(stages)]
    assert title.endswith("all have evidence from the last two years")


def test_stages_without_evidence_and_beside_pilots() -> None:
    assert programme.stages_title(["nan"], 0) == "No evidence of any stage is recorded"
    assert programme.stages_title(["learning", "scaling"], 1, pilots_only=False) == (
        "1 of 2 pilots and tracks was last seen scaling; "
        "for 1 nothing is known of the last two years"
    )
    assert programme.funnel_title({"learning": 0}, 2) == "No pilot left evidence of any stage"


def test_periods_say_what_is_undated() -> None:
    assert transfers.period([]) == ""
    assert transfers.period([None]) == "undated"
    assert transfers.period(["2016-06", "2016"]) == "2016"


def test_markup_in_a_name_stays_text() -> None:
    assert "<img src=x>" in transfers.leading_title({"<img src=x>": 2, "b": 1}, 3)
    assert "%(n)s {x}" in programme.figures_title("%(n)s {x}", [1.0])


def test_every_sentence_is_translatable() -> None:
    i18n.activate(i18n.PSEUDO)
    try:
        for sentence in (
            transfers.network_title(2, 1, 1, origins=["Seoul"]),
            transfers.years_title({2016: 2}, 0),
            programme.targets_title(1, 3),
            programme.statuses_title(["on_track"]),
            programme.stages_title(["scaling"], 1),
        ):
            assert sentence.startswith("⟦")
    finally:
        i18n.activate("en")
