"""The catalogue of methods: complete, marked, and with the numbers that the code uses."""

from __future__ import annotations

import re

import pytest

from ileaps_metrics import (
    data_gaps,
    land_use,
    leaps_stages,
    pilot_forecast,
    pilot_status,
    scaling_readiness,
    sdg_trend_codes,
    sdg_trends,
)
from ileaps_views import i18n, methods
from ileaps_views.sdg_methods import method as told

CATALOGUE = methods.catalogue()
WANTED = {
    *("growth", "decomposition", "city_sizes", "interpolation", "claims"),
    *("linear_pace", "undp_rag", "stages", "conflicts", "forecast", "readiness"),
    *("sdsn", "statcan", "unsd", "after_escap", "land_use", "data_gaps", "peers"),
    *("did", "its", "dose_response", "synthetic_control"),
}


def words(method_id: str) -> str:
    method = CATALOGUE[method_id]
    return " ".join((method.answers, method.symbols, *method.rules, method.source, method.checked))


def test_every_method_of_the_product_is_there() -> None:
    assert set(CATALOGUE) >= WANTED
    assert set(CATALOGUE) >= set(pilot_status.METHODS)
    assert set(CATALOGUE) >= set(sdg_trends.METHODS)


@pytest.mark.parametrize("method_id", list(CATALOGUE))
def test_each_says_what_it_answers_its_source_its_rules_and_how_far_it_was_checked(
    method_id: str,
) -> None:
    method = CATALOGUE[method_id]
    assert method.answers.endswith("?")
    assert method.source
    assert method.checked
    assert method.rules
    assert method.formulas or method.symbols or method.mark == "ours"
    assert method.mark in methods.MARKS
    assert method.group in methods.GROUPS
    assert method.pages
    assert all(rule.endswith(".") for rule in method.rules)


@pytest.mark.parametrize("method_id", list(CATALOGUE))
def test_formulas_hold_no_word_of_any_language(method_id: str) -> None:
    for formula in CATALOGUE[method_id].formulas:
        bare = re.sub(r"\\mathrm\{(SE|rank)\}|\\[A-Za-z]+", "", formula)
        assert not re.search(r"[A-Za-z]{3}", bare), formula
        assert formula.count("{") == formula.count("}")


def test_marks_have_four_shapes_and_four_words() -> None:
    every = [methods.mark_words(mark) for mark in methods.MARKS]
    assert len({each.shape for each in every}) == len({each.word for each in every}) == 4


def test_what_could_not_be_verified_says_so() -> None:
    for method_id in ("after_escap", "interpolation", "city_sizes", "few_clusters"):
        assert CATALOGUE[method_id].mark == "memory"
    assert CATALOGUE["unsd"].mark == "read"
    assert "not in the note itself" in CATALOGUE["unsd"].checked
    assert CATALOGUE["readiness"].mark == "ours"
    assert "no standard" in CATALOGUE["readiness"].checked


def test_numbers_in_the_words_are_those_of_the_code() -> None:
    assert f"{leaps_stages.UNKNOWN_AFTER_MONTHS} months" in words("stages")
    assert (leaps_stages.MIN_SPELLS, leaps_stages.MIN_EXITS) == (10, 5)
    assert "ten stays of which five ended" in words("stages")
    rules = (
        pilot_forecast.MIN_POINTS,
        pilot_forecast.MIN_SPAN_YEARS,
        pilot_forecast.MAX_AGE_YEARS,
    )
    assert rules == (5, 2.0, 3.0)
    assert "five comparable dated points over two years, the last under three" in words("forecast")
    assert data_gaps.USUAL_AGE == 5
    assert "five years" in words("data_gaps")
    assert f"under {land_use.NEAR_ZERO_GROWTH:.2%}" in words("land_use")
    assert f"{sdg_trend_codes.LIMIT_EXPONENT}" in " ".join(CATALOGUE["statcan"].formulas)
    assert len(scaling_readiness.FACTORS) == 7
    assert "The seven:" in words("readiness")


@pytest.mark.parametrize("method_id", ["statcan", "unsd", "after_escap", "sdsn"])
def test_thresholds_are_told_in_the_same_words_as_on_the_sdg_pages(method_id: str) -> None:
    assert told(method_id).thresholds in CATALOGUE[method_id].rules
    assert CATALOGUE[method_id].name == told(method_id).name


def test_another_language_gets_another_catalogue() -> None:
    i18n.activate(i18n.PSEUDO)
    try:
        assert all("⟦" in method.name for method in methods.catalogue().values())
        assert "⟦" in methods.title()
    finally:
        i18n.activate("en")


def test_the_title_counts_the_marks() -> None:
    marks = [method.mark for method in CATALOGUE.values()]
    assert methods.title().startswith(f"{len(marks)} methods: {marks.count('reproduced')} reprod")
