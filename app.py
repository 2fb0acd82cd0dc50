"""The server: the pages start in pages/navigation.py.

That script has no sibling `pages/` folder on purpose: with one, Streamlit's legacy page
discovery answers a deep link that comes as the very first request, and the navigation is
bypassed.
"""

from __future__ import annotations

import runpy
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.routing import Route

from ileaps_server import Headers, boundaries, lifespan, ready

NAVIGATION = Path(__file__).parent / "pages" / "navigation.py"

app = st.App(
    NAVIGATION,
    lifespan=lifespan,
    routes=[Route("/api/ready", ready), Route("/api/boundaries.geojson", boundaries)],
    middleware=[Middleware(Headers)],
)

if __name__ == "__main__":
    # Streamlit's AppTest runs this file as a script; the server never comes here
    runpy.run_path(str(NAVIGATION), run_name="__main__")
