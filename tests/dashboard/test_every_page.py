"""What holds for every page, whatever it shows: new pages are found by themselves."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from archcalc.base.messages import HTML_LANG, LANGUAGES, messages
from dashboard.shell.pages import page_names
from tests.dashboard.browser import Sight

expect = pytest.importorskip("playwright.sync_api", reason="playwright is missing").expect

PAGES = page_names()
SCRIPT = "from dashboard.shell.frame import main\nmain({name!r})\n"

See = Callable[..., Sight]


def _languages_of(name: str) -> list[object]:
    """Return every language; of other pages than the first, all but English are slow tests."""
    return [
        pytest.param(
            name,
            language,
            marks=[] if name == PAGES[0] or language == "en" else [pytest.mark.slow],
        )
        for language in LANGUAGES
    ]


@pytest.mark.parametrize(
    ("name", "language"), [one for name in PAGES for one in _languages_of(name)]
)
def test_a_page_runs(name: str, language: str) -> None:
    testing = pytest.importorskip("streamlit.testing.v1")
    app = testing.AppTest.from_string(SCRIPT.format(name=name), default_timeout=60)
    app.query_params["lang"] = language
    app.run()
    assert not app.exception
    assert not [one for one in app.error if messages(language)("dashboard.failed") in one.value]
    assert not app.warning


@pytest.mark.slow
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("phone", [False, True], ids=["wide", "phone"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_stands_in_a_browser(
    see: See, name: str, language: str, *, phone: bool, dark: bool
) -> None:
    sight = see(name, phone=phone, dark=dark, lang=language)
    expect(sight.page.locator("html")).to_have_attribute("lang", HTML_LANG[language])
    assert sight.overflow() <= 0
    assert sight.violations() == []


@pytest.mark.slow
@pytest.mark.ci
def test_the_first_page_is_accessible_with_all_that_it_can_show(see: See) -> None:
    sight = see("", phone=True, baseline="mobilenet_v1", at="bottleneck_3.2", width="0.75")
    assert sight.overflow() <= 0
    assert sight.violations() == []


@pytest.mark.slow
@pytest.mark.ci
@pytest.mark.skipif(len(PAGES) < 2, reason="one page alone needs no navigation")
def test_the_choice_goes_along_from_page_to_page(see: See) -> None:
    sight = see("", width="0.75", baseline="mobilenet_v1")
    title = messages("en")(f"dashboard_{PAGES[1]}.title")
    sight.page.get_by_role("link", name=title).first.click()
    sight.page.wait_for_url(f"**/{PAGES[1]}?*width=0.75*")
    sight.settle()
    assert "baseline=mobilenet_v1" in sight.page.url
