from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ileaps_data.schema import Field, Kind, Table, problems, typed, unresolved_references
from ileaps_data.tables import TABLES

PLANTS = Table(
    name="plants",
    title="Plants",
    description="For these tests.",
    fields=(
        Field(name="plant", kind=Kind.TEXT, description="Key", required=True, unique=True),
        Field(name="height", kind=Kind.NUMBER, description="Height", minimum=0, maximum=10),
        Field(name="leaves", kind=Kind.INTEGER, description="Count"),
        Field(name="sown_on", kind=Kind.PARTIAL_DATE, description="Sown"),
        Field(name="evergreen", kind=Kind.BOOLEAN, description="In winter"),
        Field(name="size", kind=Kind.TEXT, description="Class", enum=("low", "tall")),
        Field(name="beside", kind=Kind.TEXT_LIST, description="Near", refers_to="plants.plant"),
    ),
    key=("plant",),
)


def plants(**columns: list[object]) -> pd.DataFrame:
    rows = len(next(iter(columns.values())))
    empty = {name: [""] * rows for name in PLANTS.columns}
    return pd.DataFrame(empty | columns)


def test_empty_text_is_missing_in_every_type_and_rows_are_sorted() -> None:
    frame = typed(plants(plant=["yew", "ash"], leaves=["", "12"], evergreen=["TRUE", ""]), PLANTS)
    assert frame["plant"].tolist() == ["ash", "yew"]
    assert frame["leaves"].tolist() == [12, pd.NA]
    assert frame["evergreen"].tolist() == [pd.NA, True]
    assert frame[["height", "sown_on", "size"]].isna().all(axis=None)
    assert problems(frame, PLANTS) == []


def test_the_callers_frame_is_left_alone() -> None:
    given_frame = plants(plant=["yew", "ash"], height=["1", "2"])
    before = given_frame.copy()
    typed(given_frame, PLANTS)
    pd.testing.assert_frame_equal(given_frame, before)


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("height", "tall", "table plants, column height: not number"),
        ("leaves", "1.5", "table plants, column leaves: not integer"),
        ("evergreen", "perhaps", "column evergreen: not boolean (neither true nor false: perhaps)"),
    ],
)
def test_a_value_of_another_type_is_named(column: str, value: str, said: str) -> None:
    with pytest.raises(ValueError, match="table plants") as raised:
        typed(plants(**{"plant": ["yew"], column: [value]}), PLANTS)
    assert said in str(raised.value)


def test_a_missing_column_is_named() -> None:
    with pytest.raises(ValueError, match="table plants: no column height, leaves"):
        typed(plants(plant=["yew"]).drop(columns=["height", "leaves"]), PLANTS)


def test_every_problem_is_listed() -> None:
    frame = typed(
        plants(
            plant=["yew", "yew", ""],
            height=["-1", "11", ""],
            sown_on=["2018-13", "2018-12-31", "2018"],
            size=["low", "huge", ""],
        ),
        PLANTS,
    )
    assert problems(frame, PLANTS) == [
        "plants.plant: 1 values are missing",
        "plants.plant: not unique: yew",
        "plants.height: below 0: -1.0",
        "plants.height: above 10: 11.0",
        f"plants.sown_on: not written as {PLANTS.field('sown_on').effective_pattern}: 2018-13",
        "plants.size: not in the codelist: huge; known: low, tall",
        "plants: 1 rows repeat the key (plant), the first is yew",
    ]


def test_references_are_followed_through_lists() -> None:
    frame = typed(plants(plant=["ash", "yew"], beside=["yew;oak", ""]), PLANTS)
    assert unresolved_references({"plants": frame}, {"plants": PLANTS}) == [
        "plants.beside: not in plants.plant: oak"
    ]


@given(
    st.lists(st.tuples(st.text("abc", min_size=1), st.floats(0, 10)), min_size=1, max_size=20),
    st.randoms(use_true_random=False),
)
@settings(max_examples=50, deadline=None)
def test_the_order_rows_came_in_does_not_matter(
    rows: list[tuple[str, float]], random: object
) -> None:
    unique = list({name: (name, height) for name, height in rows}.values())
    shuffled = unique.copy()
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    frames = [
        typed(plants(plant=[name for name, _ in each], height=[high for _, high in each]), PLANTS)
        for each in (unique, shuffled)
    ]
    pd.testing.assert_frame_equal(*frames)


@pytest.mark.parametrize("name", sorted(TABLES))
def test_declarations_hold_together(name: str) -> None:
    table = TABLES[name]
    assert table.name == name
    assert len(set(table.columns)) == len(table.columns)
    assert set(table.key) <= set(table.columns)
    for field in table.fields:
        assert field.description
        if field.refers_to:
            other, column = field.refers_to.split(".")
            assert column in TABLES[other].columns
