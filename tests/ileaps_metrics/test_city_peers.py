"""Nearest peers: hand-computed distances, reasons, refusals, properties, bad input."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ileaps_metrics.city_peers import nearest_peers, standing

few = settings(max_examples=50, deadline=None)
NAMES = ["size", "growth", "air"]
# each column has mean 0 and standard deviation 1 (n − 1), so the values are their own z
PLACES = pd.DataFrame(
    {
        "id": ["a", "b", "c"],
        "size": [-1.0, 0.0, 1.0],
        "growth": [0.0, 1.0, -1.0],
        "air": [1.0, 0.0, -1.0],
    }
)


def test_the_distance_is_the_root_mean_square_of_the_standardised_gaps() -> None:
    found = nearest_peers(PLACES, NAMES, "a")
    # b: gaps 1, 1, −1; c: gaps 2, −1, −2
    assert found.peers["id"].tolist() == ["b", "c"]
    assert found.peers["rank"].tolist() == [1, 2]
    assert found.peers["distance"].to_numpy() == pytest.approx([1.0, 3**0.5])
    assert found.peers["n_shared"].tolist() == [3, 3]
    assert (found.refused, found.missing, found.unusable) == (None, (), ())


def test_each_peer_comes_with_its_gaps_the_most_similar_first() -> None:
    gaps = nearest_peers(PLACES, NAMES, "a").gaps
    of_c = gaps[gaps["id"] == "c"]
    assert of_c["indicator"].tolist() == ["growth", "size", "air"]
    assert of_c["gap"].to_numpy() == pytest.approx([-1, 2, -2])
    assert of_c["value"].to_numpy() == pytest.approx([-1, 1, -1])
    assert of_c["target_value"].to_numpy() == pytest.approx([0, -1, 1])
    assert of_c["share"].to_numpy() == pytest.approx([1 / 9, 4 / 9, 4 / 9])


def test_no_more_peers_than_asked_for() -> None:
    found = nearest_peers(PLACES, NAMES, "a", k=1)
    assert found.peers["id"].tolist() == ["b"]
    assert set(found.gaps["id"]) == {"b"}


def five(missing: dict[str, list[str]]) -> pd.DataFrame:
    rng = np.random.default_rng(5)
    columns = {f"i{at}": rng.normal(size=6) for at in range(6)}
    frame = pd.DataFrame({"id": list("tuvwxy")} | columns)
    for place, names in missing.items():
        frame.loc[frame["id"] == place, names] = np.nan
    return frame


INDICATORS = [f"i{at}" for at in range(6)]


def test_a_place_that_lacks_a_fifth_of_its_inputs_is_not_ranked() -> None:
    found = nearest_peers(five({"u": ["i0"], "v": ["i0", "i1"]}), INDICATORS, "t")
    assert "u" in set(found.peers["id"])
    left_out = found.left_out.set_index("id")
    assert list(left_out.index) == ["v"]
    assert left_out.loc["v", "reason"] == "inputs_missing"
    assert left_out.loc["v", "missing_share"] == pytest.approx(2 / 6)


def test_a_fifth_is_too_much() -> None:
    found = nearest_peers(five({"u": ["i0"]}), INDICATORS[:5], "t")
    assert found.left_out["id"].tolist() == ["u"]


def test_no_ranking_for_a_place_that_lacks_its_own_inputs() -> None:
    found = nearest_peers(five({"t": ["i0", "i3"]}), INDICATORS, "t")
    assert (found.refused, found.missing) == ("inputs_missing", ("i0", "i3"))
    assert len(found.peers) == 0
    assert len(found.gaps) == 0
    assert list(found.peers.columns) == ["id", "rank", "distance", "n_shared", "missing_share"]


def test_too_few_shared_indicators() -> None:
    found = nearest_peers(PLACES, ["size", "growth"], "a")
    assert found.refused == "too_few_shared"
    assert nearest_peers(PLACES, ["size", "growth"], "a", minimum_shared=2).refused is None


def test_no_candidate_is_left() -> None:
    frame = five(dict.fromkeys("uvwxy", INDICATORS[:2]) | {"t": []})
    found = nearest_peers(frame, INDICATORS, "t", minimum_shared=1)
    assert found.refused == "no_candidate"


def test_an_indicator_that_tells_nobody_apart_counts_for_nobody() -> None:
    frame = five({"t": ["i5"]}).assign(i5=[np.nan, 1, 1, 1, 1, 1])
    found = nearest_peers(frame, INDICATORS, "t")
    assert (found.unusable, found.missing, found.refused) == (("i5",), ("i5",), None)
    assert found.peers["n_shared"].tolist() == [5] * 5
    assert found.peers["missing_share"].to_numpy() == pytest.approx(0.0)


def test_the_profiles_stay_as_they_were() -> None:
    before = PLACES.copy()
    nearest_peers(PLACES, NAMES, "a")
    pd.testing.assert_frame_equal(PLACES, before)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"target": "z"}, "no row for 'z'"),
        ({"indicators": ["size", "size"]}, "each once"),
        ({"indicators": []}, "at least one indicator"),
        ({"indicators": ["wealth"]}, "lacks the column wealth"),
        ({"k": 0}, "must be 1 or more"),
        ({"minimum_shared": 0}, "must be 1 or more"),
        ({"profiles": pd.concat([PLACES, PLACES.iloc[:1]])}, "a stand in more than one row"),
    ],
)
def test_impossible_input_is_refused(change: dict[str, Any], message: str) -> None:
    arguments = {"profiles": PLACES, "indicators": NAMES, "target": "a"} | change
    with pytest.raises(ValueError, match=message):
        nearest_peers(**arguments)


tables = st.lists(
    st.tuples(*[st.floats(-100, 100).map(lambda value: round(value, 3))] * 3),
    min_size=4,
    max_size=8,
    unique=True,
)


def profiles(rows: list[tuple[float, ...]]) -> pd.DataFrame:
    ids = [f"p{at}" for at in range(len(rows))]
    return pd.DataFrame(rows, columns=NAMES).assign(id=ids)


@few
@given(rows=tables, scale=st.floats(0.01, 100), shift=st.floats(-50, 50))
def test_the_units_of_the_indicators_do_not_matter(
    rows: list[tuple[float, ...]], scale: float, shift: float
) -> None:
    frame = profiles(rows)
    one = nearest_peers(frame, NAMES, "p0", k=9, minimum_shared=1)
    other = nearest_peers(
        frame.assign(size=frame["size"] * scale + shift), NAMES, "p0", k=9, minimum_shared=1
    )
    if one.unusable == other.unusable and one.refused is None:
        mine, theirs = (found.peers.set_index("id")["distance"] for found in (one, other))
        assert theirs.to_dict() == pytest.approx(mine.to_dict(), rel=1e-6, abs=1e-9)


@few
@given(rows=tables)
def test_the_distance_is_the_same_both_ways(rows: list[tuple[float, ...]]) -> None:
    frame = profiles(rows)
    there, back = (
        nearest_peers(frame, NAMES, place, k=9, minimum_shared=1) for place in ("p0", "p1")
    )
    if there.refused is None:
        one = there.peers.set_index("id").loc["p1", "distance"]
        assert back.peers.set_index("id").loc["p0", "distance"] == pytest.approx(one)
        assert there.peers["distance"].is_monotonic_increasing


def test_where_a_value_stands_among_others() -> None:
    found = standing(30.0, [10.0, np.nan, 50.0, 30.0, 20.0])
    assert found == (4, 25.0, 2, 10.0, 50.0)
    alone = standing(30.0, [np.nan])
    assert (alone.n, alone.below, math.isnan(alone.median)) == (0, 0, True)
    assert standing(np.nan, [1.0, 2.0]).below == 0
