"""LaTeX: a longtable in the style of booktabs, which may run over pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import ClassVar

from archcalc.formats._base import TextFormat, cell_text, numeric_columns, plain
from archcalc.tables import Table

_ESCAPES = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "&": r"\&",
        "%": r"\%",
        "$": r"\$",
        "#": r"\#",
        "_": r"\_",
        "{": r"\{",
        "}": r"\}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "<": r"\textless{}",
        ">": r"\textgreater{}",
        "|": r"\textbar{}",
        '"': r"\textquotedbl{}",
        # what papers' tables hold and pdfTeX's fonts lack
        "×": r"$\times$",
        "·": r"$\cdot$",
        "→": r"$\to$",
        "−": r"$-$",
        "≤": r"$\leq$",
        "≥": r"$\geq$",
        "≈": r"$\approx$",
        "⌈": r"$\lceil$",
        "⌉": r"$\rceil$",
        "⌊": r"$\lfloor$",
        "⌋": r"$\rfloor$",
        "α": r"$\alpha$",
        "ρ": r"$\rho$",
        "²": r"$^2$",
        "†": r"\textdagger{}",
        "✓": r"$\surd$",
        "…": r"\dots{}",
        "–": "--",
    }
)


class Latex(TextFormat):
    """``\\usepackage{booktabs, longtable}`` is all that it needs."""

    name: ClassVar[str] = "tex"
    about: ClassVar[str] = "title, table and notes, for papers"

    def dumps(self, table: Table) -> str:
        return "\n".join(_lines(table)) + "\n"


def _lines(table: Table) -> Iterator[str]:
    records = table.records()
    numeric = numeric_columns(records)
    if records:
        yield r"% \usepackage{booktabs, longtable}"
        yield rf"\begin{{longtable}}{{{''.join('r' if n else 'l' for n in numeric.values())}}}"
        yield rf"\caption{{{escape(plain(table.title))}}} \\"
        head = [r"\toprule", _row(numeric), r"\midrule"]
        yield from (*head, r"\endfirsthead", *head, r"\endhead", r"\bottomrule", r"\endlastfoot")
        for record in records:
            yield _row(cell_text(value) for value in record.values())
        yield r"\end{longtable}"
    else:
        yield rf"\paragraph{{{escape(plain(table.title))}}}"
    for note in (*table.summary(), *table.notes()):
        yield rf"\noindent {escape(plain(note))}\par"


def escape(text: str) -> str:
    r"""Return text that LaTeX sets as it stands.

    >>> print(escape("100 % of conv_1"))
    100 \% of conv\_1
    """
    return text.translate(_ESCAPES)


def _row(cells: Iterable[str]) -> str:
    # A row that begins with a bracket would be read as the argument of the \\ before it.
    return " & ".join(_cell(cell) for cell in cells) + r" \\"


def _cell(text: str) -> str:
    escaped = escape(text)
    return f"{{}}{escaped}" if escaped.startswith(("[", "*")) else escaped


FORMAT = Latex()
