"""Overview: where does the programme stand?"""

from __future__ import annotations

import streamlit as st

from ileaps_views import controls, show
from ileaps_views.i18n import gettext as _
from pages import frames, programme_views

link = controls.Link("overview")
version, look = controls.shared_value("version"), frames.look()
show.page_title(_("Overview"), _("Where does the programme stand?"))
show.tiles(programme_views.tiles(version, frames.today(), look))
show.view(programme_views.network((version, None, "", "", "", "", ""), look))
st.header(_("The three headline claims of 2016, recomputed"), anchor=False)
show.cards(programme_views.claim_cards(look))
show.sources(frames.revision(each).source for each in frames.revision_names())
st.header(_("What changed since the last version"), anchor=False)
st.markdown(_("This is the first version of the programme's figures: there is nothing to compare."))
link.finish()
