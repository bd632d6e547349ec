"""Squeeze-and-excite: its steps, its blocks in MobileNet V3, its costs there and elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

from archcalc.base.document import Block, Cell, Column, Facts, Section, TableBlock, Text
from archcalc.base.units import (
    format_exact,
    format_percent,
    format_signed_percent,
    percent,
    percent_change,
)
from archcalc.cost.counting.table import CostTable, count
from archcalc.language.graph.build import build
from archcalc.language.transforms import transform
from archcalc.output.drawing import draw
from archcalc.output.present.costs import share_cell
from archcalc.output.reporting.drawings import drawn
from archcalc.output.reporting.lecture import net_of
from archcalc.output.reporting.sections import SectionKind
from archcalc.output.reporting.subject import Subject
from archcalc.studies.lessons import se_blocks

_GATED = ("mobilenet_v3_large", "mobilenet_v3_small", "se_resnet50", "se_inception")
"""Networks with squeeze-and-excite."""


def make(subject: Subject) -> Section | None:
    """Return the steps, a drawn block, and costs; None without MobileNet V3-Large."""
    t = subject.t
    own = net_of(subject, "mobilenet_v3_large")
    if own is None:
        return None
    block = _block_names(own)[0]
    caption = t("report_lecture_squeeze_excite.drawing", net=own.net.spec.title, block=block)
    figure = drawn(draw(own.net, block=block), (caption, caption), 0.6)
    steps = [
        (t(f"report_lecture_squeeze_excite.{name}"), t(f"report_lecture_squeeze_excite.{name}_is"))
        for name in ("squeeze", "excite", "scale", "here")
    ]
    blocks: list[Block] = [Text(t("report_lecture_squeeze_excite.about")), Facts(steps)]
    blocks += [figure] if figure else []
    blocks += [
        _blocks(own),
        _effect(subject),
        Text(t("report_lecture_squeeze_excite.cheap")),
    ]
    return Section("squeeze-excite", t("report_lecture_squeeze_excite.title"), blocks)


def _block_names(own: Subject) -> list[str]:
    """Return the blocks of the net with squeeze-and-excite."""
    block_of = {layer.node.id: layer.node.block for layer in own.cost.layers}
    return [block_of[one.pool] for one in se_blocks(own.net)]


def _blocks(own: Subject) -> TableBlock:
    t, cost = own.t, own.cost
    layers = {layer.node.id: layer for layer in cost.layers}
    columns = [
        Column(t("report_lecture_squeeze_excite.block")),
        Column(t("report_lecture_squeeze_excite.channels"), numeric=True),
        Column(t("report_lecture_squeeze_excite.squeezed"), numeric=True),
        *(
            Column(head, numeric=True)
            for name in ("madds", "params")
            for head in (t(f"table.{name}"), t("table.share"))
        ),
    ]
    rows, sums = [], {"madds": 0, "params": 0}
    for one in se_blocks(own.net):
        steps = [layers[node] for _, node in one.steps]
        cells = [
            Cell(layers[one.pool].node.block),
            Cell(str(layers[one.pool].output[0])),
            Cell(str(layers[one.reduce].output[0])),
        ]
        for name in sums:
            number = sum(getattr(step, name) for step in steps)
            sums[name] += number
            cells += [Cell(format_exact(number)), share_cell(percent(number, getattr(cost, name)))]
        rows.append(cells)
    foot = [Cell(t("table.total")), Cell(""), Cell("")]
    for name, number in sums.items():
        share = format_percent(percent(number, getattr(cost, name)))
        foot += [Cell(format_exact(number), strong=True), Cell(share)]
    caption = t("report_lecture_squeeze_excite.blocks", net=own.net.spec.title)
    return TableBlock(caption, columns, rows, [foot])


def _effect(subject: Subject) -> TableBlock:
    t = subject.t
    columns = [Column(t("table.net"))]
    for name in ("madds", "params"):
        quantity = t(f"table.{name}")
        columns += [
            Column(t("report_lecture_squeeze_excite.without", quantity=quantity), numeric=True),
            Column(t("report_lecture_squeeze_excite.with_it", quantity=quantity), numeric=True),
            Column(t("report_lecture_squeeze_excite.more"), numeric=True),
        ]
    rows = []
    for name, without, with_it in _pairs(subject):
        cells = [Cell(name)]
        for quantity in ("madds", "params"):
            less, more = getattr(without, quantity), getattr(with_it, quantity)
            cells += [
                Cell(format_exact(less)),
                Cell(format_exact(more)),
                Cell(format_signed_percent(percent_change(less, more))),
            ]
        rows.append(cells)
    caption = t("report_lecture_squeeze_excite.effect", convention=subject.convention)
    return TableBlock(caption, columns, rows)


def _pairs(subject: Subject) -> Iterator[tuple[str, CostTable, CostTable]]:
    """Yield each net with squeeze-and-excite, without it and as printed."""
    for name in _GATED:
        own = net_of(subject, name)
        if own is not None:
            off = count(build(transform(own.net.spec, "se=off")), subject.convention)
            yield own.net.spec.title, off, own.cost


SECTION = SectionKind("lecture_squeeze_excite", {"lecture": 80}, make)
