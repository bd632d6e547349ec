"""Lays results out as document blocks.

A kind of result is a file here, named by its `Table.kind`: its ``present(result, t, …)`` returns a
`Section` in the words of ``t``: order, columns and texts. Width and appearance are up to
`archcalc.output.render`. A result without a file of its own is shown by its records (`records.py`).
"""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from typing import Any

from archcalc.base.document import Block, Section, TableBlock
from archcalc.base.messages import Messages, messages

FEW = 10
"""A table with only this many rows beyond the limit is shown whole."""


def present(
    result: Any, language: str = "en", *, most: int | None = None, **options: Any
) -> Section:
    """Return a result, a net or a spec as a section for readers.

    ``language``: "en" or "zh". ``most``: maximum rows of a table, default all. ``options``: those
    of this kind of result. Raises UnknownName for an unknown language.
    """
    # imported by name: a result of torch or numpy is laid out only where there is one
    module = import_module(f"{__name__}.{result.kind}")
    t = messages(language)
    section: Section = module.present(result, t, **options)
    if most is None:
        return section
    return replace(section, blocks=[_shortened(block, t, most) for block in section.blocks])


def _shortened(block: Block, t: Messages, most: int) -> Block:
    """Return a block with the first rows of a long table, and a note on the others."""
    if not isinstance(block, TableBlock) or len(block.rows) <= most + FEW:
        return block
    note = t("table.more_rows", number=len(block.rows) - most)
    groups = {index: head for index, head in block.groups.items() if index < most}
    return replace(block, rows=block.rows[:most], groups=groups, notes=[*block.notes, note])
