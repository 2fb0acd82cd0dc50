from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ileaps_views.text import plain

HOSTILE = [
    "<img src=x onerror=alert(1)>",
    "[click](javascript:alert(1))",
    "![x](http://example.org/x.png)",
    "# not a heading",
    "1. not a list",
    ":red[not red]",
    ":material/delete:",
    ":smile:",
    "$\\frac{1}{2}$",
    "| a | b |",
    "`code` **bold** _italic_ ~~gone~~",
    "a\n\n# b",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_that_markdown_acts_on_is_left_bare(text: str) -> None:
    safe = plain(text)
    assert re.search(r"(?<!\\)[`*_\[\]()#!|<>$~]", safe) is None
    assert re.search(r":[\w+\-/]+[:\[\\]", safe) is None
    assert "\n" not in safe
    assert re.match(r"\s*\d+[.)]", safe) is None


@given(st.text(max_size=60))
def test_no_character_is_lost(text: str) -> None:
    shown = re.sub(r"\\(.)", r"\1", plain(text)).replace("\u2060", "")
    assert shown == " ".join(text.split()).replace("\u2060", "")


def test_ordinary_names_stay_readable() -> None:
    assert plain("Malé, 3 May 2018: 7 schools") == "Malé, 3 May 2018: 7 schools"
