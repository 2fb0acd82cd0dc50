"""What is not measured in a city: every indicator of Goal 11, for the city and its country."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from ileaps_views.findings import city_profile
from ileaps_views.i18n import _, number
from ileaps_views.rows import records
from ileaps_views.sdg_words import nature_name
from ileaps_views.view import View
from ileaps_views.wording import is_missing

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

#: sign and code of what is known of an indicator in a place
SIGNS: Final[Mapping[str, str]] = {"missing": "○", "caution": "⚠", "old": "◐", "given": "●"}
OLD_AFTER: Final = 5
#: the origin of air values that stations measured, which the SDG database has no word for
STATIONS: Final = "stations"


def city_gaps(
    rows: pd.DataFrame, city: str, country: str, as_of: int, *, sources: tuple[str, ...]
) -> View:
    """List every indicator of Goal 11 with what the city and its country have of it.

    Args:
        rows: `indicator`, `short_name`, `city_year`, `city_nature`, `city_caution`,
            `country_year`, `country_nature`; years missing where there is no figure, the nature
            a code of the SDG database or `STATIONS`.
        city: the city's name.
        country: its country's name.
        as_of: the year from which a figure's age is counted.
        sources: the lines under the table.
    """
    found = records(rows)
    without = sum(is_missing(row["city_year"]) for row in found)
    return View(
        id="city-gaps",
        title=city_profile.unmeasured(city, without, len(found)),
        takeaway=_(
            "%(given)s a figure, %(old)s a figure older than %(n)s years, %(caution)s a figure "
            "hard to believe, %(missing)s none. A figure of the country says nothing about how "
            "the city differs from it."
        )
        % {**SIGNS, "n": number(OLD_AFTER)},
        table=pd.DataFrame(
            {
                _("Indicator"): [
                    _("%(indicator)s %(name)s")
                    % {"indicator": row["indicator"], "name": row["short_name"]}
                    for row in found
                ],
                city: [
                    _state(row["city_year"], row["city_nature"], row["city_caution"], as_of)
                    for row in found
                ],
                country: [
                    _state(row["country_year"], row["country_nature"], None, as_of) for row in found
                ],
            }
        ),
        sources=sources,
        period=_("as of %(year)s") % {"year": as_of},
    )


def _state(year: Any, nature: object, caution: object, as_of: int) -> str:  # noqa: ANN401 - a cell
    if is_missing(year):
        return _("%(sign)s no figure") % {"sign": SIGNS["missing"]}
    at_stations = nature == STATIONS
    origin = _("measured at stations") if at_stations else nature_name(nature)
    words = {"year": int(year), "nature": origin}
    if not is_missing(caution):
        return _("%(sign)s %(year)s, %(nature)s, hard to believe") % {
            **words,
            "sign": SIGNS["caution"],
        }
    sign = SIGNS["old" if as_of - int(year) > OLD_AFTER else "given"]
    return _("%(sign)s %(year)s, %(nature)s") % {**words, "sign": sign}
