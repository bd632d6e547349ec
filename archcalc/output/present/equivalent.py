"""Variants of equal cost: another width, resolution, prune ratio or net."""

from __future__ import annotations

from archcalc.base.document import EMPTY, Cell, Column, Note, Section, TableBlock
from archcalc.base.messages import Messages
from archcalc.base.names import VariantName
from archcalc.base.tables import Record
from archcalc.base.units import format_decimal, format_quantity, format_signed_percent
from archcalc.output.present.costs import cost_head
from archcalc.output.present.remarks import saying
from archcalc.output.present.words import convention_note
from archcalc.studies.budgets.equivalents import EquivalentTable

_COSTS = {
    "madds": 0,
    "params": 0,
    "weight_bytes": 2,
    "activation_bytes": 3,
    "peak_memory_bytes": 0,
}
"""The costs shown, with the priority of each."""
_SIGNS = {"width": "α", "resolution": "ρ"}


def present(found: EquivalentTable, t: Messages) -> Section:
    """Return the given variant and those of equal cost, with the differences."""
    title = t(
        "equivalent.title",
        net=found.net.title,
        cost=cost_head(t, found.by),
        convention=found.convention.name,
    )
    notes = [*(Note(saying(t, one)) for one in found.remarks), convention_note(t, found.convention)]
    return Section("equivalent", title, [equivalent_table(t, found), *notes])


def equivalent_table(t: Messages, found: EquivalentTable, caption: str = "") -> TableBlock:
    """Return the given variant, then one row per answer."""
    columns = [
        Column(t("equivalent.variant")),
        Column(t("equivalent.match"), wide=True, priority=1),
    ]
    for name, priority in _COSTS.items():
        head = cost_head(t, name)
        short = t("search.peak") if name == "peak_memory_bytes" else None
        columns.append(Column(head, numeric=True, priority=priority, short=short))
        columns.append(Column("%", numeric=True, priority=priority))
    return TableBlock(caption, columns, [_row(t, record) for record in found.records()])


def _row(t: Messages, record: Record) -> list[Cell]:
    asked = record["answer"] == "asked"
    match = t.word("equivalent", str(record["match"] or record["answer"]).replace(", ", "_"))
    cells = [Cell(_variant(t, record), strong=asked), Cell(match)]
    for name in _COSTS:
        percent = record[f"{name}_percent"]
        cells.append(Cell(format_quantity(name, record[name]), strong=asked))
        signed = format_signed_percent(percent, 1).removesuffix("%")
        cells.append(EMPTY if asked or percent is None else Cell(signed))
    return cells


def _variant(t: Messages, record: Record) -> str:
    """Return the changed value, or the net."""
    kind = record["answer"]
    if kind in ("width", "resolution", "prune"):
        value = record[kind]
        written = format_decimal(value) if isinstance(value, float) else str(value)
        same = f" ({record['same']})" if " " in record["same"] else ""
        return f"{_SIGNS.get(kind) or t('equivalent.prune')} {written}{same}"
    name = str(VariantName.of_record(record))
    return t("equivalent.pruned", net=name, ratio=record["prune"]) if record["prune"] else name
