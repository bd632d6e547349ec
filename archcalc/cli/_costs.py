"""How costs look on a screen: totals first, then layers or groups, then notes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from archcalc.base.tables import Record
from archcalc.base.units import format_bytes, format_count, format_exact
from archcalc.cli._blocks import below_blocks
from archcalc.cli._screen import Column, Grid, Screen
from archcalc.cost.counting.table import CostTable, GroupedTable
from archcalc.language.spec.schema import size_text

_ZERO = "dim"


def show_layers(table: CostTable, screen: Screen) -> None:
    """Show totals and every layer, layers below the block that they belong to."""
    show_totals(table, screen)
    screen.blank()
    screen.table(
        _layers(table, exact=True),
        _layers(table, exact=False),
        _layers(table, exact=False, shares=False),
        _layers(table, exact=False, shares=False, sizes=False),
    )
    show_notes(table.notes(), screen)


def show_grouped(grouped: GroupedTable, screen: Screen) -> None:
    """Show totals and sums of layers."""
    show_totals(grouped.table, screen)
    screen.blank()
    screen.table(_groups(grouped, exact=True), _groups(grouped, exact=False))
    show_notes(grouped.notes(), screen)


def show_totals(table: CostTable, screen: Screen) -> None:
    """Show what is counted, and the totals."""
    totals = table.totals
    screen.line(table.title, "bold")
    grid = Grid((Column(""), Column("", right=True), Column("", fold=True)))
    for words, name, remark in (
        ("MAdds", "madds", format_count(totals["madds"])),
        ("parameters", "params", format_count(totals["params"])),
        ("FLOPs", "flops", f"{format_count(totals['flops'])}, 2 × MAdds"),
        ("weights", "weight_bytes", _bytes(table, "weight_bytes")),
        ("activations", "activation_bytes", _bytes(table, "activation_bytes")),
        ("peak memory", "peak_memory_bytes", _bytes(table, "peak_memory_bytes")),
    ):
        grid.add(words, format_exact(totals[name]), remark)
    grid.add("intensity", f"{totals['arithmetic_intensity']:.2f}", "FLOPs a byte")
    screen.table(grid)


def show_notes(notes: Sequence[str], screen: Screen) -> None:
    """Show what a reader must see beside the numbers; errata are marked."""
    if not notes:
        return
    screen.blank()
    for note in notes:
        erratum = note.startswith("erratum")
        screen.items([("†" if erratum else "·", note)], "yellow" if erratum else "dim")


def _bytes(table: CostTable, name: str) -> str:
    return f"bytes, {format_bytes(table.totals[name])} ({table.dtype})"


def _heads(*, shares: bool = True) -> list[Column]:
    names = ("MAdds", "%", "params", "%") if shares else ("MAdds", "params")
    return [Column(name, right=True) for name in names]


def _figures(record: Record, *, exact: bool, shares: bool = True) -> list[str]:
    """Return MAdds and params, with their shares."""
    write = format_exact if exact else format_count
    cells = []
    for name in ("madds", "params"):
        percent = record[f"{name}_share"]
        cells.append(write(record[name]))
        cells += ["" if percent is None else f"{percent:.2f}"] if shares else []
    return cells


def _layers(table: CostTable, *, exact: bool, shares: bool = True, sizes: bool = True) -> Grid:
    grid = Grid(
        (
            Column("layer", fold=True),
            Column("op", fold=True),
            *([Column("output", right=True)] if sizes else []),
            *_heads(shares=shares),
        )
    )
    errata = table.net.graph.errata
    entries = [(layer.node.id,) for layer in table.layers]
    labels = below_blocks(table.net, entries)
    records = table.by("layer").records()
    for layer, record, (block, label) in zip(table.layers, records, labels, strict=True):
        mark = " †" if layer.node.row_id in errata else ""
        if block is not None:
            grid.add(block + mark, *[""] * (len(grid.columns) - 1), style="bold")
        grid.add(
            label if label.startswith(" ") else label + mark,
            layer.node.op.label,
            *([size_text(layer.output)] if sizes else []),
            *_figures(record, exact=exact, shares=shares),
            style="" if layer.madds or layer.params else _ZERO,
        )
    return grid


def _groups(grouped: GroupedTable, *, exact: bool) -> Grid:
    grid = Grid(
        (
            Column(grouped.key, fold=True),
            Column("layers", right=True),
            *_heads(),
        )
    )
    marked = set(_marked(grouped))
    for record in grouped.records():
        mark = " †" if record["key"] in marked else ""
        style = "" if record["madds"] or record["params"] else _ZERO
        figures = _figures(record, exact=exact)
        grid.add(record["key"] + mark, str(record["layers"]), *figures, style=style)
    return grid


def _marked(grouped: GroupedTable) -> Iterator[str]:
    """Yield the groups that hold a row with an erratum, where a group is no wider than a row."""
    if grouped.key in ("layer", "block", "row"):
        errata = grouped.table.net.graph.errata
        for name, layers in grouped.groups.items():
            if any(layer.node.row_id in errata for layer in layers):
                yield name
