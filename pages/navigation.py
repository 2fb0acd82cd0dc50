"""Runs for every visit: language, the filters every page has, then the page that was asked for."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from ileaps_views import controls, i18n
from ileaps_views.i18n import gettext as _
from pages import frames, problems

HERE = Path(__file__).parent

i18n.activate(st.query_params.get("lang", "en"))
st.set_page_config(page_title="City-I-LEAPS", page_icon="🏙️", layout="wide")

with problems.explained():
    navigation = st.navigation(
        {
            _("Decide"): [
                st.Page(HERE / "decide/overview.py", title=_("Overview"), default=True),
                st.Page(HERE / "decide/partner_cities.py", title=_("Partner cities")),
                st.Page(HERE / "decide/city_profile.py", title=_("City profile")),
                st.Page(HERE / "decide/pilot_outcomes.py", title=_("Pilot outcomes")),
                st.Page(HERE / "decide/urban_growth.py", title=_("Urban growth")),
                st.Page(HERE / "decide/programme.py", title=_("Programme")),
                st.Page(HERE / "decide/sdg_progress.py", title=_("SDG progress")),
            ],
            _("Analyse"): [
                st.Page(HERE / "analyse/data_gaps.py", title=_("Data gaps")),
                st.Page(HERE / "analyse/methods_and_sources.py", title=_("Methods and sources")),
            ],
        }
    )
    with st.sidebar:
        shared = controls.Link("shared")
        versions = frames.versions()
        shared.choose(
            "version",
            _("Data version"),
            dict(zip(versions["version"].astype("str"), versions["label"], strict=True)),
            str(versions["version"].iloc[-1]),
            help=_("Which publication of the programme's own figures every page shows."),
        )
        revisions = frames.table("revisions").sort_values("is_default", ascending=False)
        shared.choose(
            "revision",
            _("Population revision"),
            dict(zip(revisions["revision_id"], revisions["name"], strict=True)),
            str(revisions.loc[revisions["is_default"], "revision_id"].iloc[0]),
            help=_("Revisions define and count cities differently; a chart shows one, named."),
        )
        st.caption(
            _("Boundaries and names shown imply no opinion on the legal status of any territory.")
        )
    controls.share(shared)
    # shows only where a page takes longer than half a second: a first visit after a start
    with st.spinner(_("Computing from the tables …")):
        navigation.run()
