"""Many variants: their costs, or for very many the ends and the range of every quantity."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from archcalc.base.document import EMPTY, Block, Cell, Column, Note, Section, TableBlock, Text
from archcalc.base.messages import Messages
from archcalc.base.tables import Record
from archcalc.base.units import (
    format_bytes,
    format_count,
    format_decimal,
    format_exact,
    format_percent,
    format_signed,
    format_signed_percent,
)
from archcalc.cost.scaling import alpha_rho
from archcalc.cost.scaling.alpha_rho import AgainstClosedForm, ClosedForm
from archcalc.cost.scaling.digest import Digest
from archcalc.cost.scaling.grid import Grid, LayerGrid
from archcalc.language.conventions.convention import Convention
from archcalc.output.present.costs import count_cell
from archcalc.output.present.words import convention_note

_PRIORITIES = {"activation_bytes": 3, "weight_bytes": 2, "peak_memory_bytes": 1, "op": 1}
"""Priorities of the columns: a narrow screen drops the highest first."""
_REASONS = {
    alpha_rho.DEPTHWISE: "depthwise",
    alpha_rho.FIRST: "first",
    alpha_rho.CLASSIFIER: "classifier",
    alpha_rho.FIXED: "fixed",
    alpha_rho.NEVER_NARROW: "never_narrow",
    alpha_rho.ONE_PIXEL: "one_pixel",
    alpha_rho.FULL: "full",
    alpha_rho.ROUNDING: "rounding",
}
_TEXTS = ("model", "prune", "set", "layer", "op")


def present(table: Grid | LayerGrid | AgainstClosedForm, t: Messages) -> Section:
    """Return one row per variant, without columns of equal values."""
    records = table.records()
    names = _shown(table.columns, records)
    convention = (table if isinstance(table, Grid) else table.grid).convention
    blocks: list[Block] = [_table(t, names, records), *_notes(t, table.columns, convention)]
    return Section("grid", grid_title(t, table), blocks)


def grid_title(t: Messages, table: Grid | LayerGrid | AgainstClosedForm) -> str:
    """Return the title of a whole grid, by layer or against α²ρ² too."""
    if isinstance(table, Grid):
        models = [part.spec.name for part in table.parts]
        return sweep_title(t, models, len(table), table.convention)
    kind = "by_layer" if isinstance(table, LayerGrid) else "against_closed_form"
    return f"{grid_title(t, table.grid)} · {t(f'grid.{kind}')}"


def sweep_title(
    t: Messages, models: Sequence[str], number: int, convention: Convention, batch: int = 1
) -> str:
    """Return the title of many variants: their nets, their number, how they are counted."""
    nets = ", ".join(dict.fromkeys(models))
    many = t("grid.variant") if number == 1 else t("grid.variants", number=format_exact(number))
    images = t("table.comma") + t("grid.batch", number=batch) if batch != 1 else ""
    return f"{nets} · {many} · {convention.name}{images}"


def digest_blocks(
    t: Messages, columns: Mapping[str, type], digest: Digest, convention: Convention
) -> list[Block]:
    """Return the first and the last records of many, and the range of every quantity.

    ``columns``: those of the records. ``convention``: that of the counts.
    """
    ends = [*digest.first, *digest.last]
    names = _shown(columns, ends)
    blocks: list[Block] = [_table(t, names, ends, digest)]
    if digest.hidden:
        counts = {"first": len(digest.first), "last": len(digest.last)}
        blocks.append(Note(t("grid.ends", **counts, number=format_exact(digest.count))))
    return [*blocks, *_notes(t, columns, convention)]


def reason_blocks(t: Messages, found: ClosedForm) -> Iterator[Block]:
    """Yield the error of α²ρ² for one variant, and its reasons."""
    if not found.reasons:
        yield Text(t("grid.closed_form_exact"))
        return
    text = t(
        "grid.too_low" if found.difference_percent > 0 else "grid.too_high",
        width=format_decimal(found.net.width),
        resolution=found.net.resolution,
        percent=format_percent(abs(found.difference_percent)),
        madds=format_count(found.exact),
    )
    yield Text(text)
    yield reasons_table(t, found)


def reasons_table(t: Messages, found: ClosedForm, caption: str = "") -> TableBlock:
    """Return the error of α²ρ² by kind of layer, the largest first, and the sum."""
    columns = [
        Column(t("grid.reason"), wide=True),
        Column(t("table.difference"), numeric=True),
        Column(t("grid.of_exact"), numeric=True),
    ]
    lines = [
        (t(f"grid.reason_{_REASONS[one['reason']]}"), one["madds"], one["percent"])
        for one in found.records()
    ]
    lines.append((t("table.total"), found.exact - found.predicted, found.difference_percent))
    rows = [
        [Cell(name), Cell(format_signed(round(madds))), Cell(format_signed_percent(percent))]
        for name, madds, percent in lines
    ]
    total = [replace(cell, strong=True) for cell in rows.pop()]
    return TableBlock(caption, columns, rows, [total])


def _shown(columns: Mapping[str, type], records: Sequence[Record]) -> list[str]:
    """Return the columns worth showing: one net's name is in the title."""
    silent = set()
    if len({record.get("model") for record in records}) < 2:
        silent.add("model")
    if all(record.get("prune") in (0, "", None) for record in records):
        silent.add("prune")
    return [name for name in columns if name not in silent]


def _notes(t: Messages, columns: Mapping[str, type], convention: Convention) -> Iterator[Note]:
    yield convention_note(t, convention)
    if "closed_form" in columns:
        yield Note(t("grid.closed_form_is"), label=t("grid.closed_form"))


def _table(
    t: Messages, names: Sequence[str], records: Sequence[Record], digest: Digest | None = None
) -> TableBlock:
    """Return records as rows; for a digest also the gap and the ranges."""
    columns = [
        Column(
            t(f"grid.{name}"),
            numeric=name not in _TEXTS,
            wide=name in _TEXTS,
            priority=_PRIORITIES.get(name, 0),
            short="px" if name == "resolution" else None,
        )
        for name in names
    ]
    rows = [[_cell(name, record[name]) for name in names] for record in records]
    foot: list[list[Cell]] = []
    rest = [EMPTY] * (len(names) - 1)
    if digest is not None and digest.hidden:
        rows.insert(len(digest.first), [Cell("…", tone="dim"), *rest])
    if digest is not None and digest.count > 1:
        foot = [
            [Cell(t(f"grid.{word}")), *(_cell(name, found.get(name, "")) for name in names[1:])]
            for word, found in (("least", digest.lowest), ("most", digest.highest))
        ]
    return TableBlock("", columns, rows, foot, dense=len(columns) > 8)


def _cell(name: str, value: Any) -> Cell:
    if isinstance(value, str) or name == "resolution":
        return Cell(str(value))
    if name == "difference_percent":
        return Cell(format_percent(value))
    if name == "closed_form":
        return count_cell(round(value))
    if name in ("width", "prune"):
        return Cell(format_decimal(value))
    if name.endswith("_bytes"):
        return Cell(format_exact(value), short=format_bytes(value))
    return count_cell(value)
