"""SDG progress: On track for 2030?"""

from __future__ import annotations

from ileaps_views import controls, show
from ileaps_views.i18n import gettext as _

link = controls.Link("sdgprogress")
show.page_title(_("SDG progress"), _("On track for 2030?"))
link.finish()
