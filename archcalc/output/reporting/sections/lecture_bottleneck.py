"""Residual and inverted residual blocks: drawn, counted, and with other expansions."""

from __future__ import annotations

from archcalc.base.document import Block, Cell, Column, Section, TableBlock, Text
from archcalc.base.errors import ArchcalcError
from archcalc.base.names import size_text
from archcalc.base.units import format_bytes, format_exact
from archcalc.cost.counting.layer import LayerCost
from archcalc.cost.counting.table import CostTable, count
from archcalc.language.graph.build import build
from archcalc.language.transforms import transform
from archcalc.output.drawing import block_kinds, draw
from archcalc.output.reporting.drawings import drawn, side_by_side
from archcalc.output.reporting.lecture import net_of
from archcalc.output.reporting.sections import SectionKind
from archcalc.output.reporting.subject import Subject

_FACTORS = (2, 3, 4, 6, 8)


def make(subject: Subject) -> Section | None:
    """Return both blocks side by side, and the net at other expansions; None without V2."""
    t = subject.t
    own, other = net_of(subject, "mobilenet_v2"), net_of(subject, "resnet50")
    if own is None:
        return None
    shown = [(one, _with_shortcut(one.cost)) for one in (other, own) if one is not None]
    keys = ("residual", "inverted")[-len(shown) :]
    figures = []
    for key, (one, block) in zip(keys, shown, strict=True):
        caption = t(f"report_lecture_bottleneck.{key}", block=block, net=one.net.spec.title)
        figures.append(drawn(draw(one.net, block=block), (caption, caption), 0.5))
    blocks: list[Block] = [
        Text(t("report_lecture_bottleneck.about")),
        *side_by_side([one for one in figures if one is not None]),
        _blocks(subject, [(one.cost, block) for one, block in shown]),
        _expansions(own),
    ]
    return Section("bottleneck", t("report_lecture_bottleneck.title"), blocks)


def _with_shortcut(cost: CostTable) -> str:
    """Return the first block with an identity shortcut."""
    for kind in block_kinds(cost.net):
        layers = cost.by("block").groups[kind.block]
        convolutions = [one for one in layers if one.madds]
        adds = any(one.node.op.label == "add" for one in layers)
        if adds and convolutions[0].inputs[0] == convolutions[-1].output:
            return kind.block
    return block_kinds(cost.net)[0].block


def _blocks(subject: Subject, shown: list[tuple[CostTable, str]]) -> TableBlock:
    """Return the computing layers of each block, in execution order."""
    t = subject.t
    columns = [
        Column(t("report_lecture_bottleneck.block")),
        Column(t("table.op")),
        Column(t("table.input")),
        Column(t("table.output")),
        Column(t("table.madds"), numeric=True),
        Column(t("table.params"), numeric=True),
    ]
    rows: list[list[Cell]] = []
    begins = []
    for cost, block in shown:
        begins.append(len(rows))
        layers = [one for one in cost.by("block").groups[block] if one.madds]
        for index, layer in enumerate(layers):
            name = f"{cost.net.spec.title}, {block}" if index == 0 else ""
            rows.append([Cell(name), *_layer(layer)])
    caption = t("report_lecture_bottleneck.blocks")
    return TableBlock(caption, columns, rows, groups=dict.fromkeys(begins, ""))


def _layer(layer: LayerCost) -> list[Cell]:
    return [
        Cell(layer.node.op.label),
        Cell(size_text(layer.inputs[0])),
        Cell(size_text(layer.output)),
        Cell(format_exact(layer.madds)),
        Cell(format_exact(layer.params)),
    ]


def _expansions(own: Subject) -> TableBlock:
    """Return the net's costs at other expansion factors; the printed one is marked."""
    t, spec = own.t, own.net.spec
    columns = [
        Column(t("report_lecture_bottleneck.factor"), numeric=True),
        Column(t("table.madds"), numeric=True),
        Column(t("table.params"), numeric=True),
        Column(t("report_lecture_bottleneck.peak"), numeric=True),
        Column(t("report.note")),
    ]
    rows = []
    for factor in _FACTORS:
        try:
            cost = count(build(transform(spec, f"t={factor}")), own.convention)
        except ArchcalcError:  # a net of the same name without expansion factors
            continue
        printed = (cost.madds, cost.params) == (own.cost.madds, own.cost.params)
        rows.append(
            [
                Cell(str(factor)),
                Cell(format_exact(cost.madds)),
                Cell(format_exact(cost.params)),
                Cell(format_bytes(cost.peak_memory_bytes)),
                Cell(t("report_lecture_bottleneck.printed_t") if printed else ""),
            ]
        )
    caption = t("report_lecture_bottleneck.expansion", net=spec.title)
    return TableBlock(caption, columns, rows)


SECTION = SectionKind("lecture_bottleneck", {"lecture": 65}, make)
