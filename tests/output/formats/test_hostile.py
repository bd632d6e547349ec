"""Hostile texts in each format are read back as texts and change nothing around them."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

import archcalc
from archcalc.base.document import TableBlock
from archcalc.base.plain import plain
from archcalc.base.tables import Table
from archcalc.cost.counting.paper_rows import with_costs
from archcalc.output.formats import dumps, write
from archcalc.output.present import present
from tests.hostile import MARKER, TEXTS, Hostile, net_of

every = pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)


def tables(text: str) -> list[Table]:
    net = net_of(text)
    costs = archcalc.count(net)
    paper = with_costs(costs)
    return [Hostile(text), costs, costs.by("row"), paper, archcalc.explain(net.spec)]


# -- csv


@every
def test_no_cell_of_a_csv_is_a_formula(text: str) -> None:
    for table in tables(text):
        rows = list(csv.reader(io.StringIO(dumps(table, "csv"), newline="")))
        records = table.records()
        assert len(rows) == (len(records) + 1 if records else 0)
        for row, record in zip(rows[1:], records, strict=True):
            for cell, value in zip(row, record.values(), strict=True):
                assert cell.removeprefix("'") == ("" if value is None else str(value))
                assert not isinstance(value, str) or not is_formula(cell)


def is_formula(cell: str) -> bool:
    """Return whether a spreadsheet might run a cell: after invisible characters, in wide signs."""
    seen = "".join(c for c in cell if c.isprintable() and not c.isspace() and c != '"')
    if re.fullmatch(r"[-+]?[0-9.,]*%?", seen):
        return False
    return seen.startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (-7, "-7"),
        (-0.5, "-0.5"),
        (10**30, "1" + "0" * 30),
        (None, ""),
        (True, "True"),
        # a paper's dash, and printed figures with their sign
        ("-", "-"),
        ("+.2%", "+.2%"),
        ("-12%", "-12%"),
        ("-1+1", "'-1+1"),
        ("-A1", "'-A1"),
        ("- a", "'- a"),
        (' "=1+1', "' \"=1+1"),
        ("a=1", "a=1"),
        ("'=1", "''=1"),
    ],
)
def test_numbers_are_untouched(value: object, cell: str) -> None:
    table = Hostile("x")
    object.__setattr__(table, "records", lambda: [{"v": value, "w": 1}])
    assert list(csv.reader(io.StringIO(dumps(table, "csv"))))[1][0] == cell


# -- json


@every
def test_json_has_the_exact_text(text: str) -> None:
    for table in tables(text):
        assert json.loads(dumps(table, "json")) == json.loads(json.dumps(table.to_dict()))
    assert json.loads(dumps(Hostile(text), "json"))["title"] == text


# -- Markdown


class Page(HTMLParser):
    """The elements of a page with their attributes, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str | None]] = []
        self.texts: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


PLAIN = {
    "h1", "h2", "p", "ol", "ul", "li", "strong",
    "table", "thead", "tbody", "tfoot", "tr", "th", "td",
}  # fmt: skip


@every
def test_markdown_shows_the_text_and_nothing_else(text: str) -> None:
    # a long text is long in any table
    for table in tables(text) if len(text) < 1000 else [Hostile(text)]:
        written = dumps(table, "md")
        page = Page(MarkdownIt("commonmark").enable("table").render(written))
        assert page.tags <= PLAIN
        assert all(name == "style" for name, _ in page.attributes)
        shown = {" ".join(one.split()) for one in page.texts}
        blocks = present(table).blocks
        heads = {c.head for one in blocks if isinstance(one, TableBlock) for c in one.columns}
        assert {" ".join(plain(head).split()) for head in heads} - {""} <= shown
        # site generators read these
        assert not re.search(r"\{\{|\{%", written)
    shown = {" ".join(one.split()) for one in page_texts(Hostile(text))}
    assert " ".join(plain(text).split()) in shown
    assert " ".join(plain(f"{MARKER}{text}").split()) in shown


def page_texts(table: Table) -> Iterator[str]:
    yield from Page(MarkdownIt("commonmark").enable("table").render(dumps(table, "md"))).texts


# -- notebooks


@every
def test_notebooks_show_the_text_and_nothing_else(text: str) -> None:
    net = net_of(text)
    for thing in (*tables(text), net, net.spec):
        shown = thing._repr_html_()
        page = Page(shown)
        assert shown.count("<style") == 1  # the notebook's own
        assert not page.tags & {"script", "img", "iframe", "link", "base", "form"}
        names = {name for name, _ in page.attributes}
        assert not [name for name in names if name.startswith("on") or name == "src"]
        links = [target for name, target in page.attributes if name == "href"]
        assert all(str(target).startswith("#") for target in links)  # to notes below
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]", shown)
        assert len(shown) < 400_000


# -- files


@every
@pytest.mark.parametrize("name", ["csv", "json", "md", "parquet", "tex"])
def test_every_format_writes_the_same_bytes_twice(tmp_path: Path, text: str, name: str) -> None:
    one, two = (write(Hostile(text), tmp_path / f"{x}.{name}") for x in "ab")
    assert one.read_bytes() == two.read_bytes()
