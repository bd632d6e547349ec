"""The pictures of the dashboard's pages in docs/: ``make screenshots`` takes them anew."""

from __future__ import annotations

import io
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.dashboard.browser import Sight
from tests.dashboard.serving import chromium_path, launched, served

FOLDER = Path(__file__).parent / "dashboard"


@dataclass(frozen=True)
class Picture:
    """A page at a link, as high as shown; ``press``: a button that is pressed first."""

    page: str
    query: dict[str, str] = field(default_factory=dict)
    height: int = 1000
    press: str = ""
    phone: bool = False
    dark: bool = False
    name: str = ""


PICTURES = [
    Picture("explore", {"width": "0.75", "baseline": "mobilenet_v2", "at": "bottleneck_3.2"}, 1120),
    Picture("multipliers", height=1390),
    Picture("pruning", {"model": "mobilenet_v1", "prune": "0.5"}, 1250),
    Picture("budget", {"max_madds": "100000000", "max_params": "4000000"}, 1300),
    Picture("compare", {"model": "mobilenet_v2", "b": "mobilenet_v3_large"}, 1000),
    Picture("latency", {"lat_passes": "quick"}, 1150, press="Measure here"),
    Picture("papers", {"paper": "V2"}, 1000),
    Picture("lessons", {"lesson": "relu_manifold"}, 1000),
    Picture("your_model", height=1200),
    Picture("explore", {"lang": "zh"}, 844, phone=True, dark=True, name="phone"),
]


def main() -> None:
    """Take every picture, or those that are named."""
    from playwright.sync_api import sync_playwright

    path = chromium_path()
    if path is None:
        sys.exit("screenshots: no Chromium is installed")
    FOLDER.mkdir(exist_ok=True)
    chosen = [one for one in PICTURES if not sys.argv[1:] or (one.name or one.page) in sys.argv[1:]]
    with (
        tempfile.TemporaryDirectory() as folder,
        served(Path(folder)) as address,
        sync_playwright() as playwright,
    ):
        browser = launched(playwright, path)
        for one in chosen:
            file = FOLDER / f"{one.name or one.page}.png"
            file.write_bytes(small(taken(browser, address, one)))
            print(f"{file.relative_to(FOLDER.parents[1])}: {file.stat().st_size // 1024} KiB")
        browser.close()


def taken(browser: Any, address: str, one: Picture) -> bytes:
    """Return a page as PNG, when it stands still."""
    context = browser.new_context(
        viewport={"width": 390 if one.phone else 1280, "height": one.height},
        color_scheme="dark" if one.dark else "light",
        locale="en-GB",
    )
    sight = Sight(context, address)
    sight.open("" if one.page == "explore" else one.page, **one.query)
    if one.press:
        sight.page.get_by_role("button", name=one.press).click()
        sight.page.locator(".st-key-measuring").wait_for()
        sight.page.locator(".st-key-measuring").wait_for(state="detached", timeout=300_000)
        sight.settle()
    sight.stand_still()
    # charts are drawn after the script has ended
    sight.page.wait_for_timeout(2000)
    shot: bytes = sight.page.screenshot()
    context.close()
    return shot


def small(shot: bytes) -> bytes:
    """Return a PNG of 256 colours, a third of the size."""
    from PIL import Image

    buffer = io.BytesIO()
    Image.open(io.BytesIO(shot)).convert("RGB").quantize(256).save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


if __name__ == "__main__":
    main()
