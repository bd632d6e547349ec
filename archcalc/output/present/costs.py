"""Costs of a net: totals, then layers or sums of layers with their shares."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from archcalc.base.document import (
    EMPTY,
    Cell,
    Column,
    Note,
    Section,
    TableBlock,
    Tile,
    Tiles,
    Tone,
)
from archcalc.base.messages import Messages
from archcalc.base.names import size_text
from archcalc.base.tables import Record
from archcalc.base.units import (
    format_bytes,
    format_count,
    format_exact,
    format_fixed,
    format_percent,
)
from archcalc.cost.counting.table import CostTable, GroupedTable
from archcalc.language.graph import Net
from archcalc.output.present.words import convention_note, errata_notes, note_of

QUANTITIES = ("madds", "params")
_BYTES = ("weight_bytes", "activation_bytes", "peak_memory_bytes")
Entry = tuple[str, ...]
"""The ids of the layers that one line is about."""


def present(table: CostTable | GroupedTable, t: Messages) -> Section:
    """Return the totals, and every layer below its block, or the sums of layers."""
    cost = table if isinstance(table, CostTable) else table.table
    shown = layers_table(t, table) if isinstance(table, CostTable) else groups_table(t, table)
    title = cost.title
    if isinstance(table, GroupedTable):
        title += f" · {t(f'costs.by_{table.key}')}"
    return Section("costs", title, [totals(t, cost), shown, *notes(t, table)])


def notes(t: Messages, table: CostTable | GroupedTable) -> Iterator[Note]:
    """Yield what the convention counts, the errata of rows, and printed shares that are off."""
    cost = table if isinstance(table, CostTable) else table.table
    yield convention_note(t, cost.convention)
    yield from errata_notes(cost.net.graph.errata)
    if isinstance(table, GroupedTable):
        # the last notes are the printed shares that this table contradicts
        yield from map(note_of, table.notes()[len(cost.notes()) :])


def totals(t: Messages, table: CostTable) -> Tiles:
    """Return the totals, each with every digit."""
    found = table.totals
    tiles = [
        Tile(format_count(found[name]), t(f"table.{name}"), format_exact(found[name]))
        for name in QUANTITIES
    ]
    flops = f"{format_exact(found['flops'])} = {t('table.flops_are')}"
    tiles.append(Tile(format_count(found["flops"]), t("table.flops"), flops))
    tiles += [
        Tile(
            format_bytes(found[name]),
            t(f"table.{name}"),
            t("costs.bytes", number=format_exact(found[name]), dtype=table.dtype),
        )
        for name in _BYTES
    ]
    intensity = format_fixed(found["arithmetic_intensity"], 2)
    tiles.append(Tile(intensity, t("costs.intensity"), t("costs.flops_per_byte")))
    return Tiles(tiles)


def layers_table(t: Messages, table: CostTable, *, caption: str = "") -> TableBlock:
    """Return one row per layer, below the head of its block."""
    errata = Errata(table.net)
    entries = [(layer.node.id,) for layer in table.layers]
    heads, labels = below_blocks(table.net, entries)
    rows = []
    records = table.by("layer").records()
    for layer, record, label in zip(table.layers, records, labels, strict=True):
        node = layer.node
        times = f" ×{node.count}" if node.count != 1 else ""
        rows.append(
            [
                Cell(label, marks=errata.of(node.row_id)),
                Cell(node.op.label + times),
                Cell(size_text(layer.output)),
                *cost_cells(record),
            ]
        )
    return TableBlock(
        caption,
        [
            Column(t("table.layer"), wide=True),
            Column(t("table.op"), wide=True),
            Column(t("table.output"), priority=1),
            *cost_columns(t, priority=2),
        ],
        rows,
        foot=[[Cell(t("table.total")), EMPTY, EMPTY, *total_cells(table)]],
        notes=errata.texts,
        groups=heads,
        dense=True,
    )


def groups_table(t: Messages, grouped: GroupedTable, *, caption: str = "") -> TableBlock:
    """Return one row per group, with its number of layers."""
    errata = Errata(grouped.table.net)
    fine = grouped.key in ("layer", "block", "row")
    rows = []
    for record, layers in zip(grouped.records(), grouped.groups.values(), strict=True):
        marks = errata.of(layers[0].node.row_id) if fine else ()
        rows.append(
            [
                Cell(str(record["key"]), marks=marks),
                Cell(format_exact(record["layers"])),
                *cost_cells(record),
            ]
        )
    count = sum(len(layers) for layers in grouped.groups.values())
    return TableBlock(
        caption,
        [
            Column(t(f"table.{grouped.key}"), wide=True),
            Column(t("table.layers"), numeric=True, priority=1),
            *cost_columns(t, priority=2),
        ],
        rows,
        foot=[[Cell(t("table.total")), Cell(format_exact(count)), *total_cells(grouped.table)]],
        notes=errata.texts,
    )


class Errata:
    """The errata of a net's rows as the notes of a table, numbered where a row first shows."""

    def __init__(self, net: Net) -> None:
        self._errata = net.graph.errata
        self._seen: set[str] = set()
        self.texts: list[str] = []

    def of(self, row: str) -> tuple[int, ...]:
        """Return the marks of a row, on the first call for it only."""
        if row not in self._errata or row in self._seen:
            return ()
        self._seen.add(row)
        self.texts.append(self._errata[row])
        return (len(self.texts),)


def cost_columns(t: Messages, *, priority: int = 0) -> list[Column]:
    """Return the heads of MAdds, parameters and the share of each; shares may be dropped."""
    heads = [(t(f"quantity.{name}"), t("table.share")) for name in QUANTITIES]
    return [
        column
        for head, share in heads
        for column in (
            Column(head, numeric=True),
            Column(share, numeric=True, short="%", priority=priority),
        )
    ]


def cost_head(t: Messages, name: str) -> str:
    """Return the column head of a cost."""
    return t(f"table.{name}") if name.endswith("bytes") else t(f"quantity.{name}")


def cost_cells(record: Record, *, exact: bool = True) -> list[Cell]:
    """Return MAdds, parameters and the share of each of a `group_record`."""
    cells = []
    for name in QUANTITIES:
        cells += [count_cell(record[name], exact=exact), share_cell(record[f"{name}_share"])]
    return cells


def total_cells(cost: CostTable, *, exact: bool = True) -> list[Cell]:
    """Return the totals, in the columns of `cost_cells`."""
    cells = []
    for name in QUANTITIES:
        cells += [count_cell(getattr(cost, name), exact=exact, strong=True), EMPTY]
    return cells


def count_cell(
    count: int | None, *, exact: bool = True, strong: bool = False, tone: Tone = ""
) -> Cell:
    """Return a count with every digit, three on a narrow screen; empty for None."""
    if count is None:
        return EMPTY
    short = format_count(count)
    text = format_exact(count) if exact else short
    return Cell(text, strong=strong, short=short, tone=tone)


def share_cell(percent: float | None) -> Cell:
    """Return a share with its bar; nothing where the whole is 0."""
    if percent is None:
        return EMPTY
    text = format_percent(percent)
    return Cell(text, share=percent / 100, short=text.removesuffix("%"))


def below_blocks(net: Net, entries: Sequence[Entry]) -> tuple[dict[int, str], list[str]]:
    """Return the heads of blocks by the index of the entry below each, and the labels.

    Labels do not repeat the block, except for a block of one line, which has no head.
    """
    heads: dict[int, str] = {}
    labels: list[str] = []
    blocks = [_block(net, ids) for ids in entries]
    for block, run in groupby(zip(blocks, entries, strict=True), lambda pair: pair[0]):
        lines = [ids for _, ids in run]
        below = block is not None and len(lines) > 1
        # "" ends the block before
        heads[len(labels)] = block if block is not None and below else ""
        labels += [layer_name(ids, f"{block}." if below else "") for ids in lines]
    return heads, labels


def layer_name(ids: Sequence[str], prefix: str = "") -> str:
    """Write the ids of a layer without ``prefix``, those folded into it by their last part.

    >>> layer_name(("bottleneck_2.1.expand.conv", "bottleneck_2.1.expand.norm"))
    'bottleneck_2.1.expand.conv + norm'
    """
    parent = ids[0].rpartition(".")[0] + "."
    own, *others = ids
    return " + ".join([own.removeprefix(prefix), *(name.removeprefix(parent) for name in others)])


def _block(net: Net, ids: Entry) -> str | None:
    """Return the block of layers that all belong to one."""
    nodes = [net.graph.by_id.get(name.partition("#")[0]) for name in ids]
    blocks = {node.block if node else None for node in nodes}
    return blocks.pop() if len(blocks) == 1 else None
