"""The paper's table as printed, with the cost of each row."""

from __future__ import annotations

import pytest

from archcalc import build, count, load
from archcalc.base.document import (
    Text,
)
from archcalc.base.tables import Record
from archcalc.base.units import format_count
from archcalc.cost.counting.paper_rows import by_printed_row
from archcalc.cost.counting.table import CostTable, group_record
from archcalc.language.spec.paper_table import paper_table
from tests.output.reporting.chapters import (
    VARIANTS,
    each_table,
    figures,
    made,
    only,
    subject_of,
    texts,
)


def printed_records(cost: CostTable) -> list[Record]:
    layers = by_printed_row(cost, paper_table(cost.net.spec))
    return [group_record(cost, number, own) for number, own in layers.items()]


@pytest.mark.parametrize("name", [*VARIANTS, "googlenet", "densenet121", "shufflenet_1_5"])
def test_the_printed_table_is_as_printed_with_the_cost_of_each_row(name: str) -> None:
    subject = subject_of(name)
    cost, printed = subject.cost, paper_table(subject.net.spec)
    records = printed_records(cost)
    assert sum(record["madds"] for record in records) == cost.madds
    assert sum(record["params"] for record in records) == cost.params
    table = next(each_table(made(subject, "printed_table")))
    for row, out, record in zip(printed.rows, table.rows, records, strict=True):
        shown = texts(out)
        assert shown[0] == str(row.number)
        assert set(row.cells.values()) <= set(shown)
        assert shown[-4:] == figures(record["madds"], record["params"], cost, format_count)
        notes = " ".join(table.notes[mark - 1] for cell in out for mark in cell.marks)
        assert (row.erratum or "") in notes
        assert (row.note or "") in notes
        assert all(value in notes for value in row.use.values())
        # a number with a superscript would be another number
        assert not any(cell.marks and cell.text.isdigit() for cell in out)


def test_rows_of_the_table_cost_what_rows_of_the_net_do() -> None:
    cost = count(build("mobilenet_v1"))
    records = printed_records(cost)
    assert [one["madds"] for one in records] == [one["madds"] for one in cost.by("row").records()]
    # one row takes over 17 of another table
    cost = count(build("faster_rcnn_vgg"))
    first = printed_records(cost)[0]
    rows = cost.by("row").records()[:17]
    assert first["madds"] == sum(one["madds"] for one in rows)


def test_asserted_cells_are_counted() -> None:
    spec = load("mobilenet_v2")
    rows = paper_table(spec).rows
    assert [row.asserted for row in rows] == [("input",)] * len(rows)
    text = only(made(subject_of("mobilenet_v2"), "printed_table").blocks, Text).text
    assert f"({len(rows)})" in text
    assert "224x224x3" in text
    # rows without printed sizes assert nothing
    assert not [b for b in made(subject_of("vgg16"), "printed_table").blocks if isinstance(b, Text)]


def test_the_blocks_of_a_spec_are_shown() -> None:
    tables = list(each_table(made(subject_of("nasnet_a_mobile"), "printed_table")))
    assert len(tables) == 1 + len(load("nasnet_a_mobile").head.blocks)
    assert "normal" in tables[2].caption
    assert "cur, prev" in tables[2].caption
