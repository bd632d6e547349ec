"""What activations take on this machine: the tensor they are timed on, and the times as a table."""

from __future__ import annotations

from math import prod

from archcalc import CostTable
from archcalc.base.document import Cell, Column, TableBlock
from archcalc.base.messages import Messages
from archcalc.base.units import format_fixed, format_ms
from archcalc.language.ops.activation import Activation
from archcalc.models.latency import ActivationLatencyTable
from archcalc.models.latency.request import ActivationRequest
from archcalc.studies.lessons import FUNCTIONS


def request_of(cost: CostTable) -> ActivationRequest | None:
    """Return the timing of every activation on the largest map that a net applies one to.

    None for a net without any.
    """
    maps = [
        tuple(map(int, layer.output))
        for layer in cost.layers
        if isinstance(layer.node.op, Activation)
    ]
    if not maps:
        return None
    return ActivationRequest((1, *max(maps, key=prod)))


def size_words(request: ActivationRequest) -> str:
    """Write the tensor as papers do: "112 × 112 × 96"."""
    _, channels, *sides = request.shape
    return " × ".join(map(str, [*sides, channels]))


def times_table(t: Messages, table: ActivationLatencyTable) -> TableBlock:
    """Return the times, each beside ReLU's of the same round."""
    columns = [
        Column(t("dashboard_lessons.act_function")),
        *(Column(head, numeric=True) for head in ("ms", "p10", "p90")),
        Column(t("dashboard_lessons.act_relative"), numeric=True),
    ]
    most = max(row.relative for row in table.rows) or 1
    rows = [
        [
            Cell(FUNCTIONS[row.activation].label),
            *(Cell(format_ms(ms)) for ms in (row.median_ms, row.p10_ms, row.p90_ms)),
            Cell(format_fixed(row.relative, 2), row.relative / most),
        ]
        for row in table.rows
    ]
    protocol = table.protocol
    caption = t(
        "dashboard_lessons.act_times",
        rounds=protocol["rounds"],
        clock=protocol["clock"],
        threads=protocol["threads"],
        cpu=table.machine.get("cpu") or "?",
    )
    return TableBlock(caption, columns, rows)
