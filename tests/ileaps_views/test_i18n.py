from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ileaps_views import i18n

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def _english_afterwards() -> Iterator[None]:
    yield
    i18n.activate("en")


@pytest.mark.parametrize(
    ("thousands", "shown"),
    [
        (3_382_500.0, "3.38 billion"),
        (999_499.0, "999.5 million"),
        (999_500.0, "1.00 billion"),
        (154_188.5, "154.2 million"),
        (999.4, "999,000"),
        (12.34, "12,300"),
        (1.6, "1,600"),
        (0.0, "0"),
        (float("nan"), "–"),
        (None, "–"),
    ],
)
def test_population_is_said_in_the_unit_a_person_would_use(
    thousands: float | None, shown: str
) -> None:
    assert i18n.population(thousands) == shown


def test_a_negative_number_has_a_true_minus_sign_and_zero_has_no_sign() -> None:
    assert i18n.signed(-0.347, 2) == "−0.35"
    assert i18n.signed(0.004, 2) == "0.00"
    assert i18n.signed(-0.004, 2) == "0.00"


@pytest.mark.parametrize(
    ("published", "shown"),
    [
        ("2018", "2018"),
        ("2018-05", "May 2018"),
        ("2018-05-03", "3 May 2018"),
        ("2018-13", "2018-13"),
        ("spring", "spring"),
        ("", "undated"),
        (None, "undated"),
    ],
)
def test_a_date_keeps_the_precision_it_was_published_with(published: str, shown: str) -> None:
    assert i18n.partial_date(published) == shown


def test_an_unknown_language_leaves_english() -> None:
    assert i18n.activate("<script>") == "en"
    assert i18n.gettext("Cities") == "Cities"


def test_the_pseudo_language_marks_every_message() -> None:
    i18n.activate(i18n.PSEUDO)
    assert i18n.gettext("Cities") == "⟦Cities⟧"
    assert i18n.ngettext("%(n)s city", "%(n)s cities", 1) % {"n": 1} == "⟦1 city⟧"
