"""Every page as its script runs, without a browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).parents[2]
PAGES = {
    "decide/overview.py": "Overview",
    "decide/partner_cities.py": "Partner cities",
    "decide/city_profile.py": "City profile",
    "decide/pilot_outcomes.py": "Pilot outcomes",
    "decide/urban_growth.py": "Urban growth",
    "decide/programme.py": "Programme",
    "analyse/methods_and_sources.py": "Methods and sources",
    "analyse/data_gaps.py": "Data gaps",
    "decide/sdg_progress.py": "SDG progress",
}


def opened(page: str = "decide/overview.py", **link: str) -> AppTest:
    """Open a page by its link, as its first visit."""
    app = AppTest.from_file(str(ROOT / "pages/navigation.py"), default_timeout=60)
    for name, value in link.items():
        app.query_params[name] = value
    app.run()
    if page != "decide/overview.py":
        app.switch_page(page)
        for name, value in link.items():
            app.query_params[name] = value
        app.run()
    assert not app.exception
    return app


@pytest.fixture
def root() -> Path:
    return ROOT
