"""The server, started once, and pages of a real Chromium that look at it.

A page that asks any other host for anything fails its test when it is closed.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.dashboard.browser import PATIENCE, Sight

pytest.importorskip("streamlit", reason="the dashboard is not installed")


STARTED = "import sys; from archcalc.cli import main; sys.exit(main(sys.argv[1:]))"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start ``archcalc dashboard`` and yield its address."""
    port = _free_port()
    root = Path(__file__).parents[2]
    log = tmp_path_factory.mktemp("dashboard") / "log"
    with log.open("wb") as file:
        running = subprocess.Popen(
            [sys.executable, "-c", STARTED, "dashboard", "--no-browser", "--port", str(port)],
            cwd=log.parent,
            env={**os.environ, "PYTHONPATH": str(root), "HOME": str(log.parent)},
            stdout=file,
            stderr=subprocess.STDOUT,
        )
    try:
        _wait_for(f"http://127.0.0.1:{port}/_stcore/health", running, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        running.terminate()
        running.wait(20)


def _wait_for(address: str, running: subprocess.Popen[bytes], log: Path) -> None:
    import time

    for _ in range(600):
        assert running.poll() is None, log.read_text()
        try:
            with urllib.request.urlopen(address):
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.05)  # a socket that nobody listens at cannot be waited for
    raise AssertionError(log.read_text())


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Return the browser; skipped where it or playwright is missing."""
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    names = ("chromium", "chromium-browser", "google-chrome")
    path = next(filter(None, map(shutil.which, names)), None)
    if path is None:
        pytest.skip("no Chromium is installed")
    api.expect.set_options(timeout=PATIENCE)
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield browser
        browser.close()


@pytest.fixture
def see(server: str, chromium: Any) -> Iterator[Callable[..., Sight]]:
    """Open a page of the dashboard: ``see("explore", width="0.75")``; ``phone``: 390 px wide."""
    opened: list[Sight] = []

    def open_page(
        name: str = "",
        *,
        phone: bool = False,
        dark: bool = False,
        locale: str = "en-GB",
        **query: str,
    ) -> Sight:
        context = chromium.new_context(
            viewport={"width": 390 if phone else 1280, "height": 844},
            color_scheme="dark" if dark else "light",
            locale=locale,
        )
        sight = Sight(context, server)
        opened.append(sight)
        sight.open(name, **query)
        return sight

    yield open_page
    for sight in opened:
        sight.page.context.close()
        assert not sight.strangers, "hosts other than this machine were asked"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the slow tests of pages: they take longer together than all others."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents and item.get_closest_marker("slow"):
            item.add_marker(pytest.mark.pages)
