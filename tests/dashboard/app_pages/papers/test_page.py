"""Papers in a browser: filters and links keep what they say, badges have words."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from archcalc import build, count
from archcalc.base.units import format_exact
from tests.dashboard.browser import Sight

expect = pytest.importorskip("playwright.sync_api", reason="playwright is missing").expect

See = Callable[..., Sight]

pytestmark = pytest.mark.slow


def test_a_verdict_filters_rows_and_a_row_opens_its_variant(see: See) -> None:
    sight = see("papers", paper="V1", table="V1 table 7")
    table = sight.page.locator(".blocks table").first
    madds = count(build("mobilenet_v1", resolution=192)).madds
    row = table.get_by_role("row", name=re.compile("MobileNet-192"))
    expect(row).to_contain_text(format_exact(madds))
    expect(row).to_contain_text("✓ reproduced")
    row.get_by_role("link").click()
    expect(sight.total("madds")).to_have_attribute("data-value", str(madds))


def test_filters_are_in_the_link(see: See) -> None:
    sight = see("papers", paper="V2")
    rows = sight.page.locator(".blocks table tbody tr")
    expect(sight.page.get_by_text("V2 table 2")).to_be_visible()
    sight.page.get_by_role("button", name=re.compile("close")).click()
    expect(sight.page).to_have_url(re.compile("verdict=close"))
    expect(sight.page.get_by_text("V2 table 2")).to_have_count(0)
    expect(rows.first.locator("xpath=..")).to_contain_text("≈ close")
    left = rows.count()
    other = see("papers", paper="V2", verdict="close")
    expect(other.page.locator(".blocks table tbody tr")).to_have_count(left)


def test_on_a_phone_in_chinese(see: See) -> None:
    sight = see("papers", phone=True, lang="zh", paper="V3", verdict="erratum")
    expect(sight.page.locator(".badge.erratum").first).to_contain_text("† 勘误")
    assert sight.page.evaluate("document.documentElement.scrollWidth") <= 390
