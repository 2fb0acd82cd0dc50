"""Programme: What was agreed, and what came of it?"""

from __future__ import annotations

from ileaps_views import controls, show
from ileaps_views.i18n import gettext as _

link = controls.Link("programme")
show.page_title(_("Programme"), _("What was agreed, and what came of it?"))
link.finish()
