"""Workbooks with live formulas, to vary α and ρ without Python.

Every channel count, size, MAdd and parameter is the formula that the operator's rule gives for
cells instead of numbers (`archcalc.base.number.Formula`).
"""

from __future__ import annotations

from archcalc.cost.claims.judge import check
from archcalc.cost.counting.table import CostTable
from archcalc.models.latency import LatencyTable
from archcalc.output.workbook.about import write_about
from archcalc.output.workbook.book import Book, Sheet
from archcalc.output.workbook.channels import write_channels
from archcalc.output.workbook.claims import write_claims
from archcalc.output.workbook.classes import classes_of
from archcalc.output.workbook.inputs import Inputs
from archcalc.output.workbook.latency import write_latency
from archcalc.output.workbook.layers import Writer
from archcalc.output.workbook.sums import KEYS, add_chart, write_sums
from archcalc.output.workbook.sweep import write_sweep

__all__ = ["Book", "Sheet", "to_workbook"]


def to_workbook(table: CostTable, *, latency: LatencyTable | None = None) -> bytes:
    """Return an .xlsx file with ``table`` as live formulas; equal tables give equal bytes.

    Input cells have names: ``width resolution classes divisor prune prune_stage_1 … batch``;
    totals are ``total_madds total_params …``. Formulas use functions of Excel 2007 and have
    cached values. ``latency`` adds a sheet of values.

    Raises MissingPackage without XlsxWriter, ArchcalcError where a formula gets too long.
    """
    book = Book(table.title)
    results = check(table.net.spec)
    front, layers_sheet = book.sheet("Inputs"), book.sheet("Layers")
    summed = [(key, book.sheet(key.sheet)) for key in KEYS]
    channels_sheet = book.sheet("Channels")
    classes = classes_of(table.net)
    inputs = Inputs(front, table, classes)
    knobs = inputs.write_knobs()
    channels = write_channels(channels_sheet, table.net, knobs, classes)
    inputs.write_input_shape(channels, knobs)
    shape = inputs.input_shape(channels, knobs)
    layers = Writer(layers_sheet, table, channels, knobs, input_shape=shape).write()
    inputs.write_totals(layers)
    for key, sheet in summed:
        groups = write_sums(sheet, table, key, layers)
        if key.head == "stage":
            add_chart(front, key, groups, at=(inputs.row + 1, 0), of=sheet.name)
    if results:
        write_claims(book.sheet("Claims"), results)
    write_sweep(book.sheet("Sweep"), table)
    if latency is not None:
        write_latency(book.sheet("Latency"), latency)
    write_about(book.sheet("About"), table)
    front.writer.activate()
    return book.data()
