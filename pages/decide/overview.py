"""Overview: where does the programme stand?"""

from __future__ import annotations

import streamlit as st

from ileaps_metrics import leaps_stages
from ileaps_views import controls, show
from ileaps_views.findings import claims, programme
from ileaps_views.i18n import gettext as _
from ileaps_views.i18n import ngettext, number
from ileaps_views.statuses import status
from pages import frames, programme_views

CLAIM_YEARS = (1980, 2010)
HALF_YEAR, BILLIONS_YEAR = 2018, 2050

link = controls.Link("overview")
version = controls.shared_value("version")
show.page_title(_("Overview"), _("Where does the programme stand?"))


def city_tile() -> show.Tile:
    """Count the partner cities, and the pilot cities among them."""
    roles = frames.table("cities")["role"].value_counts()
    pilots, others = int(roles.get("pilot", 0)), int(roles.drop("pilot", errors="ignore").sum())
    return show.Tile(
        _("Pilot cities"),
        number(pilots),
        ngettext(
            "and %(n)s other city that shares, asks or learns",
            "and %(n)s other cities that share, ask or learn",
            others,
        )
        % {"n": number(others)},
    )


def stage_tile() -> show.Tile:
    """Say where the pilots were last seen."""
    stages = frames.stages(version, frames.today())
    pilots = stages[stages["kind"].eq("pilot")]
    unknown = int(pilots["status"].eq(leaps_stages.UNKNOWN_SINCE).sum())
    return show.Tile(
        _("Pilots agreed in 2018"),
        number(len(pilots)),
        programme.stages_title(list(pilots["stage"].dropna()), unknown),
    )


def people_tile() -> show.Tile:
    """Name the largest attributed figure of people reached; figures are never added up."""
    reached = frames.people(version)
    attributed = reached[reached["attributed"]].nlargest(1, "value")
    if attributed.empty:
        return show.Tile(_("People reached"), number(None), _("No dated figure is published."))
    row = attributed.iloc[0]
    return show.Tile(
        _("People reached"),
        number(row["value"]),
        _("%(figure)s (%(source)s). Figures of several pilots are never added up.")
        % {
            "figure": programme.single_figure_date(row["unit"], row["value"], row["period_end"]),
            "source": frames.sources().publisher(row["source_id"]),
        },
    )


def indicator_tile() -> show.Tile:
    """Count the pilots' own indicators by status, those without a target included."""
    kpis = frames.kpis(version, frames.today())
    pilots = frames.table("pilots")
    own = kpis[kpis["pilot_id"].isin(pilots.loc[pilots["kind"].eq("pilot"), "pilot_id"])]
    counts = own.loc[own["status"].ne("context"), "status"].value_counts()
    words = "; ".join(f"{status(code).label}: {number(n)}" for code, n in counts.items())
    return show.Tile(_("Indicators of the pilots"), number(int(counts.sum())), words)


def claim_cards() -> list[show.Card]:
    """Recompute the three headline claims of 2016, each in every revision."""
    figures = frames.claim_figures(CLAIM_YEARS, HALF_YEAR, BILLIONS_YEAR)
    verdicts = (
        claims.billion_added(CLAIM_YEARS, figures.added),
        claims.half_urban_by(HALF_YEAR, figures.crossings, mid_year=figures.mid_year),
        claims.urban_by(BILLIONS_YEAR, figures.urban),
    )
    return [show.Card(f"{v.shape} {v.word}", v.claim, v.text) for v in verdicts]


show.tiles([city_tile(), stage_tile(), people_tile(), indicator_tile()])
show.view(programme_views.network((version, None, "", "", "", "", ""), frames.look()))
st.header(_("The three headline claims of 2016, recomputed"), anchor=False)
show.cards(claim_cards())
show.sources(frames.revision(each).source for each in frames.revision_names())
st.header(_("What changed since the last version"), anchor=False)
st.markdown(_("This is the first version of the programme's figures: there is nothing to compare."))
link.finish()
