"""Budget in a browser: a limit leaves what fits, and a click opens a variant in Explore."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from archcalc import Budget, build, count
from dashboard.app_pages.budget.data_fitting import Fitting, fitting
from tests.dashboard.browser import Sight

expect = pytest.importorskip("playwright.sync_api", reason="playwright is missing").expect

See = Callable[..., Sight]


def _found(madds: int) -> Fitting:
    return fitting({}, Budget(madds=madds), convention="paper", dtype="f32")


@pytest.mark.slow
def test_a_limit_leaves_what_fits_and_a_click_opens_it(see: See) -> None:
    sight = see("budget", max_madds="150M")
    page = sight.page
    loose, tight = _found(150_000_000), _found(125_000_000)
    expect(page.get_by_text(f"{len(loose.fits)} of ")).to_be_visible()
    page.get_by_role("slider", name="MAdds").press("ArrowLeft")
    expect(page.get_by_text(f"{len(tight.fits)} of ")).to_be_visible()
    expect(page).to_have_url(re.compile("max_madds=125M"))
    best = tight.choice_of(tight.fits.best)
    own = count(build(best.model, width=best.width, resolution=best.resolution))
    expect(sight.total("madds")).to_have_attribute("data-value", str(own.madds))
    # far from all others, and so under no other mark
    sight.settle()
    page.locator('path[aria-label^="vgg16@1-224: "]').click()
    vgg = count(build("vgg16"))
    expect(sight.total("madds")).to_have_attribute("data-value", str(vgg.madds))
    expect(page).to_have_url(re.compile("model=vgg16"))
    # the page is as it was left
    page.get_by_role("link", name="Budget").click()
    expect(page.get_by_text(f"{len(tight.fits)} of ")).to_be_visible()
    expect(page).to_have_url(re.compile("max_madds=125M"))
    page.get_by_role("button", name="Open in Explore").click()
    expect(sight.total("madds")).to_have_attribute("data-value", str(own.madds))
    expect(page).to_have_url(re.compile(f"model={best.model}"))


@pytest.mark.slow
@pytest.mark.alone
def test_a_time_of_this_machine_is_a_limit(see: See) -> None:
    small = {"model": "mobilenet_v3_small", "width": "0.25", "resolution": "96"}
    sight = see("budget", nets="mobilenet_v3_small", **small)
    page = sight.page
    page.get_by_role("radio", name="this machine, folded").click()
    expect(page.get_by_text("Timed so far: 0 of ")).to_be_visible()
    page.get_by_role("button", name="Time mobilenet_v3_small@0.25-96 here").click()
    page.get_by_role("radio", name="quick").click()
    expect(page.get_by_text("at least 10 passes")).to_be_visible()
    sight.settle()
    page.get_by_role("button", name="Measure here").click()
    expect(page.locator('[data-timing="median"]')).to_contain_text("ms", timeout=60_000)
    page.get_by_role("link", name="Budget").click()
    expect(page.get_by_text("Timed so far: 1 of ")).to_be_visible()
    # the last stop before "no limit" lets everything in that was timed
    page.get_by_role("slider", name="Time on this machine").press("ArrowLeft")
    expect(page.get_by_text("1 of ").last).to_contain_text("variants fit")
    expect(page).to_have_url(re.compile("phone=here%3Afolded%3A1"))
