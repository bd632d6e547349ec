"""The lessons' results as tables, which the report of the lecture and the page Lessons share."""

from __future__ import annotations

from collections.abc import Sequence

from archcalc.base.document import Cell, Column, TableBlock
from archcalc.base.messages import Messages
from archcalc.base.names import sides_text
from archcalc.base.units import (
    format_decimal,
    format_exact,
    format_fixed,
    format_ms,
    format_percent,
    format_share,
    percent,
)
from archcalc.cost.counting.parts import activation_values
from archcalc.cost.counting.table import CostTable
from archcalc.models.latency import ActivationLatencyTable
from archcalc.studies.lessons import (
    DECODERS,
    FUNCTIONS,
    ActivationTable,
    Facts,
    ManifoldStudy,
    SeparableComparison,
    SqueezeExciteRun,
    worst_gap,
)
from archcalc.studies.lessons.curve_facts import NEAR, SOFT_OF


def convolutions_table(t: Messages, one: SeparableComparison, caption: str) -> TableBlock:
    """Return the standard convolution, the two that replace it, and their sum, every digit."""
    columns = [
        Column(t("lessons.convolution")),
        *(Column(t(f"table.{name}")) for name in ("op", "input", "output")),
        *(Column(t(f"table.{name}"), numeric=True) for name in ("params", "madds")),
    ]
    rows = [
        [
            Cell(t(f"lessons.{record['convolution']}")),
            *(Cell(record[name] or "") for name in ("op", "input", "output")),
            *(Cell(format_exact(record[name])) for name in ("params", "madds")),
        ]
        for record in one.records()
    ]
    return TableBlock(caption, columns, rows[:-1], [rows[-1]], groups={1: ""})


def misprints_table(t: Messages, cases: Sequence[SeparableComparison], caption: str) -> TableBlock:
    """Return the misprinted formulas beside the right ones, and what both give in each case."""
    columns = [Column(t(f"lessons.{name}"), wide=True) for name in ("where", "printed", "meant")]
    for one in cases:
        side = sides_text(*one.standard.output[1:])
        columns += [
            Column(t(f"lessons.{name}", output=side), numeric=True) for name in ("gives", "correct")
        ]
    rows = []
    for number, found in enumerate(zip(*(one.misprints for one in cases), strict=True), 1):
        row = [Cell(t(f"lessons.misprint_{number}_where"))]
        for name in ("printed", "meant"):
            key = f"lessons.misprint_{number}_{name}"
            row.append(Cell(t(key) if key in t else getattr(found[0], name)))
        for one in found:
            row.append(Cell(format_exact(one.value), strong=bool(one.difference)))
            row.append(Cell(format_exact(one.computed)))
        rows.append(row)
    return TableBlock(caption, columns, rows, dense=len(cases) > 1)


def activations_table(
    t: Messages, table: ActivationTable, caption: str, *, sources: bool = False
) -> TableBlock:
    """Return each activation's minimum, tails, and how much of a normal input it holds constant.

    ``sources``: with the paper that brought each in.
    """
    names = ("function", "formula", "minimum", "left", "right", "constant")
    columns = [Column(t(f"lessons.{name}"), numeric=name == "constant") for name in names]
    rows = [
        [
            Cell(one.function.label, strong=True),
            Cell(one.function.formula),
            Cell(_minimum(t, one)),
            *(Cell(_tail(t, one, side)) for side in ("left", "right")),
            Cell(format_share(one.constant_share)),
        ]
        for one in table.facts
    ]
    if sources:
        columns.append(Column(t("table.source")))
        for row, one in zip(rows, table.facts, strict=True):
            row.append(Cell(one.function.source))
    return TableBlock(caption, columns, rows)


def _tail(t: Messages, facts: Facts, side: str) -> str:
    one = next((one for one in facts.saturations if one.side == side), None)
    if one is None:
        return t("lessons.unbounded")
    return t(
        "lessons.exact" if one.exact else "lessons.near",
        limit=format_decimal(one.limit),
        x=format_decimal(one.begins, 3),
        near=format_decimal(NEAR),
    )


def _minimum(t: Messages, facts: Facts) -> str:
    if facts.minimum is None:
        return t("lessons.monotone")
    x, value = facts.minimum
    return t("lessons.at", value=format_fixed(value, 4), x=format_fixed(x, 4))


def gaps_table(t: Messages, caption: str, *, beta: float = 1.0) -> TableBlock:
    """Return how far each hard function is from its soft one at worst; ``beta``: swish's."""
    names = ("hard", "soft", "gap", "place")
    columns = [Column(t(f"lessons.{name}"), numeric=name == "gap") for name in names]
    rows = []
    for hard in SOFT_OF:
        gap = worst_gap(hard, beta=beta)
        soft = FUNCTIONS[gap.soft].label
        cells = (
            FUNCTIONS[gap.hard].label,
            soft if gap.beta is None else f"{soft}, β = {format_decimal(gap.beta)}",
            format_fixed(gap.size, 4),
            ", ".join(format_decimal(x, 4) for x in gap.at),
        )
        rows.append([Cell(text) for text in cells])
    return TableBlock(caption, columns, rows)


def placement_table(t: Messages, cost: CostTable) -> TableBlock:
    """Return how many values pass through each activation of a net, and their share."""
    found = activation_values(cost)
    whole = sum(found.values())
    columns = [
        Column(t("lessons.function")),
        Column(t("lessons.values"), numeric=True),
        Column(t("table.share"), numeric=True),
    ]
    rows = [
        [
            Cell(FUNCTIONS[kind].label),
            Cell(format_exact(values)),
            Cell(format_percent(percent(values, whole) or 0)),
        ]
        for kind, values in found.items()
    ]
    foot = [Cell(t("table.total")), Cell(format_exact(whole)), Cell("")]
    return TableBlock(t("lessons.placement", net=cost.net.title), columns, rows, [foot])


def times_table(t: Messages, table: ActivationLatencyTable) -> TableBlock:
    """Return what activations take, each beside ReLU's time of the same round."""
    columns = [
        Column(t("lessons.function")),
        *(Column(head, numeric=True) for head in ("ms", "p10", "p90", t("lessons.relative"))),
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
    said = {name: table.protocol[name] for name in ("rounds", "clock", "threads")}
    caption = t("lessons.times", **said, cpu=table.machine.get("cpu") or "?")
    return TableBlock(caption, columns, rows)


def losses_table(t: Messages, found: ManifoldStudy) -> TableBlock:
    """Return for each m the share of lost points and the median error of every way back."""
    rows: dict[int, list[Cell]] = {}
    for record in found.records():
        lost = (record["lost"], record["expected_lost"])
        first = [Cell(str(record["m"])), *(Cell(format_share(share)) for share in lost)]
        row = rows.setdefault(record["m"], first)
        row.append(Cell(format_share(record["median"], 1)))
    names = ("channels", "lost", "expected", *DECODERS)
    columns = [Column(t(f"lessons.{name}"), numeric=True) for name in names]
    caption = t("lessons.losses", draws=found.dimensions[0].draws, points=found.points)
    return TableBlock(caption, columns, list(rows.values()))


def excite_table(t: Messages, run: SqueezeExciteRun) -> TableBlock:
    """Return what each step of squeeze-and-excite costs, and the block's part of its net."""
    columns = [
        Column(t("lessons.step")),
        *(Column(t(f"table.{name}")) for name in ("op", "output")),
        *(Column(t(f"table.{name}"), numeric=True) for name in ("params", "madds")),
    ]
    rows = [
        [
            Cell(t(f"lessons.step_{number}")),
            *(Cell(step[name]) for name in ("op", "output")),
            *(Cell(format_exact(step[name])) for name in ("params", "madds")),
        ]
        for number, step in enumerate(run.steps, 1)
    ]
    blank = [Cell(""), Cell("")]
    costs = [Cell(format_exact(cost), strong=True) for cost in (run.params, run.madds)]
    shares = [Cell(format_percent(run.params_share)), Cell(format_percent(run.madds_share, 4))]
    foot = [
        [Cell(t("lessons.block_cost")), *blank, *costs],
        [Cell(t("lessons.of_net")), *blank, *shares],
    ]
    return TableBlock(t("lessons.steps", block=run.block), columns, rows, foot)
