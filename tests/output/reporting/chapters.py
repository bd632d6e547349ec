"""Common to the tests of chapters: nets with costs of every kind, and reading a chapter."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import archcalc
from archcalc import build, load
from archcalc.base.document import Section, TableBlock
from archcalc.base.units import format_exact, format_percent
from archcalc.output.reporting.sections import section_kinds
from archcalc.output.reporting.subject import Subject

OURS = [
    "totals", "printed_table", "by_type", "by_stage", "layers", "claims", "pitfalls", "method",
]  # fmt: skip
"""The chapters that are held here, in their order."""

OWN = """\
archcalc: 1
name: mine
input: 32x32x3
defaults: {conv: {bn: true, act: relu}}
rows:
- {op: conv2d 3x3, out: 8, s: 2}
- {op: avgpool, global: true}
- {op: fc, out: 10}
"""
"""A net of one's own: no paper, no claims, no rule for widths."""

VARIANTS: dict[str, dict[str, Any]] = {
    "mobilenet_v1": {},
    "mobilenet_v2": {"width": 0.75, "resolution": 160},
    "mobilenet_v3_large": {"prune": 0.5},
    "resnet50": {"prune": {"stage_4": 0.25}},
    "ssd300_vgg": {},
    "faster_rcnn_mobilenet_v1": {"resolution": 600},
}
"""Nets with costs of every kind: pruned, at other widths and sizes, layers that run many times."""


def subject_of(name: str, language: str = "en", **choices: Any) -> Subject:
    net = build(load(name), **VARIANTS.get(name, {}))
    return Subject("net", [net], language=language, **choices)


def made(subject: Subject, name: str) -> Section:
    section = section_kinds()[name].make(subject)
    assert section is not None
    return section


def only(blocks: Any, kind: type[Any]) -> Any:
    [block] = [block for block in blocks if isinstance(block, kind)]
    return block


def texts(row: Any) -> list[str]:
    return [cell.text for cell in row]


def figures(
    madds: int, params: int, cost: archcalc.CostTable, write: Any = format_exact
) -> list[str]:
    """Return what the last four cells of a row say."""
    cells = []
    for part, whole in ((madds, cost.madds), (params, cost.params)):
        cells += [write(part), format_percent(100 * part / whole) if whole else ""]
    return cells


def each_table(section: Section) -> Iterator[TableBlock]:
    return (block for block in section.blocks if isinstance(block, TableBlock))


def hold(section: Section) -> None:
    """Check the general properties of a chapter."""
    for table in each_table(section):
        for row in (*table.rows, *table.foot):
            assert len(row) == len(table.columns)
        cells = [cell for row in (*table.rows, *table.foot) for cell in row]
        assert {mark for cell in cells for mark in cell.marks} == set(
            range(1, len(table.notes) + 1)
        )
        assert all(0 <= cell.share <= 1 for cell in cells if cell.share is not None)
        assert table.caption
        assert all(column.head for column in table.columns)
        assert all(0 <= start < len(table.rows) for start in table.groups)
