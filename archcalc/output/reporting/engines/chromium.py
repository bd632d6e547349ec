"""An installed Chrome, Chromium or Edge, without a window."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from archcalc.output.reporting.engines._base import Engine, EngineFailed

_NAMES = (
    "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome",
    "microsoft-edge", "microsoft-edge-stable", "msedge",
)  # fmt: skip
_MAC = (
    "Google Chrome.app/Contents/MacOS/Google Chrome",
    "Chromium.app/Contents/MacOS/Chromium",
    "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
_WINDOWS = (
    r"Google\Chrome\Application\chrome.exe",
    r"Chromium\Application\chrome.exe",
    r"Microsoft\Edge\Application\msedge.exe",
)
_OPTIONS = (
    "--headless", "--disable-gpu", "--disable-extensions", "--disable-dev-shm-usage",
    "--disable-background-networking", "--no-first-run", "--no-default-browser-check",
    "--host-resolver-rules=MAP * ~NOTFOUND",  # no network access
    "--hide-scrollbars", "--run-all-compositor-stages-before-draw", "--no-pdf-header-footer",
    "--generate-pdf-document-outline", "--export-tagged-pdf",
)  # fmt: skip
_SECONDS = 180
_NODES = re.compile(rb"\(node[0-9]{8}\)")
_DATES = re.compile(rb"/(?:CreationDate|ModDate) \(D:[^)]*\)")


class _Chromium(Engine):
    name = "chromium"
    place = 2

    def missing(self) -> str:
        return "" if _browser() else "no Chrome, Chromium or Edge is installed"

    def version(self) -> str:
        browser = _browser()
        return "" if browser is None else str(browser)

    def pdf(self, html: str) -> bytes:
        browser = _browser()
        if browser is None:
            raise EngineFailed(self.missing())
        with tempfile.TemporaryDirectory(prefix="archcalc-", ignore_cleanup_errors=True) as folder:
            page, target = Path(folder, "page.html"), Path(folder, "page.pdf")
            page.write_text(html, encoding="utf-8")
            _print(browser, page, target)
            return settled(target.read_bytes())


ENGINE = _Chromium()


def settled(pdf: bytes) -> bytes:
    """Return a PDF without differences from run to run; offsets, and so its index, are unchanged.

    The creation time becomes blanks. The names of tagged elements depend on earlier work of the
    browser, so they are renumbered in order.
    """
    pdf = _DATES.sub(lambda match: b" " * len(match[0]), pdf)
    names = sorted(set(_NODES.findall(pdf)))
    anew = {name: b"(node%08d)" % place for place, name in enumerate(names, start=1)}
    return _NODES.sub(lambda match: anew[match[0]], pdf)


def _print(browser: Path, page: Path, target: Path) -> None:
    command = [
        str(browser),
        *_OPTIONS,
        *(["--no-sandbox"] if _is_root() else []),
        f"--user-data-dir={page.parent / 'profile'}",
        f"--print-to-pdf={target}",
        page.as_uri(),
    ]
    try:
        done = subprocess.run(  # noqa: S603 - an installed browser, on a page of ours
            command, capture_output=True, timeout=_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise EngineFailed(f"{browser}: no PDF within {_SECONDS} s") from None
    except OSError as error:
        raise EngineFailed(f"{browser}: {error.strerror or error}") from None
    if not target.exists():
        said = done.stderr.decode(errors="replace").strip().splitlines()
        last = f": {said[-1][:300]}" if said else ""
        raise EngineFailed(f"{browser}: no PDF (exit code {done.returncode}){last}")


def _is_root() -> bool:
    """Return whether we are root, for whom Chromium's sandbox does not start."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


@cache
def _browser() -> Path | None:
    """Return the first browser that is found."""
    return next(_browsers(), None)


def _browsers() -> Iterator[Path]:
    for name in _NAMES:
        found = shutil.which(name)
        if found:
            yield Path(found)
    if sys.platform == "darwin":
        places = [
            Path(root, name)
            for root in ("/Applications", Path.home() / "Applications")
            for name in _MAC
        ]
    else:
        variables = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
        places = [
            Path(os.environ[variable], name)
            for variable in variables
            if variable in os.environ
            for name in _WINDOWS
        ]
    yield from (place for place in places if place.exists())
