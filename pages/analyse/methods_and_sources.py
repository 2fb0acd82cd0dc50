"""Methods and sources: How was each figure computed, and where does it come from?"""

from __future__ import annotations

from ileaps_views import controls, show
from ileaps_views.i18n import gettext as _

link = controls.Link("methods")
show.page_title(
    _("Methods and sources"), _("How was each figure computed, and where does it come from?")
)
link.finish()
