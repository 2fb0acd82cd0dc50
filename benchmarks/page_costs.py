"""Start, first paint, server time and bytes of a rerun on every page, beside an empty page's.

Run it with `make bench`, or `python -m benchmarks.page_costs`. The yardstick is an almost empty
Streamlit page (one title, one plotly line) on the same kind of server, in the same run.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright
from streamlit import config

from benchmarks.client import PageError, Viewer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

ROOT = Path(__file__).parents[1]
CHANGES = 30
WARM_UP = 5
PAINTS = 5
PAGES = (
    "",
    "partner_cities",
    "city_profile",
    "pilot_outcomes",
    "urban_growth",
    "programme",
    "sdg_progress",
    "data_gaps",
    "methods_and_sources",
)


@contextlib.contextmanager
def served(script: Path, log: Path) -> Iterator[tuple[str, float]]:
    """Serve a script; give the address and the seconds from start to healthy."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {
        "BENCH_SCRIPT": str(script),
        "BENCH_LOG": str(log),
        "PYTHONPATH": str(ROOT),
    }
    said = log.with_suffix(".txt").open("w")
    started = time.perf_counter()
    server = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "streamlit",
            "run",
            str(ROOT / "benchmarks/timed_app.py"),
            f"--server.port={port}",
        ],
        cwd=ROOT,
        env=environment,
        stdout=said,
        stderr=subprocess.STDOUT,
    )
    base = f"http://127.0.0.1:{port}"
    try:
        while True:
            with (
                contextlib.suppress(urllib.error.URLError, ConnectionError, TimeoutError),
                urllib.request.urlopen(f"{base}/_stcore/health", timeout=5) as answer,  # noqa: S310 - our own server
            ):
                if answer.read() == b"ok":
                    break
            if server.poll() is not None:
                raise SystemExit("the server ended while it was starting")
            time.sleep(0.01)
        yield base, time.perf_counter() - started
    except PageError:
        print(log.with_suffix(".txt").read_text()[-4000:])
        raise
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=20)
        said.close()


def spread(values: list[float]) -> tuple[float, float]:
    """Return median and 95th percentile."""
    return statistics.median(values), statistics.quantiles(values, n=20)[-1]


def reruns(base: str, page: str, log: Path) -> dict[str, float]:
    """Change filters on a page; return server time and bytes of the reruns."""
    viewer = Viewer(base, page)
    first = viewer.rerun()
    changes = viewer.changes((page or "overview").replace("_", ""))
    for _ in islice(changes, WARM_UP):
        pass
    before = len(log.read_text().splitlines())
    sizes = [float(size) for size in islice(changes, CHANGES)]
    viewer.close()
    lines = [json.loads(line) for line in log.read_text().splitlines()[before:]][-CHANGES:]
    wall = spread([line["wall"] for line in lines])
    processor = spread([line["processor"] for line in lines])
    return {
        "wall_median": wall[0],
        "wall_p95": wall[1],
        "processor_median": processor[0],
        "processor_p95": processor[1],
        "bytes_median": statistics.median(sizes),
        "bytes_most": max(sizes),
        "bytes_first": float(first),
    }


def first_paint(browser: Browser, base: str, page: str) -> float:
    """Return the median seconds until a cold browser shows the page's heading."""
    seconds = []
    for _ in range(PAINTS + 1):
        context = browser.new_context(viewport={"width": 1280, "height": 720})
        tab = context.new_page()
        started = time.perf_counter()
        tab.goto(f"{base}/{page}", wait_until="commit")
        tab.wait_for_selector("h1")
        seconds.append(time.perf_counter() - started)
        context.close()
    # the browser's own first page is not the page's cost
    return statistics.median(seconds[1:])


def main() -> None:
    """Measure and print."""
    rows: list[tuple[str, dict[str, float]]] = []
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as browsers:
        chromium = browsers.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"),
            args=["--no-sandbox", "--disable-background-networking"],
        )
        for name, script, pages in (
            ("yardstick", ROOT / "benchmarks/yardstick.py", ("",)),
            ("dashboard", ROOT / "pages/navigation.py", PAGES),
        ):
            log = Path(folder) / f"{name}.jsonl"
            log.touch()
            with served(script, log) as (base, healthy):
                for page in pages:
                    figures = reruns(base, page, log)
                    figures["paint"] = first_paint(chromium, base, page)
                    figures["healthy"] = healthy
                    label = "yardstick" if name == "yardstick" else page or "overview"
                    rows.append((label, figures))
        chromium.close()
    report(rows)


def report(rows: list[tuple[str, dict[str, float]]]) -> None:
    """Print a table in Markdown."""
    yardstick = rows[0][1]
    print(
        f"{dt.datetime.now(tz=dt.UTC):%Y-%m-%d}, {os.cpu_count()} processors, "
        f"Python {sys.version.split()[0]}; gc.freeze() after preloading, "
        f"runner.postScriptGC = {config.get_option('runner.postScriptGC')}; "
        f"{CHANGES} filter changes a page after {WARM_UP} to warm up.\n"
    )
    print(
        "| page | server time, median (p95) ms | of it processor, ms | kB a rerun, median (most) "
        "| first paint, s (× yardstick) | start to healthy, s |\n|---|---|---|---|---|---|"
    )
    for name, row in rows:
        print(
            f"| {name} | {row['wall_median']:.1f} ({row['wall_p95']:.1f}) "
            f"| {row['processor_median']:.1f} ({row['processor_p95']:.1f}) "
            f"| {row['bytes_median'] / 1000:.0f} ({row['bytes_most'] / 1000:.0f}) "
            f"| {row['paint']:.2f} ({row['paint'] / yardstick['paint']:.2f}) "
            f"| {row['healthy']:.1f} |"
        )


if __name__ == "__main__":
    main()
