"""What a person sees when the tables themselves cannot be read: one message, no traceback."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import streamlit as st

from ileaps_data.reference import DataFileError
from ileaps_views.i18n import gettext as _
from ileaps_views.text import plain

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextlib.contextmanager
def explained() -> Iterator[None]:
    """Turn a missing or damaged table into one clear message and end the run there."""
    try:
        yield
    except DataFileError as damage:
        st.error(
            "\n\n".join(
                (
                    _("**A table of the dashboard cannot be read.** File: %(file)s. %(reason)s")
                    % {"file": plain(str(damage.path.name)), "reason": plain(damage.reason)},
                    _(
                        "To mend it, take the file back with `%(back)s`, or build the tables "
                        "anew from the publishers' files with `%(build)s`."
                    )
                    % {
                        "back": f"git checkout -- data/{damage.path.name}",
                        "build": damage.command,
                    },
                )
            ),
            icon="⚠️",
        )
        st.stop()
