"""Who may change the workspace."""

from __future__ import annotations

from typing import Literal

Action = Literal["publish", "restore", "clean_up"]


def authorised(who: str, action: Action) -> str:
    """The name under which a change is recorded; every change of the workspace passes here.

    A name is all that is asked for so far: the check of roles belongs in this function.

    Raises:
        PermissionError: nobody is named.

    >>> authorised(" Ana ", "publish")
    'Ana'
    """
    name = who.strip()
    if not name:
        raise PermissionError(
            f"nobody is named as the one who wants to {action.replace('_', ' ')}: give a name, so "
            "that the history can say who did it"
        )
    return name
