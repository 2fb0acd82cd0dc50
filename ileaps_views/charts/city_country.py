"""What is published on Goal 11 for the country a city lies in, labelled as the country's."""

from __future__ import annotations

from typing import Final

import pandas as pd

from ileaps_views import sdg_methods
from ileaps_views.i18n import _, ngettext, number
from ileaps_views.rows import records
from ileaps_views.sdg_statuses import mark, shown_code
from ileaps_views.sdg_words import nature_name, value_text
from ileaps_views.view import View

_BARE: Final = frozenset({"number", "index", "ratio"})  # units that say nothing beside a value


def country_values(rows: pd.DataFrame, country: str, *, source: str) -> View:
    """List what is published on Goal 11 for the country a city lies in, as the country's.

    Args:
        rows: `indicator`, `short_name`, `unit`, `year`, `value`, `bound`, `nature`, `location`
            and, by Statistics Canada's method, `status` and `reason`.
        country: the country's name.
        source: the line under the table.
    """
    found = records(rows)
    statcan = sdg_methods.method("statcan")
    title = ngettext(
        "%(country)s as a whole: %(n)s indicator of Goal 11",
        "%(country)s as a whole: %(n)s indicators of Goal 11",
        len(found),
    ) % {"country": country, "n": number(len(found))}
    return View(
        id="country-goal-values",
        title=title,
        takeaway=_("These are figures of the country, not of the city.")
        if found
        else _("No figure of the country is published either."),
        table=pd.DataFrame(
            {
                _("Indicator"): [
                    _("%(indicator)s %(name)s")
                    % {"indicator": row["indicator"], "name": row["short_name"]}
                    for row in found
                ],
                _("Country's latest value"): [
                    _("%(value)s (%(year)s), %(origin)s")
                    % {
                        "value": value_text(
                            row["value"], "" if row["unit"] in _BARE else row["unit"], row["bound"]
                        ),
                        "year": int(row["year"]),
                        "origin": nature_name(row["nature"]),
                    }
                    for row in found
                ],
                _("Status by Statistics Canada's method"): [
                    mark(shown_code(row["status"], row["reason"])).label for row in found
                ],
            }
        ),
        period=f"{rows['year'].min()}–{rows['year'].max()}" if found else "",
        sources=(source,),
        method=_("Latest value as published. Status by %(method)s: %(text)s")
        % {"method": statcan.name, "text": statcan.sentences},
    )
