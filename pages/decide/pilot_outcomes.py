"""Pilot outcomes: did it work?"""

from __future__ import annotations

import datetime as dt

import streamlit as st

from ileaps_metrics import leaps_stages, pilot_progress
from ileaps_views import controls, show
from ileaps_views.charts.observations import observation_dots
from ileaps_views.charts.pilots import indicator_bullets
from ileaps_views.charts.stage_funnel import stage_funnel_bars
from ileaps_views.charts.stages import stage_timeline
from ileaps_views.evidence import limit_sentence, refusal_sentence
from ileaps_views.i18n import gettext as _
from ileaps_views.i18n import partial_date
from ileaps_views.statuses import method_sentence
from ileaps_views.terms import kind_name, sector_name
from ileaps_views.text import plain
from pages import frames

link = controls.Link("pilotoutcomes")
version = controls.shared_value("version")
show.page_title(
    _("Pilot outcomes"),
    _("Did each pilot do what it set out to do, and what can nobody say?"),
)
mode, book, today = show.mode(), frames.sources(), frames.today()
pilots, indicators, observations = (
    frames.table(name) for name in ("pilots", "indicators", "observations")
)


def heading(pilot_id: str) -> None:
    """Say what the pilot is, who ran it, and what ties it to the programme."""
    pilot = pilots.set_index("pilot_id").loc[pilot_id]
    st.markdown(
        _("**%(kind)s** · %(city)s · %(sector)s · started %(date)s · attribution: %(attribution)s")
        % {
            "kind": kind_name(pilot["kind"]),
            "city": plain(frames.city_names().get(pilot["city_id"], pilot["city_id"])),
            "sector": sector_name(pilot["sector"]),
            "date": partial_date(pilot["started_on"]),
            "attribution": plain(str(pilot["attribution"]))
            if isinstance(pilot["attribution"], str)
            else _("not stated"),
        }
    )
    show.sources(book.lines([pilot["source_id"]]))


def outcomes(pilot_id: str) -> None:
    """Set baseline, target, expected and actual side by side, by the chosen method."""
    method = link.choose(
        "method",
        _("Status by"),
        {
            "linear_pace": _("Pace on a straight line (ours)"),
            "undp_rag": _("UNDP Report Card 2014"),
        },
        "linear_pace",
        kind="segmented",
    )
    kpis = frames.kpis(version, today, method)
    show.view(indicator_bullets(kpis[kpis["pilot_id"].eq(pilot_id)], indicators, book, mode))
    st.caption(method_sentence(method))


def unsayable(pilot_id: str) -> None:
    """List what cannot be said about this pilot, and why there is no forecast."""
    st.header(_("What we cannot say"), anchor=False)
    limits = pilot_progress.evidence_limits(pilots, indicators, observations, as_of=today)
    own = limits[limits["pilot_id"].eq(pilot_id)]
    sentences = [limit_sentence(c, d) for c, d in zip(own["code"], own["detail"], strict=True)]
    ready = pilot_progress.forecast_readiness(indicators, observations, as_of=today)
    refused = ready[ready["pilot_id"].eq(pilot_id) & ~ready["ready"]]
    names = indicators.set_index("indicator_id")["name"]
    sentences += [
        _("%(indicator)s: %(reason)s")
        % {"indicator": names[i], "reason": refusal_sentence(reason, int(n))}
        for i, reason, n in zip(
            refused["indicator_id"], refused["reason"], refused["n"], strict=True
        )
        if n
    ]
    st.markdown("\n".join("- " + plain(sentence) for sentence in sentences))


def figures(pilot_id: str) -> None:
    """Show every published figure of one indicator, disagreements and undated ones included."""
    own = indicators[indicators["pilot_id"].eq(pilot_id)]
    names = dict(zip(own["indicator_id"], own["name"], strict=True))
    if not names:
        st.info(_("No figure of this track is published: there is nothing to judge."))
        return
    chosen = link.choose("indicator", _("Indicator"), names, frames.first_disputed(pilot_id))
    show.view(
        observation_dots(
            observations, indicators, frames.conflicts(version), book, mode, indicator_id=chosen
        )
    )


def stages(pilot_id: str) -> None:
    """Show the LEAPS stages of this pilot, and how far pilots and tracks came."""
    current = frames.stages(version, today)
    events = frames.table("stage_events")
    show.view(
        stage_timeline(
            events,
            current[current["pilot_id"].eq(pilot_id)],
            pilots,
            book,
            mode,
            as_of=dt.date.fromisoformat(today),
            events=frames.table("events"),
        )
    )
    funnel = leaps_stages.stage_funnel(events, pilots)
    show.view(stage_funnel_bars(funnel, events, pilots, book, mode))


pilot = link.choose("pilot", _("Pilot, track or reference"), frames.pilot_names(), "mks-pasikola")
heading(pilot)
outcomes(pilot)
figures(pilot)
unsayable(pilot)
stages(pilot)
link.finish()
