"""Files that can be read: encodings, separators, headers, numbers, and what is said about them."""

from __future__ import annotations

import hashlib
import io
from typing import TYPE_CHECKING

import duckdb
import pytest

from ileaps_data.readers import Dialect, RawTables, detect, number_expression, read

if TYPE_CHECKING:
    from pathlib import Path

KOREAN = "도시;인구\n서울;9,7\n부산;3,4\n"
ROWS = [(2, "서울", "9,7"), (3, "부산", "3,4")]


def rows(tables: RawTables) -> list[tuple[object, ...]]:
    table = tables.only
    return table.connection.execute(f"SELECT * FROM {table.relation} ORDER BY _row").fetchall()  # noqa: S608


def codes(dialect: Dialect) -> set[str]:
    return {evidence.code for evidence in dialect.evidence}


@pytest.mark.parametrize(
    ("data", "encoding", "why"),
    [
        (KOREAN.encode(), "utf-8", "valid_utf_8"),
        (KOREAN.encode("utf-8-sig"), "utf-8", "byte_order_mark"),
        (KOREAN.encode("utf-16"), "utf-16-le", "byte_order_mark"),
        (b"\xfe\xff" + KOREAN.encode("utf-16-be"), "utf-16-be", "byte_order_mark"),
        (KOREAN.encode("utf-16-le"), "utf-16-le", "zero_bytes_in_pairs"),
        (KOREAN.encode("utf-16-be"), "utf-16-be", "zero_bytes_in_pairs"),
        (KOREAN.encode("cp949"), "cp949", "korean_syllables"),
        (KOREAN.encode("euc-kr"), "cp949", "korean_syllables"),
    ],
)
def test_korean_text_is_read_in_every_encoding(data: bytes, encoding: str, why: str) -> None:
    with read(data, "a.csv") as tables:
        assert rows(tables) == ROWS
        assert tables.only.columns == ("도시", "인구")
        assert tables.dialect.encoding == encoding
        assert why in codes(tables.dialect)


def test_a_syllable_outside_the_standard_set_is_cp949() -> None:
    with read("이름,값\n똠방각하,1\n서울시청,2\n".encode("cp949"), "a.csv") as tables:
        assert rows(tables)[0] == (2, "똠방각하", "1")


def test_western_accents_are_windows_1252() -> None:
    with read("city\tname\nSão Paulo\tBogotá “x”\n".encode("cp1252"), "a.csv") as tables:
        assert rows(tables) == [(2, "São Paulo", "Bogotá “x”")]
        assert tables.dialect.encoding == "cp1252"


def test_an_encoding_that_shows_only_far_into_the_file_is_still_found() -> None:
    plain = "city,value\n" + "Seoul,1\n" * 200_000
    with read((plain + "서울,2\n부산,3\n").encode("cp949"), "a.csv") as tables:
        assert tables.dialect.encoding == "cp949"
        assert rows(tables)[-1] == (200_003, "부산", "3")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_every_separator_is_found_and_named(delimiter: str) -> None:
    text = "\n".join(delimiter.join(row) for row in [("a b", "c"), ("x", "1"), ("y", "2")])
    with read(text.encode(), "a.csv") as tables:
        assert tables.dialect.delimiter == delimiter
        assert rows(tables) == [(2, "x", "1"), (3, "y", "2")]


def test_decimal_commas_do_not_count_as_separators() -> None:
    with read(b"city;share;pop\nA;1,5;2,5\nB;3,5;4,5\n", "a.csv") as tables:
        assert tables.dialect.delimiter == ";"


@pytest.mark.parametrize(
    ("newline", "named"), [("\n", "\n"), ("\r\n", "\r\n"), ("\r", "\r"), (None, "mixed")]
)
def test_every_line_end_is_read(newline: str | None, named: str) -> None:
    text = "a,b\r\n1x,2\n3x,4\r5x,6\n" if newline is None else "a,b\n1x,2\n3x,4\n5x,6\n"
    data = text if newline is None else text.replace("\n", newline)
    with read(data.encode(), "a.csv") as tables:
        assert rows(tables) == [(2, "1x", "2"), (3, "3x", "4"), (4, "5x", "6")]
        assert tables.dialect.newline == named


def test_titles_above_the_header_are_passed_over_and_rows_keep_their_numbers() -> None:
    text = "Table 3: population,,\n\ncity,year,value\nSeoul,2018,9.7\n"
    with read(text.encode(), "a.csv") as tables:
        assert tables.dialect.header_row == 3
        assert rows(tables) == [(4, "Seoul", "2018", "9.7")]


def test_years_can_be_column_names() -> None:
    with read(b"city,2015,2016\nSeoul,1,2\n", "a.csv") as tables:
        assert tables.only.columns == ("city", "2015", "2016")


def test_a_first_column_may_lack_its_name() -> None:
    with read(b",value\nSeoul,1\n", "a.csv") as tables:
        assert tables.only.columns == ("", "value")
        assert tables.only.problem_counts == {"no_column_name": 1}


def test_a_header_over_two_lines_of_text_is_one_row() -> None:
    with read(b'"city\nname",value\nSeoul,1\n', "a.csv") as tables:
        assert tables.only.columns == ("city\nname", "value")
        assert rows(tables) == [(2, "Seoul", "1")]


def test_what_was_detected_can_be_corrected() -> None:
    data = b"1,2\n3,4\n"
    with read(data, "a.csv", dialect=Dialect(header_row=0)) as tables:
        assert tables.only.columns == ("1", "2")
        assert rows(tables) == [(1, "1", "2"), (2, "3", "4")]
    with read("ÀÎ±¸,n\nx,1\n".encode("cp1252"), "a", dialect=Dialect(encoding="cp949")) as tables:
        assert tables.only.columns[0] == "인구"
    asked = Dialect(delimiter="|", decimal=",", thousands=".")
    with read(b"a,b|c\nx|1\n", "a.csv", dialect=asked) as tables:
        assert tables.only.columns == ("a,b", "c")
        assert (tables.dialect.decimal, tables.dialect.thousands) == (",", ".")


def test_blank_rows_are_counted_and_leave_the_numbers_as_they_are() -> None:
    with read(b"a,b\nx,1\n\n,\n   \ny,2\n\n\n", "a.csv") as tables:
        assert rows(tables) == [(2, "x", "1"), (6, "y", "2")]
        assert tables.only.blank_rows == 3
        assert tables.only.problem_counts == {}


def test_quoted_line_breaks_stay_in_their_cell() -> None:
    with read(b'a,b\n"x\n\ny",1\nz,2\n', "a.csv") as tables:
        assert rows(tables) == [(2, "x\n\ny", "1"), (3, "z", "2")]


def test_formulas_markup_and_huge_numbers_are_text_like_any_other() -> None:
    cells = ['=HYPERLINK(""http://x"")', "<script>alert(1)</script>", "1e309", "+1", "@x"]
    text = "name,n\n" + "".join(f'"{cell}",1\n' for cell in cells)
    with read(text.encode(), "a.csv") as tables:
        assert [row[1] for row in rows(tables)] == [c.replace('""', '"') for c in cells]


def test_text_from_right_to_left_and_thaana_is_kept() -> None:
    with read("name,n\nހުޅުމާލެ,1\nأبو ظبي,2\n".encode(), "a.csv") as tables:
        assert [row[1] for row in rows(tables)] == ["ހުޅުމާލެ", "أبو ظبي"]


def test_repeated_headers_stay_and_are_a_problem() -> None:
    with read(b"a,b,a\nx,y,z\n", "a.csv") as tables:
        assert tables.only.columns == ("a", "b", "a")
        problem = tables.only.problems.iloc[0]
        assert (problem["code"], problem["column"]) == ("duplicate_header", "a")
        assert problem["parameters"] == {"place": 3, "first_place": 1}


def test_path_bytes_and_stream_give_the_same_and_name_their_content(tmp_path: Path) -> None:
    data = KOREAN.encode("cp949")
    path = tmp_path / "x"
    path.write_bytes(data)
    found = []
    for source in (path, data, io.BytesIO(data)):
        with read(source, "../../etc/도시.csv") as tables:
            found.append((rows(tables), tables.sha256, tables.bytes, tables.name))
    expected = (ROWS, hashlib.sha256(data).hexdigest(), len(data), "도시.csv")
    assert found == [expected] * 3


def test_detect_says_what_read_does() -> None:
    data = KOREAN.encode("cp949")
    with read(data, "a.csv") as tables:
        assert detect(data, "a.csv") == tables.dialect


def test_the_shown_frame_has_the_headers_and_the_row_numbers() -> None:
    with read(b"a,b\nx,1\n\ny,\n", "a.csv") as tables:
        frame = tables.only.frame()
        assert frame.index.tolist() == [2, 4]
        assert frame["b"].isna().tolist() == [False, True]


@pytest.mark.parametrize(
    ("cells", "decimal", "thousands"),
    [
        (["1.234,5", "1.234"], ",", "."),
        (["1,234.5"], ".", ","),
        (["1,234,567", "12"], ".", ","),
        (["1 234,5"], ",", " "),
        (["1'234.5"], ".", "'"),
        (["0,5", "12"], ",", ""),
        (["12.5", "7"], ".", ""),
        (["１２，５"], ",", ""),
        (["-3,75", "1.500"], ",", "."),
    ],
)
def test_decimal_and_thousands_signs_come_from_shapes_that_read_one_way(
    cells: list[str], decimal: str, thousands: str
) -> None:
    text = "name\tvalue\n" + "".join(f"x\t{cell}\n" for cell in cells)
    found = detect(text.encode(), "a.csv")
    assert (found.decimal, found.thousands) == (decimal, thousands)
    assert "number_format_ambiguous" not in codes(found)


def test_a_guess_about_numbers_is_called_one() -> None:
    found = detect(b"name;value\nx;1,234\n", "a.csv")
    assert (found.decimal, found.thousands) == (".", ",")
    assert "number_format_ambiguous" in codes(found)
    mixed = detect(b"name;value\nx;1,5\ny;2.5\nz;2,75\n", "a.csv")
    assert mixed.decimal == ","
    assert "number_formats_mixed" in codes(mixed)


@pytest.mark.parametrize(
    ("text", "decimal", "thousands", "number"),
    [
        ("1234.5", ".", "", 1234.5),
        (" 12 ", ".", "", 12.0),
        ("1,234.5", ".", ",", 1234.5),
        ("1,23,4", ".", ",", None),
        ("1234", ".", ",", 1234.0),
        ("1.234,5", ",", ".", 1234.5),
        ("12.5", ",", ".", None),
        ("1\u202f234,5", ",", " ", 1234.5),
        ("1’234.5", ".", "'", 1234.5),
        ("１２．５", ".", "", 12.5),
        ("−3", ".", "", -3.0),
        ("-1e3", ",", "", -1000.0),
        ("1e309", ".", "", None),
        ("nan", ".", "", None),
        ("inf", ",", "", None),
        ("1_000", ".", "", None),
        ("12%", ".", "", None),
        ("", ".", "", None),
        (None, ",", ".", None),
    ],
)
def test_numbers_are_read_by_the_dialect(
    text: str | None, decimal: str, thousands: str, number: float | None
) -> None:
    sql = number_expression("v", Dialect(decimal=decimal, thousands=thousands))
    with duckdb.connect() as connection:
        found = connection.execute(f"SELECT {sql} FROM (SELECT ?::VARCHAR AS v)", [text]).fetchall()  # noqa: S608
    assert found == [(number,)]


@pytest.mark.parametrize(
    "wrong",
    [{"encoding": "latin-9"}, {"delimiter": "ab"}, {"decimal": ",", "thousands": ","}],
)
def test_a_dialect_nobody_can_read_is_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"none of|must differ"):
        Dialect(**wrong)
