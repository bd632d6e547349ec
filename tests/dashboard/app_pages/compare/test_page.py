"""Compare in a browser: another width of a net recounts its column, a click on a point adds it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from archcalc import build, count
from tests.dashboard.browser import Sight

expect = pytest.importorskip("playwright.sync_api", reason="playwright is missing").expect

pytestmark = pytest.mark.slow

See = Callable[..., Sight]


def _sums(sight: Sight) -> Any:
    return sight.page.locator("table.aligned tfoot")


def test_a_knob_recounts_and_a_point_is_added(see: See) -> None:
    sight = see("compare", b="mobilenet_v2;width=0.5")
    half, more = (count(build("mobilenet_v2", width=width)) for width in ("0.5", "0.55"))
    expect(_sums(sight)).to_contain_text(f"{half.madds:,}")
    sight.page.get_by_role("button", name="α 0.5").click()
    sight.page.get_by_role("slider", name="Width multiplier").last.press("ArrowRight")
    expect(_sums(sight)).to_contain_text(f"{more.madds:,}")
    expect(_sums(sight)).to_contain_text(f"{more.params:,}")
    expect(sight.page).to_have_url(re.compile(r"b=mobilenet_v2%3Bwidth%3D0\.55"))
    sight.page.keyboard.press("Escape")
    sight.settle()
    sight.page.locator('path[aria-label^="vgg16@1-224:"]').click()
    expect(_sums(sight)).to_contain_text(f"{count(build('vgg16')).madds:,}")
    expect(sight.page).to_have_url(re.compile("c=vgg16"))
    sight.page.get_by_role("button", name="Remove b").click()
    expect(_sums(sight)).not_to_contain_text(f"{more.madds:,}")
    expect(sight.page).not_to_have_url(re.compile(r"width%3D0\.55"))
    other = see()
    other.page.goto(sight.page.url)
    other.settle()
    expect(_sums(other)).to_contain_text(f"{count(build('vgg16')).params:,}")
