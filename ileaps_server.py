"""What the server adds to the pages: preloading, headers, its own two addresses."""

from __future__ import annotations

import base64
import contextlib
import gc
import hashlib
import importlib
import re
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st
from starlette.responses import FileResponse, PlainTextResponse

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

ROOT = Path(__file__).parent
INLINE_SCRIPT = re.compile(rb"<script>(.*?)</script>", re.DOTALL)
# everything that pages import: what is loaded later would be walked by every collection
PRELOADED = (
    "babel.dates",
    "babel.lists",
    "narwhals._pandas_like.namespace",
    "pyarrow.parquet",
    "streamlit.elements.arrow",
    "streamlit.elements.deck_gl_json_chart",
    "streamlit.elements.plotly_chart",
    "pages.agreement_views",
    "pages.city_frames",
    "pages.city_views",
    "pages.frames",
    "pages.gap_views",
    "pages.growth_views",
    "pages.impact_views",
    "pages.links",
    "pages.methods_views",
    "pages.problems",
    "pages.programme_views",
    "pages.readiness_views",
    "pages.sdg_frames",
    "pages.sdg_views",
)


def content_security_policy() -> str:
    """Allow what this server sends and nothing from any other host."""
    shell = (Path(st.__file__).parent / "static" / "index.html").read_bytes()
    hashes = " ".join(
        f"'sha256-{base64.b64encode(hashlib.sha256(script).digest()).decode()}'"
        for script in INLINE_SCRIPT.findall(shell)
    )
    return (
        f"default-src 'none'; script-src 'self' 'wasm-unsafe-eval' {hashes}; "
        "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
        "connect-src 'self'; worker-src blob:; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    )


class Headers:
    """Pure ASGI middleware: the same security headers on every answer."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an application."""
        self.app = app
        self.headers = [
            (b"content-security-policy", content_security_policy().encode()),
            (b"x-content-type-options", b"nosniff"),
            (b"referrer-policy", b"no-referrer"),
        ]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Add the headers when the answer starts."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *self.headers]
            await send(message)

        await self.app(scope, receive, with_headers)


async def ready(_request: Request) -> PlainTextResponse:
    """Say that the heavy packages are loaded and pages can be served."""
    return PlainTextResponse("ready")


async def boundaries(_request: Request) -> FileResponse:
    """Serve the base map by address, so that a rerun does not carry it again."""
    return FileResponse(
        ROOT / "data" / "boundaries.geojson",
        media_type="application/geo+json",
        headers={"cache-control": "public, max-age=3600"},
    )


@contextlib.asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[dict[str, object]]:
    """Load what pages import, then keep it out of garbage collection.

    Streamlit runs a full collection after every rerun; with the packages frozen it has next to
    nothing to walk, and a rerun costs what the page costs.
    """
    for name in PRELOADED:
        importlib.import_module(name)
    gc.collect()
    gc.freeze()
    yield {}
