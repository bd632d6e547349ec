r"""Document blocks → LaTeX: booktabs tables, ready to paste.

Long tables run over pages; too wide ones are scaled down. Notes are set below their table in small
type.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from archcalc.base.document import (
    Cell,
    Facts,
    Heading,
    Note,
    Section,
    TableBlock,
    Text,
    Tiles,
)
from archcalc.base.errors import shorten
from archcalc.base.messages import Messages, messages
from archcalc.base.plain import plain
from archcalc.output.render.fitting import cell_text
from archcalc.output.render.tex_text import OTHER, escape

_LINES_OF_A_PAGE = 44
_LONGEST_OF_A_PAGE = 300
_LONGEST_CELL = 1000
_LONG = 40
"""Characters of a cell beyond which its column takes several lines."""
_LONGEST_CAPTION = 500
_NOTE = r"\par\smallskip\noindent\footnotesize "
_PACKAGES = {
    "array": r"\arraybackslash",
    "booktabs": r"\toprule",
    "graphicx": r"\resizebox",
    "longtable": r"\begin{longtable}",
}
"""The commands used from a package, by its name."""


def latex_text(section: Section, language: str = "en") -> str:
    """Return a section as LaTeX that ends with a line break; a comment names the packages."""
    body = "\n".join(_blocks(section, messages(language)))
    used = [name for name, sign in _PACKAGES.items() if sign in body]
    head = [rf"% \usepackage{{{', '.join(used)}}}"] if used else []
    if r"\archcalcother" in body:
        head += OTHER
    return "\n".join([*head, body]) + "\n"


def _blocks(section: Section, t: Messages) -> Iterator[str]:
    """Yield each table with the adjacent remarks; without a table, paragraphs."""
    tables = [block for block in section.blocks if isinstance(block, TableBlock)]
    remarks = list(_remarks(section, t))
    if not tables:
        yield rf"\paragraph{{{_caption(section.title)}}}"
        yield from (rf"{_NOTE}{escape(plain(text))}\par" for text in remarks)
    for index, table in enumerate(tables):
        if index:
            yield ""
        title = table.caption or section.title
        # remarks on the whole section go with its first table
        yield from _Tex(table, title, remarks if index == 0 else [], t).lines()


def _remarks(section: Section, t: Messages) -> Iterator[str]:
    for block in section.blocks:
        match block:
            case Text() | Heading():
                yield block.text
            case Note():
                yield f"{block.label}: {block.text}" if block.label else block.text
            case Facts():
                yield from (f"{name}: {text}" for name, text in block.pairs)
            case Tiles():
                for tile in block.tiles:
                    verdict = t.word("verdict", tile.badge)
                    rest = ", ".join(filter(None, (tile.detail, verdict)))
                    yield f"{tile.label}: {tile.value}" + (f" ({rest})" if rest else "")
            case _:
                pass  # a table has its own place; pictures are files of their own


class _Tex:
    """One table with its title and the remarks below it."""

    def __init__(self, block: TableBlock, title: str, remarks: Sequence[str], t: Messages) -> None:
        self.block = block
        self.title = plain(title)
        # longtable cannot measure long captions; the rest comes below
        whole = [self.title] if len(self.title) > _LONGEST_CAPTION else []
        numbered = [f"[{number}] {note}" for number, note in enumerate(block.notes, 1)]
        self.notes = [*whole, *numbered, *remarks]
        self.rows = [[cell_text(cell, t) for cell in row] for row in block.rows]
        self.foot = [[cell_text(cell, t) for cell in row] for row in block.foot]

    def lines(self) -> Iterator[str]:
        lines = sum(1 + len(note) // 100 for note in self.notes)
        longest = max((len(text) for row in self.rows for text in row), default=0)
        rows = len(self.rows) + len(self.foot)
        if rows + lines <= _LINES_OF_A_PAGE and longest <= _LONGEST_OF_A_PAGE:
            yield from self._floating()
        else:
            yield from self._over_pages()

    def _floating(self) -> Iterator[str]:
        columns = self._columns()
        yield r"\begin{table}[htbp]"
        yield r"\centering"
        yield rf"\caption{{{_caption(self.title)}}}"
        yield rf"\label{{{_label(self.title)}}}"
        if "p{" in columns:  # it has the width of the page
            yield r"\small"
            before, after = "", ""
        else:
            # at most as wide as the text
            before = r"\resizebox{\ifdim\width>\linewidth\linewidth\else\width\fi}{!}{%" + "\n"
            after = "}"
        yield rf"{before}\begin{{tabular}}{{{columns}}}"
        yield r"\toprule"
        yield from self._heads()
        yield r"\midrule"
        yield from self._body()
        yield r"\bottomrule"
        yield rf"\end{{tabular}}{after}"
        if self.notes:
            yield r"\begin{minipage}{\linewidth}"
            yield from (rf"{_NOTE}{escape(plain(note))}" for note in self.notes)
            yield r"\end{minipage}"
        yield r"\end{table}"

    def _over_pages(self) -> Iterator[str]:
        head = [r"\toprule", *self._heads(), r"\midrule"]
        yield r"{\footnotesize\setlength{\tabcolsep}{3pt}"
        yield rf"\begin{{longtable}}{{{self._columns()}}}"
        yield rf"\caption{{{_caption(self.title)}}}\label{{{_label(self.title)}}} \\"
        yield from (*head, r"\endfirsthead", *head, r"\endhead", r"\bottomrule", r"\endlastfoot")
        yield from self._body()
        yield r"\end{longtable}"
        yield from (rf"\noindent {escape(plain(note))}\par" for note in self.notes)
        yield "}"

    def _heads(self) -> Iterator[str]:
        columns = self.block.columns
        if any(column.group for column in columns):
            spans = [(head, len(list(own))) for head, own in groupby(c.group for c in columns)]
            yield _row(rf"\multicolumn{{{n}}}{{c}}{{{escape(plain(head))}}}" for head, n in spans)
        yield _row(escape(plain(column.head)) for column in columns)

    def _body(self) -> Iterator[str]:
        size = len(self.block.columns)
        for index, row in enumerate(self.rows):
            head = self.block.groups.get(index)
            if head == "" and index:
                yield r"\addlinespace"
            elif head:
                yield rf"\multicolumn{{{size}}}{{l}}{{\textbf{{{escape(plain(head))}}}}} \\"
            yield self._row(self.block.rows[index], row)
        if self.foot:
            yield r"\midrule"
        for cells, row in zip(self.block.foot, self.foot, strict=True):
            yield self._row(cells, row)

    def _row(self, cells: Sequence[Cell], texts: Sequence[str]) -> str:
        numeric = (column.numeric for column in self.block.columns)
        return _row(
            _tex(text, strong=cell.strong, numeric=right)
            for cell, text, right in zip(cells, texts, numeric, strict=True)
        )

    def _columns(self) -> str:
        """Return the kinds of the columns: "lrr", or with columns of several lines."""
        columns = self.block.columns
        longest = [
            max([len(column.head), *(len(row[i]) for row in (*self.rows, *self.foot))])
            for i, column in enumerate(columns)
        ]
        wide = [i for i, length in enumerate(longest) if length > _LONG]
        # the rest of the text width, at about 1.2 % of it per character
        rest = sum(length for i, length in enumerate(longest) if i not in wide)
        share = max(0.9 - 0.012 * rest, 0.25)
        folded = rf">{{\raggedright\arraybackslash}}p{{{share / max(len(wide), 1):.2f}\linewidth}}"
        return "".join(
            folded if i in wide else "r" if column.numeric else "l"
            for i, column in enumerate(columns)
        )


def _caption(title: str) -> str:
    return escape(shorten(plain(title), _LONGEST_CAPTION))


def _label(title: str) -> str:
    """Return a name to refer to: ASCII letters, digits and hyphens."""
    words = re.findall(r"[A-Za-z0-9.]+", title)
    return f"tab:{'-'.join(words)[:60].strip('-').lower()}"


def _row(cells: Iterable[str]) -> str:
    # A row that begins with a bracket would be read as the argument of the \\ before it.
    written = [f"{{}}{cell}" if cell.startswith(("[", "*")) else cell for cell in cells]
    return " & ".join(written) + r" \\"


def _tex(text: str, *, strong: bool, numeric: bool) -> str:
    written = escape(shorten(text, _LONGEST_CELL))
    if numeric and written.startswith("-"):
        written = f"$-${written[1:]}"
    return rf"\textbf{{{written}}}" if strong and written else written
