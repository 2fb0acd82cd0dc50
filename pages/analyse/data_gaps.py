"""Data gaps: What is not known, because nobody measured it?"""

from __future__ import annotations

from ileaps_views import controls, show
from ileaps_views.i18n import gettext as _

link = controls.Link("datagaps")
show.page_title(_("Data gaps"), _("What is not known, because nobody measured it?"))
link.finish()
