"""Lessons in a browser: a knob redraws the picture and the counts, and a link restores them."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from archcalc.studies.lessons import compare_separable
from tests.dashboard.browser import Sight

expect = pytest.importorskip("playwright.sync_api", reason="playwright is missing").expect

pytestmark = pytest.mark.slow

See = Callable[..., Sight]


def test_a_knob_redraws_the_convolutions(see: See) -> None:
    sight = see("lessons")
    bars = sight.page.locator(".costbars > div")
    expect(bars.nth(1)).to_have_attribute("data-madds", str(compare_separable().madds))
    sight.page.get_by_role("slider", name="Kernel").press("ArrowRight")
    one = compare_separable(7)
    expect(bars.nth(0)).to_have_attribute("data-madds", str(one.standard.madds))
    expect(bars.nth(1)).to_have_attribute("data-madds", str(one.madds))
    expect(sight.page.locator(".st-key-step_depthwise img")).to_have_attribute(
        "alt", re.compile(r"3 x \(7x7x1\)")
    )
    expect(sight.page).to_have_url(re.compile("sep_kernel=7"))


def test_lessons_open_from_a_link_in_both_languages(see: See) -> None:
    sight = see("lessons", lesson="relu_manifold", spiral_back="active", lang="zh", phone=True)
    expect(sight.page.get_by_role("table")).to_contain_text("(m + 1) / 2^m")
    sight = see("lessons", lesson="activations", act="relu6,hard_swish")
    expect(sight.page.get_by_role("table").first).to_contain_text("h-swish")


def test_squeeze_and_excite_runs_a_net(see: See) -> None:
    sight = see("lessons", lesson="squeeze_excite", se_digit="4")
    expect(sight.page.get_by_alt_text(re.compile("handwritten 4"))).to_be_visible()
    expect(sight.page.get_by_role("table")).to_contain_text("hard_sigmoid")


@pytest.mark.alone
def test_activations_are_timed_here(see: See) -> None:
    small = {"model": "mobilenet_v3_small", "width": "0.35", "resolution": "64"}
    sight = see("lessons", lesson="activations", **small)
    sight.page.get_by_role("button", name="Measure here").click()
    again = sight.page.get_by_role("button", name="Measure again")
    expect(again).to_be_visible(timeout=60_000)
    times = sight.page.get_by_role("table").last
    expect(times).to_contain_text("h-swish")
    expect(times).to_contain_text("1.00")
    assert sight.violations() == []
