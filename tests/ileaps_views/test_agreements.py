"""What was agreed: words as in the tables, charts with the figures handed to them, no overclaim."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ileaps_data import reference
from ileaps_metrics import policy_transfers, programme_record
from ileaps_views import agreement_words, aims, i18n
from ileaps_views.charts.commitments import commitment_bars, related
from ileaps_views.charts.policy_catalogue import policy_catalogue
from ileaps_views.charts.programme_events import event_list, events_over_time
from ileaps_views.evidence import SourceBook
from ileaps_views.findings import agreements
from ileaps_views.rows import records

if TYPE_CHECKING:
    import pandas as pd

    from ileaps_views.view import View

BOOK = SourceBook(reference.load("sources"))
EVENTS = programme_record.distinct_events(reference.events())
LINKS = policy_transfers.transfer_links(
    reference.transfers(), reference.policies(), reference.cities()
)
UPTAKE = programme_record.policy_uptake(reference.policies(), LINKS)
COMMITMENTS = reference.load("commitments")
SHARED = programme_record.shared_targets(COMMITMENTS, reference.policies(), reference.pilots())


def traces(item: View) -> list[dict[str, Any]]:
    return list(json.loads(item.figure.to_json())["data"])


def document(name: str) -> pd.DataFrame:
    return COMMITMENTS[COMMITMENTS["document"].eq(name)]


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("programme_aims", agreement_words.aim_words),
        ("commitments", agreement_words.commitment_words),
    ],
)
def test_the_words_to_translate_are_those_of_the_tables(table: str, words: Any) -> None:
    for row in records(reference.load(table)):
        assert words(row) == (row["name"], row["statement"])
    i18n.activate(i18n.PSEUDO)
    try:
        assert all("⟦" in words(row).statement for row in records(reference.load(table)))
    finally:
        i18n.activate("en")


def test_every_kind_of_event_has_a_group_and_every_group_a_word() -> None:
    groups = {agreement_words.event_group(kind) for kind in reference.events()["kind"]}
    assert groups == set(agreement_words.EVENT_GROUPS)
    for group in groups:
        assert agreement_words.event_group_name(group) != group


def test_each_dated_event_is_one_mark_and_the_pandemic_is_not_counted() -> None:
    item = events_over_time(EVENTS, BOOK, "light", {})
    drawn = {trace["name"]: len(trace["x"]) for trace in traces(item)}
    assert sum(drawn.values()) == 44, "45 events, one of them without a first day"
    assert drawn["context"] == 2
    assert item.title == "43 events from 2014 to 2025; 2016 saw most of them: 12"
    by_year = EVENTS[EVENTS["kind"].ne("context")]["year"].value_counts()
    assert by_year[2016.0] == 12
    assert any("1 event has no first day" in note for note in item.notes)


def test_the_forum_gives_both_counts_and_the_list_has_every_event_with_its_source() -> None:
    listed = event_list(EVENTS, BOOK, {})
    assert len(listed) == 45
    forum = listed[listed["Event"].str.startswith("International Forum on Urban")]
    assert forum["Counts"].tolist() == ["300 or 500 people (sources differ), 38 cities"]
    assert (listed["Source"].str.len() > 3).all()
    assert listed["When"].iloc[-1] == "by 29 Apr 2025"


def test_marks_of_one_half_year_never_lie_on_each_other() -> None:
    places = [
        (x, y)
        for trace in traces(events_over_time(EVENTS, BOOK, "dark", {}))
        for x, y in zip(trace["x"], trace["y"], strict=True)
    ]
    assert len(places) == len(set(places))


def test_no_event_and_one_event() -> None:
    assert events_over_time(EVENTS.head(0), BOOK, "light").is_empty
    undated = EVENTS[EVENTS["event_id"].eq("ev_koica_ok")]
    assert events_over_time(undated, BOOK, "light").figure is None
    one = events_over_time(EVENTS.head(1), BOOK, "light")
    assert one.title == "1 event, in 2014"


def test_bars_carry_the_transfers_and_bare_policies_say_so() -> None:
    item = policy_catalogue(UPTAKE, LINKS, BOOK, "light")
    assert traces(item)[0]["x"] == UPTAKE["transfers"].tolist()
    notes = [note["text"] for note in json.loads(item.figure.to_json())["layout"]["annotations"]]
    assert sum("no transfer recorded" in text for text in notes) == 5
    assert item.title.startswith("T-money transport card was taken up most, 7 times; no transfer")
    assert item.table is not None
    taken = item.table.set_index("Policy")["Taken up by"]
    assert taken["Clean Construction System"] == "no transfer recorded"
    assert "Ulaanbaatar" in taken["T-money transport card"]


def test_a_choice_without_policies_draws_nothing() -> None:
    item = policy_catalogue(UPTAKE.head(0), LINKS, BOOK, "light")
    assert item.is_empty
    assert item.title == "No policy matches this choice"


@pytest.mark.parametrize("name", ["declaration", "communique"])
def test_bars_of_commitments_are_the_shared_targets(name: str) -> None:
    item = commitment_bars(document(name), SHARED, BOOK, "light")
    rows = related(document(name), SHARED)
    policies, pilots = traces(item)
    assert policies["x"] == [len(row.policies) for row in rows]
    assert pilots["x"] == [len(row.pilots) for row in rows]
    assert rows[3].policies == ()
    assert f"“{rows[3].name}”" in item.title
    assert "does not say" in item.takeaway


def test_seouls_own_series_are_no_pilots_of_a_commitment() -> None:
    rows = related(document("declaration"), SHARED)
    assert {key for row in rows for key, _name in row.pilots}.isdisjoint({"ref-export"})
    assert [name for _key, name in rows[4].pilots] == ["Addis Ababa officials training"]


def counts(**changes: int) -> aims.Counts:
    fields = dict.fromkeys(aims.Counts._fields, 1) | {"roles": {"hub": 1}} | changes
    return aims.Counts(**fields)  # type: ignore[arg-type]


def test_the_aim_nothing_measures_says_so_in_words_and_shape() -> None:
    cards = aims.aim_cards(reference.load("programme_aims"), counts())
    assert [card.mark for card in cards] == ["◐", "◐", "◐", "○", "◐", "◐"]
    assert cards[3].word == "Nothing published measures it"
    assert cards[3].links == ()
    assert aims.title(cards) == (
        "Something can be counted for 5 of 6 aims; nothing published measures "
        "“New ways to exchange”"
    )
    assert all(card.standing and card.missing and card.source_id for card in cards)


def test_the_cards_repeat_the_counts_they_are_given() -> None:
    cards = aims.aim_cards(
        reference.load("programme_aims"), counts(begun=15, transfers=30, silent=3, pilots=3)
    )
    said = " ".join(cards[5].standing)
    assert "15 of 30 transfers went beyond an agreement" in said
    assert "Nothing is known of 3 of 3 pilots" in said


@settings(max_examples=50, deadline=None)
@given(
    total=st.integers(1, 40), without=st.integers(0, 40), transfers=st.integers(1, 9),
    leading=st.integers(1, 3),
)  # fmt: skip
def test_titles_of_uptake_repeat_their_numbers(
    total: int, without: int, transfers: int, leading: int
) -> None:
    without = min(without, max(total - leading, 0))
    names = ["Card", "Bus", "Tax"][: min(leading, total)]
    text = agreements.uptake_title(names, transfers, without, total)
    assert all(name in text for name in names)
    if len(names) < total:
        assert f"{total} polic" in text
