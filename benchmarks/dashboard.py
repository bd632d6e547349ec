"""How long the dashboard keeps people waiting: ``python -m benchmarks.dashboard``.

From a knob's release to new totals, and to the whole page, for every net of the zoo: CPU time of
the server's script, which streamlit's own test client runs without a browser. And from the start of
``archcalc dashboard`` to an address that answers, and to a first page that stands in a browser.
"""

from __future__ import annotations

import os
import shutil
import socket
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from archcalc import zoo_names

TOTALS_MS, FIRST_PAGE_S = 200, 3
"""What is asked for: from a knob to totals on any net, from the start to a first page."""

ROUNDS = 5
_SCRIPT = "from dashboard.shell.frame import main\nmain()\n"
_COMMAND = "import sys; from archcalc.cli import main; sys.exit(main(sys.argv[1:]))"
_READY = '[data-test-connection-state="CONNECTED"][data-test-script-state="notRunning"]'


@dataclass(frozen=True)
class Wait:
    """Milliseconds for one net: medians of a few moves of a knob."""

    net: str
    layers: int
    totals_ms: float
    page_ms: float


def waits() -> Iterator[Wait]:
    """Yield how long each net's totals and page take after a move of the prune ratio."""
    from streamlit.testing.v1 import AppTest

    from dashboard.app_pages.explore import page
    from dashboard.shell.choice import Choice
    from dashboard.shell.nets import table_of

    shown: list[float] = []
    names = vars(page)
    show = names["show_totals"]

    def timed(*args: Any, **options: Any) -> None:
        show(*args, **options)
        shown.append(time.process_time())

    names["show_totals"] = timed
    try:
        for name in zoo_names():
            app = AppTest.from_string(_SCRIPT, default_timeout=120)
            app.query_params["model"] = name
            app.run()
            totals, whole = [], []
            for index in range(ROUNDS):
                knob = app.select_slider(key="knob_prune")
                start = time.process_time()
                # a ratio that no run before has asked for: nothing of it is remembered
                knob.set_value(float(knob.options[index + 1])).run()
                totals.append(1000 * (shown[-1] - start))
                whole.append(1000 * (time.process_time() - start))
            if app.exception:
                raise RuntimeError(f"{name}: {app.exception}")
            layers = len(table_of(Choice(name), {}).layers)
            yield Wait(name, layers, statistics.median(totals), statistics.median(whole))
    finally:
        names["show_totals"] = show


def first_page() -> tuple[float, float | None]:
    """Return seconds from the command's start to an answer, and to a page in a browser."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with _browser() as browser:
        start = time.perf_counter()
        running = subprocess.Popen(  # noqa: S603 - our own command
            [sys.executable, "-c", _COMMAND, "dashboard", "--no-browser", "--port", str(port)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            _wait_for(f"http://127.0.0.1:{port}/_stcore/health", running)
            answered = time.perf_counter() - start
            if browser is None:
                return answered, None
            page = browser.new_page()
            page.goto(f"http://127.0.0.1:{port}/")
            page.wait_for_selector("[data-total]")
            page.wait_for_selector(_READY)
            return answered, time.perf_counter() - start
        finally:
            running.terminate()
            running.wait()


@contextmanager
def _browser() -> Iterator[Any]:
    """Yield a Chromium that is already open, or None without one."""
    path = next(filter(None, map(shutil.which, ("chromium", "google-chrome"))), None)
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        path = None
    if path is None:
        yield None
        return
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield browser
        browser.close()


def _wait_for(address: str, running: subprocess.Popen[bytes]) -> None:
    while running.poll() is None:
        try:
            with urllib.request.urlopen(address):  # noqa: S310 - this machine
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.01)
    raise RuntimeError("archcalc dashboard has ended")


def report(found: list[Wait], answered: float, page: float | None) -> str:
    """Return the table, the slowest net and the first page."""
    lines = [f"{'net':32} {'layers':>6} {'totals':>9} {'page':>9}"]
    lines += [f"{w.net:32} {w.layers:6} {w.totals_ms:6.0f} ms {w.page_ms:6.0f} ms" for w in found]
    slowest = max(found, key=lambda wait: wait.totals_ms)
    lines.append("")
    lines.append(
        f"From a knob to totals: at most {slowest.totals_ms:.0f} ms of server time "
        f"({slowest.net}; {TOTALS_MS} ms asked for)."
    )
    first = (
        "" if page is None else f", a first page after {page:.1f} s ({FIRST_PAGE_S} s asked for)"
    )
    lines.append(f"From the start: an answer after {answered:.1f} s{first}.")
    return "\n".join(lines) + "\n"


def main() -> int:
    """Time everything and print it."""
    # the start first, while this process has loaded nothing that it shares with the server
    answered, page = min(first_page() for _ in range(3))
    sys.stdout.write(report(list(waits()), answered, page))
    return 0


if __name__ == "__main__":
    os.environ["STREAMLIT_LOGGER_LEVEL"] = "error"  # its test client warns that no browser is there
    sys.exit(main())
