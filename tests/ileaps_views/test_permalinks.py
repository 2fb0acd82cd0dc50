from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ileaps_views import permalinks

IDS = st.text(alphabet="abcdefgXYZ0123456789_:-", min_size=1, max_size=12)


def test_a_known_id_is_read_without_a_word() -> None:
    assert permalinks.read_one({"place": "IDN"}, "place", ["IDN", "IND"], "IND") == ("IDN", None)


def test_an_absent_value_is_the_default_and_no_misunderstanding() -> None:
    assert permalinks.read_one({}, "place", ["IDN"], "IDN") == ("IDN", None)


def test_an_unknown_id_gives_the_default_and_says_so() -> None:
    used, problem = permalinks.read_one({"place": "ATL"}, "place", ["IDN"], "IDN")
    assert used == "IDN"
    assert problem == permalinks.Misunderstood("place", "ATL", "IDN")


def test_of_several_ids_the_known_ones_stay_and_the_others_are_named() -> None:
    used, problem = permalinks.read_many({"p": "IDN,ATL,IND,MU"}, "p", ["IDN", "IND"], ())
    assert used == ("IDN", "IND")
    assert problem is not None
    assert problem.given == "ATL,MU"


def test_more_than_the_most_are_named_not_dropped_in_silence() -> None:
    used, problem = permalinks.read_many({"p": "A,B,C"}, "p", ["A", "B", "C"], (), most=2)
    assert used == ("A", "B")
    assert problem is not None
    assert problem.given == "C"


def test_only_unknown_ids_give_the_default() -> None:
    used, problem = permalinks.read_many({"p": "X"}, "p", ["A"], ("A",))
    assert used == ("A",)
    assert problem is not None


def test_a_very_long_value_is_cut_in_the_sentence() -> None:
    sentence = permalinks.Misunderstood("place", "x" * 5000, "IDN").sentence()
    assert len(sentence) < 200


def test_names_a_page_does_not_have_are_reported_but_not_streamlits_own() -> None:
    found = permalinks.unknown_names({"year": "2020", "colour": "red", "embed": "true"}, ["year"])
    assert [problem.name for problem in found] == ["colour"]


@given(st.lists(IDS, unique=True, max_size=8))
def test_many_ids_survive_the_way_into_a_link_and_back(ids: list[str]) -> None:
    link = {"p": permalinks.write_many(ids)}
    assert permalinks.read_many(link, "p", ids, ()) == (tuple(ids), None)
