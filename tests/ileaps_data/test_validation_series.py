"""Figures against their own series: falls, disagreements between sources, outliers."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ileaps_data.reference import load
from ileaps_metrics.pilot_conflicts import conflicts
from tests.ileaps_data.checked_uploads import (
    OBSERVATION,
    Upload,
    found,
    known_tables,
    problems_of,
    written,
)


def series(
    values: list[tuple[str, str]], indicator: str, sources: str = "", **more: str
) -> list[dict[str, str]]:
    """Figures of one indicator: (end of the period, value); `sources` one letter each."""
    return [
        OBSERVATION
        | {"observation_id": f"{indicator}{n}", "indicator_id": indicator, "period_start": ""}
        | {"period_end": end, "value": value, "source_id": f"s{sources[n]}" if sources else "s1"}
        | more
        for n, (end, value) in enumerate(values)
    ]


def yearly(values: list[str]) -> list[tuple[str, str]]:
    return [(str(2000 + n), value) for n, value in enumerate(values)]


def published(rows: list[dict[str, str]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows).replace("", None)
    return frame.assign(value=frame["value"].astype("float64"))


def test_a_running_total_that_falls_names_the_row_before_in_time() -> None:
    rows = series([("2021", "30"), ("2019", "10"), ("2020", "40")], "total")
    with Upload(written(rows)) as upload:
        assert found(upload.report) == [("cumulative_falls", 2, "value", "30")]
        assert upload.report.problems["rule"].iloc[0] == {
            "other_row": 4,
            "other_value": "40",
            "other_source": "s1",
        }
        assert upload.report.rows_with_errors == 1


def test_a_typing_mistake_in_a_running_total_is_told_once() -> None:
    rows = series(yearly(["10", "2000", "30", "40", "50"]), "total")
    assert problems_of(rows) == [("cumulative_falls", 4, "value", "30")]


def test_a_running_total_may_stand_still_and_a_rounded_one_may_fall_within_rounding() -> None:
    about = {"qualifier": "about"}
    rows = series(yearly(["100", "100"]), "total")
    rows += [row | about for row in series([("2002", "98")], "total")]
    rows[2]["observation_id"] = "total9"
    assert problems_of(rows) == []


def test_levels_may_fall_and_parts_are_series_of_their_own() -> None:
    rows = series(yearly(["10", "5"]), "buses")
    women = series([("2001", "4")], "total", disaggregation="women", observation_id="w")
    assert problems_of([*rows, *series([("2000", "9")], "total"), *women]) == []


def test_a_running_total_below_the_published_one() -> None:
    before = published(series([("2019", "500")], "total", observation_id="old"))
    with Upload(
        written(series([("2020", "400")], "total")), known=known_tables(observations=before)
    ) as upload:
        assert found(upload.report) == [("cumulative_falls", 2, "value", "400")]
        assert upload.report.problems["rule"].iloc[0]["other_row"] is None
        assert upload.report.problems["rule"].iloc[0]["other_value"] == "500"


def test_a_published_total_above_the_one_uploaded_for_later_is_shown_at_the_upload() -> None:
    after = published(series([("2021", "300")], "total", observation_id="old"))
    rows = series([("2020", "400")], "total")
    assert problems_of(rows, observations=after) == [("cumulative_falls", 2, "value", "400")]


def test_a_row_that_overwrites_a_published_one_is_not_compared_with_it() -> None:
    before = published(series([("2020", "500")], "total"))
    corrected = series([("2021", "400")], "total")
    assert problems_of(corrected, observations=before) == []
    another = [corrected[0] | {"observation_id": "another"}]
    assert problems_of(another, observations=before) == [("cumulative_falls", 2, "value", "400")]


def test_sources_that_disagree_are_a_warning() -> None:
    rows = series([("2020", "7"), ("2020", "3")], "buses", "12")
    with Upload(written(rows)) as upload:
        assert found(upload.report) == [("sources_disagree", 3, "value", "3")]
        assert upload.report.problems["rule"].iloc[0] == {
            "other_row": 2,
            "other_value": "7",
            "other_source": "s1",
        }
        assert upload.report.ok


def test_sources_that_agree_within_their_wording() -> None:
    rows = series([("2020", "7"), ("2020", "6"), ("2020", "100")], "buses", "122")
    rows[1] |= {"qualifier": "at_least"}
    rows[2] |= {"indicator_id": "riders"}
    assert problems_of(rows) == []


def test_a_level_that_moves_against_its_direction_within_a_year() -> None:
    near = series([("2020-03-01", "7"), ("2021-02-01", "3")], "buses", "12")
    far = series([("2020-03-01", "7"), ("2021-04-01", "3")], "buses", "12")
    context = [row | {"group": "context"} for row in near]
    assert problems_of(near) == [("sources_disagree", 3, "value", "3")]
    assert problems_of(far) == []
    assert problems_of(context) == []


def test_disagreement_with_a_published_figure() -> None:
    before = published(series([("2020", "7")], "buses", source_id="s2", observation_id="old"))
    with Upload(
        written(series([("2020-06", "3")], "buses")), known=known_tables(observations=before)
    ) as upload:
        assert found(upload.report) == [("sources_disagree", 2, "value", "3")]
        assert upload.report.problems["rule"].iloc[0]["other_source"] == "s2"


def test_an_outlier_against_the_series_own_history() -> None:
    values = ["10", "11", "12", "13", "14", "15", "16", "17"]
    rows = series(yearly([*values, "1300"]), "riders")
    with Upload(written(rows)) as upload:
        assert found(upload.report) == [("outlier", 10, "value", "1300")]
        rule: dict[str, Any] = upload.report.problems["rule"].iloc[0]
        # quartiles of nine are the third and the seventh value: 12 - 3 * 4 and 16 + 3 * 4
        assert (rule["low"], rule["high"], rule["figures"]) == ("0", "28", 9)
        assert upload.report.ok


def test_just_inside_the_fence_and_too_few_figures_are_no_outliers() -> None:
    values = ["10", "11", "12", "13", "14", "15", "16", "17"]
    assert problems_of(series(yearly([*values, "28"]), "riders")) == []
    assert problems_of(series(yearly([*values[:6], "1300"]), "riders")) == []


def test_history_counts_for_an_outlier() -> None:
    before = series(yearly(["10", "11", "12", "13", "14", "15", "16", "17"]), "riders")
    new = series([("2020", "1300")], "riders", observation_id="new")
    assert problems_of(new, observations=published(before)) == [("outlier", 2, "value", "1300")]


def test_a_constant_series_is_judged_by_a_tenth_of_its_median() -> None:
    assert problems_of(series(yearly(["100"] * 8 + ["129"]), "riders")) == []
    assert problems_of(series(yearly(["100"] * 8 + ["131"]), "riders")) == [
        ("outlier", 10, "value", "131")
    ]
    assert problems_of(series(yearly(["0"] * 8 + ["5"]), "riders")) == []


def test_a_running_total_is_judged_by_its_steps() -> None:
    steady = [str(100 * n) for n in range(1, 10)]
    assert problems_of(series(yearly(steady), "total")) == []
    assert problems_of(series(yearly([*steady, "9000"]), "total")) == [
        ("outlier_step", 11, "value", "9000")
    ]


def test_a_running_total_with_a_figure_left_out_is_judged_by_its_pace() -> None:
    steady = [(year, str(100 * n)) for n, (year, _) in enumerate(yearly([""] * 12)) if n != 6]
    assert problems_of(series(steady, "total")) == []


def test_what_is_told_of_the_facts_that_ship_is_what_the_metrics_call_conflicts() -> None:
    indicators, observations = load("indicators"), load("observations")
    names = ("pilots", "indicators", "sources", "observations")
    with Upload(
        observations.to_csv(index=False).encode(), known={name: load(name) for name in names}
    ) as upload:
        problems = upload.report.problems
    told = problems[problems["code"] == "sources_disagree"]
    rows = observations.iloc[told["row"].astype("int64").to_numpy() - 2]
    pairs = {
        (indicator, frozenset((rule["other_source"], source)))
        for indicator, source, rule in zip(
            rows["indicator_id"], rows["source_id"], told["rule"], strict=True
        )
    }
    expected = conflicts(indicators, observations)
    known = {
        (indicator, frozenset(sources))
        for indicator, *sources in expected[
            ["indicator_id", "earlier_source_id", "later_source_id"]
        ].itertuples(index=False)
    }
    assert pairs <= known
    # what the metrics find between neighbours in time is found here
    assert {indicator for indicator, _ in pairs} == {indicator for indicator, _ in known}
