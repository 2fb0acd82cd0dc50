"""The views of SDG progress, each computed once for a choice and kept for the next viewer."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import streamlit as st

from ileaps_views import i18n, show
from ileaps_views.charts.sdg_cities import city_indicator, city_values
from ileaps_views.charts.sdg_distance import distance_to_target
from ileaps_views.charts.sdg_goals import goal_panel, goals_matrix
from ileaps_views.charts.sdg_indicators import (
    indicators_matrix,
    method_paragraphs,
    statuses_by_method,
)
from ileaps_views.charts.sdg_lines import series_over_time
from ileaps_views.charts.sdg_matrix import Row, clicked_cell
from ileaps_views.charts.sdg_story import Other, Path, Story, parts_of
from ileaps_views.i18n import gettext as _
from ileaps_views.sdg_words import dimension_name
from ileaps_views.text import plain
from pages import frames, sdg_frames
from pages.frames import kept

if TYPE_CHECKING:
    from ileaps_views.view import View
    from pages.frames import Look


def _rows(group: str) -> list[Row]:
    names = frames.economy_names(group)
    groups = frames.subregion_names()
    members = frames.members()
    of = dict(zip(members["iso3"], members["subregion_id"], strict=True))
    order = list(groups)
    ids = sorted(names, key=lambda iso3: (order.index(of[iso3]), names[iso3]))
    return [Row(iso3, names[iso3], groups[of[iso3]]) for iso3 in ids]


def _source(code: str) -> str:
    return frames.sources().line(sdg_frames.about(code)["source_id"])


def _report_source(edition: str) -> str:
    return frames.sources().line(f"sdsn_sdr_{edition}")


@kept
def goals(edition: str, group: str, look: Look) -> View:
    """Draw economies by goals."""
    return goals_matrix(
        sdg_frames.report_goals(edition),
        _rows(group),
        look.mode,
        edition=edition,
        source=_report_source(edition),
        agreement=sdg_frames.agreement(edition),
    )


@kept
def goal(edition: str, iso3: str, number: int, look: Look) -> View:  # noqa: ARG001 - the language is part of the key
    """List what is behind one goal of one economy."""
    rated = sdg_frames.report_goals(edition)
    own = rated[rated["iso3"].eq(iso3) & rated["goal"].eq(number)]
    behind = sdg_frames.report_indicators(edition)
    return goal_panel(
        frames.economy_names()[iso3],
        number,
        None if own.empty else own.iloc[0].to_dict(),
        behind[behind["iso3"].eq(iso3) & behind["goal"].eq(number)],
        source=_report_source(edition),
    )


@kept
def indicators(goal: str, method: str, group: str, look: Look) -> View:
    """Draw economies by indicators, judged by one method."""
    return indicators_matrix(
        sdg_frames.progress(method),
        sdg_frames.main_series(goal),
        _rows(group),
        method,
        look.mode,
        source=frames.sources().line(sdg_frames.UNSD),
        cities_only=sdg_frames.city_pairs(),
    )


@kept
def over_time(code: str, iso3: str, beside: str, look: Look) -> View:
    """Draw one series of one economy with its target and its paths."""
    course = sdg_frames.course(code, iso3)
    judged = sdg_frames.judgements(code, iso3)
    base = judged[0]["base_year"] if judged else None
    story = Story(
        place=frames.economy_names()[iso3],
        series=sdg_frames.about(code),
        rows=sdg_frames.rows_of(code, iso3),
        source=_source(code),
        as_of=this_year(),
        base_year=None if base is None or base != base else int(base),  # noqa: PLR0124 - NaN
        needed=_path(course.needed),
        projected=_path(course.projected),
        others=tuple(_other(each, code, iso3) for each in sdg_frames.same_elsewhere(code)),
        compared=sdg_frames.comparable_rows(code, iso3),
        beside=beside,
    )
    return series_over_time(story, look.mode)


def _path(points: tuple[tuple[int, float], ...]) -> Path:
    return Path(tuple(year for year, _v in points), tuple(value for _y, value in points))


def _other(code: str, own: str, iso3: str) -> Other:
    rows = sdg_frames.comparable_rows(code, iso3)
    rows = rows[rows["value"].notna()]
    publisher = frames.sources().publisher(sdg_frames.about(code)["source_id"])
    return Other(
        name=_("%(publisher)s, all areas") % {"publisher": publisher}
        if sdg_frames.is_urban_only(own)
        else publisher,
        source=_source(code),
        years=tuple(int(year) for year in rows["year"]),
        amounts=tuple(float(value) for value in rows["value"]),
    )


def this_year() -> int:
    """Return the year in which the page is read."""
    return dt.date.fromisoformat(frames.today()).year


@kept
def beside_names(code: str, iso3: str, look: Look) -> dict[str, str]:  # noqa: ARG001 - the language is part of the key
    """Name the breakdowns there are of one series of one economy."""
    return {each: dimension_name(each) for each in ("", *parts_of(sdg_frames.rows_of(code, iso3)))}


@kept
def by_method(code: str, iso3: str, look: Look) -> View:  # noqa: ARG001 - the language is part of the key
    """Put the statuses by every method side by side."""
    return statuses_by_method(
        frames.economy_names()[iso3],
        sdg_frames.about(code),
        sdg_frames.judgements(code, iso3),
        this_year(),
    )


@kept
def distance(code: str, group: str, look: Look) -> View:
    """Draw every economy's latest value against the target."""
    return distance_to_target(
        sdg_frames.latest(code),
        sdg_frames.about(code),
        frames.economy_names(group),
        look.mode,
        source=_source(code),
    )


@kept
def cities(code: str, look: Look) -> tuple[View, View]:
    """Draw one city indicator, and list all four."""
    known = sdg_frames.series()
    shown = known[known["series"].isin(sdg_frames.CITY_SERIES)]
    values = frames.table("sdg_city_values")
    source = frames.sources().line(sdg_frames.UNSD)
    names = frames.city_names()
    return (
        city_indicator(
            values,
            sdg_frames.about(code),
            names,
            sdg_frames.city_progress(code),
            look.mode,
            source=source,
        ),
        city_values(values, shown, names, source=source),
    )


def clicked(selection: object, key: str) -> tuple[str, str] | None:
    """Return the mark just clicked; a second click on it counts, an old one does not."""
    cell = clicked_cell(selection)  # type: ignore[arg-type] # Streamlit's own state, a mapping
    seen = f"{key}:picked"
    before = st.session_state.get(seen)
    st.session_state[seen] = cell
    if cell is None:
        return before
    return cell if cell != before else None


def goal_details(
    edition: str, iso3: str, number: int, look: Look, *, key: str, headed: bool = True
) -> None:
    """Show what is behind one goal of one economy: values, years, sources, formula."""
    view = goal(edition, iso3, number, look)
    show.view(view, key=key, headed=headed)
    st.markdown(_("**Formula.** %(formula)s") % {"formula": plain(view.method)})


def series_details(
    code: str, iso3: str, beside: str, look: Look, *, key: str, headed: bool = True
) -> None:
    """Show one series of one economy: its line, its statuses by every method, the formulas."""
    show.view(over_time(code, iso3, beside, look), key=f"{key}:line", headed=headed)
    show.view(by_method(code, iso3, look), key=f"{key}:methods")
    st.markdown(
        "\n".join(
            _("- **%(method)s.** %(text)s") % {"method": plain(name), "text": plain(text)}
            for name, text in method_paragraphs()
        )
    )


def open_goal(edition: str, iso3: str, number: int, look: Look) -> None:
    """Open the details of a goal over the page, under their own finding."""

    def body() -> None:
        # a rerun of the dialog alone does not pass through navigation.py
        i18n.activate(look.language)
        goal_details(edition, iso3, number, look, key="opened", headed=False)

    st.dialog(plain(goal(edition, iso3, number, look).title), width="large")(body)()


def open_series(code: str, iso3: str, look: Look) -> None:
    """Open the details of a series over the page, its first breakdown beside the total."""
    parts = [each for each in beside_names(code, iso3, look) if each]
    beside = parts[0] if parts else ""

    def body() -> None:
        i18n.activate(look.language)
        series_details(code, iso3, beside, look, key="opened", headed=False)

    st.dialog(plain(over_time(code, iso3, beside, look).title), width="large")(body)()
