"""Headers become fields, texts become ids; what is not certain is asked, never applied."""

from __future__ import annotations

import pytest

from ileaps_data.mapping import (
    UPLOADED,
    FieldSource,
    Mapping,
    Suggestion,
    Unpivot,
    mapped,
    propose,
    table_for,
    with_sheets,
)
from ileaps_data.mapping_parts.header_words import OF_A_TABLE
from ileaps_data.mapping_parts.place_names import CITIES, COUNTRIES
from ileaps_data.mapping_parts.recognition import reference_lookup
from ileaps_data.mapping_parts.value_words import CODES
from ileaps_data.tables import TABLES
from tests.ileaps_data.mapping_files import known, mapped_rows, opened, proposed, rows

KOREAN = (
    "지표;기간;값 (%);출처;구분;집단;단위;비고\n"
    "Residents within 300 m of public transport;2018년 5월;12,5;ajunews_20220405;보고;시범;%;가\n"
    "mks_pt_coverage;17/05/2018;1.234,5;AJUNEWS_20220405;Dilaporkan;시범;퍼센트;나\n"
)


def test_a_cp949_file_with_korean_headers_maps_by_itself() -> None:
    with opened(KOREAN, "cp949") as tables:
        raw = tables.only
        assert table_for(raw.columns)[0].table == "observations"
        proposal = propose(raw, "observations", known(), dialect=tables.dialect)
        assert proposal.missing == ("qualifier",)
        assert [(d.field, d.value) for d in proposal.defaults] == [("qualifier", "exact")]
        assert (proposal.suggestions, proposal.unmapped, proposal.units) == ((), (), ())
        mapping = proposal.with_defaults()
        fields = [field.name for field in TABLES["observations"].fields]
        first, second = (
            dict(zip(fields, row, strict=True)) for row in rows(tables, mapping, *fields)
        )
        shown = mapped(raw, mapping, tables.dialect)
        units = rows(tables, mapping, "_row", "_unit")
    assert first == {
        "observation_id": "mks_pt_coverage.2018-05.ajunews_20220405",
        "pilot_id": "mks-pasikola",
        "indicator_id": "mks_pt_coverage",
        "period_start": None,
        "period_end": "2018-05",
        "value": "12.5",
        "qualifier": "exact",
        "value_kind": "reported",
        "group": "pilot",
        "disaggregation": None,
        "source_id": "ajunews_20220405",
        "note": "가",
    }
    assert (second["period_end"], second["value"]) == ("2018-05-17", "1234.5")
    assert second["source_id"] == "ajunews_20220405"
    assert units == [(2, "percent"), (3, "percent")]
    assert shown.headers["value"] == "값 (%)"
    assert shown.headers["pilot_id"] == "지표"


def test_the_query_gives_every_declared_field_as_text_in_order() -> None:
    for name in UPLOADED:
        with opened("x\n1\n") as tables:
            shown = mapped(tables.only, Mapping(table=name, fields={}))
            described = shown.connection.execute(f"DESCRIBE {shown.query}").fetchall()
        expected = [("_row", "BIGINT"), *((column, "VARCHAR") for column in TABLES[name].columns)]
        assert [row[:2] for row in described] == expected


@pytest.mark.parametrize("name", UPLOADED)
def test_a_table_is_known_by_its_own_headers(name: str) -> None:
    best = table_for(TABLES[name].columns)[0]
    assert (best.table, best.likely) == (name, True)
    assert best.fields == {column: f"c{i}" for i, column in enumerate(TABLES[name].columns)}


@pytest.mark.parametrize(
    ("headers", "table"),
    [
        (["도시", "국가", "위도", "경도", "역할"], "cities"),
        (["Kota", "Negara", "Lintang", "Bujur"], "cities"),
        (["지표명", "단위", "기준값", "목표값", "기한"], "indicators"),
        (["Indikator", "Tahun", "Realisasi", "Sumber"], "observations"),
        (["시범사업", "단계", "진입일", "근거"], "stage_events"),
        (["행사명", "개최일", "참가자 수"], "events"),
        (["Judul", "Penerbit", "Tautan"], "sources"),
        (["지표", "2018년", "2019년", "2020년"], "observations"),
    ],
)
def test_a_table_is_known_by_headers_in_three_languages(headers: list[str], table: str) -> None:
    assert table_for(headers)[0].table == table


def test_headers_of_something_else_are_of_no_table() -> None:
    assert not table_for(["Invoice", "Debit", "Credit", "VAT"])[0].likely


def test_a_header_is_understood_in_brackets_in_two_languages_and_whatever_its_case() -> None:
    text = "도시 (City),NEGARA,  Lat. ,LONGITUDE,역할/Role\nMakasar,인도네시아,-5.1,119.4,시범\n"
    proposal = proposed(text, "cities")
    assert {one.field: one.column for one in proposal.evidence} == {
        "city_id": "c0",
        "name": "c0",
        "country_iso3": "c1",
        "latitude": "c2",
        "longitude": "c3",
        "role": "c4",
    }
    assert proposal.mapping.fields["city_id"].replacements == {"Makasar": "makassar"}
    assert proposal.mapping.fields["country_iso3"].replacements == {"인도네시아": "IDN"}


def test_a_header_only_like_a_word_is_asked_and_not_mapped() -> None:
    proposal = proposed("City,Lattitude\nSeoul,37\n", "cities")
    assert "latitude" not in proposal.mapping.fields
    assert [(s.field, s.column, s.word) for s in proposal.headers] == [
        ("latitude", "c1", "latitude")
    ]
    chosen = proposed("City,Lattitude\nSeoul,37\n", "cities", columns={"latitude": "c1"})
    assert chosen.mapping.fields["latitude"].column == "c1"
    assert chosen.headers == ()


@pytest.mark.parametrize(
    "text",
    [
        "Makassar",
        "makassar ",
        "MAKASAR",
        "Macassar",
        "Ujung Pandang",
        "ujung-pandang",
        "Kota Makassar",
        "Makassar City",
        "마카사르",
        "마카사르시",
        "Makassar, Indonesia",
        "Makassar (인도네시아)",
        "21479",
        "Ｍａｋａｓｓａｒ",
    ],
)
def test_a_city_is_known_by_its_names(text: str) -> None:
    lookup = reference_lookup("cities.city_id", known())
    assert lookup is not None
    assert lookup.meaning(text) == {"makassar"}


def test_cities_are_not_taken_for_others() -> None:
    lookup = reference_lookup("cities.city_id", known())
    assert lookup is not None
    for text in ("Makassar, Peru", "Kabupaten Bogor", "Maka", "Seul", "", "Malé Atoll"):
        assert lookup.meaning(text) == set(), text
    names = {
        "서울특별시": "seoul",
        "호치민": "hcmc",
        "Saigon": "hcmc",
        "މާލެ": "male",
        "Malé": "male",
    }
    assert {text: lookup.meaning(text) for text in names} == {t: {i} for t, i in names.items()}


@pytest.mark.parametrize("text", ["IDN", "id", "360", "Indonesia", "인도네시아", " INDONESIA"])
def test_a_country_is_known_by_codes_and_names(text: str) -> None:
    lookup = reference_lookup("economies.iso3", known())
    assert lookup is not None
    assert lookup.meaning(text) == {"IDN"}
    assert lookup.meaning("4") == lookup.meaning("004") == {"AFG"}
    assert lookup.meaning("한국") == lookup.meaning("Korea Selatan") == {"KOR"}
    assert lookup.meaning("Korea") == set()


def test_a_text_like_a_known_one_is_suggested_and_applied_once_confirmed() -> None:
    text = "pilot,stage,date,evidence,source\nmks-pasikolaa,학습,2018,x,ajunews_20220405\n"
    with opened(text) as tables:
        proposal = propose(tables.only, "stage_events", known())
        (asked,) = proposal.suggestions
        assert (asked.field, asked.kind, asked.to, asked.rows, asked.first_row) == (
            "pilot_id",
            "alike",
            "mks-pasikola",
            1,
            2,
        )
        assert asked.score > 90
        assert rows(tables, proposal.mapping, "pilot_id", "stage") == [
            ("mks-pasikolaa", "learning")
        ]
        confirmed = proposal.confirmed(asked)
        assert rows(tables, confirmed, "pilot_id") == [("mks-pasikola",)]
        other = proposal.confirmed(asked, "cmb-tax")
        assert rows(tables, other, "pilot_id") == [("cmb-tax",)]


def test_an_indicator_confirmed_brings_its_pilot() -> None:
    text = "indicator,period,value\nSchools servd,2018,3\n"
    with opened(text) as tables:
        proposal = propose(tables.only, "observations", known())
        (asked,) = proposal.suggestions
        assert (asked.text, asked.to) == ("Schools servd", "mks_schools")
        found = rows(tables, proposal.confirmed(asked), "indicator_id", "pilot_id")
    assert found == [("mks_schools", "mks-pasikola")]
    constant = proposal.with_constant(
        "indicator_id", "owl_buses", Mapping(table="observations", fields={})
    )
    assert constant.fields["pilot_id"].constant == "ref-owlbus"


def test_a_name_of_several_is_a_question() -> None:
    frame = known()["indicators"].copy()
    frame.loc[frame["indicator_id"] == "owl_buses", "name"] = "Schools served"
    with opened("indicator,period,value\nSchools served,2018,3\n") as tables:
        proposal = propose(tables.only, "observations", {**known(), "indicators": frame})
    (asked,) = proposal.suggestions
    assert (asked.kind, asked.to) == ("ambiguous", "")
    assert [one.id for one in asked.alternatives] == ["mks_schools", "owl_buses"]
    assert proposal.mapping.fields["indicator_id"].replacements == {}


def test_new_rows_get_a_key_of_their_name_unless_they_may_be_known_ones() -> None:
    text = "City,Country\nSeul,KOR\nJakarta Barat,IDN\nSeoul,KOR\n자카르타,IDN\n"
    with opened(text) as tables:
        proposal = propose(tables.only, "cities", known())
        assert rows(tables, proposal.mapping, "city_id") == [
            (None,),
            ("jakarta_barat",),
            ("seoul",),
            ("자카르타",),
        ]
        asked = {one.text: one for one in proposal.suggestions}
        assert {text: (one.kind, one.to) for text, one in asked.items()} == {
            "Seul": ("new", "seul"),
            "Jakarta Barat": ("new", "jakarta_barat"),
            "자카르타": ("new", "자카르타"),
        }
        assert [one.id for one in asked["Seul"].alternatives] == ["seoul"]


def test_enumerations_booleans_and_lists_are_recognised_in_three_languages() -> None:
    text = (
        "지표 코드,시범사업,지표명,단위,측정 방식,클수록 좋음,집계,성과 수준,sdg\n"
        "a,Pilot,이름,percent,퍼센트,예,누적,성과,SDG 11.2\n"
        "b,cmb-tax,nama,persons,jumlah,tidak,Aliran,keluaran,target 11.6 dan 3\n"
    )
    names = ("measure", "ascending", "aggregation", "result_level", "sdg_target")
    assert mapped_rows(text, "indicators", *names) == [
        ("percentage", "true", "cumulative", "outcome", "11.2"),
        ("unit", "false", "flow", "output", "target 11.6 dan 3"),
    ]
    pilots = 'pilot,policies,sdg_targets\nx,"PASIKOLA school minibus, p_topis","11.2, 11.6"\n'
    assert mapped_rows(pilots, "pilots", "policy_ids", "sdg_targets") == [
        ("p_pasikola;p_topis", "11.2;11.6")
    ]


def test_every_word_list_names_what_exists() -> None:
    for table, fields in OF_A_TABLE.items():
        assert set(fields) <= {*TABLES[table].columns, "_unit"}
    for name, codes in CODES.items():
        table, field = name.split(".")
        if field == "_unit":
            assert set(codes) <= set(known()["indicators"]["unit"])
            continue
        declared = TABLES[table].field(field)
        assert set(codes) <= set(declared.enum or ("true", "false"))
    assert set(CITIES) <= set(known()["cities"]["city_id"])
    assert set(COUNTRIES) <= set(known()["economies"]["iso3"])


def test_no_word_of_a_city_or_country_means_two() -> None:
    for name in ("cities.city_id", "economies.iso3"):
        lookup = reference_lookup(name, known())
        assert lookup is not None
        assert {word: ids for word, ids in lookup.words.items() if len(ids) > 1} == {}


def test_columns_a_year_become_rows_on_request() -> None:
    text = 'Indicator,2018,2019년,2020-06\nSchools served,1,2,\nStudents served,"1,500",,4\n'
    offered = proposed(text, "observations")
    assert offered.unpivot == Unpivot(columns=(("c1", "2018"), ("c2", "2019"), ("c3", "2020-06")))
    assert offered.mapping.unpivot is None
    assert {"period_end", "value"} & set(offered.mapping.fields) == set()
    names = ("_row", "indicator_id", "pilot_id", "period_end", "value", "observation_id")
    assert mapped_rows(text, "observations", *names, unpivot=True) == [
        (2, "mks_schools", "mks-pasikola", "2018", "1", "mks_schools.2018"),
        (2, "mks_schools", "mks-pasikola", "2019", "2", "mks_schools.2019"),
        (3, "mks_students", "mks-pasikola", "2018", "1500", "mks_students.2018"),
        (3, "mks_students", "mks-pasikola", "2020-06", "4", "mks_students.2020-06"),
    ]


def test_columns_an_indicator_become_rows_on_request() -> None:
    text = "date,City free school buses,mks_schools\n2018,1,2\n2019,3,\n"
    assert table_for(["date", "City free school buses", "mks_schools"], known())[0].table == (
        "observations"
    )
    names = ("indicator_id", "pilot_id", "period_end", "value")
    assert mapped_rows(text, "observations", *names, unpivot=True) == [
        ("mks_schoolbus", "mks-pasikola", "2018", "1"),
        ("mks_schools", "mks-pasikola", "2018", "2"),
        ("mks_schoolbus", "mks-pasikola", "2019", "3"),
    ]


def test_many_replacements_are_looked_up_like_few() -> None:
    text = "pilot,note\n" + "".join(f"text {i},{i}\n" for i in range(100))
    for count in (3, 60):
        pairs = {f"text {i}": f"id{i}" for i in range(count)} | {"text 99": ""}
        mapping = Mapping(
            table="stage_events",
            fields={"pilot_id": FieldSource(column="c0", replacements=pairs)},
        )
        with opened(text) as tables:
            found = [one for (one,) in rows(tables, mapping, "pilot_id")]
        kept = [f"text {i}" for i in range(count, 99)]
        assert found == [*(f"id{i}" for i in range(count)), *kept, None]


def test_sheets_of_one_upload_know_each_other() -> None:
    indicators = (
        "indicator id,pilot,indicator,unit\nnew_one,mks-pasikola,School buses seen,percent\n"
    )
    figures = "indicator,period,value\nSchool Buses Seen,2018,45%\nSchools served,2018,3\n"
    names = ("indicator_id", "pilot_id")
    with opened(indicators) as first, opened(figures) as second:
        sheet = mapped(first.only, propose(first.only, "indicators", known()).mapping)
        together = with_sheets(known(), {"indicators": sheet})
        assert len(together["indicators"]) == len(known()["indicators"]) + 1
        proposal = propose(second.only, "observations", together)
        assert rows(second, proposal.mapping, *names) == [
            ("new_one", "mks-pasikola"),
            ("mks_schools", "mks-pasikola"),
        ]
        alone = propose(second.only, "observations", known())
        assert alone.suggestions[0].text == "School Buses Seen"
        assert with_sheets({}, {"indicators": sheet})["indicators"]["unit"].tolist() == ["percent"]


def test_what_a_file_does_not_have_is_refused_with_a_reason() -> None:
    with opened("a\n1\n") as tables:
        mapping = Mapping(table="cities", fields={"name": FieldSource(column="c7")})
        with pytest.raises(ValueError, match="no column c7; it has 1, c0 to c0"):
            mapped(tables.only, mapping)
        with pytest.raises(ValueError, match="no column c9"):
            propose(tables.only, "cities", {}, columns={"name": "c9"})
        with pytest.raises(ValueError, match="no table 'towns'"):
            propose(tables.only, "towns", {})


def test_a_suggestion_without_alternatives_has_no_score() -> None:
    one = Suggestion(field="note", column="c0", text="x", rows=1, first_row=2, kind="unknown")
    assert (one.score, one.to) == (0.0, "")
