"""Every word a page says of its own passes through the catalogue."""

from __future__ import annotations

import re

import pytest

from ileaps_data import reference
from ileaps_views import i18n
from tests.pages.conftest import PAGES, opened

MARKED = re.compile(r"⟦.*⟧", re.DOTALL)
KINDS = ("title", "header", "subheader", "markdown", "caption", "metric", "selectbox", "info")


PARTS = ("time", "map", "drivers", "cities", "revisions")
METHOD_PARTS = ("method", "reproduced", "sources", "tables")
PROGRAMME_PARTS = ("aims", "events", "policies", "commitments")
PILOT_PARTS = ("target", "anyway", "stages")
CITY_PARTS = ("glance", "goal", "air", "work", "peers", "gaps")
SDG_PARTS = ("goals", "indicators", "cell", "distance", "cities")
GAP_PARTS = ("indicators", "economies", "years", "cities", "pilots")
VISITS = [
    *((page, {}) for page in PAGES),
    *(("decide/urban_growth.py", {"part": part}) for part in PARTS),
    *(("decide/pilot_outcomes.py", {"pilot": "ref-owlbus", "part": part}) for part in PILOT_PARTS),
    ("decide/pilot_outcomes.py", {"part": "anyway"}),
    ("decide/pilot_outcomes.py", {"part": "stages"}),
    *(("decide/programme.py", {"part": part}) for part in PROGRAMME_PARTS),
    *(("analyse/methods_and_sources.py", {"part": part}) for part in METHOD_PARTS),
    *(("decide/city_profile.py", {"part": part, "city": "colombo"}) for part in CITY_PARTS),
    *(("decide/city_profile.py", {"part": part, "city": "male"}) for part in CITY_PARTS),
    *(("analyse/data_gaps.py", {"part": part}) for part in GAP_PARTS),
    *(("decide/sdg_progress.py", {"part": part}) for part in SDG_PARTS),
]


@pytest.mark.parametrize(("page", "link"), VISITS)
def test_no_visible_string_bypasses_the_catalogue(page: str, link: dict[str, str]) -> None:
    app = opened(page, lang=i18n.PSEUDO, **link)
    bare = [
        text
        for kind in KINDS
        for element in getattr(app, kind)
        for text in [element.label if kind in {"metric", "selectbox"} else element.value]
        if re.search(r"[A-Za-z]{3}", text) and not MARKED.search(text)
    ]
    i18n.activate("en")
    cities, indicators = reference.cities()["name"], reference.indicators()["name"]
    names_from_the_tables = {*cities, *indicators}
    assert {part for text in bare for part in text.split(", ")} <= names_from_the_tables
