"""Latency in a browser: the button measures, one at a time; it can be cancelled."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.dashboard.browser import Sight

expect = pytest.importorskip("playwright.sync_api", reason="playwright is missing").expect

pytestmark = [pytest.mark.slow, pytest.mark.alone]

See = Callable[..., Sight]
SMALL = {"model": "mobilenet_v3_small", "width": "0.35", "resolution": "32", "lat_passes": "quick"}


def test_it_measures_here(see: See) -> None:
    sight = see("latency", **SMALL)
    expect(sight.page.get_by_text("has not been measured yet")).to_be_visible()
    sight.page.get_by_role("button", name="Measure here").click()
    expect(sight.page.locator('[data-timing="median"]')).to_contain_text("ms", timeout=60_000)
    expect(sight.page.locator('[data-timing="closure"]')).to_contain_text("%")
    expect(sight.page.get_by_role("table")).to_contain_text("dwconv 3x3")
    # what is taken away has it too
    page = sight.page
    page.get_by_role("button", name="Export this view").click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="HTML: report with the measured latency").click()
    chapter = Path(waiting.value.path()).read_text().partition('id="latency"')[2]
    assert "Measured latency" in chapter
    assert "dwconv 3x3" in chapter
    # a second session sees what was measured on this machine
    other = see("latency", lat_tab="layers", lang="zh", phone=True, **SMALL)
    expect(other.page.locator('[data-timing="median"]')).to_be_visible()


def test_it_is_cancelled_and_others_wait(see: See) -> None:
    sight = see("latency", lat_batch="64")
    sight.page.get_by_role("button", name="Measure here").click()
    cancel = sight.page.get_by_role("button", name="Cancel")
    expect(cancel).to_be_visible()
    other = see("latency", lat_tab="phones", **SMALL)
    expect(other.page.get_by_text("One measurement at a time")).to_be_visible()
    expect(other.page.get_by_role("button", name="Cancel")).to_have_count(0)
    cancel.click()
    expect(sight.page.get_by_text("was cancelled")).to_be_visible()
    expect(other.page.get_by_role("button", name="Measure")).to_be_visible()


@pytest.mark.ci
def test_a_fault_is_told(see: See) -> None:
    sight = see("latency", lat_threads="256", **SMALL)
    sight.page.get_by_role("button", name="Measure here").click()
    expect(sight.page.locator(".st-key-measuring_failed")).to_contain_text("threads: at most")
