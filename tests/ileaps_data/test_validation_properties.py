"""What holds of any file: a right one stays right in any order, a planted mistake is found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ileaps_data.checked_uploads import OBSERVATION, Upload, found, written

if TYPE_CHECKING:
    from collections.abc import Callable

FEW = settings(max_examples=25, deadline=None)

VALUES = st.one_of(
    st.integers(-(10**15), 10**15).map(str),
    st.floats(allow_nan=False, allow_infinity=False).map(repr),
)
MISTAKES: dict[str, tuple[str, Callable[[str], str]]] = {
    "not_a_number": ("value", lambda text: f"n{text}"),
    "number_not_finite": ("value", lambda _: "inf"),
    "required_missing": ("group", lambda _: ""),
    "not_a_date": ("period_end", lambda text: f"{text}-99"),
    "date_does_not_exist": ("period_end", lambda text: f"{text}-02-30"),
    "unknown_reference": ("source_id", lambda text: f"{text}x"),
    "not_in_codelist": ("qualifier", lambda text: text.upper()),
}

# many control characters make a file "binary data" to the reader
ANY_TEXT = st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=12)


@st.composite
def right_rows(draw: st.DrawFn) -> list[dict[str, str]]:
    years = draw(st.lists(st.integers(1000, 2025), min_size=1, max_size=30, unique=True))
    return [
        OBSERVATION
        | {"observation_id": f"o{year}", "period_start": "", "period_end": str(year)}
        | {
            "value": draw(VALUES),
            "indicator_id": draw(st.sampled_from(["buses", "riders"])),
            "qualifier": draw(st.sampled_from(["exact", "about", "at_least", "at_most"])),
            "value_kind": draw(st.sampled_from(["reported", "announced", "intended"])),
            "note": draw(st.text("ab 가,;\"'", max_size=5)),
        }
        for year in years
    ]


@FEW
@given(rows=right_rows(), order=st.randoms())
def test_a_right_file_stays_right_in_any_order(rows: list[dict[str, str]], order: object) -> None:
    order.shuffle(rows)  # type: ignore[attr-defined]
    with Upload(written(rows)) as upload:
        report = upload.report
        assert report.ok
        assert report.count("error") == 0
        accepted = report.accepted("observations").df()
        assert list(accepted["observation_id"]) == [row["observation_id"] for row in rows]
        assert list(accepted["value"]) == [float(row["value"]) for row in rows]
        assert list(accepted["period_end"]) == [row["period_end"] for row in rows]


@FEW
@given(rows=right_rows(), data=st.data())
def test_planted_mistakes_are_found_at_their_rows(
    rows: list[dict[str, str]], data: st.DataObject
) -> None:
    places = data.draw(st.sets(st.integers(0, len(rows) - 1)))
    planted = set()
    for place in places:
        code = data.draw(st.sampled_from(sorted(MISTAKES)))
        field, spoil = MISTAKES[code]
        rows[place][field] = spoil(rows[place][field])
        planted.add((code, place + 2, field, rows[place][field].strip() or None))
    with Upload(written(rows)) as upload:
        report = upload.report
        severe = {p for p in found(report) if p[0] in MISTAKES}
        assert severe == planted
        assert report.rows_with_errors == len(planted)
        assert len(report.accepted("observations").df()) == len(rows) - len(planted)


@FEW
@given(cells=st.lists(ANY_TEXT, min_size=12, max_size=12))
def test_any_text_is_checked_without_failing(cells: list[str]) -> None:
    row = dict(zip(OBSERVATION, cells, strict=True))
    rows = [OBSERVATION, OBSERVATION | {"observation_id": "x", "period_end": "2021"} | row]
    with Upload(written(rows)) as upload:
        report = upload.report
        assert report.rows + report.rows_set_aside >= 1
        worded = report.worded()
        assert worded["problem"].notna().all()
        assert "o1" in set(report.accepted("observations").df()["observation_id"])
