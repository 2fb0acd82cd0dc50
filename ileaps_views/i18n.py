"""Language of everything a person reads: messages, numbers, dates.

English is the source text. The active language is kept per thread of execution, because one
server process answers many people at once.
"""

from __future__ import annotations

import datetime as dt
import gettext as _gettext
import math
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path
from typing import Final, TypeGuard

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal

DOMAIN: Final = "city_i_leaps"
LOCALES: Final = Path(__file__).parent / "locale"
LANGUAGES: Final[dict[str, str]] = {"en": "English"}
PSEUDO: Final = "pseudo"
MISSING: Final = "–"


class PseudoTranslations(_gettext.NullTranslations):
    """Marks every translated message, so that a string that bypasses gettext stands out.

    >>> PseudoTranslations().gettext("Cities")
    '⟦Cities⟧'
    """

    def gettext(self, message: str) -> str:
        """Return the message between marks."""
        return f"⟦{message}⟧"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Return the form for n between marks, by the English plural rule."""
        return f"⟦{msgid1 if n == 1 else msgid2}⟧"


_language: ContextVar[str] = ContextVar("language", default="en")


@lru_cache(maxsize=16)
def _translations(language: str) -> _gettext.NullTranslations:
    if language == PSEUDO:
        return PseudoTranslations()
    return _gettext.translation(DOMAIN, LOCALES, languages=[language], fallback=True)


@lru_cache(maxsize=16)
def _locale(language: str) -> Locale:
    return Locale.parse("en" if language == PSEUDO else language)


def activate(language: str) -> str:
    """Make a language the active one for what follows; an unknown one leaves English.

    >>> activate("en")
    'en'
    """
    chosen = language if language in LANGUAGES or language == PSEUDO else "en"
    _language.set(chosen)
    return chosen


def active() -> str:
    """Return the active language code."""
    return _language.get()


def gettext(message: str) -> str:
    """Translate a message.

    >>> gettext("Cities")
    'Cities'
    """
    return _translations(_language.get()).gettext(message)


_ = gettext


def ngettext(singular: str, plural: str, n: int) -> str:
    """Translate a message that depends on a count.

    >>> ngettext("%(n)s city", "%(n)s cities", 2) % {"n": 2}
    '2 cities'
    """
    return _translations(_language.get()).ngettext(singular, plural, n)


@lru_cache(maxsize=4096)
def _decimal(value: float, digits: int, language: str) -> str:
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    text: str = format_decimal(round(value, digits), format=pattern, locale=_locale(language))
    return text


def _present(value: float | None) -> TypeGuard[float]:
    return value is not None and math.isfinite(value)


def number(value: float | None, digits: int = 0) -> str:
    """Write a number by the language's rules; a missing one as a dash.

    >>> number(1234.56, 1), number(float("nan"))
    ('1,234.6', '–')
    """
    if not _present(value):
        return MISSING
    rounded = round(float(value), digits)
    return _decimal(rounded + 0.0, digits, _language.get())


def percent(value: float | None, digits: int = 1) -> str:
    """Write a value that is already in per cent.

    >>> percent(51.012)
    '51.0%'
    """
    return f"{number(value, digits)}%" if _present(value) else MISSING


def signed(value: float | None, digits: int = 1) -> str:
    """Write a number with its sign, a true minus sign included.

    >>> signed(-0.35, 2), signed(1.5), signed(0.0)
    ('−0.35', '+1.5', '0.0')
    """
    if not _present(value):
        return MISSING
    rounded = round(float(value), digits)
    if rounded == 0:
        return number(0.0, digits)
    return ("+" if rounded > 0 else "−") + number(abs(rounded), digits)


def population(thousands: float | None) -> str:
    """Write a population given in thousands, in the unit a person would say it in.

    >>> population(1102800.0), population(21006.4), population(613.2), population(0.8)
    ('1.10 billion', '21.0 million', '613,000', '800')
    """
    if not _present(thousands):
        return MISSING
    size = abs(thousands)
    if size >= 999_500:
        return gettext("%(n)s billion") % {"n": number(thousands / 1e6, 2)}
    if size >= 999.5:
        return gettext("%(n)s million") % {"n": number(thousands / 1e3, 1)}
    return number(round(thousands * 1000, -3 if size >= 100 else -2 if size >= 10 else 0))


_YEAR, _MONTH, _DAY = 4, 7, 10


def partial_date(text: str | None) -> str:
    """Write a date to the precision it was published with; a missing one as "undated".

    >>> partial_date("2018-05-03"), partial_date("2018-05"), partial_date("2018")
    ('3 May 2018', 'May 2018', '2018')
    >>> partial_date(None)
    'undated'
    """
    if not isinstance(text, str) or not text:
        return gettext("undated")
    locale = _locale(_language.get())
    try:
        if len(text) == _YEAR:
            return str(int(text))
        if len(text) == _MONTH:
            month: str = format_skeleton("yMMM", dt.date.fromisoformat(f"{text}-01"), locale=locale)
            return month
        if len(text) == _DAY:
            pattern = "d MMM y" if locale.language == "en" else "medium"
            day: str = format_date(dt.date.fromisoformat(text), pattern, locale=locale)
            return day
    except ValueError:
        return text
    return text
