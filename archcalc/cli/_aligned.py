"""Lines of a table whose columns have their widths: rich's own tables take ten times as long.

They are built for widths that are to be found: each cell is measured and laid out several times.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions
    from rich.segment import Segment

    from archcalc.cli._screen import Column

GAP = 2


@dataclass(frozen=True)
class Aligned:
    """What rich shows as lines, ``GAP`` spaces between columns; texts go on below where too wide.

    ``rows``: cells, and a style for the whole row or one for each cell. ``rule``: the character
    of the line below the heads; without it there are no heads.
    """

    columns: Sequence[Column]
    widths: Sequence[int]
    rows: Sequence[tuple[Sequence[str], str | Sequence[str]]]
    rule: str

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        from rich.segment import Segment

        if self.rule:
            yield from self._row(console, [column.head for column in self.columns], "bold")
            yield Segment(self.rule * (sum(self.widths) + GAP * (len(self.widths) - 1)))
            yield Segment.line()
        for cells, style in self.rows:
            yield from self._row(console, cells, style)

    def _row(
        self, console: Console, cells: Sequence[str], style: str | Sequence[str]
    ) -> Iterator[Segment]:
        from rich.cells import cell_len
        from rich.segment import Segment

        names = [style] * len(cells) if isinstance(style, str) else style
        styles = [console.get_style(name) for name in names]
        last = len(cells) - 1
        texts = [_lines(text, self.widths[i], console) for i, text in enumerate(cells)]
        for line in zip_longest(*texts, fillvalue=""):
            for index, text in enumerate(line):
                space = " " * (self.widths[index] - cell_len(text))
                gap = " " * GAP if index < last else ""
                yield Segment(
                    f"{space}{text}" if self.columns[index].right else f"{text}{space}",
                    styles[index],
                )
                yield Segment(gap)
            yield Segment.line()


def _lines(text: str, width: int, console: Console) -> list[str]:
    """Cut a text between words, and words where one is wider than that."""
    from rich.cells import cell_len
    from rich.text import Text

    if cell_len(text) <= width:
        return [text]
    return [line.plain.rstrip(" ") for line in Text(text).wrap(console, width, overflow="fold")]
