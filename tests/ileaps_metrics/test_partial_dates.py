"""Partial dates as day intervals: hand-computed days, every engine the same, calendar laws."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import duckdb
import narwhals as nw
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ileaps_metrics.partial_dates import as_day, day_interval, iso_day, with_days

few = settings(max_examples=25, deadline=None)
CASES = {
    "1970-01-01": (0, 0),
    "1969-12-31": (-1, -1),
    "2000": (10957, 11322),
    "2016-02": (16832, 16860),
    "2018-05-03": (17654, 17654),
    " 2018 ": (17532, 17896),
    "2018-12": (17866, 17896),
}
UNREADABLE = ["2018-02-30", "2018-13", "2018-5", "18", "about 2018", "", "2018-05-03T10:00", None]


def days(values: list[object]) -> pd.DataFrame:
    frame = nw.from_native(pd.DataFrame({"on": pd.Series(values)})).lazy()
    return with_days(frame, "on").to_native()


@pytest.mark.parametrize(("text", "interval"), CASES.items())
def test_a_text_is_the_interval_from_its_first_to_its_last_day(
    text: str, interval: tuple[int, int]
) -> None:
    assert day_interval(text) == interval
    row = days([text, None]).iloc[0]
    assert (row["on_first"], row["on_last"]) == interval
    assert row["on"] == text.strip()


@pytest.mark.parametrize("text", UNREADABLE)
def test_what_is_no_date_becomes_missing_in_all_three_columns(text: str | None) -> None:
    assert days(["2018", text]).iloc[1].isna().all()


@pytest.mark.parametrize("text", [text for text in UNREADABLE if text is not None])
def test_one_unreadable_date_is_refused_with_its_text(text: str) -> None:
    with pytest.raises(ValueError, match="YYYY-MM-DD"):
        day_interval(text)


def test_dates_datetimes_and_years_as_numbers_are_read_too() -> None:
    day = date(2018, 5, 3)
    assert days([day, None])["on_last"].tolist()[0] == 17654
    assert days([datetime(2018, 5, 3), None])["on"].tolist()[0] == "2018-05-03"  # noqa: DTZ001
    years = days([2018.0, float("nan")])
    assert years["on_first"].tolist()[0] == 17532
    assert years["on"].isna().tolist() == [False, True]


def test_a_column_without_anything_in_it_and_an_absent_one_are_missing() -> None:
    assert days([float("nan"), float("nan")]).isna().all(axis=None)
    frame = with_days(nw.from_native(pd.DataFrame({"a": [1]})).lazy(), "on").to_native()
    assert frame[["on", "on_first", "on_last"]].isna().all(axis=None)


def test_duckdb_reads_the_same_days() -> None:
    texts = [*CASES, *UNREADABLE]
    connection = duckdb.connect()
    connection.execute("create table t (n integer, on_date varchar)")
    connection.executemany("insert into t values (?, ?)", [list(row) for row in enumerate(texts)])
    frame = nw.from_native(connection.table("t"))
    found = with_days(frame, "on_date").to_native().df().sort_values("n")
    expected = days(list(texts))
    assert found["on_date_first"].fillna(-999999).tolist() == (
        expected["on_first"].fillna(-999999).tolist()
    )
    assert found["on_date_last"].fillna(-999999).tolist() == (
        expected["on_last"].fillna(-999999).tolist()
    )


@few
@given(st.dates(min_value=date(1000, 1, 1), max_value=date(9998, 12, 31)))
def test_the_arithmetic_agrees_with_the_calendar(day: date) -> None:
    number = (day - date(1970, 1, 1)).days
    table = days([day.isoformat(), day.isoformat()[:7], day.isoformat()[:4]])
    assert table["on_first"][0] == table["on_last"][0] == number
    assert iso_day(number) == day.isoformat()
    month_end = (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    assert table["on_last"][1] == (month_end - date(1970, 1, 1)).days
    assert table["on_last"][2] - table["on_first"][2] in {364, 365}
    assert (table["on_first"] <= number).all()
    assert (table["on_last"] >= number).all()


def test_a_deadline_is_the_last_day_of_its_interval_and_none_is_today() -> None:
    assert as_day("2018") == as_day(date(2018, 12, 31))
    assert iso_day(as_day(None)) >= "2026-01-01"
