"""The nets of the zoo, and the transforms of ``--set``."""

from __future__ import annotations

from archcalc.base.document import Cell, Column, Note, Section, TableBlock
from archcalc.base.messages import Messages
from archcalc.cost.counting.zoo import TransformTable, ZooTable
from archcalc.output.present.costs import count_cell
from archcalc.output.present.words import place_words


def present(table: ZooTable | TransformTable, t: Messages) -> Section:
    """Return every net with its paper and totals, or every transform."""
    if isinstance(table, TransformTable):
        return Section(
            "transforms",
            t("zoo.transforms"),
            [transforms_table(t, table), Note(t("zoo.how_to_set"))],
        )
    return Section("zoo", t("zoo.nets"), [nets_table(t, table), Note(t("zoo.as_counted"))])


def nets_table(t: Messages, table: ZooTable, caption: str = "") -> TableBlock:
    """Return one row per net."""
    columns = [
        Column(t("table.net")),
        Column(t("table.input")),
        Column(t("quantity.madds"), numeric=True),
        Column(t("quantity.params"), numeric=True),
        Column(t("zoo.paper"), wide=True),
        Column(t("zoo.title"), wide=True, priority=1),
    ]
    rows = [
        [
            Cell(record["name"]),
            Cell(record["input"]),
            count_cell(record["madds"], exact=False),
            count_cell(record["params"], exact=False),
            Cell(place_words(t, record["paper"] or "")),
            Cell(record["title"]),
        ]
        for record in table.records()
    ]
    return TableBlock(caption, columns, rows)


def transforms_table(t: Messages, table: TransformTable, caption: str = "") -> TableBlock:
    """Return one row per transform: its name, values and effect."""
    columns = [
        Column(t("zoo.name")),
        Column(t("zoo.values"), wide=True),
        Column(t("zoo.about"), wide=True),
    ]
    rows = [
        [
            Cell(record["name"]),
            Cell(record["values"].replace("|", " | ")),
            Cell(t.texts.get(f"zoo.transform_{record['name']}", record["about"])),
        ]
        for record in table.records()
    ]
    return TableBlock(caption, columns, rows)
