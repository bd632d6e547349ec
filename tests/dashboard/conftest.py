"""The server, started once, and pages of a real Chromium that look at it.

A page that asks any other host for anything fails its test when it is closed.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.dashboard.browser import PATIENCE, Sight
from tests.dashboard.serving import chromium_path, launched, served

pytest.importorskip("streamlit", reason="the dashboard is not installed")


@pytest.fixture(autouse=True)
def main_module(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give ``__main__`` back: Streamlit's test client leaves its script there.

    A process that another test spawns afterwards would run that script.
    """
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start ``archcalc dashboard`` and yield its address."""
    with served(tmp_path_factory.mktemp("dashboard")) as address:
        yield address


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Return the browser; skipped where it or playwright is missing."""
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    path = chromium_path()
    if path is None:
        pytest.skip("no Chromium is installed")
    api.expect.set_options(timeout=PATIENCE)
    with api.sync_playwright() as playwright:
        browser = launched(playwright, path)
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
