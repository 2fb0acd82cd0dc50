"""Text from files, made safe to show where Markdown is read."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_PUNCTUATION: Final = re.compile(r"([\\`*_{}\[\]()#+\-!|<>$~])")
_SHORTCODE: Final = re.compile(r":(?=[\w+\-/]+[:\[\\])")
_BLOCK: Final = re.compile(r"^(\s*\d+)([.)])")
_WORD_JOINER: Final = "\u2060"


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    r"""Escape what Markdown, its directives, formulas and emoji codes would act on.

    Emoji and icon codes are replaced after Markdown is parsed, where a backslash no longer
    protects them; an invisible word joiner does.

    >>> plain("<b>[x](y)</b> $1")
    '\\<b\\>\\[x\\]\\(y\\)\\</b\\> \\$1'
    """
    one_line = " ".join(text.split())
    return _BLOCK.sub(
        r"\1\\\2", _SHORTCODE.sub(":" + _WORD_JOINER, _PUNCTUATION.sub(r"\\\1", one_line))
    )
