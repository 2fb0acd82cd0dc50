"""Tables write out what they are handed: the same numbers, no markup, gaps as gaps."""

from __future__ import annotations

import pandas as pd
import pytest

from ileaps_data import reference
from ileaps_metrics import leaps_stages, pilot_progress, policy_transfers
from ileaps_views import tables, tiles
from ileaps_views.evidence import SourceBook
from ileaps_views.i18n import MISSING

AS_OF = "2026-11-22"
HOSTILE = "<script>alert(1)</script>{x}%(y)s"


@pytest.fixture(name="book")
def _book() -> SourceBook:
    return SourceBook(reference.load("sources"))


@pytest.fixture(name="kpis", scope="module")
def _kpis() -> pd.DataFrame:
    return pilot_progress.pilot_kpis(
        reference.load("indicators"), reference.load("observations"), as_of=AS_OF
    )


def row(table: pd.DataFrame, column: str, value: str) -> dict[str, str]:
    (found,) = table[table[column].eq(value)].to_dict("records")
    return {str(name): cell for name, cell in found.items()}


def test_vehicles_against_their_target(kpis: pd.DataFrame, book: SourceBook) -> None:
    table = tables.indicator_table(kpis, reference.load("indicators"), book)
    assert len(table) == 58
    found = row(table, "Indicator", "Pasikola vehicles in service")
    assert found["Baseline"] == "1 (15 May 2017)"
    assert found["Target"] == "20 (2018)"
    assert found["Expected by then"] == "15.8"
    assert found["Actual"] == "10 (23 Aug 2018)"
    assert found["Status"] == "○ Not known at the deadline"
    assert found["Progress"] == "47%"
    assert "house rule" in found["Method"]
    assert found["Source"] == "MerahPutih, 23 Aug 2018"


def test_a_disputed_figure_says_so_whatever_its_status(
    kpis: pd.DataFrame, book: SourceBook
) -> None:
    table = tables.indicator_table(kpis, reference.load("indicators"), book)
    found = row(table, "Indicator", "Schools served")
    assert found["Status"] == "○ No target published"
    assert found["Why"] == "Another source contradicts the last figure."


def test_missing_values_are_a_dash_and_never_nan(kpis: pd.DataFrame, book: SourceBook) -> None:
    sources, pilots, cities = (reference.load(n) for n in ("sources", "pilots", "cities"))
    links = policy_transfers.transfer_links(
        reference.load("transfers"), reference.load("policies"), cities
    )
    indicators, observations = reference.load("indicators"), reference.load("observations")
    for table in (
        tables.indicator_table(kpis, indicators, book),
        tables.observation_table(observations, indicators, book),
        tables.conflict_table(pilot_progress.conflicts(indicators, observations), indicators, book),
        tables.transfer_table(links, book),
        tables.event_table(reference.load("events"), book),
        tables.city_table(cities, book),
        tables.source_table(sources),
        tables.pilot_table(pilots, book),
        tables.stage_table(reference.load("stage_events"), pilots, book),
    ):
        assert not table.empty
        assert not table.isna().any().any()
        words = {str(cell).lower() for column in table for cell in table[column]}
        assert not words & {"nan", "none", "<na>", ""}


def test_the_table_of_figures_keeps_undated_ones(book: SourceBook) -> None:
    observations = reference.load("observations")
    table = tables.observation_table(observations, reference.load("indicators"), book)
    assert len(table) == 163
    assert table["To"].eq("undated").sum() == 21
    assert "≥ 10" in set(table["Figure"])


def test_both_dates_of_a_transfer_are_shown(book: SourceBook) -> None:
    links = policy_transfers.transfer_links(
        reference.load("transfers"), reference.load("policies"), reference.load("cities")
    )
    table = tables.transfer_table(links, book, {"NZL": "New Zealand"})
    found = row(table, "To", "Auckland")
    assert (found["Agreed"], found["Other sources say"]) == ("2010", "2008")
    assert found["Country"] == "New Zealand"
    assert found["Link"].startswith("https://")


def test_hostile_text_stays_text(book: SourceBook) -> None:
    cities = reference.load("cities").assign(name=HOSTILE, role=HOSTILE)
    table = tables.city_table(cities, book)
    assert set(table["City"]) == {HOSTILE}
    assert set(table["Role"]) == {HOSTILE}


def test_line_breaks_and_direction_marks_are_taken_out(book: SourceBook) -> None:
    cities = reference.load("cities").assign(name="Seoul\n\u202egnp.exe")
    assert set(tables.city_table(cities, book)["City"]) == {"Seoul gnp.exe"}


def test_figures_that_differ_at_the_last_date_are_both_shown(
    kpis: pd.DataFrame, book: SourceBook
) -> None:
    one = kpis[kpis["indicator_id"].eq("mks_vehicles")].assign(
        actual=float("nan"), actual_low=4.0, actual_high=10.0
    )
    table = tables.indicator_table(one, reference.load("indicators"), book)
    assert table["Actual"].tolist() == ["4 or 10 (23 Aug 2018)"]


def test_empty_tables_keep_their_columns(kpis: pd.DataFrame, book: SourceBook) -> None:
    table = tables.indicator_table(kpis[:0], reference.load("indicators"), book)
    assert table.empty
    assert "Status" in table


def test_frames_are_not_changed(kpis: pd.DataFrame, book: SourceBook) -> None:
    before = kpis.copy()
    tables.indicator_table(kpis, reference.load("indicators"), book)
    pd.testing.assert_frame_equal(kpis, before)


def test_tiles_carry_the_figures_of_the_fact_base(kpis: pd.DataFrame, book: SourceBook) -> None:
    indicators, observations = reference.load("indicators"), reference.load("observations")
    pilots, stages = reference.load("pilots"), reference.load("stage_events")
    current = leaps_stages.current_stage(stages, pilots, as_of=AS_OF)
    people = pilot_progress.people_reached(indicators, observations, pilots)
    assert tiles.city_tile(reference.load("cities")).figure == "29"
    assert tiles.pilot_tile(current)[1:] == (
        "3",
        (
            "Last seen: Scaling: 2, Prototyping: 1; 8 tracks beside them; "
            "of 3 pilots nothing is known for two years or more"
        ),
    )
    assert tiles.people_tile(people, book).figure == "101 students"
    assert "1 more figure is not tied" in tiles.people_tile(people, book).explanation
    assert tiles.indicator_tile(kpis).figure == "2 of 39"
    assert "○ No target published: " in tiles.indicator_tile(kpis).explanation
    undated = pilot_progress.undated(observations)
    assert tiles.figure_tile(observations, undated).explanation == (
        "21 of 163 figures carry no date."
    )
    found = pilot_progress.conflicts(indicators, observations)
    assert "Schools served" in tiles.disagreement_tile(found, indicators).explanation


def test_people_are_never_counted_without_a_source(book: SourceBook) -> None:
    people = pilot_progress.people_reached(
        reference.load("indicators"), reference.load("observations"), reference.load("pilots")
    )
    none = people.assign(attributed=False)
    assert tiles.people_tile(none, book).figure == "not published"
    assert tiles.people_tile(people[:0], book).explanation == "No dated figure names people."
    assert MISSING not in tiles.people_tile(none, book).figure
