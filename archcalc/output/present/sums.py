"""Layers summed by type or by stage, in full: what reports have beside a picture of the shares."""

from __future__ import annotations

from collections.abc import Mapping

from archcalc.base.document import Cell, Column, TableBlock
from archcalc.base.messages import Messages
from archcalc.base.names import sides_text
from archcalc.cost.counting.layer import LayerCost
from archcalc.cost.counting.table import GroupedTable
from archcalc.output.present.costs import cost_cells, cost_columns, total_cells
from archcalc.output.present.words import quantity_words


def types_table(t: Messages, grouped: GroupedTable, *, caption: str) -> TableBlock:
    """Return the types of layers, the costliest first, with errata of printed shares."""
    records = sorted(grouped.records(), key=lambda one: (-one["madds"], -one["params"]))
    errata = grouped.share_errata()
    cost = grouped.table
    return TableBlock(
        caption,
        [Column(t("table.op")), Column(t("table.layers"), numeric=True), *cost_columns(t)],
        [
            [
                Cell(op := record["key"], marks=_numbers(op, [one.row for one in errata])),
                Cell(str(record["layers"])),
                *cost_cells(record),
            ]
            for record in records
        ],
        foot=[[Cell(t("table.total")), Cell(str(len(cost.layers))), *total_cells(cost)]],
        notes=[
            t(
                "sums.printed_share",
                printed=one.printed,
                quantity=quantity_words(t, f"{one.quantity}_share"),
                why=one.why,
            )
            for one in errata
        ],
    )


def stages_table(
    t: Messages, grouped: GroupedTable, names: Mapping[str, str], *, caption: str
) -> TableBlock:
    """Return the stages in order, each with the size of its maps and its rows."""
    cost = grouped.table
    rows = [
        [
            Cell(names[record["key"]]),
            Cell(sides_text(*layers[-1].output[1:])),
            Cell(_rows(t, layers)),
            Cell(str(record["layers"])),
            *cost_cells(record),
        ]
        for record, layers in zip(grouped.records(), grouped.groups.values(), strict=True)
    ]
    columns = [
        Column(t("table.stage")),
        Column(t("sums.maps")),
        Column(t("sums.rows")),
        Column(t("table.layers"), numeric=True),
        *cost_columns(t),
    ]
    total = [Cell(t("table.total")), Cell(""), Cell(""), Cell(str(len(cost.layers)))]
    return TableBlock(caption, columns, rows, foot=[[*total, *total_cells(cost)]])


def stage_names(t: Messages, grouped: GroupedTable) -> dict[str, str]:
    """Return the stages' names for readers, by their keys."""
    return {key: t("sums.stage", number=key.removeprefix("stage_")) for key in grouped.groups}


def _numbers(key: str, noted: list[str]) -> tuple[int, ...]:
    """Return the numbers of the notes on a row."""
    return tuple(number for number, own in enumerate(noted, 1) if own == key)


def _rows(t: Messages, layers: tuple[LayerCost, ...]) -> str:
    """Name the first row of a stage, and the last where it is another."""
    first, last = layers[0].node.row_id, layers[-1].node.row_id
    return first if first == last else t("sums.to", first=first, last=last)
