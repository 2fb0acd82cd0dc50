"""One series of one economy over the years: values as published, target, pace, other sources."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pandas as pd

from ileaps_views.charts.sdg_line_marks import line_figure
from ileaps_views.charts.sdg_story import group_name
from ileaps_views.findings import sdg
from ileaps_views.i18n import MISSING, _, ngettext, number
from ileaps_views.rows import records
from ileaps_views.sdg_words import nature_name, nature_symbol, value_text
from ileaps_views.theme import palette
from ileaps_views.view import LegendItem, View
from ileaps_views.wording import is_missing, one_line

if TYPE_CHECKING:
    from ileaps_views.charts.sdg_story import Other, Story


def series_over_time(story: Story, mode: str) -> View:
    """Draw the total, its parts, the target, the pace needed and the pace so far."""
    series = story.series
    unit = one_line(series["unit"])
    total = story.rows[story.rows["is_total"] & story.rows["value"].notna()].sort_values("year")
    name = one_line(series["short_name"])
    last = _point(total, -1)
    first = _first(total, story.base_year)
    bound = "" if last is None else one_line(total["bound"].iloc[-1])
    direction = 0.0 if is_missing(series["direction"]) else float(series["direction"])
    shown = story.rows[story.rows["value"].notna()]
    title = sdg.change_title(
        story.place,
        name,
        first,
        last,
        unit,
        direction,
        bound=bound,
        only_parts=not shown.empty,
    )
    years = [int(year) for year in shown["year"]]
    return View(
        id="sdg-series",
        title=title,
        takeaway=_takeaway(story, total),
        figure=line_figure(story, total, unit, mode) if len(total) else None,
        table=_table(story, unit),
        unit=unit,
        period=f"{min(years)}–{max(years)}" if years else "",
        sources=(story.source, *(each.source for each in story.others)),
        alt=_alt(total, unit, title),
        method=_(
            "Values as published. The needed path is the constant yearly rate from the base year "
            "to the target; the dashed line continues the rate so far to 2030."
        ),
        notes=_notes(story, total, unit),
        legend=_legend(total, mode),
    )


def _point(total: pd.DataFrame, position: int) -> tuple[int, float] | None:
    if total.empty:
        return None
    row = total.iloc[position]
    return int(row["year"]), float(row["value"])


def _first(total: pd.DataFrame, base_year: int | None) -> tuple[int, float] | None:
    exact = total[total["bound"].isna()]
    at_base = exact if base_year is None else exact[exact["year"].ge(base_year)]
    return _point(at_base, 0) if not at_base.empty else _point(exact, 0)


def _takeaway(story: Story, total: pd.DataFrame) -> str:
    if total.empty:
        return _("Nobody published a total for this economy: there is nothing to judge.")
    latest = total.iloc[-1]
    age = story.as_of - int(latest["year"])
    return ngettext(
        "Latest value: %(year)s, %(nature)s, %(age)s year old.",
        "Latest value: %(year)s, %(nature)s, %(age)s years old.",
        age,
    ) % {
        "year": str(int(latest["year"])),
        "nature": nature_name(latest["nature"]),
        "age": number(age),
    }


def _notes(story: Story, total: pd.DataFrame, unit: str) -> tuple[str, ...]:
    compared = total if story.compared is None else story.compared[story.compared["value"].notna()]
    notes = [disagreement(story, compared, other, unit) for other in story.others]
    note = one_line(story.series.get("direction_note"))
    breaks = total.loc[total["observation_status"].eq("break"), "year"]
    if len(breaks):
        notes.append(
            _("Break in the series in %(years)s: values before and after are not comparable.")
            % {"years": ", ".join(str(int(year)) for year in breaks)}
        )
    return tuple(text for text in (*notes, note) if text)


def disagreement(story: Story, total: pd.DataFrame, other: Other, unit: str) -> str:
    """Say how two publishers differ in the last year both have."""
    ours = dict(zip(total["year"].astype(int), total["value"].astype(float), strict=True))
    theirs = dict(zip(other.years, other.amounts, strict=True))
    common = [year for year in sorted(set(ours) & set(theirs)) if math.isfinite(theirs[year])]
    if not common:
        return _("%(other)s has no year in common with these values.") % {"other": other.name}
    year = common[-1]
    words = {
        "year": str(year),
        "ours": value_text(ours[year], unit),
        "theirs": value_text(theirs[year], unit),
        "other": other.name,
        "source": story.source,
    }
    if words["ours"] == words["theirs"]:
        return _("%(other)s gives the same for %(year)s: %(theirs)s.") % words
    return _("Sources differ for %(year)s: %(ours)s (%(source)s), %(theirs)s (%(other)s).") % words


def _alt(total: pd.DataFrame, unit: str, title: str) -> str:
    points = "; ".join(
        _("%(year)s: %(value)s") % {"year": str(int(year)), "value": value_text(value, unit, bound)}
        for year, value, bound in zip(
            total["year"].tail(8), total["value"].tail(8), total["bound"].tail(8), strict=True
        )
    )
    return _("%(title)s. Latest values: %(points)s.") % {
        "title": title,
        "points": points or _("none"),
    }


def _legend(total: pd.DataFrame, mode: str) -> tuple[LegendItem, ...]:
    colours = palette(mode)
    items = [
        LegendItem(word=nature_name(code), colour=colours.text, shape=nature_symbol(code)[1])
        for code in dict.fromkeys(one_line(nature) for nature in total["nature"])
    ]
    bounds = set(total["bound"].dropna())
    if "above" in bounds:
        items.append(LegendItem(word=_("above this number"), colour=colours.text, shape="△"))
    if "below" in bounds:
        items.append(LegendItem(word=_("below this number"), colour=colours.text, shape="▽"))
    return tuple(items)


def _table(story: Story, unit: str) -> pd.DataFrame:
    ordered = story.rows.sort_values(["is_total", "year"], ascending=[False, False])
    own = pd.DataFrame(
        {
            _("Year"): [str(int(year)) for year in ordered["year"]],
            _("Group"): [group_name(row) for row in records(ordered)],
            _("Value"): [
                value_text(value, unit, bound)
                for value, bound in zip(ordered["value"], ordered["bound"], strict=True)
            ],
            _("Origin"): [nature_name(code) for code in ordered["nature"]],
            _("Remark"): [
                MISSING
                if is_missing(code) or code == "normal"
                else one_line(code).replace("_", " ")
                for code in ordered["observation_status"]
            ],
            _("Source"): [story.source] * len(ordered),
        }
    )
    elsewhere = [
        pd.DataFrame(
            {
                _("Year"): [str(year) for year in reversed(other.years)],
                _("Group"): other.name,
                _("Value"): [value_text(value, unit) for value in reversed(other.amounts)],
                _("Origin"): nature_name(None),
                _("Remark"): MISSING,
                _("Source"): other.source,
            }
        )
        for other in story.others
    ]
    return pd.concat([own, *elsewhere], ignore_index=True)
