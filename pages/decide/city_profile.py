"""City profile: What does this city face, and what does it do about it?"""

from __future__ import annotations

from ileaps_views import controls, show
from ileaps_views.i18n import gettext as _

link = controls.Link("cityprofile")
show.page_title(_("City profile"), _("What does this city face, and what does it do about it?"))
link.finish()
