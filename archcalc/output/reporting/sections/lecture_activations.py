"""swish and h-swish: curves, properties, their placement in MobileNet V3, the paper's results."""

from __future__ import annotations

from collections.abc import Iterator

from archcalc.base.document import Block, Cell, Column, Section, TableBlock, Text
from archcalc.base.units import format_decimal, format_exact
from archcalc.cost.counting.table import CostTable, count
from archcalc.language.graph.build import build
from archcalc.language.ops import elements
from archcalc.language.ops.activation import Activation
from archcalc.language.transforms import transform
from archcalc.output.charts.lessons import activation_curves
from archcalc.output.present.lessons import activations_table, gaps_table
from archcalc.output.reporting.figures import picture_block
from archcalc.output.reporting.lecture import net_of, table_blocks
from archcalc.output.reporting.sections import SectionKind
from archcalc.output.reporting.subject import Subject
from archcalc.studies.lessons import activations

_SHOWN = ("relu", "relu6", "sigmoid", "hard_sigmoid", "swish", "hard_swish")
_VARIANTS = ("act=relu", "h_swish=16", "h_swish=112")
"""Those of MobileNet V3's table 5."""
_STEPS = 513


def make(subject: Subject) -> Section:
    """Return curves and derivatives, facts in numbers, placements, and the paper's table."""
    t = subject.t
    table = activations(_SHOWN, points=_STEPS)
    grid = table.curves[0].x
    names = ", ".join(curve.function.label for curve in table.curves)
    alt = t(
        "report_lecture_activations.curves_alt",
        names=names,
        low=format_decimal(grid[0]),
        high=format_decimal(grid[-1]),
    )
    slopes = activation_curves(activations(("swish", "hard_swish"), points=_STEPS), derivative=True)
    blocks: list[Block] = [
        Text(t("report_lecture_activations.about")),
        picture_block(
            activation_curves(table), t("report_lecture_activations.curves"), alt, 0.8, 3.4
        ),
        picture_block(
            slopes,
            t("report_lecture_activations.slopes"),
            t("report_lecture_activations.slopes_alt"),
            0.8,
            3.0,
        ),
        activations_table(t, table, t("report_lecture_activations.facts")),
        gaps_table(t, t("report_lecture_activations.gaps")),
    ]
    own = net_of(subject, "mobilenet_v3_large")
    if own is not None:
        blocks += [_placement(own), Text(t("report_lecture_activations.no_madds"))]
    blocks += table_blocks(subject, "V3 table 5")
    return Section("activations", t("report_lecture_activations.title"), blocks)


def _placement(own: Subject) -> TableBlock:
    """Return the number of values through each activation, as printed and in each variant."""
    t = own.t
    found = list(_variants(own))
    kinds = list(dict.fromkeys(kind for _, values, _ in found for kind in values))
    columns = [
        Column(t("report_lecture_activations.variant")),
        *(Column(kind, numeric=True) for kind in kinds),
        Column(t("table.madds"), numeric=True),
    ]
    rows = [
        [
            Cell(name),
            *(Cell(format_exact(values[kind]) if kind in values else "") for kind in kinds),
            Cell(format_exact(cost.madds)),
        ]
        for name, values, cost in found
    ]
    caption = t("report_lecture_activations.placement", net=own.net.spec.title)
    return TableBlock(caption, columns, rows)


def _variants(own: Subject) -> Iterator[tuple[str, dict[str, int], CostTable]]:
    yield own.t("report_lecture_activations.as_printed"), _values(own.cost), own.cost
    for sets in _VARIANTS:
        cost = count(build(transform(own.net.spec, sets)), own.convention)
        yield sets, _values(cost), cost


def _values(cost: CostTable) -> dict[str, int]:
    """Return the number of values through each activation for one image."""
    found: dict[str, int] = {}
    for layer in cost.layers:
        if isinstance(layer.node.op, Activation):
            label = layer.node.op.label
            number = int(elements(layer.output)) * layer.node.count
            found[label] = found.get(label, 0) + number
    return found


SECTION = SectionKind("lecture_activations", {"lecture": 85}, make)
