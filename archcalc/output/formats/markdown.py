"""Markdown (GitHub's tables): title, totals, tables, notes."""

from __future__ import annotations

from typing import ClassVar

from archcalc.base.tables import Table
from archcalc.output.formats._base import TextFormat
from archcalc.output.present import present
from archcalc.output.render.markdown import markdown_text


class Markdown(TextFormat):
    """Headings, tables with numbers to the right, and the notes as lists."""

    name: ClassVar[str] = "md"
    about: ClassVar[str] = "title, tables and notes, for people"

    def dumps(self, table: Table, language: str = "en") -> str:
        return markdown_text(present(table, language), language)


FORMAT = Markdown()
