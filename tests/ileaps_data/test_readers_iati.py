"""IATI results: XML 2.03 as rows of indicators and observations, and the Datastore's flat file."""

from __future__ import annotations

import pytest

from ileaps_data.readers import FileRefusedError, RawTables, read

# the published example of the standard's guidance: baseline 15 (2012), target 50, actual 53
HEAD = '<?xml version="1.0"?>\n<iati-activities version="2.03">\n'
ACTIVITY = '<iati-activity xml:lang="en"><iati-identifier> XM-1 </iati-identifier>\n'
END = "</iati-activity></iati-activities>\n"


def narrative(text: str, language: str = "") -> str:
    tongue = f' xml:lang="{language}"' if language else ""
    return f"<narrative{tongue}>{text}</narrative>"


def indicator(
    attributes: str = 'measure="2" ascending="1"',
    baseline: str = '<baseline year="2012" value="15"/>',
    periods: str = (
        '<period><period-start iso-date="2012-01-01"/><period-end iso-date="2015-12-31"/>\n'
        '<target value="50"/>\n<actual value="53"/></period>'
    ),
) -> str:
    return (
        f"<indicator {attributes}>\n<title>{narrative('Part', 'fr')}{narrative('Share')}</title>"
        f'<reference vocabulary="9" code="11.2.1"/>{baseline}{periods}</indicator>'
    )


def xml(*indicators: str, result: str = 'type="2" aggregation-status="0"') -> bytes:
    return f"{HEAD}{ACTIVITY}<result {result}>{''.join(indicators)}</result>{END}".encode()


def first(tables: RawTables, name: str) -> dict[str, object]:
    return tables.tables[name].frame().iloc[0].dropna().to_dict()


def test_the_published_example_becomes_an_indicator_and_an_observation() -> None:
    with read(xml(indicator()), "a.xml") as tables:
        assert first(tables, "indicators") == {
            "indicator_id": "XM-1/1.1",
            "pilot_id": "XM-1",
            "name": "Share",
            "unit": "percent",
            "measure": "percentage",
            "ascending": "true",
            "aggregation": "level",
            "result_level": "outcome",
            "sdg_target": "11.2",
            "baseline_value": "15",
            "baseline_on": "2012",
            "target_value": "50",
            "target_on": "2015-12-31",
        }
        assert first(tables, "observations") == {
            "observation_id": "XM-1/1.1.2015-12-31",
            "pilot_id": "XM-1",
            "indicator_id": "XM-1/1.1",
            "period_start": "2012-01-01",
            "period_end": "2015-12-31",
            "value": "53",
            "qualifier": "exact",
            "value_kind": "reported",
            "group": "pilot",
        }
        assert tables.tables["observations"].frame().index.tolist() == [7]
        assert tables.tables["observations"].row_numbers_from == "line"
        assert tables.tables["indicators"].problem_counts == {}
        assert tables.dialect.format == "iati_xml"


@pytest.mark.parametrize(
    ("baseline", "target", "inferred"), [("15", "50", "true"), ("50", "15", "false")]
)
def test_a_direction_not_stated_is_inferred_and_said_to_be(
    baseline: str, target: str, inferred: str
) -> None:
    period = f'<period><period-end iso-date="2015-12-31"/><target value="{target}"/></period>'
    given = indicator('measure="2"', f'<baseline year="2012" value="{baseline}"/>', period)
    with read(xml(given), "a.xml") as tables:
        assert first(tables, "indicators")["ascending"] == inferred
        problem = tables.tables["indicators"].problems.iloc[0]
        assert (problem["code"], problem["severity"]) == ("iati_ascending_inferred", "notice")


@pytest.mark.parametrize(("baseline", "target"), [("15", "15"), ("", "50"), ("low", "50")])
def test_a_direction_that_nothing_tells_stays_missing(baseline: str, target: str) -> None:
    period = f'<period><period-end iso-date="2015-12-31"/><target value="{target}"/></period>'
    given = indicator('measure="2"', f'<baseline year="2012" value="{baseline}"/>', period)
    with read(xml(given), "a.xml") as tables:
        assert "ascending" not in first(tables, "indicators")
        assert tables.tables["indicators"].problem_counts == {"iati_no_direction": 1}


@pytest.mark.parametrize(
    ("measure", "word"), [("3", "nominal"), ("4", "ordinal"), ("5", "qualitative")]
)
def test_measures_that_are_no_quantity_are_kept_as_notices(measure: str, word: str) -> None:
    with read(xml(indicator(f'measure="{measure}"'), indicator()), "a.xml") as tables:
        assert tables.tables["indicators"].rows == 1
        problem = tables.tables["indicators"].problems.iloc[0]
        assert problem["code"] == "iati_not_quantified"
        assert (problem["parameters"]["measure"], problem["parameters"]["values"]) == (word, "53")


def test_parts_of_the_whole_and_comments_are_kept() -> None:
    actual = (
        '<actual value="7"><location ref="ID-JB"/><dimension name="sex" value="female"/>'
        f'<dimension name="age" value="adult"/><comment>{narrative("counted")}</comment></actual>'
    )
    period = f'<period><period-end iso-date="2018-01-31"/>{actual}{actual}</period>'
    with read(xml(indicator(periods=period)), "a.xml") as tables:
        frame = tables.tables["observations"].frame()
        assert frame["disaggregation"].tolist() == ["sex=female; age=adult; location=ID-JB"] * 2
        assert frame["note"].tolist() == ["counted"] * 2
        assert frame["observation_id"].is_unique


def test_earlier_targets_are_milestones_and_the_last_is_the_target() -> None:
    periods = "".join(
        f'<period><period-end iso-date="{year}-12-31"/><target value="{value}"/></period>'
        for year, value in [(2016, 30), (2018, 50), (2017, 40)]
    )
    with read(xml(indicator(periods=periods)), "a.xml") as tables:
        row = first(tables, "indicators")
        assert (row["target_value"], row["target_on"]) == ("50", "2018-12-31")
        problems = tables.tables["indicators"].problems
        assert problems["code"].tolist() == ["iati_milestone"] * 2
        assert problems["value"].tolist() == ["30", "40"]


@pytest.mark.parametrize(
    ("status", "measure", "aggregation", "told"),
    [
        ('aggregation-status="1"', "1", "flow", {}),
        ('aggregation-status="true"', "2", "level", {}),
        ('aggregation-status="0"', "1", "level", {}),
        ("", "1", "level", {"iati_aggregation_assumed": 1}),
    ],
)
def test_percentages_are_never_flows(
    status: str, measure: str, aggregation: str, told: dict[str, int]
) -> None:
    given = indicator(f'measure="{measure}" ascending="1"')
    with read(xml(given, result=f'type="1" {status}'), "a.xml") as tables:
        assert first(tables, "indicators")["aggregation"] == aggregation
        assert tables.tables["indicators"].problem_counts == told


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (xml(indicator()).replace(b"?>", b'?><!DOCTYPE a SYSTEM "http://x/y.dtd">', 1),
         "xml_not_harmless"),
        (xml(indicator()).replace(b"?>", b'?><!DOCTYPE a [<!ENTITY b "c">]>', 1),
         "xml_not_harmless"),
        (xml(indicator())[:-40], "broken_xml"),
        (xml(), "iati_no_results"),
        (xml(indicator()).replace(b"2.03", b"1.05"), "iati_version"),
        (b'<?xml version="1.0"?><rss/>', "unknown_format"),
        (xml("<b>" * 100 + "</b>" * 100), "iati_too_deep"),
    ],
)  # fmt: skip
def test_xml_that_is_not_plain_iati_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(FileRefusedError) as refused:
        read(data, "a.xml")
    assert refused.value.code == code


COLUMNS = (
    "iati_identifier,result_type,result_indicator_measure,result_indicator_title_narrative,"
    "result_indicator_period_period_end_iso_date,result_indicator_period_actual_value\n"
)


def test_a_flat_file_is_read_where_each_activity_has_one_figure() -> None:
    data = f'{COLUMNS}A-1,1,1,"Schools, served",2018-12-31,5\nA-2,2,2,Share,2019,6\n'
    with read(data.encode(), "a.csv") as tables:
        frame = tables.tables["observations"].frame()
        assert frame["value"].tolist() == ["5", "6"]
        assert frame.index.tolist() == [2, 3]
        assert tables.tables["indicators"].frame()["name"].tolist() == ["Schools, served", "Share"]
        assert tables.dialect.format == "iati_flat"


def test_lists_of_one_length_are_paired_and_said_to_be() -> None:
    data = f'{COLUMNS}A-1,1,"1,1","A\\, a,B","2018-12-31,2019-12-31","5,6"\n'
    with read(data.encode(), "a.csv") as tables:
        frame = tables.tables["observations"].frame()
        assert frame[["indicator_id", "period_end", "value"]].to_numpy().tolist() == [
            ["A-1/1", "2018-12-31", "5"],
            ["A-1/2", "2019-12-31", "6"],
        ]
        assert tables.tables["indicators"].frame()["name"].tolist() == ["A, a", "B"]
        assert tables.tables["indicators"].problem_counts["iati_flat_paired"] == 1


@pytest.mark.parametrize(
    "row",
    ['A-1,1,"1,1","A,B","2018,2019,2020","5,6,7"', 'A-1,1,"1,1","A,B","2018,2019",5'],
)
def test_lists_of_different_lengths_are_refused_with_their_row(row: str) -> None:
    data = f"{COLUMNS}A-0,1,1,A,2018,5\n{row}\n"
    with pytest.raises(FileRefusedError) as refused:
        read(data.encode(), "a.csv")
    assert (refused.value.code, refused.value.where) == ("iati_ambiguous", "row 3")


def test_a_flat_file_without_values_is_refused() -> None:
    with pytest.raises(FileRefusedError) as refused:
        read(b"iati_identifier,result_indicator_measure\nA-1,2 b\n", "a.csv")
    assert refused.value.code == "iati_columns_missing"
