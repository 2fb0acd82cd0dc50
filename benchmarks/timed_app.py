"""The dashboard's own server, with any script, that writes down what each rerun cost.

Environment: BENCH_SCRIPT, the script to serve; BENCH_LOG, where a line a rerun goes:
wall-clock milliseconds and processor milliseconds of the script's thread, Streamlit's garbage
collection after the run included.
"""

from __future__ import annotations

import functools
import json
import os
import time
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from starlette.routing import Route
from streamlit.runtime.scriptrunner.script_runner import ScriptRunner

from ileaps_server import Headers, boundaries, lifespan, ready

LOG = Path(os.environ["BENCH_LOG"])
_run_script = ScriptRunner._run_script  # noqa: SLF001 - the one place where a rerun begins and ends


@functools.wraps(_run_script)
def _timed(self: ScriptRunner, *arguments: Any, **settings: Any) -> None:  # noqa: ANN401
    wall, processor = time.perf_counter(), time.thread_time()
    try:
        _run_script(self, *arguments, **settings)
    finally:
        line = {
            "wall": (time.perf_counter() - wall) * 1000,
            "processor": (time.thread_time() - processor) * 1000,
        }
        with LOG.open("a") as log:
            log.write(json.dumps(line) + "\n")


ScriptRunner._run_script = _timed  # type: ignore[method-assign]  # noqa: SLF001

app = st.App(
    os.environ["BENCH_SCRIPT"],
    lifespan=lifespan,
    routes=[Route("/api/ready", ready), Route("/api/boundaries.geojson", boundaries)],
    middleware=[Middleware(Headers)],
)
