"""Dates, numbers and units of mapped columns: read by evidence, asked where there is none."""

from __future__ import annotations

import datetime as dt

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ileaps_data.mapping import DATE_FORMATS, FieldSource, Mapping, propose
from ileaps_data.mapping_parts.dates import date_expression, iso_text
from ileaps_data.mapping_parts.query import number_text
from ileaps_data.readers import Dialect
from tests.ileaps_data.mapping_files import known, mapped_rows, opened, proposed, rows


def read_dates(texts: list[str], date_format: str = "") -> list[str | None]:
    sql = f"SELECT {date_expression('v', date_format)} FROM unnest($1::VARCHAR[]) AS t(v)"  # noqa: S608
    return [row[0] for row in duckdb.connect().execute(sql, [texts]).fetchall()]


def read_numbers(texts: list[str], dialect: Dialect, source: FieldSource) -> list[str | None]:
    sql = f"SELECT {number_text('v', source, dialect)} FROM unnest($1::VARCHAR[]) AS t(v)"  # noqa: S608
    return [row[0] for row in duckdb.connect().execute(sql, [texts]).fetchall()]


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2018", "2018"),
        ("2018.0", "2018"),
        ("2018-05", "2018-05"),
        ("2018-05-03", "2018-05-03"),
        ("2018-5-3", "2018-05-03"),
        ("2018/05/03", "2018-05-03"),
        ("2018. 5. 3.", "2018-05-03"),
        ("2018.05", "2018-05"),
        ("2018-05-03T00:00:00", "2018-05-03"),
        ("2018-05-03 14:30:00+09:00", "2018-05-03"),
        ("2018년", "2018"),
        ("2018년 5월", "2018-05"),
        ("2018년 5월 3일", "2018-05-03"),
        ("2018년도", "2018"),
        ("20180503", "2018-05-03"),
        ("05/2018", "2018-05"),
        ("Mei 2018", "2018-05"),
        ("3 Mei 2018", "2018-05-03"),
        ("3-May-2018", "2018-05-03"),
        ("May 3, 2018", "2018-05-03"),
        ("3rd of may 2018", None),
        ("Agustus 2019", "2019-08"),
        ("DESEMBER 2019", "2019-12"),
        ("２０１８．５．３", "2018-05-03"),
        ("2018-13", None),
        ("2018-02-30", None),
        ("31 Februari 2020", None),
        ("20181301", None),
        ("03/05/2018", None),
        ("18.05.03", None),
        ("43223", None),
        ("2561", None),
        ("1018", None),
        ("2018-2019", None),
        ("'); DROP TABLE t; --", None),
    ],
)
def test_what_can_be_read_in_one_way_only_is_always_read(text: str, iso: str | None) -> None:
    assert read_dates([text]) == [iso]


@pytest.mark.parametrize(
    ("date_format", "text", "iso"),
    [
        ("%d/%m/%Y", "03/05/2018", "2018-05-03"),
        ("%d/%m/%Y", "3.5.2018", "2018-05-03"),
        ("%d/%m/%Y", "3-5-2018 00:00", "2018-05-03"),
        ("%d/%m/%Y", "31/02/2020", None),
        ("%d/%m/%Y", "05/13/2020", None),
        ("%m/%d/%Y", "03/05/2018", "2018-03-05"),
        ("%d/%m/%y", "03/05/18", "2018-05-03"),
        ("%d/%m/%y", "03/05/2018", "2018-05-03"),
        ("%m/%d/%y", "03/05/98", "1998-03-05"),
        ("%y/%m/%d", "18.05.03", "2018-05-03"),
        ("%Y%m", "201805", "2018-05"),
        ("excel", "43223", "2018-05-03"),
        ("excel", "43223.75", "2018-05-03"),
        ("excel", "99999999", None),
        ("buddhist", "2561", "2018"),
        ("buddhist", "3/5/2561", "2018-05-03"),
        ("buddhist", "2561-05", "2018-05"),
    ],
)
def test_a_chosen_format_reads_the_rest(date_format: str, text: str, iso: str | None) -> None:
    assert read_dates([text], date_format) == [iso]
    assert read_dates(["2018년 5월"], date_format) == ["2018-05"]


@settings(max_examples=50, deadline=None)
@given(st.dates(dt.date(1900, 1, 1), dt.date(2119, 12, 31)))
def test_a_day_is_the_same_day_however_it_is_written(day: dt.date) -> None:
    iso, year = day.isoformat(), day.year
    always = [iso, day.strftime("%Y/%m/%d"), f"{year}년 {day.month}월 {day.day}일"]
    always += [day.strftime("%Y%m%d")] if year < 2100 else []
    assert read_dates(always) == [iso] * len(always)
    assert read_dates([f"{day.day}.{day.month}.{year}"], "%d/%m/%Y") == [iso]
    assert read_dates([f"{day.month}/{day.day}/{year}"], "%m/%d/%Y") == [iso]
    assert read_dates([f"{day.day}/{day.month}/{year + 543}"], "buddhist") == [iso]
    serial = (day - dt.date(1899, 12, 30)).days
    if 10_000 <= serial <= 80_000:
        # four digits are a year
        assert read_dates([str(serial)], "excel") == [iso]


@settings(max_examples=50, deadline=None)
@given(st.lists(st.text(max_size=20), min_size=1, max_size=5), st.sampled_from(DATE_FORMATS))
def test_any_text_is_a_real_date_or_none(texts: list[str], date_format: str) -> None:
    for read in read_dates([text.replace("\0", "") for text in texts], date_format):
        if read is not None:
            dt.date.fromisoformat((read + "-01-01")[:10])


def test_only_iso_dates_are_taken_as_they_are() -> None:
    texts = ["2018", "2018-05", "2018-05-03", "2018-5-03 ", "2018-13", "2018-02-30", "20-18-0503"]
    sql = f"SELECT {iso_text('v')} FROM unnest($1::VARCHAR[]) AS t(v)"  # noqa: S608
    found = [row[0] is True for row in duckdb.connect().execute(sql, [texts]).fetchall()]
    assert found == [True, True, True, False, False, False, False]


def dates(*texts: str) -> str:
    return "indicator;period;value\n" + "".join(f"owl_buses;{text};1\n" for text in texts)


def test_day_or_month_first_is_decided_by_evidence() -> None:
    (first,) = proposed(dates("03/05/2018", "17/05/2018"), "observations").dates
    assert (first.format, first.verdict, first.rows, first.unread) == ("%d/%m/%Y", "certain", 2, 0)
    (second,) = proposed(dates("03/05/2018", "05/17/2018"), "observations").dates
    assert (second.format, second.verdict) == ("%m/%d/%Y", "certain")
    (same,) = proposed(dates("05/05/2018", "2018"), "observations").dates
    assert (same.format, same.verdict, same.rows) == ("%d/%m/%Y", "certain", 1)
    assert mapped_rows(dates("03/05/2018", "17/05/2018", "2019"), "observations", "period_end") == [
        ("2018-05-03",),
        ("2018-05-17",),
        ("2019",),
    ]


def test_ambiguous_dates_are_asked_and_stay_as_they_are() -> None:
    text = dates("03/05/2018", "04/06/2018")
    with opened(text) as tables:
        proposal = propose(tables.only, "observations", known())
        (guess,) = proposal.dates
        assert (guess.format, guess.verdict, guess.example) == ("", "ambiguous", "03/05/2018")
        assert guess.alternatives == (("%d/%m/%Y", 2), ("%m/%d/%Y", 2))
        assert guess.unread == 2
        assert rows(tables, proposal.mapping, "period_end") == [("03/05/2018",), ("04/06/2018",)]
        chosen = proposal.mapping.with_field(
            "period_end", FieldSource(column="c1", date_format="%m/%d/%Y")
        )
        assert rows(tables, chosen, "period_end") == [("2018-03-05",), ("2018-04-06",)]


def test_dates_of_both_orders_are_a_mixture_but_a_few_are_mistakes() -> None:
    (mixed,) = proposed(dates("17/05/2018", "05/17/2018"), "observations").dates
    assert (mixed.format, mixed.verdict) == ("", "mixed")
    days = [f"{day}/05/2018" for day in range(13, 32)]
    (stray,) = proposed(dates(*days, "05/17/2018"), "observations").dates
    assert (stray.format, stray.verdict, stray.unread) == ("%d/%m/%Y", "certain", 1)


def test_an_ambiguous_column_follows_a_certain_one_of_the_same_file() -> None:
    text = "pilot,started,ended\nx,03/05/2018,17/05/2018\n"
    proposal = proposed(text, "pilots")
    assert {one.field: (one.format, one.verdict) for one in proposal.dates} == {
        "started_on": ("%d/%m/%Y", "as_in_other_column"),
        "ended_on": ("%d/%m/%Y", "certain"),
    }


@pytest.mark.parametrize(
    ("texts", "date_format", "verdict"),
    [
        (["43223", "43224"], "excel", "certain"),
        (["2561", "2562"], "buddhist", "certain"),
        (["201805", "201806", "201807"], "%Y%m", "certain"),
        (["200112"], "", "ambiguous"),
        (["99.12.31", "18.06.02"], "%y/%m/%d", "certain"),
        (["18.05.31", "18.06.02"], "", "ambiguous"),
        (["01.02.03"], "", "ambiguous"),
    ],
)
def test_serials_eras_and_short_years_are_found(
    texts: list[str], date_format: str, verdict: str
) -> None:
    (guess,) = proposed(dates(*texts), "observations").dates
    assert (guess.format, guess.verdict) == (date_format, verdict)


def test_dates_in_one_way_need_no_question() -> None:
    assert proposed(dates("2018", "2018년 5월", "Mei 2018", "nonsense"), "observations").dates == ()


def test_a_sign_for_nothing_is_asked_and_made_missing_when_confirmed() -> None:
    text = "indicator,period,value\nowl_buses,없음,-\nowl_buses,2018,n/a\n"
    with opened(text) as tables:
        proposal = propose(tables.only, "observations", known())
        asked = [(s.field, s.text, s.kind, s.first_row) for s in proposal.suggestions]
        assert sorted(asked) == [
            ("period_end", "없음", "missing", 2),
            ("value", "-", "missing", 2),
            ("value", "n/a", "missing", 3),
        ]
        names = ("period_end", "value")
        assert rows(tables, proposal.mapping, *names) == [("없음", "-"), ("2018", "n/a")]
        mapping = proposal.mapping
        for suggestion in proposal.suggestions:
            mapping = proposal.confirmed(suggestion, mapping=mapping)
        assert rows(tables, mapping, *names) == [(None, None), ("2018", None)]


@pytest.mark.parametrize(
    ("dialect", "text", "plain"),
    [
        (Dialect(decimal=".", thousands=","), "1,234.5", "1234.5"),
        (Dialect(decimal=".", thousands=","), "1234", "1234"),
        (Dialect(decimal=".", thousands=","), "0.10", "0.10"),
        (Dialect(decimal=".", thousands=","), "1,23,4", "1,23,4"),
        (Dialect(decimal=",", thousands="."), "1.234,5", "1234.5"),
        (Dialect(decimal=",", thousands="."), "1.234", "1234"),
        (Dialect(decimal=",", thousands="."), "-0,5", "-0.5"),
        (Dialect(decimal=",", thousands=" "), "1 234,5", "1234.5"),
        (Dialect(decimal=",", thousands=""), "1,2,3", "1,2,3"),
        (Dialect(decimal="."), "１２.５", "12.5"),
        (Dialect(decimal="."), "−3", "-3"),
        (Dialect(decimal="."), "1e309", "1e309"),
        (Dialect(decimal="."), "nan", "nan"),
        (Dialect(decimal=","), "inf", "inf"),
        (Dialect(decimal="."), "1_000", "1_000"),
        (Dialect(decimal="."), "45%", "45%"),
        (Dialect(decimal="."), "=1+1", "=1+1"),
    ],
)
def test_numbers_are_plain_by_the_dialect_and_else_as_they_are(
    dialect: Dialect, text: str, plain: str
) -> None:
    assert read_numbers([text], dialect, FieldSource(column="c0")) == [plain]


@settings(max_examples=50, deadline=None)
@given(st.integers(-(10**9), 10**9), st.integers(0, 6))
def test_a_number_keeps_its_value_in_every_dialect(whole: int, digits: int) -> None:
    value = whole / 10**digits
    for decimal, thousands in ((".", ","), (",", "."), (",", " "), (".", "")):
        written = f"{value:,.{digits}f}".replace(",", "T").replace(".", decimal)
        written = written.replace("T", thousands)
        dialect = Dialect(decimal=decimal, thousands=thousands)
        (plain,) = read_numbers([written], dialect, FieldSource(column="c0"))
        assert plain is not None
        assert float(plain) == value


def test_a_factor_multiplies_without_noise_and_leaves_percentages_alone() -> None:
    source = FieldSource(column="c0", unit_factor=100.0, percent_sign=True)
    texts = ["0.57", "0.07", "45.1%", "45 ％", "much", "much%", "nan", "inf"]
    assert read_numbers(texts, Dialect(decimal="."), source) == [
        "57",
        "7",
        "45.1",
        "45",
        "much",
        "much%",
        "nan",
        "inf",
    ]


def values(indicator: str, header: str, *numbers: str) -> str:
    lines = "".join(f"{indicator};2018;{number}\n" for number in numbers)
    return f"indicator;period;{header}\n{lines}"


@pytest.mark.parametrize(
    ("text", "factor", "basis"),
    [
        (values("owl_year", "값 (천명)", "1", "2"), 1000.0, "header"),
        (values("owl_year", "Nilai (ribu)", "1", "2"), 1000.0, "header"),
        (values("owl_year", "value, in millions", "1", "2"), 1e6, "header"),
        (values("owl_crowd", "value (share)", "0.5", "0.7"), 100.0, "header"),
        (values("owl_crowd", "value", "0.5", "0.7", "1"), 100.0, "values"),
    ],
)
def test_units_are_offered_and_not_applied(text: str, factor: float, basis: str) -> None:
    proposal = proposed(text, "observations")
    (guess,) = proposal.units
    assert (guess.field, guess.factor, guess.basis) == ("value", factor, basis)
    assert proposal.mapping.fields["value"].unit_factor == 1.0


@pytest.mark.parametrize(
    "text",
    [
        values("owl_crowd", "value (%)", "0.5", "0.7", "0.9"),
        values("owl_crowd", "value", "0.5", "70", "0.9"),
        values("owl_crowd", "value", "0", "1", "1"),
        values("owl_buses", "value", "0.5", "0.7", "0.9"),
        values("cmb_arrears", "value (million)", "1"),
    ],
)
def test_units_are_not_offered_where_nothing_says_so(text: str) -> None:
    assert proposed(text, "observations").units == ()


def test_columns_of_different_scales_are_offered_no_factor() -> None:
    text = "indicator,2018 (천),2019\nowl_buses,1,2\n"
    assert proposed(text, "observations", unpivot=True).units == ()
    same = "indicator,2018 (천),2019 (천)\nowl_buses,1,2\n"
    (guess,) = proposed(same, "observations", unpivot=True).units
    assert guess.factor == 1000.0
    factor = FieldSource(column="c1", unit_factor=1000.0)
    with opened(same) as tables:
        proposal = propose(tables.only, "observations", known(), unpivot=True)
        mapping = proposal.mapping.with_field("value", factor)
        assert rows(tables, mapping, "value") == [("1000",), ("2000",)]


def test_percent_signs_are_read_where_the_indicator_is_a_percentage() -> None:
    assert mapped_rows(values("owl_crowd", "value", "45%", "50"), "observations", "value") == [
        ("45",),
        ("50",),
    ]
    assert mapped_rows(values("owl_buses", "value", "45%"), "observations", "value") == [("45%",)]


def test_text_is_composed_and_kept() -> None:
    text = 'evidence\n=HYPERLINK("x")\nMale\u0301\n  <script>  \n'
    mapping = Mapping(table="stage_events", fields={"evidence": FieldSource(column="c0")})
    with opened(text) as tables:
        found = rows(tables, mapping, "evidence")
    assert found == [('=HYPERLINK("x")',), ("Malé",), ("<script>",)]
