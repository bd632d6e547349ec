"""PDF of a page, by both engines: pages, order, tags, text that can be taken out again."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from pathlib import Path

import pytest
from pypdf import PdfReader

from archcalc.base.document import Document, Section, Text
from archcalc.base.errors import ArchcalcError, UnknownName
from archcalc.output.files.ours import guard
from archcalc.output.render.html.page import render
from archcalc.output.reporting import pdf
from archcalc.output.reporting.engines import EngineFailed, chromium, engines, weasyprint
from archcalc.output.reporting.pdf import ENVIRONMENT, NoPdfEngine, engine_of, to_pdf
from tests.output.reporting.documents import document, table
from tests.zoo import few

ROWS = 48
NAMES = ["weasyprint", "chromium"]


@pytest.fixture(scope="module")
def page() -> str:
    """Return a page in Chinese whose table is longer than a sheet."""
    return render(document("深度可分离卷积 αρ ✓", "zh", rows=ROWS)).html


@pytest.fixture(scope="module", params=NAMES)
def made(request: pytest.FixtureRequest, page: str) -> tuple[str, bytes]:
    return request.param, to_pdf(page, engines()[request.param])


def test_engines_in_order() -> None:
    assert list(engines()) == NAMES
    assert engine_of(None).name == "weasyprint"
    assert engine_of("chromium").name == "chromium"
    with pytest.raises(UnknownName, match="chromium, weasyprint"):
        engine_of("latex")


def test_the_variable_names_an_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ENVIRONMENT, "chromium")
    assert engine_of(None).name == "chromium"
    assert engine_of("weasyprint").name == "weasyprint"


def test_pages(made: tuple[str, bytes]) -> None:
    """Chapters come in order, on A4, the wide one turned, each page with its number."""
    reader = PdfReader(io.BytesIO(made[1]))
    texts = [page.extract_text() for page in reader.pages]
    count = len(texts)
    assert count >= 5
    for number, text in enumerate(texts, start=1):
        assert re.search(rf"(?<!\d){number} / {count}(?!\d)", text), f"page {number}: no number"
    sizes = [(float(p.mediabox.width), float(p.mediabox.height)) for p in reader.pages]
    assert sizes[0] == pytest.approx((595, 842), abs=1.5)
    assert sizes[-1] == pytest.approx((842, 595), abs=1.5)
    numbered = [(2, "second"), (3, "third")]
    assert [
        next(i for i, text in enumerate(texts) if re.search(rf"{n}\s+{name}", text) and i)
        for n, name in numbered
    ] == [2, count - 1]
    assert re.search(r"1\s+first 深度可分离卷积\s+αρ ✓", texts[0])


def test_heads_are_repeated_and_rows_stay_whole(made: tuple[str, bytes]) -> None:
    texts = [page.extract_text() for page in PdfReader(io.BytesIO(made[1])).pages[2:-1]]
    rows = [[int(n) for n in re.findall(r"name (\d+) ", text)] for text in texts]
    assert [n for own in rows for n in own] == list(range(ROWS))
    assert len(rows) >= 2
    for text, own in zip(texts, rows, strict=True):
        assert re.search(r"name\s+n1\s+n2", text)
        assert len(own) >= 3
    assert "total" in texts[-1]


def test_tags_title_language_and_outline(made: tuple[str, bytes]) -> None:
    root = PdfReader(io.BytesIO(made[1])).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "zh-Hans"
    assert root["/StructTreeRoot"]["/K"]
    reader = PdfReader(io.BytesIO(made[1]))
    assert reader.metadata is not None
    assert reader.metadata.title == "title 深度可分离卷积 αρ ✓"
    titles = [str(one.title) for one in flat(reader.outline)]
    assert any(title.endswith("third") for title in titles)


def flat(outline: list) -> list:
    return [one for item in outline for one in (flat(item) if isinstance(item, list) else [item])]


def test_pictures_say_what_they_show(made: tuple[str, bytes]) -> None:
    reader = PdfReader(io.BytesIO(made[1]))
    alts = [
        str(obj["/Alt"])
        for number in range(1, int(reader.trailer["/Size"]))
        if isinstance(obj := reader.get_object(number), dict) and "/Alt" in obj
    ]
    assert alts.count("alt 深度可分离卷积 αρ ✓") == 3


def test_fonts_are_embedded(made: tuple[str, bytes]) -> None:
    reader = PdfReader(io.BytesIO(made[1]))
    names = {
        str(font.get_object()["/BaseFont"])
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert all("archcalc" in name for name in names)


def test_no_time_in_it_and_marked_as_ours(made: tuple[str, bytes], tmp_path: Path) -> None:
    assert b"CreationDate" not in made[1]
    assert b"ModDate" not in made[1]
    path = tmp_path / "report.pdf"
    path.write_bytes(made[1])
    guard(path)
    path.write_bytes(made[1].replace(b"archcalc ", b"someone  "))
    with pytest.raises(ArchcalcError, match="--force"):
        guard(path)


@pytest.mark.parametrize("name", few(NAMES, of=["weasyprint"]))
def test_same_page_same_bytes(name: str) -> None:
    page = render(Document("t", "s", "en", [Section("a", "A", [Text("b"), table()])])).html
    engine = engines()[name]
    first = to_pdf(page, engine)
    assert first == to_pdf(page, engine)
    assert len(PdfReader(io.BytesIO(first)).pages) == 1


def test_without_an_engine_the_error_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weasyprint, "_import", lambda: (None, "WeasyPrint cannot load Pango (x)"))
    monkeypatch.setattr(chromium, "_browser", lambda: None)
    with pytest.raises(NoPdfEngine) as told:
        engine_of(None)
    assert str(told.value).count("\n") == 0
    for name in ("WeasyPrint", "Pango", "Chrome, Chromium or Edge"):
        assert name in str(told.value)
    with pytest.raises(NoPdfEngine, match="Chrome"):
        engine_of("chromium")
    monkeypatch.undo()
    assert pdf.engine_of(None).name == "weasyprint"


def test_a_library_that_does_not_load_is_reported(tmp_path: Path) -> None:
    """As where Pango is missing: WeasyPrint fails at import, and nothing else does."""
    package = tmp_path / "weasyprint"
    package.mkdir()
    (package / "__init__.py").write_text("raise OSError(\"cannot load library 'libpango'\\nmore\")")
    script = (
        "from archcalc.output.reporting.engines import engines\n"
        "print(engines()['weasyprint'].missing())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n{script}"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.count("\n") == 1
    assert "cannot load Pango (cannot load library 'libpango')" in done.stdout


def test_a_browser_that_fails_is_reported(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    browser = tmp_path / "chromium"
    browser.write_text("#!/bin/sh\necho 'cannot open display' >&2\nexit 3\n")
    browser.chmod(0o755)
    monkeypatch.setattr(chromium, "_browser", lambda: browser)
    with pytest.raises(EngineFailed, match=r"exit code 3\): cannot open display"):
        engines()["chromium"].pdf("<p>x")
