"""What a test does with a page: wait until it stands still, look, and listen to its requests."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

READY = (
    '[data-testid="stApp"]'
    '[data-test-connection-state="CONNECTED"][data-test-script-state="notRunning"]'
)
WRONG = '[data-testid="stException"], .st-key-page_failed'
"""What stands on a page that has failed."""

AXE = Path(__file__).parent / "axe" / "axe.min.js"
_RUN_AXE = """axe.run(document, {
    resultTypes: ["violations"],
    runOnly: {type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
})"""
_STILL = """() => document.querySelectorAll('[data-stale="true"]').length === 0
    && document.getAnimations().every(one => one.playState !== "running")"""
_WATCH = """(() => {
    window.overflow = 0;
    const look = () => {
        const main = document.querySelector('[data-testid="stMain"]');
        for (const one of [document.documentElement, main])
            if (one) window.overflow = Math.max(window.overflow, one.scrollWidth - one.clientWidth);
        requestAnimationFrame(look);
    };
    look();
})()"""

PATIENCE = 30_000
"""Milliseconds: a shared machine may be slow, and a right page is never waited for longer."""


class Sight:
    """One tab of its own session. ``strangers``: requests to any host but the server's."""

    def __init__(self, context: Any, server: str) -> None:
        self.server = server
        self.strangers: list[str] = []
        context.set_default_timeout(PATIENCE)
        context.on("request", self._note)
        context.add_init_script(_WATCH)
        self.page = context.new_page()

    def open(self, name: str = "", **query: str) -> None:
        """Go to a page by its name and wait until it is whole."""
        text = f"?{urlencode(query)}" if query else ""
        self.page.goto(f"{self.server}/{name}{text}")
        self.settle()

    def settle(self) -> None:
        """Wait until the script has run; fails where the page has."""
        self.page.wait_for_selector(READY)
        assert self.page.locator(WRONG).count() == 0, self.page.locator(WRONG).inner_text()

    def violations(self) -> list[str]:
        """Return what axe-core holds against the page by WCAG's levels A and AA."""
        self.stand_still()
        self.page.add_script_tag(path=AXE)
        found = self.page.evaluate(_RUN_AXE)
        return [
            f"{one['id']}: {one['help']}: {', '.join(node['html'][:200] for node in one['nodes'])}"
            for one in found["violations"]
        ]

    def stand_still(self) -> None:
        """Wait until nothing fades in any more, which has not its own colours before."""
        self.page.wait_for_function(_STILL)

    def overflow(self) -> int:
        """Return by how many pixels the page has been wider than the window at any moment."""
        self.stand_still()
        widest: int = self.page.evaluate("window.overflow")
        return widest

    def total(self, name: str) -> Any:
        """Return the tile of a total; its ``data-value`` is the exact integer."""
        return self.page.locator(f'[data-total="{name}"]')

    def _note(self, request: Any) -> None:
        address = urlsplit(request.url)
        if address.scheme in ("http", "https", "ws", "wss") and address.hostname != "127.0.0.1":
            self.strangers.append(request.url)
