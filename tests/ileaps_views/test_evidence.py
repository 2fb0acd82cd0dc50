"""Every code has words, a shape and an explanation; every figure names its source."""

from __future__ import annotations

import pandas as pd
import pytest

from ileaps_data import reference
from ileaps_metrics import pilot_progress
from ileaps_metrics.pilot_progress import ConflictKind, Limit, Reason, Refusal, Status
from ileaps_views import evidence, statuses
from ileaps_views.evidence import Figure, SourceBook
from ileaps_views.tables import conflict_figures
from ileaps_views.theme import palette

SOURCES = pd.DataFrame(
    {
        "source_id": ["smg", "site", "wup", "bad"],
        "title": ["MoU", "Page", "World Urbanization Prospects", "x"],
        "publisher": ["Seoul Metropolitan Government", "BaKTI", "United Nations", "<b>Evil</b>"],
        "published_on": ["2018-05-03", None, "2018", "2018"],
        "url": ["https://a.org/1", "programme text", "https://un.org/", "javascript:alert(1)"],
        "kind": ["programme", "programme", "dataset", "programme"],
    }
)  # fmt: skip
BOOK = SourceBook(SOURCES)


@pytest.mark.parametrize("code", [*Status])
def test_every_status_has_word_shape_and_explanation(code: str) -> None:
    shown = statuses.status(code)
    assert shown.word != "Unknown status"
    assert shown.explanation.endswith(".")
    assert shown.shape in statuses.SYMBOLS
    assert shown.label == f"{shown.shape} {shown.word}"
    assert shown.colour(palette("dark")) in palette("dark").status.values()


def test_no_two_statuses_look_the_same_and_none_is_invented() -> None:
    labels = [statuses.status(code).label for code in Status]
    assert len(set(labels)) == len(labels)
    assert set(statuses.status_codes()) == {str(code) for code in Status}


def test_an_unknown_status_is_neutral() -> None:
    shown = statuses.status("<script>")
    assert (shown.word, shown.shape, shown.tone) == ("Unknown status", "○", "none")
    assert statuses.status(None).tone == "none"


def test_only_what_was_reached_is_green() -> None:
    good = {code for code in statuses.status_codes() if statuses.status(code).tone == "good"}
    assert good == {"on_track", "achieved", "exceeded", "rag_green"}


@pytest.mark.parametrize("code", [*Reason])
def test_every_reason_has_a_sentence(code: str) -> None:
    assert statuses.reason_sentence(code).endswith(".")


@pytest.mark.parametrize("code", [*Limit])
def test_every_limit_has_a_sentence_of_its_own(code: str) -> None:
    sentence = evidence.limit_sentence(code, "2018-08")
    assert sentence.endswith(".")
    assert sentence != evidence.limit_sentence("never heard of")


@pytest.mark.parametrize("code", [*Refusal])
def test_every_refusal_has_a_sentence_of_its_own(code: str) -> None:
    sentence = evidence.refusal_sentence(code)
    assert sentence.startswith("No forecast: ")
    assert sentence != evidence.refusal_sentence("never heard of")


@pytest.mark.parametrize("code", [*ConflictKind])
def test_every_kind_of_conflict_has_a_reason(code: str) -> None:
    assert evidence.conflict_reason(code) != evidence.conflict_reason("never heard of")


@pytest.mark.parametrize("name", pilot_progress.METHODS)
def test_every_method_is_named_by_its_key_and_by_its_label(name: str) -> None:
    sentence = statuses.method_sentence(name)
    assert sentence == statuses.method_sentence(pilot_progress.METHODS[name])
    assert ("0.95" in sentence) == (name == "linear_pace")


def test_limits_carry_their_details() -> None:
    assert "MoU only" in evidence.limit_sentence("attribution_not_evidenced", "MoU only")
    assert "None" not in evidence.limit_sentence("attribution_not_evidenced", None)
    assert evidence.limit_sentence("undated_figures", "4") == (
        "When these were true: 4 figures published without a date."
    )
    assert "Aug 2018" in evidence.limit_sentence("no_figure_since", "2018-08")


def test_a_source_line_says_publisher_and_date() -> None:
    assert BOOK.line("smg") == "Seoul Metropolitan Government, 3 May 2018"
    assert BOOK.line("site") == "BaKTI, undated"
    assert BOOK.line("wup") == "United Nations: World Urbanization Prospects"
    assert BOOK.line("gone") == "gone (not in the list of sources)"
    assert BOOK.line(None) == "no source named"


def test_lines_come_once_and_in_order() -> None:
    assert BOOK.lines(["site", "smg", None, "site"]) == (BOOK.line("site"), BOOK.line("smg"))


def test_only_web_addresses_become_links() -> None:
    assert BOOK.link("smg") == "https://a.org/1"
    assert [BOOK.link(i) for i in ("site", "bad", "gone", None)] == [None] * 4


def test_every_source_of_the_fact_base_has_a_line() -> None:
    sources = reference.load("sources")
    book = SourceBook(sources)
    lines = [book.line(i) for i in sources["source_id"]]
    assert all(line and "nan" not in line.split() for line in lines)


def test_the_schools_of_makassar() -> None:
    indicators, observations = reference.load("indicators"), reference.load("observations")
    found = pilot_progress.conflicts(indicators, observations)
    schools = found[
        found["indicator_id"].eq("mks_schools") & found["kind"].eq("decline_or_disagreement")
    ]
    book = SourceBook(reference.load("sources"))
    (earlier,), (later,) = (conflict_figures(schools, book, side) for side in ("earlier", "later"))
    assert evidence.conflict_sentence(earlier, later, "decline_or_disagreement") == (
        "Seoul Metropolitan Government, 3 May 2018: 7; Penasulsel, 3 Jul 2018: 3 — "
        "decline or disagreement unknown"
    )


def test_a_qualifier_is_never_dropped() -> None:
    figure = Figure(source="A", date="2018", value=10, qualifier="at_least", unit="vehicles")
    assert figure.sentence() == "A, 2018: ≥ 10 vehicles"
    assert Figure(source="A", date=None, value=None).sentence() == "A, undated: –"


def test_stages_say_since_when_nothing_is_known() -> None:
    assert evidence.stage_sentence("scaling", "2018-02", unknown_since=False) == (
        "Scaling, evidenced Feb 2018"
    )
    assert evidence.stage_sentence(None, None, unknown_since=False) == "No evidence of any stage"


def test_durations_are_refused_with_their_counts() -> None:
    assert evidence.duration_sentence("too_few_exits", 12, 3) == (
        "No typical time in a stage: 12 stays are recorded, 3 of them ended; "
        "at least five must be seen to end."
    )
