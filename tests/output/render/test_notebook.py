"""Results of every kind in a notebook: one inert fragment with the cells of the screen."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from html.parser import HTMLParser

from archcalc.base.document import TableBlock
from archcalc.base.tables import Records, html_of
from archcalc.output.present import present
from archcalc.output.render.html.fragment import notebook_html
from tests.hostile import TEXTS
from tests.output.results import every_kind

VOID = {"br", "col", "img", "hr", "input", "link", "meta", "path", "wbr"}


class Elements(HTMLParser):
    """The elements of a fragment, those at its top, and its attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.names: list[str] = []
        self.top: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.depth = 0
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self.attributes += attrs
        if not self.depth:
            self.top.append(tag)
        self.depth += tag not in VOID

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self.attributes += attrs

    def handle_endtag(self, tag: str) -> None:
        self.depth -= tag not in VOID


def is_inert(shown: str) -> bool:
    """Return whether a fragment is whole, runs nothing and fetches nothing."""
    seen = Elements(shown)
    runs = [name for name, _ in seen.attributes if name.startswith("on")]
    fetched = [
        value for name, value in seen.attributes
        if name in ("src", "srcset", "data", "action") and not (value or "").startswith("data:")
    ]  # fmt: skip
    outside = {"script", "iframe", "object", "embed", "link", "base", "form"} & set(seen.names)
    styles = "".join(re.findall(r"<style[^>]*>(.*?)</style>", shown, re.DOTALL))
    return (
        len(seen.top) == 1
        and seen.depth == 0
        and not runs + fetched
        and not outside
        and "url(" not in styles
        and "@import" not in styles
    )


def plain(shown: str) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", shown)))


def test_every_kind_is_one_fragment_with_the_figures_of_the_screen() -> None:
    for kind, result in every_kind().items():
        shown = html_of(result)
        assert is_inert(shown), kind
        said = plain(shown)
        for block in present(result).blocks:
            if isinstance(block, TableBlock) and len(block.rows) < 50:
                figures = {
                    cell.text for row in (*block.rows, *block.foot) for cell in row
                    if re.search(r"[0-9]", cell.text)
                }  # fmt: skip
                missing = {one for one in figures if re.sub(r"\s+", " ", one).strip() not in said}
                assert not missing, (kind, missing)


def test_hostile_names_stay_names() -> None:
    for text in TEXTS.values():
        assert is_inert(Records(text, [{text: text}], [text])._repr_html_())
    for result in every_kind().values():
        section = replace(present(result), title=TEXTS["script"])
        assert is_inert(notebook_html(section))
