r"""LaTeX: booktabs tables, ready to paste; long ones run over pages."""

from __future__ import annotations

from typing import ClassVar

from archcalc.base.tables import Table
from archcalc.output.formats._base import TextFormat
from archcalc.output.present import present
from archcalc.output.render.latex import latex_text


class Latex(TextFormat):
    """Needs array, booktabs, graphicx, and longtable for tables of more rows than a page has."""

    name: ClassVar[str] = "tex"
    about: ClassVar[str] = "title, tables and notes, for papers"

    def dumps(self, table: Table, language: str = "en") -> str:
        return latex_text(present(table, language), language)


FORMAT = Latex()
