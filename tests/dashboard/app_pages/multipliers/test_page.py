"""Multipliers in a browser: the dot follows the knobs at once, and a click takes its variant."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from archcalc import build, count
from archcalc.base.units import format_count
from tests.dashboard.browser import Sight

expect = pytest.importorskip("playwright.sync_api", reason="playwright is missing").expect

See = Callable[..., Sight]

pytestmark = pytest.mark.slow


def _madds(sight: Sight, width: float, side: int) -> None:
    """Wait until the tiles and the dot show a variant of MobileNet V2."""
    madds = count(build("mobilenet_v2", width=width, resolution=side)).madds
    expect(sight.total("madds")).to_have_attribute("data-value", str(madds))
    dot = sight.page.locator(f'.st-key-live path[aria-label^="α {width:g} · {side} px, "]')
    # the chart of the run before is beside the new one until the run has ended
    sight.settle()
    expect(dot).to_have_count(1)
    expect(dot).to_have_attribute("aria-label", re.compile(f", {format_count(madds)} MAdds"))


@pytest.mark.ci
def test_the_dot_follows_the_knobs_and_is_taken(see: See) -> None:
    sight = see("multipliers")
    _madds(sight, 1, 224)
    knobs = sight.page.locator(".st-key-live .vega-bindings")
    knobs.locator('input[name="alpha"]').fill("0.5")
    knobs.locator('input[name="rho"]').fill("160")
    # the browser answers by itself, while the server still has the choice
    half = count(build("mobilenet_v2", width=0.5, resolution=160)).madds
    expect(sight.page.locator(".st-key-live")).to_contain_text(f"{format_count(half)} MAdds")
    whole = count(build("mobilenet_v2")).madds
    expect(sight.total("madds")).to_have_attribute("data-value", str(whole))
    sight.page.locator('.st-key-live path[aria-label^="α 0.5 · 160 px, "]').click()
    _madds(sight, 0.5, 160)
    expect(sight.page).to_have_url(re.compile(r"width=0\.5&resolution=160"))


def test_a_cell_and_a_published_variant_are_taken(see: See) -> None:
    sight = see("multipliers", width="0.75", quantity="params", against="resolution", parts="op")
    _madds(sight, 0.75, 224)
    sight.page.locator('.st-key-heat path[aria-label^="α 0.35, 128 px"]').click()
    _madds(sight, 0.35, 128)
    sight.page.locator('.st-key-accuracy_x path[aria-label^="α 1, 192 px"]').click()
    _madds(sight, 1, 192)


@pytest.mark.parametrize("query", [{"model": "vgg16"}, {"model": "mobilenet_v1", "prune": "0.5"}])
def test_a_net_without_widths_or_figures_has_the_rest(see: See, query: dict[str, str]) -> None:
    sight = see("multipliers", phone=True, lang="zh", **query)
    expect(sight.page.locator(".st-key-live svg.marks")).to_be_visible()
    expect(sight.page.locator(".blocks table")).to_be_visible()
    assert sight.page.evaluate("document.documentElement.scrollWidth") <= 390
