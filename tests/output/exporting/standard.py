"""The texts and counts of a committed report, to compare with those of the code."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from types import SimpleNamespace
from unittest.mock import MagicMock

import pytest

from archcalc.base.document import Document, TableBlock, Tiles
from archcalc.output.render.html.page import render
from archcalc.output.reporting.compose import document_of
from archcalc.output.reporting.subject import Subject

_BLANK = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1" width="1" height="1"/>'
_UNSEEN = ("style", "svg", "title", "script")
_VERSIONS = re.compile(r"archcalc \d+\.\d+\S*|Python \d+\.\d+(\.\d+)?|torch \d\S*")
_EXACT = re.compile(r"\d{1,3}(?:,\d{3})+")


class _Words(HTMLParser):
    """Collects what a reader reads, pictures left out."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self._hidden += tag in _UNSEEN

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        """Nothing is within it."""

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in _UNSEEN

    def handle_data(self, data: str) -> None:
        if not self._hidden and data.strip():
            self.found.append(_VERSIONS.sub("VERSION", " ".join(data.split())))


def words_of(page: str) -> list[str]:
    """Return every text of a page in order, without its pictures, versions masked."""
    reader = _Words()
    reader.feed(page)
    reader.close()
    return reader.found


def page_now(subject: Subject, patch: pytest.MonkeyPatch) -> str:
    """Return the page that the code makes now, without pictures and fonts, which take the time."""
    patch.setattr("archcalc.output.reporting.figures.figure", lambda _: MagicMock())
    patch.setattr("archcalc.output.reporting.figures.to_svg", lambda _: _BLANK)
    patch.setattr(
        "archcalc.output.render.html.page.embed", lambda _: SimpleNamespace(css="", uncovered="")
    )
    return render(document_of(subject)).html


def exact_figures(document: Document) -> set[str]:
    """Return every count of a document's tables and tiles that has a comma in it."""
    texts: list[str] = []
    for section in document.sections:
        for block in section.blocks:
            if isinstance(block, TableBlock):
                texts += [cell.text for row in (*block.rows, *block.foot) for cell in row]
            elif isinstance(block, Tiles):
                texts += [text for tile in block.tiles for text in (tile.value, tile.detail)]
    return {figure for text in texts for figure in _EXACT.findall(text)}
