"""Explore in a browser: knobs change totals to what `count` says, and a link restores them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

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


def _marked_row(sight: Sight) -> Any:
    grid = sight.page.get_by_test_id("stDataFrame")
    return grid.locator('[role="row"][aria-selected="true"]')


def _bar(sight: Sight, key: str) -> Any:
    return sight.page.locator(f'.st-key-chart path[aria-label^="{key}:"]').first


def test_a_bar_marks_its_row_and_a_row_its_bar(see: See) -> None:
    sight = see()
    _bar(sight, "bottleneck_3.2").click()
    expect(_marked_row(sight)).to_contain_text("bottleneck_3.2")
    expect(sight.page).to_have_url(re.compile(r"at=bottleneck_3\.2"))
    # the fifth row: behind the head, the stem, and three blocks
    grid = sight.page.get_by_test_id("stDataFrame").locator(".dvn-scroller")
    grid.click(position={"x": 15, "y": 36 * 5 + 15})
    expect(_marked_row(sight)).to_contain_text("bottleneck_4.1")
    expect(_bar(sight, "bottleneck_4.1")).to_have_attribute("opacity", "1")
    expect(_bar(sight, "bottleneck_3.2")).not_to_have_attribute("opacity", "1")
    # the bar that was clicked first is clicked again, and the browser goes back
    sight.settle()
    _bar(sight, "bottleneck_3.2").click()
    expect(_marked_row(sight)).to_contain_text("bottleneck_3.2")
    expect(sight.page).to_have_url(re.compile(r"at=bottleneck_3\.2"))
    sight.page.go_back()
    expect(_marked_row(sight)).to_contain_text("bottleneck_4.1")


def test_a_piece_of_the_icicle_opens_its_block(see: See) -> None:
    sight = see(by="op")
    sight.page.locator('path[aria-label^="block bottleneck_8.1:"]').click()
    expect(sight.page.locator(".st-key-marked")).to_contain_text("bottleneck_8.1")
    expect(sight.page.locator(".st-key-drawing img")).to_have_attribute(
        "alt", re.compile("bottleneck_8.1")
    )
