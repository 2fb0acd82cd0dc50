"""Every rule, with the exact list of what it finds; a row that is right stands in row 2."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest

from ileaps_data import problem_texts, reading, refusal_texts
from ileaps_data.readers import FileRefusedError, read
from ileaps_data.reference import load
from ileaps_data.validation import LISTED, check
from tests.ileaps_data.checked_uploads import (
    CITY,
    INDICATOR,
    OBSERVATION,
    PILOT,
    TRANSFER,
    Upload,
    by_header,
    found,
    known_tables,
    problems_of,
    written,
)

GOOD = {
    "observations": OBSERVATION,
    "indicators": INDICATOR,
    "pilots": PILOT,
    "transfers": TRANSFER,
    "cities": CITY,
}
KEYS = {
    "observations": "observation_id",
    "indicators": "indicator_id",
    "pilots": "pilot_id",
    "transfers": "transfer_id",
    "cities": "city_id",
}
STAGE = {
    "pilot_id": "p1",
    "stage": "learning",
    "entered_on": "",
    "evidence": "Seen",
    "source_id": "s1",
}


@pytest.mark.parametrize("table", GOOD)
def test_a_row_that_is_right_has_no_problem(table: str) -> None:
    assert problems_of([GOOD[table]], table) == []


ONE_MISTAKE = [
    ("observations", {"value": "many"}, "not_a_number", "value", "many"),
    ("observations", {"value": "1_000"}, "not_a_number", "value", "1_000"),
    ("observations", {"value": "1,234"}, "not_a_number", "value", "1,234"),
    ("observations", {"value": "1e309"}, "number_not_finite", "value", "1e309"),
    ("observations", {"value": "nan"}, "number_not_finite", "value", "nan"),
    ("observations", {"value": "-inf"}, "number_not_finite", "value", "-inf"),
    ("observations", {"value": ""}, "required_missing", "value", None),
    ("observations", {"source_id": " "}, "required_missing", "source_id", None),
    ("observations", {"period_end": "31/02/2020"}, "date_does_not_exist", "period_end", None),
    ("observations", {"period_end": "2019-02-29"}, "date_does_not_exist", "period_end", None),
    ("observations", {"period_end": "2019-13"}, "not_a_date", "period_end", "2019-13"),
    ("observations", {"period_end": "2019-3"}, "not_a_date", "period_end", "2019-3"),
    ("observations", {"period_end": "0000"}, "not_a_date", "period_end", "0000"),
    ("observations", {"period_end": "soon"}, "not_a_date", "period_end", "soon"),
    ("observations", {"period_end": "03/04/2020"}, "not_a_date", "period_end", "03/04/2020"),
    ("observations", {"qualifier": "Exact"}, "not_in_codelist", "qualifier", "Exact"),
    ("observations", {"source_id": "s9"}, "unknown_reference", "source_id", "s9"),
    ("observations", {"indicator_id": "bus"}, "unknown_reference", "indicator_id", "bus"),
    ("observations", {"pilot_id": "p2"}, "pilot_differs_from_indicator", "pilot_id", "p2"),
    ("observations", {"period_end": "2018-11"}, "ends_before_start", "period_end", "2018-11"),
    ("indicators", {"ascending": "maybe"}, "not_true_or_false", "ascending", "maybe"),
    ("indicators", {"sdg_target": "eleven"}, "pattern_mismatch", "sdg_target", "eleven"),
    ("indicators", {"target_value": "0"}, "target_against_direction", "target_value", "0"),
    ("indicators", {"ascending": "false"}, "target_against_direction", "target_value", "5"),
    ("indicators", {"target_on": "2017-12"}, "target_before_baseline", "target_on", "2017-12"),
    ("pilots", {"ended_on": "2017"}, "ends_before_start", "ended_on", "2017"),
    ("pilots", {"policy_ids": "owl; fly"}, "unknown_reference", "policy_ids", "owl;fly"),
    ("transfers", {"to_city_id": "seoul"}, "same_city_twice", "to_city_id", "seoul"),
    ("transfers", {"same_as": "t1"}, "refers_to_itself", "same_as", "t1"),
    ("cities", {"latitude": "-90.5"}, "below_minimum", "latitude", "-90.5"),
    ("cities", {"longitude": "181"}, "above_maximum", "longitude", "181"),
    ("cities", {"country_iso3": "XXX"}, "unknown_reference", "country_iso3", "XXX"),
]


@pytest.mark.parametrize(
    ("table", "change", "code", "field", "value"),
    ONE_MISTAKE,
    ids=[f"{case[2]}:{next(iter(case[1].values()))}" for case in ONE_MISTAKE],
)
def test_one_mistake_is_found_where_it_is(
    table: str, change: dict[str, str], code: str, field: str, value: str | None
) -> None:
    wrong = GOOD[table] | {KEYS[table]: "another"} | change
    if "same_as" in change:
        wrong[KEYS[table]] = change["same_as"]
        rows = [GOOD[table] | {KEYS[table]: "another"}, wrong]
    else:
        rows = [GOOD[table], wrong]
    if table == "observations":
        # the same figure twice is told, too
        rows[0] = rows[0] | {"period_end": "2021", "period_start": ""}
    if code == "date_does_not_exist":
        value = change["period_end"]
    assert problems_of(rows, table) == [(code, 3, field, value)]


def test_a_whole_number_is_asked_for() -> None:
    row = {
        "pilot_id": "p1",
        "factor": "vision",
        "score": "1.0",
        "assessor": "A",
        "assessed_on": "2020",
        "source_id": "s1",
        "note": "",
    }
    rows = [row | {"score": score, "assessed_on": f"20{n}"} for n, score in enumerate(SCORES, 10)]
    assert problems_of(rows, "readiness_assessments") == [
        ("not_an_integer", 3, "score", "1.5"),
        ("not_an_integer", 4, "score", "two"),
        ("above_maximum", 5, "score", "3"),
        ("below_minimum", 6, "score", "-1"),
    ]


SCORES = ("1.0", "1.5", "two", "3", "-1")


def test_percentages_lie_between_0_and_100_unless_published_figures_do_not() -> None:
    rows = [
        OBSERVATION | {"observation_id": f"o{n}", "indicator_id": name, "value": value}
        for n, (name, value) in enumerate(
            [("share", "0"), ("share", "100.1"), ("crowding", "140"), ("buses", "140")]
        )
    ]
    rows[1]["period_end"] = "2021"
    assert problems_of(rows) == [("percentage_outside_0_100", 3, "value", "100.1")]


def test_percentages_of_an_indicator_lie_between_0_and_100() -> None:
    percent = {"unit": "percent", "measure": "percentage"}
    assert problems_of([INDICATOR | percent | {"target_value": "120"}], "indicators") == [
        ("percentage_outside_0_100", 2, "target_value", "120")
    ]
    assert problems_of([INDICATOR | {"unit": "percent"}], "indicators") == [
        ("measure_differs_from_unit", 2, "measure", "unit")
    ]


def test_a_published_indicator_keeps_its_unit() -> None:
    changed = INDICATOR | {"indicator_id": "riders", "unit": "thousand persons"}
    with Upload(written([changed]), "indicators") as upload:
        assert found(upload.report) == [("unit_differs", 2, "unit", "thousand persons")]
        assert upload.report.problems["rule"].iloc[0] == {
            "indicator_unit": "persons",
            "indicator": "riders",
        }


def test_a_unit_beside_the_figure_is_compared_with_the_indicators() -> None:
    rows = [
        OBSERVATION | {"observation_id": "a", "_unit": "Buses"},
        OBSERVATION | {"observation_id": "b", "_unit": "trams", "period_end": "2020"},
        OBSERVATION | {"observation_id": "c", "_unit": "", "period_end": "2021"},
        OBSERVATION | {"observation_id": "d", "_unit": "%", "indicator_id": "share"},
    ]
    assert problems_of(rows) == [("unit_differs", 3, "value", "trams")]


def test_duplicates_name_the_first_row() -> None:
    rows = [OBSERVATION | {"observation_id": name} for name in ("a", "b", "a", "a")]
    for year, row in zip(("2019", "2020", "2021", "2022"), rows, strict=True):
        row["period_end"] = year
    with Upload(written(rows)) as upload:
        report = upload.report
        assert found(report) == [
            ("duplicate_key", 4, "observation_id", "a"),
            ("duplicate_key", 5, "observation_id", "a"),
        ]
        assert [rule["first_row"] for rule in report.problems["rule"]] == [2, 2]
        assert report.rows_with_errors == 2
        assert list(report.accepted("observations").df()["observation_id"]) == ["a", "b"]


def test_a_missing_part_of_a_key_equals_a_missing_part_and_a_wrong_one_nothing() -> None:
    rows = [STAGE, STAGE | {"entered_on": "2018"}, STAGE, STAGE | {"entered_on": "x"}]
    assert problems_of(rows, "stage_events") == [
        ("duplicate_key", 4, "pilot_id", "p1, learning, "),
        ("not_a_date", 5, "entered_on", "x"),
    ]


def test_dates_of_different_precision_are_different_keys() -> None:
    rows = [STAGE | {"entered_on": day} for day in ("2018", "2018-01", "2018-01-01")]
    assert problems_of(rows, "stage_events") == []


def test_the_same_figure_under_two_names_is_a_warning() -> None:
    rows = [
        OBSERVATION,
        OBSERVATION | {"observation_id": "o2"},
        OBSERVATION | {"observation_id": "o3", "disaggregation": "women"},
        OBSERVATION | {"observation_id": "o4", "source_id": "s2"},
    ]
    with Upload(written(rows)) as upload:
        assert found(upload.report) == [("same_figure_twice", 3, "period_end", "2019-12")]
        assert upload.report.ok
        assert upload.report.rows_with_errors == 0


def test_what_is_only_told() -> None:
    rows = [
        OBSERVATION | {"period_end": "", "period_start": ""},
        OBSERVATION | {"observation_id": "o2", "note": '=HYPERLINK("http://x")'},
        OBSERVATION | {"observation_id": "o3", "period_start": "", "period_end": "2027"},
        OBSERVATION
        | {"observation_id": "o4", "period_start": "", "period_end": "2028"}
        | {"value_kind": "announced"},
        OBSERVATION | {"observation_id": "o5", "period_start": "", "period_end": "2026"},
    ]
    with Upload(written(rows)) as upload:
        report = upload.report
        assert found(report) == [
            ("begins_in_the_future", 4, "period_end", "2027"),
            ("undated_figure", 2, "period_end", None),
            ("formula_text", 3, "note", '=HYPERLINK("http://x")'),
        ]
        assert list(report.problems["severity"]) == ["warning", "notice", "notice"]
        assert report.ok
        assert len(report.accepted("observations").df()) == 5


def test_a_column_that_is_not_there_is_told_once_and_no_row_is_accepted() -> None:
    rows = [{k: v for k, v in OBSERVATION.items() if k != "source_id"}] * 3
    rows = [row | {"observation_id": f"o{n}"} for n, row in enumerate(rows)]
    with Upload(written(rows)) as upload:
        report = upload.report
        assert found(report) == [("missing_column", None, "source_id", None)]
        assert report.counts["missing_column"] == 1
        assert report.problems["rule"].iloc[0]["field"] == "source_id"
        assert (report.rows_with_errors, report.ok) == (3, False)
        assert len(report.accepted("observations").df()) == 0


def test_hostile_text_is_only_text() -> None:
    evil = "x'); DROP TABLE t0; --"
    script = '<script>alert("1")</script>'
    assert problems_of([OBSERVATION | {"pilot_id": evil, "qualifier": script, "note": "ހުޅުމާލެ"}]) == [
        ("not_in_codelist", 2, "qualifier", script),
        ("unknown_reference", 2, "pilot_id", evil),
    ]


def test_known_values_may_be_hostile_too() -> None:
    evil = "p'1\"; DROP TABLE"
    pilots = pd.DataFrame({"pilot_id": [evil]})
    assert problems_of([STAGE | {"pilot_id": evil}], "stage_events", pilots=pilots) == []


def test_more_known_values_than_an_enum_should_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ileaps_data.checks.typed.ENUM_VALUES", 1)
    rows = [OBSERVATION, OBSERVATION | {"observation_id": "o2", "pilot_id": "px"}]
    rows[1]["period_end"] = "2021"
    assert problems_of(rows) == [("unknown_reference", 3, "pilot_id", "px")]


def test_nothing_known_of_a_table_is_the_callers_mistake() -> None:
    known = known_tables()
    del known["sources"]
    with pytest.raises(ValueError, match="nothing is known of the table sources"):
        Upload(written([OBSERVATION]), known=known)


def test_an_empty_reference_table_knows_nothing() -> None:
    nobody = pd.DataFrame({"source_id": pd.Series([], dtype="str")})
    assert problems_of([OBSERVATION], sources=nobody) == [
        ("unknown_reference", 2, "source_id", "s1")
    ]


def test_all_are_counted_and_the_first_thousand_of_each_listed() -> None:
    rows = [OBSERVATION | {"observation_id": f"o{n}", "value": "x"} for n in range(LISTED + 5)]
    with Upload(written(rows)) as upload:
        report = upload.report
        assert report.counts == {"not_a_number": LISTED + 5}
        assert list(report.problems["row"]) == list(range(2, LISTED + 2))
        assert report.rows_with_errors == LISTED + 5


@pytest.mark.parametrize(
    "table",
    [
        "cities",
        "policies",
        "transfers",
        "pilots",
        "stage_events",
        "indicators",
        "observations",
        "events",
        "sources",
    ],
)
def test_what_ships_passes_its_own_check(table: str, tmp_path: Path) -> None:
    names = (
        "cities",
        "policies",
        "transfers",
        "pilots",
        "indicators",
        "observations",
        "sources",
        "economies",
        "events",
    )
    known = {name: load(name) for name in names}
    load(table).to_csv(tmp_path / "shipped.csv", index=False)
    with Upload((tmp_path / "shipped.csv").read_bytes(), table, known) as upload:
        errors = upload.report.problems[upload.report.problems["severity"] == "error"]
        assert errors.empty
        assert upload.report.rows == len(load(table))


def test_every_code_has_its_words() -> None:
    said = set(problem_texts.TEXTS)
    folder = Path(reading.__file__).parent
    sources = [*folder.glob("*.py"), *(folder.parent / "checks").glob("*.py")]
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    problems = re.findall(r"(?:Rule|Problem|Finding)\(\s*(?:[^()]*,\s*)?code=\"(\w+)\"", text)
    problems += re.findall(
        r"(?:notice|_notice|_bound|_whole|_pair_rule|problem)\(\s*\"(\w+)\"", text
    )
    problems += re.findall(r"\"(iati_\w+)\", name\)", text)
    problems += ["unclosed_quote", "stray_quote", "nul_byte", "undecodable_row", "row_too_long"]
    problems += ["ragged_row", "duplicate_key", "duplicate_value"]
    assert len(set(problems)) > 45
    assert set(problems) - said == set()
    for code, words in problem_texts.TEXTS.items():
        assert words.wrong.endswith("."), code
        assert words.fix.endswith("."), code


def test_every_refusal_has_its_words() -> None:
    folder = Path(reading.__file__).parent
    text = "\n".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py"))
    codes = re.findall(r"FileRefusedError\(\s*\"(\w+)\"", text)
    assert len(set(codes)) > 20
    assert set(codes) == set(refusal_texts.REFUSALS)
    with pytest.raises(FileRefusedError) as refused:
        read(b"a,b\n", "a.csv")
    wrong, where, fix = refusal_texts.refusal(refused.value)
    assert (wrong, where) == ("The file has column names and no row below them.", "row 1")
    assert fix == refused.value.fix


def test_no_word_is_for_a_code_that_nobody_says() -> None:
    folder = Path(reading.__file__).parent
    sources = [*folder.glob("*.py"), *(folder.parent / "checks").glob("*.py")]
    sources.append(folder.parent / "validation.py")
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    assert [code for code in problem_texts.TEXTS if f'"{code}"' not in text] == []


def test_a_table_under_another_name_is_refused() -> None:
    with read(written([OBSERVATION]), "a.csv") as tables:
        mapped = by_header(tables.only, "observations", tables.dialect)
        with pytest.raises(ValueError, match="observations is given as indicators"):
            check({"indicators": mapped}, known_tables())
        with pytest.raises(KeyError, match="no table 'things'"):
            check({"things": mapped}, known_tables())
