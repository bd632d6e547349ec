"""Documents with one block of every kind, and the expected page."""

from __future__ import annotations

from archcalc.base.document import (
    Block,
    Cell,
    Column,
    Document,
    Facts,
    FigureBlock,
    FigureRow,
    Heading,
    Note,
    Section,
    TableBlock,
    Text,
    Tile,
    Tiles,
)

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20" width="40" height="20">'
    '<title>own</title><defs><clipPath id="c"><rect width="40" height="20"/></clipPath></defs>'
    '<g id="unused" clip-path="url(#c)"><rect width="10" height="20" fill="#0072b2"/>'
    '<text x="2" y="9" font-size="8" font-family="Helvetica">bar</text></g></svg>'
)


def table(text: str = "name", rows: int = 3, columns: int = 3, *, long: bool = False) -> TableBlock:
    """Return a table whose first column is ``text``, the others numbers, with notes and a sum."""
    heads = [Column("name"), *(Column(f"n{i}", numeric=True) for i in range(1, columns))]
    verdicts = ["reproduced", "erratum", "close", "differs", "not computable"]
    body = [
        [
            Cell(text if long else f"{text} {row}", marks=(1,) if row == 0 and rows < 9 else ()),
            *(
                Cell(f"{row * 1000 + i:,}", share=i / columns, badge=verdicts[(row + i) % 5])
                for i in range(1, columns)
            ),
        ]
        for row in range(rows)
    ]
    foot = [[Cell("total", strong=True), *(Cell("7") for _ in range(1, columns))]]
    return TableBlock(f"caption {text}", heads, body, foot, [f"note {text}"], {0: "", 2: ""})


def blocks(text: str) -> list[Block]:
    """Return one block of every kind, all of which say ``text``."""
    figure = FigureBlock(SVG, f"caption {text}", f"alt {text}", 0.5)
    return [
        Text(text),
        Heading(text),
        Tiles([Tile(text, text, text, "reproduced"), Tile("301M", "MAdds")]),
        table(text),
        figure,
        FigureRow([figure, figure]),
        Note(text, "erratum", text),
        Note(text, "warning"),
        Note(text),
        Facts([(text, text)]),
    ]


def document(text: str = "plain", language: str = "en", *, rows: int = 3) -> Document:
    """Return a document of every kind of block, with ``text`` wherever a text is free."""
    return Document(
        title=f"title {text}",
        subtitle=text,
        language=language,
        sections=[
            Section("one", f"first {text}", blocks(text)),
            Section("one", f"second {text}", [table(rows=rows)], new_page=True),
            Section("wide", "third", [table(columns=24)]),
        ],
        footer=text,
        kicker=text,
    )


TINY = """\
archcalc: 1
name: tiny
input: 8x8x3
params: {k: 10}
rounding: {method: divisible}
defaults: {conv: {bn: true, act: relu}}
columns: [operator, c, s]
rows:
- [conv2d 3x3, 8, 2, {id: stem}]
- [dwconv 3x3, ~, 1]
- [conv2d 1x1, 16, 1]
- [avgpool, ~, ~, {global: true}]
- [fc, $k, ~, {scale: false}]
"""
"""A net that costs next to nothing."""
