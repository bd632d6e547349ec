"""Explore in a browser: knobs change totals to what `count` says, and a link restores them."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from archcalc import build, count
from tests.dashboard.browser import Sight

expect = pytest.importorskip("playwright.sync_api", reason="playwright is missing").expect

See = Callable[..., Sight]


def test_a_knob_changes_the_totals_and_the_link_restores_them(see: See) -> None:
    sight = see("", baseline="mobilenet_v2")
    whole, wider = count(build("mobilenet_v2")), count(build("mobilenet_v2", width="1.05"))
    expect(sight.total("madds")).to_have_attribute("data-value", str(whole.madds))
    sight.page.get_by_role("slider", name="Width multiplier").press("ArrowRight")
    for name in ("madds", "params", "weight_bytes", "peak_memory_bytes"):
        expect(sight.total(name)).to_have_attribute("data-value", str(wider.totals[name]))
    expect(sight.page).to_have_url(re.compile(r"width=1\.05"))
    other = see()
    other.page.goto(sight.page.url)
    other.settle()
    expect(other.total("madds")).to_have_attribute("data-value", str(wider.madds))
    expect(other.total("madds").locator(".change")).to_contain_text("%")


def test_a_bad_link_is_told_and_ignored(see: See) -> None:
    sight = see("", width="wide", model="no_such_net", resolution="192")
    alert = sight.page.get_by_role("alert")
    expect(alert).to_contain_text("width")
    expect(alert).to_contain_text("no_such_net")
    expected = count(build("mobilenet_v2", resolution=192)).madds
    expect(sight.total("madds")).to_have_attribute("data-value", str(expected))
