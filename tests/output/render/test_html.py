"""A page is self-contained, has no scripts, and no text becomes markup."""

from __future__ import annotations

import re
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from tinyhtml5.parser import HTMLParser

from archcalc.base.document import Cell, Column, Document, Section, TableBlock, Text
from archcalc.base.messages import HTML_LANG, messages
from archcalc.output.render.fonts import Embedded
from archcalc.output.render.html import page as html
from archcalc.output.render.html.environment import css_string
from archcalc.output.render.html.layout import TableView, views_of
from archcalc.output.render.html.page import render, visible_text
from tests.hostile import TEXTS, few_texts
from tests.output.reporting.documents import document, table

pytestmark = pytest.mark.usefixtures("unlettered")

HTML = "{http://www.w3.org/1999/xhtml}"
NAMESPACES = ("http://www.w3.org/2000/svg",)


def parsed(page: str) -> ET.Element:
    """Return the page as a browser's parser reads it; a parse error fails."""
    parser = HTMLParser()
    tree: ET.Element = parser.parse(page)
    assert parser.errors == []
    return tree


def shape_of(page: str) -> list[tuple[str, dict[str, str]]]:
    """Return what a page is beside its texts: every tag, and what its attributes say."""
    said = ("class", "content", "aria-label")
    return [
        (element.tag, {k: v for k, v in element.attrib.items() if k not in said})
        for element in parsed(page).iter()
        if isinstance(element.tag, str)  # the seal is a comment
    ]


def outside_of(page: str) -> list[str]:
    """Return the addresses in a page that are no namespaces and no fonts of its own."""
    own = re.sub(r"data:font/woff2;base64,[A-Za-z0-9+/=]*", "", page)
    return [url for url in re.findall(r"[a-z]+://[^\s\"')<]+", own) if url not in NAMESPACES]


@pytest.mark.parametrize("language", HTML_LANG)
def test_page_is_whole_by_itself(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    page = render(document("αρ ✓ 网络", language)).html
    assert outside_of(page) == []
    assert "<script" not in page
    root = parsed(page)
    assert root.get("lang") == HTML_LANG[language]
    tags = {element.tag for element in root.iter()}
    loading = ("script", "link", "iframe", "object", "embed", "base", "form", "img")
    assert not tags & {f"{HTML}{name}" for name in loading}
    policy = root.find(f".//{HTML}meta[@http-equiv='Content-Security-Policy']")
    assert policy is not None
    assert policy.get("content", "").startswith("default-src 'none'; style-src 'unsafe-inline'")
    hrefs = [a.get("href", "") for a in root.iter(f"{HTML}a")]
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    assert hrefs
    assert {href[1:] for href in hrefs} <= set(ids)


def test_same_document_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    assert "base64," in render(document("x")).html
    assert render(document("x")).html == render(document("x")).html


def test_headings_step_by_one() -> None:
    root = parsed(render(document()).html)
    levels = [int(e.tag[-1]) for e in root.iter() if re.fullmatch(rf"{HTML}h[1-6]", str(e.tag))]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.fixture(scope="module")
def harmless() -> str:
    return render(document("plain")).html


@pytest.mark.parametrize("danger", few_texts("attribute", "style"))
def test_a_text_stays_a_text(danger: str, harmless: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page with a hostile text is a page with a harmless one, but for that text."""
    monkeypatch.setattr(html, "embed", lambda _: Embedded("", "𓀀"))
    page = render(document(TEXTS[danger])).html
    shape, expected = shape_of(page), shape_of(harmless)
    at = next(i for i, (tag, _) in enumerate(shape) if tag == f"{HTML}aside")
    del shape[at : at + 3]  # it says what has no glyph
    assert shape == expected
    assert list(map(said_nothing, sheets(page))) == list(map(said_nothing, sheets(harmless)))
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u0000-\u0008\ud800-\udfff]", page)
    assert len(page) < 600_000


def said_nothing(sheet: str) -> list[str]:
    """Return a style sheet without its fonts and strings."""
    return re.sub(r'@font-face{[^}]*}|"[^"]*"', "", sheet).split()


def sheets(page: str) -> list[str]:
    return [style.text or "" for style in parsed(page).iter(f"{HTML}style")]


def test_text_of_any_length_is_folded_or_cut() -> None:
    page = render(document("m" * 10_000)).html
    assert 500 < max(map(len, re.findall("m+", page))) < 6_000
    cells = re.findall(r"<th scope=\"row\"[^>]*>(m+[^<]*)", page)
    assert cells
    assert all(len(cell) <= 160 and "…" in cell for cell in cells)


def test_characters_without_a_glyph_are_said() -> None:
    page = render(document("see 𓀀 here"))
    assert page.uncovered == "𓀀"
    assert "𓀀" in page.html
    assert messages("en")("page.glyphs") in page.html
    assert render(document("深度可分离卷积 ⌈αρ⌉ ∈ ≤ ✓ − ²", "zh")).uncovered == ""


def test_verdicts_are_words() -> None:
    for language in HTML_LANG:
        page, t = render(document(language=language)).html, messages(language)
        for verdict in ("reproduced", "erratum", "close", "differs", "not computable"):
            assert t(f"verdict.{verdict}") in visible_text(page)


def test_numbers_of_tables_and_figures() -> None:
    text = visible_text(render(document()).html)
    assert re.findall(r"Table (\d)", text) == ["1", "2", "3"]
    assert re.findall(r"Figure (\d)", text) == ["1", "2", "3"]


def test_notes_are_reached_from_their_marks() -> None:
    root = parsed(render(document()).html)
    marks = root.findall(f".//{HTML}sup/{HTML}a")
    assert [mark.get("href") for mark in marks] == [f"#table-{n}-note-1" for n in (1, 2, 3)]


def test_letters_shrink_with_columns_until_the_page_is_turned() -> None:
    def points(columns: int) -> tuple[float, bool]:
        page = render(Document("t", "", "en", [Section("s", "s", [table(columns=columns)])])).html
        size = re.search(r"--print-size:([0-9.]+)pt", page)
        assert size is not None
        return float(size[1]), 'class="chapter landscape"' in page

    sizes = [points(columns) for columns in (3, 7, 14, 30)]
    assert sizes[0] == (8.8, False)
    assert sizes[-1][1]
    assert min(size for size, _ in sizes) >= 5


def test_only_shares_have_bars() -> None:
    columns = [Column("a"), Column("b", numeric=True), Column("c", numeric=True)]
    rows = [
        [Cell("x"), Cell("1", share=0.25), Cell("0")],
        [Cell("y"), Cell("2", share=7), Cell("")],
    ]
    page = render(
        Document("t", "", "en", [Section("s", "s", [TableBlock("c", columns, rows)])])
    ).html
    assert re.findall(r"background-size:([0-9.]+)% ", page.partition("<body>")[2]) == [
        "25.0",
        "100.0",
    ]


def test_css_strings() -> None:
    assert css_string('a"</style>\\') == "a\\22 \\3c \\2f style\\3e \\5c "


def test_a_short_report_has_no_contents() -> None:
    page = render(Document("t", "s", "en", [Section("a", "A", [Text("b")])])).html
    assert "<nav" not in page


@pytest.mark.parametrize("rows", [1, 2, 3, 20])
def test_the_last_row_of_a_table_allows_a_page_break(rows: int) -> None:
    table = TableBlock("rows", [Column("a")], [[Cell(str(n))] for n in range(rows)])
    made = Document("t", "s", "en", [Section("one", "one", [table])])
    [view] = views_of(made)[0].blocks
    assert isinstance(view, TableView)
    held = ["with-next" in view.row_classes(index) for index in range(rows)]
    # what follows the table would be held with it; of two rows none stands alone
    assert not held[-1]
    assert all(held[:2][: rows - 1])
