"""Charts of pilots carry exactly the figures they are handed, gaps and doubts included."""

from __future__ import annotations

import datetime as dt
import json
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import plotly.graph_objects as go
import pytest

from ileaps_data import reference
from ileaps_metrics import leaps_stages, pilot_progress, policy_transfers
from ileaps_views.charts.observations import observation_dots
from ileaps_views.charts.pilots import indicator_bullets
from ileaps_views.charts.stage_funnel import stage_funnel_bars
from ileaps_views.charts.stages import stage_timeline
from ileaps_views.charts.transfers import transfers_by, transfers_by_year
from ileaps_views.evidence import SourceBook

if TYPE_CHECKING:
    import pandas as pd

    from ileaps_views.view import View

AS_OF = dt.date(2026, 11, 22)
HOSTILE = "<img src=x onerror=alert(1)>{x}"


@pytest.fixture(name="book")
def _book() -> SourceBook:
    return SourceBook(reference.load("sources"))


@cache
def kpis() -> pd.DataFrame:
    return pilot_progress.pilot_kpis(
        reference.load("indicators"), reference.load("observations"), as_of=AS_OF
    )


def dots(book: SourceBook, indicator_id: str, mode: str = "light", **changes: pd.DataFrame) -> View:
    indicators = changes.get("indicators", reference.load("indicators"))
    observations = changes.get("observations", reference.load("observations"))
    return observation_dots(
        observations,
        indicators,
        pilot_progress.conflicts(indicators, observations),
        book,
        mode,
        indicator_id=indicator_id,
    )


def traces(item: View, **wanted: str) -> list[dict[str, Any]]:
    data = json.loads(item.figure.to_json())["data"]
    return [t for t in data if all(t.get(key) == value for key, value in wanted.items())]


def words(item: View) -> list[str]:
    return [note["text"] for note in json.loads(item.figure.to_json())["layout"]["annotations"]]


def points(item: View, axis: str = "x") -> list[tuple[Any, float]]:
    return sorted(
        (x, y)
        for t in traces(item, mode="markers")
        if t.get("xaxis", "x") == axis
        for x, y in zip(t["x"], t["y"], strict=True)
    )


def test_a_bullet_stands_at_its_four_figures(book: SourceBook) -> None:
    own = kpis()[lambda k: k["pilot_id"].eq("mks-pasikola")]
    item = indicator_bullets(own, reference.load("indicators"), book, "light")
    at = {t["name"]: t["x"][0] for t in traces(item, mode="markers")}
    assert at["start"] == 1
    assert at["target"] == 20
    assert at["actual"] == 10
    assert at["expected"] == pytest.approx(15.8, abs=0.05)
    assert item.title == "None of 4 indicators can be judged"
    assert item.takeaway == (
        "Pasikola vehicles in service: 10 by 23 Aug 2018, where 15.8 were expected by then and "
        "20 by 2018. Not known at the deadline."
    )
    assert "○ Not known at the deadline" in words(item)
    assert item.table is not None
    assert len(item.table) == 13


def test_an_indicator_without_a_figure_draws_no_actual(book: SourceBook) -> None:
    own = kpis()[lambda k: k["pilot_id"].eq("cch-water")]
    item = indicator_bullets(own, reference.load("indicators"), book, "dark")
    assert {t["name"] for t in traces(item, mode="markers")} == {"target"}
    assert "○ No figure published" in words(item)
    assert "Actual" not in " ".join(words(item))


def test_context_and_targets_nobody_set_are_not_drawn(book: SourceBook) -> None:
    item = indicator_bullets(kpis(), reference.load("indicators"), book, "light")
    assert len([t for t in traces(item, mode="markers") if t["name"] == "target"]) == 2
    assert item.title == "None of 39 indicators can be judged"


def test_both_values_are_drawn_where_the_last_date_is_disputed(book: SourceBook) -> None:
    own = kpis()[lambda k: k["indicator_id"].eq("mks_vehicles")].assign(
        actual=float("nan"), actual_low=4.0, actual_high=10.0, status="sources_disagree"
    )
    item = indicator_bullets(own, reference.load("indicators"), book, "light")
    at = {t["name"]: t["x"][0] for t in traces(item, mode="markers")}
    assert (at["low"], at["high"]) == (4, 10)
    assert "actual" not in at
    assert "◆ Sources disagree" in words(item)


def test_no_target_gives_no_chart_but_a_sentence_and_the_table(book: SourceBook) -> None:
    own = kpis()[lambda k: k["pilot_id"].eq("ref-owlbus")]
    item = indicator_bullets(own, reference.load("indicators"), book, "light")
    assert item.figure is None
    assert item.takeaway == "None of 8 indicators has a published target."
    assert item.table is not None
    assert len(item.table) == 8


def test_nothing_at_all_is_said(book: SourceBook) -> None:
    item = indicator_bullets(kpis()[:0], reference.load("indicators"), book, "light")
    assert item.is_empty
    assert item.title == "No indicator of the pilot itself is recorded"


def test_every_figure_of_the_schools_is_drawn_where_it_belongs(book: SourceBook) -> None:
    item = dots(book, "mks_schools")
    assert points(item) == [("2017-06-10", 1), ("2018-05-03", 7), ("2018-07-03", 3)]
    assert [y for _x, y in points(item, "x2")] == [2]
    assert "Undated" in words(item)
    assert item.title == "Schools served: 4 figures from 1 to 7, 1 undated; the sources disagree"
    assert item.takeaway.endswith("decline or disagreement unknown.")


def test_pairs_that_disagree_are_joined_and_marked(book: SourceBook) -> None:
    item = dots(book, "mks_schools")
    pairs = sorted((tuple(t["x"]), tuple(t["y"])) for t in traces(item, name="conflict"))
    assert pairs == [
        (("2017-06-10", "2018-05-03"), (1, 7)),
        (("2018-05-03", "2018-07-03"), (7, 3)),
    ]
    assert {"≠", "?"} <= set(words(item))
    assert len([note for note in item.notes if " — " in note]) == 2


def test_periods_are_bars_and_open_figures_open_marks(book: SourceBook) -> None:
    item = dots(book, "mks_vehicles")
    bars = [t for t in traces(item, mode="lines") if t["name"] == "period"]
    spans = {tuple(t["x"][i : i + 2]) for t in bars for i in range(0, len(t["x"]), 3)}
    assert ("2017-08-01", "2018-01-31") in spans
    assert all(t["x"][2::3] == [None] * (len(t["x"]) // 3) for t in bars)
    symbols = {
        (y, symbol.endswith("-open"))
        for t in traces(item, mode="markers")
        for y, symbol in zip(t["y"], t["marker"]["symbol"], strict=True)
    }
    assert symbols == {(1, False), (2, False), (4, False), (10, False), (10, True)}


def test_every_source_has_its_own_colour_and_shape(book: SourceBook) -> None:
    item = dots(book, "mks_vehicles")
    looks = [(entry.shape, entry.colour) for entry in item.legend]
    assert len(looks) == len(set(looks)) == 8
    assert {entry.word for entry in item.legend} == set(item.sources)


def test_an_indicator_with_undated_figures_only_is_still_drawn(book: SourceBook) -> None:
    item = dots(book, "mks_parent_hours", "dark")
    assert points(item) == []
    assert [y for _x, y in points(item, "x2")] == [2]
    assert item.title.endswith("a single published figure, 2, undated")


def test_announced_figures_are_told_from_reported_ones(book: SourceBook) -> None:
    item = dots(book, "owl_routes")
    hovers = [text for t in traces(item, mode="markers") for text in t["text"]]
    assert any(text.startswith("14 announced routes") for text in hovers)


def test_no_figure_gives_a_sentence(book: SourceBook) -> None:
    item = dots(book, "mks_schools", observations=reference.load("observations")[:0])
    assert item.figure is None
    assert item.title == "Schools served: no figure published"


def test_markup_in_units_and_notes_is_escaped_for_the_chart(book: SourceBook) -> None:
    indicators = reference.load("indicators").assign(unit=HOSTILE, name=HOSTILE)
    figure = dots(book, "mks_schools", indicators=indicators).figure.to_json()
    assert "<img" not in json.loads(json.dumps(figure)).replace("\\u003c", "<")
    own = kpis()[lambda k: k["pilot_id"].eq("mks-pasikola")]
    assert "<img" not in "".join(words(indicator_bullets(own, indicators, book, "light")))


def timeline(book: SourceBook, **changes: Any) -> View:
    stages, pilots = reference.load("stage_events"), reference.load("pilots")
    pilots = changes.get("pilots", pilots)
    current = leaps_stages.current_stage(stages, pilots, as_of=AS_OF)
    return stage_timeline(
        stages,
        changes.get("current", current),
        pilots,
        book,
        "light",
        as_of=AS_OF,
        events=reference.load("events"),
    )


def test_stages_run_from_evidence_to_evidence(book: SourceBook) -> None:
    stages, pilots = reference.load("stage_events"), reference.load("pilots")
    current = leaps_stages.current_stage(stages, pilots, as_of=AS_OF)
    item = timeline(book, current=current[current["pilot_id"].eq("hul-smart")])
    bars = [
        (start, round(length / 86_400_000), "pattern" in drawn["marker"])
        for drawn in traces(item, type="bar")
        for start, length in zip(drawn["base"], drawn["x"], strict=True)
    ]
    first, signed, index = dt.date(2017, 6, 11), dt.date(2018, 5, 2), dt.date(2023, 5, 28)
    begun, by = dt.date(2023, 8, 1), dt.date(2023, 8, 31)
    assert bars == [
        ("2017-06-11", (signed - first).days, False),
        ("2018-05-02", (index - signed).days, False),
        ("2023-05-28", (begun - index).days, False),
        ("2023-08-01", (by - begun).days, False),
        ("2023-08-31", (AS_OF - by).days, True),
    ]
    assert item.title == (
        "1 of 1 pilot was last seen prototyping; for 1 nothing is known of the last two years"
    )
    assert [text for text in words(item) if len(text) == 1] == ["L", "E", "A", "P"]


def test_nothing_is_claimed_after_the_last_evidence(book: SourceBook) -> None:
    item = timeline(book)
    (silent,) = traces(item, name="silent")
    said = silent["hovertext"]
    assert silent["marker"]["pattern"]["shape"] == "/"
    assert len(said) == 10
    assert all(text.startswith("Nothing published since ") for text in said)
    assert sum(note.endswith("status unknown since.") for note in item.notes) == 10


def test_pilots_come_before_tracks_with_their_attribution(book: SourceBook) -> None:
    said = [text for text in words(timeline(book)) if " · " in text]
    assert [text.split(" · ")[0] for text in said] == ["Pilot"] * 3 + ["Track"] * 7
    assert "Pilot · MoU only; later steps not linked" in said


def test_a_reference_without_stages_gives_a_sentence(book: SourceBook) -> None:
    stages, pilots = reference.load("stage_events"), reference.load("pilots")
    current = leaps_stages.current_stage(stages, pilots, as_of=AS_OF)
    item = timeline(book, current=current[current["pilot_id"].eq("ref-owlbus")])
    assert item.figure is None
    assert item.title == "No evidence of any stage is recorded"


def test_names_of_pilots_are_escaped(book: SourceBook) -> None:
    pilots = reference.load("pilots").assign(name=HOSTILE)
    assert "<img" not in "".join(words(timeline(book, pilots=pilots)))


def test_the_funnel_keeps_pilots_and_tracks_apart(book: SourceBook) -> None:
    stages, pilots = reference.load("stage_events"), reference.load("pilots")
    funnel = leaps_stages.stage_funnel(stages, pilots)
    item = stage_funnel_bars(funnel, stages, pilots, book, "light")
    (reached,) = traces(item, name="reached")
    (current,) = traces(item, name="current")
    assert reached["x"] == [3, 3, 2, 3, 2, 2, 5, 2, 1, 1]
    assert current["x"] == [0, 0, 0, 1, 2, 1, 3, 2, 0, 1]
    assert {"3 pilots", "8 tracks beside the pilots"} <= set(words(item))
    assert item.title == "2 of 3 pilots left evidence of scaling"


@cache
def links() -> pd.DataFrame:
    return policy_transfers.transfer_links(
        reference.load("transfers"), reference.load("policies"), reference.load("cities")
    )


@pytest.mark.parametrize("by", ["policy_id", "sector", "instrument", "status", "to_city_id"])
def test_bars_of_transfers_carry_the_counts(book: SourceBook, by: str) -> None:
    counts = policy_transfers.transfer_counts(links(), by)
    item = transfers_by(counts, links(), book, "light", by=by)
    (bars,) = traces(item, type="bar")
    assert bars["x"] == counts["transfers"].tolist()
    assert all(a >= b for a, b in pairwise(bars["x"]))
    assert len(words(item)) == len(counts)
    assert sum(bars["x"]) == 30


def test_undated_transfers_stand_apart(book: SourceBook) -> None:
    counts = policy_transfers.transfer_counts(links(), "year")
    item = transfers_by_year(counts, links(), book, "dark")
    (dated,), (undated,) = traces(item, name="dated"), traces(item, name="undated")
    assert dict(zip(dated["x"], dated["y"], strict=True)) == {
        2008: 1, 2010: 2, 2012: 1, 2013: 2, 2014: 1, 2015: 1,
        2016: 7, 2017: 1, 2018: 3, 2024: 3, 2025: 3,
    }  # fmt: skip
    assert undated["y"] == [5]
    assert undated["x"][0] > 2026
    assert item.title == "Most dated agreements fall in 2016: 7 of 25; 5 transfers carry no date"


def test_transfers_of_an_empty_choice_give_a_sentence(book: SourceBook) -> None:
    none = links()[:0]
    for item in (
        transfers_by(policy_transfers.transfer_counts(none, "status"), none, book, "light",
                     by="status"),
        transfers_by_year(policy_transfers.transfer_counts(none, "year"), none, book, "light"),
    ):  # fmt: skip
        assert item.figure is None
        assert item.title == "No transfer matches this choice"


def test_every_property_is_one_plotly_knows(book: SourceBook) -> None:
    stages, pilots = reference.load("stage_events"), reference.load("pilots")
    funnel = leaps_stages.stage_funnel(stages, pilots)
    counts = policy_transfers.transfer_counts
    for item in (
        dots(book, "mks_vehicles"),
        dots(book, "mks_parent_hours"),
        indicator_bullets(kpis(), reference.load("indicators"), book, "light"),
        timeline(book),
        stage_funnel_bars(funnel, stages, pilots, book, "light"),
        transfers_by(counts(links(), "status"), links(), book, "light", by="status"),
        transfers_by_year(counts(links(), "year"), links(), book, "light"),
    ):
        go.Figure(item.figure.to_plotly_json())  # raises for a property it does not know


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_figures_are_small_and_know_their_theme(book: SourceBook, mode: str) -> None:
    item = dots(book, "mks_vehicles", mode)
    text = item.figure.to_json()
    assert len(text) < 30_000
    assert json.loads(text)["layout"]["paper_bgcolor"] == "rgba(0,0,0,0)"
    assert item.alt
    assert item.sources
