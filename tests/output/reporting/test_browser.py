"""A page in a browser without a network, and hostile texts on paper."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

import archcalc
from archcalc.output.render.html.page import render
from archcalc.output.reporting.engines import chromium, engines
from archcalc.output.reporting.pdf import to_pdf
from tests.hostile import TEXTS
from tests.output.reporting.documents import document

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        opened = play.chromium.launch(
            executable_path=str(chromium._browser()),
            args=["--no-sandbox", "--disable-dev-shm-usage"],
        )
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    (whole,) = archcalc.report("mobilenet_v3_small", folder / "net.html", language="zh")
    hostile = folder / "hostile.html"
    hostile.write_text(render(document(" ".join(TEXTS.values()))).html)
    names = folder / "names.html"
    names.write_text(render(document("m" * 10_000)).html)
    return {"net": whole, "hostile": hostile, "names": names}


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("name", ["net", "hostile", "names"])
def test_a_page_makes_no_requests_and_fits(
    browser: Any, files: dict[str, Path], name: str, width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("dialog", lambda dialog: said.append(dialog.message))
    page.on(
        "request",
        lambda request: (
            said.append(request.url) if not request.url.startswith(("data:", "file:")) else None
        ),
    )
    page.goto(files[name].as_uri())
    page.evaluate("document.fonts.ready")
    assert said == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    loaded = page.evaluate("[...document.fonts].map(face => face.status + ' ' + face.family)")
    assert loaded
    assert set(loaded) <= {
        f"{status} archcalc-{family}"
        for status in ("loaded", "unloaded")  # a weight that nothing is written in
        for family in ("text", "han", "signs")
    }
    page.close()


@pytest.mark.parametrize("name", engines())
def test_hostile_texts_on_paper(name: str) -> None:
    texts = {key: text for key, text in TEXTS.items() if "long" not in key}
    page = render(document(" ".join(texts.values()))).html
    read = PdfReader(io.BytesIO(to_pdf(page, engines()[name])))
    # pypdf reads a NUL before each letter of a font that lacks some characters
    text = "".join(one.extract_text() for one in read.pages).replace("\0", "")
    words = "".join(text.split())
    for said in ("<script>alert(1)</script>", "=HYPERLINK(", "{{7*7}}", "</style></title>"):
        assert said in words
    catalogue = read.trailer["/Root"]
    assert not {"/AA", "/AcroForm"} & set(catalogue)
    assert "/JavaScript" not in catalogue.get("/Names", {})
    targets = [
        annotation.get_object().get("/A", {})
        for one in read.pages
        for annotation in one.get("/Annots", [])
    ]
    assert not [target for target in targets if "/URI" in target or "/JS" in target]
