"""Results of every kind on screens of every width, in both languages."""

from __future__ import annotations

import re

import pytest
from rich.cells import cell_len

from archcalc.base.document import Cell, Column, Section, TableBlock, Text
from archcalc.base.messages import messages
from archcalc.output.present import present
from archcalc.output.render.fitting import fit
from archcalc.output.render.screen import screen_text
from tests.each import each
from tests.hostile import TEXTS
from tests.output.results import every_kind

UNTRANSLATED = re.compile(
    r"[^A-Za-z]*|MAdds|FLOPs|ms|p10|p90|top-1|id|archcalc|fvcore|FlopCounter|Pixel \d|a|b|b / a"
)
"""Heads that are written alike in every language."""


def tables(kind: str, language: str) -> list[TableBlock]:
    section = present(every_kind()[kind], language)
    return [block for block in section.blocks if isinstance(block, TableBlock)]


@each("kind", every_kind)
def test_no_line_is_wider_than_the_screen(kind: str) -> None:
    for language in ("en", "zh"):
        section = present(every_kind()[kind], language)
        for width in (60, 80, 120):
            lines = screen_text(section, language, width=width).splitlines()
            assert max(map(cell_len, lines)) <= width, (language, width)


@each("kind", every_kind)
def test_a_narrow_screen_drops_columns_of_low_priority_and_no_row(kind: str) -> None:
    t = messages("en")
    for block in tables(kind, "en"):
        whole = fit(block, 100_000, t)
        assert [block.columns[i].head for i in whole.kept] == [one.head for one in block.columns]
        for width in (40, 80):
            narrow = fit(block, width, t)
            assert len(narrow.rows) == len(block.rows) + len(block.foot)
            dropped = set(range(len(block.columns))).difference(narrow.kept)
            kept = max((block.columns[i].priority for i in narrow.kept), default=0)
            assert all(
                block.columns[i].priority > kept
                or not any(cell_of(row[i]) for row in (*block.rows, *block.foot))
                for i in dropped
            )


def cell_of(cell: Cell) -> str:
    return (cell.text if cell.short is None else cell.short) or cell.badge


@each("kind", every_kind)
def test_chinese_tables_have_chinese_heads(kind: str) -> None:
    english = {column.head for block in tables(kind, "en") for column in block.columns}
    chinese = {column.head for block in tables(kind, "zh") for column in block.columns}
    if kind not in ("records", "paper", "spec", "stages", "latency", "latency alone"):
        assert not [one for one in english & chinese if not UNTRANSLATED.fullmatch(one)]


def test_rows_stand_below_the_head_of_their_group() -> None:
    rows = [[Cell("a"), Cell("1")], [Cell("b"), Cell("2")], [Cell("c"), Cell("3")]]
    columns = [Column("layer"), Column("n", numeric=True)]
    block = TableBlock("", columns, rows, groups={0: "first", 2: ""})
    lines = screen_text(Section("x", "", [block])).splitlines()
    assert lines[2:] == ["first", "  a    1", "  b    2", "c      3"]


def test_verdicts_are_words_where_there_is_room_and_signs_elsewhere() -> None:
    verdict = Cell("+60.14%", badge="erratum", marks=(1,), short="")
    block = TableBlock(
        "", [Column("row"), Column("verdict", short="")], [[Cell("a" * 12), verdict]]
    )
    wide = screen_text(Section("x", "", [block]), width=80)
    narrow = screen_text(Section("x", "", [block]), width=24)
    assert "erratum +60.14% [1]" in wide
    assert "†[1]" in narrow
    assert "erratum" not in narrow


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_no_text_steers_the_terminal(text: str) -> None:
    block = TableBlock(text, [Column(text, wide=True)], [[Cell(text)]], groups={0: text})
    shown = screen_text(Section("x", text, [Text(text), block]), width=80)
    assert all(character.isprintable() or character == "\n" for character in shown)
