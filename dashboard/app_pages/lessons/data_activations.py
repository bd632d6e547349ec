"""Activations: their curves, what they keep of what goes in, and where a net has them."""

from __future__ import annotations

from functools import lru_cache

from archcalc import CostTable
from archcalc.base.document import Cell, Column, TableBlock
from archcalc.base.messages import Messages
from archcalc.base.units import format_decimal, format_exact, format_fixed, format_percent, percent
from archcalc.cost.counting.parts import activation_values
from archcalc.output.charts.lessons import activation_curves
from archcalc.output.charts.picture import Picture
from archcalc.studies.lessons import (
    FUNCTIONS,
    ActivationTable,
    Facts,
    activations,
    worst_gap,
)
from archcalc.studies.lessons.curve_facts import NEAR, SOFT_OF
from dashboard.shell.fields import choice_field, names_field, number_field, one_of

BETAS = (0.05, 0.1, 0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0, 5.0, 10.0, 20.0)
_FIRST = ("relu", "relu6", "swish", "hard_swish")
_STEPS, _LOW, _HIGH = 513, -8.0, 8.0


ACTIVATIONS = names_field("act", one_of("activation", FUNCTIONS), _FIRST, empty=True)
BETA = number_field("act_beta", 1.0, BETAS[0], BETAS[-1])
SHOWN = choice_field("act_of", ("value", "derivative"))

FIELDS = (ACTIVATIONS, BETA, SHOWN)


@lru_cache(maxsize=64)
def table_of(kinds: tuple[str, ...], beta: float) -> ActivationTable:
    """Return the curves of some activations; raises ArchcalcError for none."""
    return activations(kinds, low=_LOW, high=_HIGH, points=_STEPS, beta=beta)


def picture(table: ActivationTable, shown: str) -> Picture:
    """Return the curves, or those of the derivatives."""
    return activation_curves(table, derivative=shown == "derivative")


def facts_table(t: Messages, table: ActivationTable) -> TableBlock:
    """Return what each activation keeps: its tails, its minimum, where it is constant."""
    heads = ("function", "formula", "left", "right", "minimum", "constant", "source")
    columns = [
        Column(t(f"dashboard_lessons.act_{name}"), numeric=name == "constant") for name in heads
    ]
    rows = [
        [
            Cell(one.function.label, strong=True),
            Cell(one.function.formula),
            *(Cell(_tail(t, one, side)) for side in ("left", "right")),
            Cell(_minimum(t, one)),
            Cell(format_percent(100 * one.constant_share, 2)),
            Cell(one.function.source),
        ]
        for one in table.facts
    ]
    return TableBlock(t("dashboard_lessons.act_facts"), columns, rows)


def _tail(t: Messages, facts: Facts, side: str) -> str:
    for one in facts.saturations:
        if one.side == side:
            key = "exact" if one.exact else "near"
            return t(
                f"dashboard_lessons.act_{key}",
                limit=format_decimal(one.limit),
                x=format_decimal(one.begins, 3),
                near=format_decimal(NEAR),
            )
    return t("dashboard_lessons.act_unbounded")


def _minimum(t: Messages, facts: Facts) -> str:
    if facts.minimum is None:
        return t("dashboard_lessons.act_monotone")
    x, value = facts.minimum
    return t("dashboard_lessons.act_at", value=format_fixed(value, 4), x=format_fixed(x, 4))


def gaps_table(t: Messages, beta: float) -> TableBlock:
    """Return how far each hard function is from its soft one at worst."""
    heads = ("hard", "soft", "gap", "place")
    columns = [Column(t(f"dashboard_lessons.act_{name}"), numeric=name == "gap") for name in heads]
    rows = []
    for hard in SOFT_OF:
        gap = worst_gap(hard, beta=beta)
        soft = FUNCTIONS[gap.soft].label
        rows.append(
            [
                Cell(FUNCTIONS[gap.hard].label),
                Cell(soft if gap.beta is None else f"{soft}, β = {format_decimal(gap.beta)}"),
                Cell(format_fixed(gap.size, 4)),
                Cell(", ".join(format_decimal(x, 4) for x in gap.at)),
            ]
        )
    return TableBlock(t("dashboard_lessons.act_gaps"), columns, rows)


def placement_table(t: Messages, cost: CostTable) -> TableBlock:
    """Return how many values pass through each activation of a net, and their share."""
    found = activation_values(cost)
    whole = sum(found.values())
    columns = [
        Column(t("dashboard_lessons.act_function")),
        Column(t("dashboard_lessons.act_values"), numeric=True),
        Column(t("report.share"), numeric=True),
    ]
    rows = [
        [
            Cell(FUNCTIONS[kind].label),
            Cell(format_exact(values)),
            Cell(format_percent(percent(values, whole) or 0)),
        ]
        for kind, values in found.items()
    ]
    foot = [Cell(t("report.total")), Cell(format_exact(whole)), Cell("")]
    return TableBlock(
        t("dashboard_lessons.act_placement", net=cost.net.title), columns, rows, [foot]
    )
