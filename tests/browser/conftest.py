"""A real server on the loopback and a real Chromium, for what only a browser shows."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, ConsoleMessage, Page, Request

ROOT = Path(__file__).parents[2]
ARTEFACTS = ROOT / "artefacts"
START_SECONDS = 60
RENDER_MILLISECONDS = 60_000

# the page probes these beside a deep link; the server has them at the root only
HARMLESS_404 = re.compile(r"/(_stcore/health|_stcore/host-config)$")


def chromium_path() -> str:
    """Find the browser that tests/browser/install_chromium.sh put or found."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named
    script = ROOT / "tests/browser/install_chromium.sh"
    answer = subprocess.run(
        ["/bin/sh", str(script), sys.executable], capture_output=True, text=True, check=True
    )
    return answer.stdout.strip().splitlines()[-1]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def serve(root: Path = ROOT) -> Iterator[str]:
    """Start a server and wait until it says that it is well; stop it afterwards."""
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    server = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}"],
        cwd=root,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        deadline = time.monotonic() + START_SECONDS
        while True:
            assert server.poll() is None, "the server ended while it was starting"
            assert time.monotonic() < deadline, f"no healthy server within {START_SECONDS} s"
            try:
                with urllib.request.urlopen(f"{base}/_stcore/health", timeout=5) as answer:
                    if answer.read() == b"ok":
                        break
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                time.sleep(0.05)  # the port of another process opens: nothing to await but asking
        yield base
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=20)


@dataclass
class Watched:
    """A page and everything it said and asked for."""

    page: Page
    base: str
    errors: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)

    def hear(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not HARMLESS_404.search(message.location.get("url", "")):
            self.errors.append(f"{message.text} ({message.location.get('url', '')})")

    def see(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in {"http", "https", "ws", "wss"} and (
            address.netloc != urlsplit(self.base).netloc
        ):
            self.outside.append(request.url)

    def open(self, path: str) -> Page:
        self.page.goto(f"{self.base}/{path.lstrip('/')}", wait_until="domcontentloaded")
        return self.settled()

    def settled(self) -> Page:
        """Wait until the script has run and every chart has drawn."""
        self.page.wait_for_selector(
            '[data-testid="stApp"][data-test-script-state="notRunning"]',
            state="attached",
            timeout=RENDER_MILLISECONDS,
        )
        self.page.wait_for_selector("h1", timeout=RENDER_MILLISECONDS)
        self.page.wait_for_function(
            """() => {
                const waiting = document.querySelectorAll('[data-testid="stSkeleton"]').length;
                const plots = [...document.querySelectorAll('[data-testid="stPlotlyChart"]')];
                const drawn = plots.every(plot => plot.querySelector('.main-svg'));
                const app = document.querySelector('[data-testid="stApp"]');
                return waiting === 0 && drawn && app.dataset.testScriptState === 'notRunning';
            }""",
            timeout=RENDER_MILLISECONDS,
        )
        return self.page


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    with serve() as base:
        yield base


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as browsers:
        chromium = browsers.chromium.launch(
            executable_path=chromium_path(),
            args=[
                "--no-sandbox",
                "--disable-quic",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-first-run",
                "--use-gl=angle",
                "--use-angle=swiftshader",
                "--enable-unsafe-swiftshader",
            ],
        )
        yield chromium
        chromium.close()


@contextlib.contextmanager
def watched(
    browser: Browser,
    base: str,
    *,
    width: int = 1280,
    height: int = 720,
    theme: str = "light",
    **settings: object,
) -> Iterator[Watched]:
    """Open a page that notes its errors and every request it makes."""
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=theme, **settings
    )
    page = context.new_page()
    watch = Watched(page, base)
    page.on("console", watch.hear)
    page.on("pageerror", lambda error: watch.errors.append(str(error)))
    page.on("request", watch.see)
    page.on("websocket", watch.see)
    try:
        yield watch
    finally:
        context.close()


def artefact(name: str) -> Path:
    ARTEFACTS.mkdir(exist_ok=True)
    return ARTEFACTS / name
