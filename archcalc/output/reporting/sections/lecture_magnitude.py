"""Pruning by magnitude: the lecture's matrix and column, and the same on a whole network."""

from __future__ import annotations

from collections.abc import Iterator

from archcalc.base.document import Block, Cell, Column, Heading, Section, TableBlock, Text
from archcalc.base.names import sides_text
from archcalc.base.units import format_decimal, format_exact, format_share
from archcalc.cost.counting.table import count
from archcalc.language.graph.build import build
from archcalc.output.charts.lessons import pruned_arrays
from archcalc.output.reporting.figures import picture_block
from archcalc.output.reporting.lecture import net_of
from archcalc.output.reporting.sections import SectionKind
from archcalc.output.reporting.subject import Subject
from archcalc.studies.lessons import (
    EXAMPLE_SCALES,
    EXAMPLE_WEIGHTS,
    PrunedArray,
    prune_filters,
    prune_scales,
    prune_weights,
)

_THRESHOLD = 0.5
_RATIOS = (0.25, 0.5, 0.75)


def make(subject: Subject) -> Section:
    """Return the example under each rule, drawn and in numbers, then MobileNet V1."""
    t = subject.t
    arrays = {
        t("report_lecture_magnitude.weights_panel"): prune_weights(
            EXAMPLE_WEIGHTS, threshold=_THRESHOLD
        ),
        t("report_lecture_magnitude.rows_panel"): prune_filters(EXAMPLE_WEIGHTS, ratio=0.25),
        t("report_lecture_magnitude.columns_panel"): prune_filters(
            EXAMPLE_WEIGHTS, ratio=0.25, axis=1
        ),
        t("report_lecture_magnitude.scales_panel"): prune_scales(EXAMPLE_SCALES, ratio=0.5),
    }
    picture = pruned_arrays(arrays)
    caption = t("report_lecture_magnitude.picture")
    blocks: list[Block] = [
        Text(t("report_lecture_magnitude.about")),
        picture_block(picture, caption, caption, 0.9),
        _rules(subject),
        Text(t("report_lecture_magnitude.zeros")),
        Text(t("report_lecture_magnitude.scale")),
    ]
    return Section("magnitude", t("report_lecture_magnitude.title"), [*blocks, *_network(subject)])


def _rules(subject: Subject) -> TableBlock:
    t = subject.t
    columns = [
        Column(t("report_lecture_magnitude.rule"), wide=True),
        *(
            Column(t(f"report_lecture_magnitude.{name}"), numeric=True)
            for name in ("candidates", "cut", "sparsity")
        ),
        Column(t("report_lecture_magnitude.left")),
    ]
    rows = []
    for rule, pruned in _examples(subject):
        size = sides_text(*pruned.weights.shape)
        left = t("report_lecture_magnitude.same_size", size=size)
        if pruned.removed is not None:
            left = sides_text(*pruned.removed.shape)
        rows.append(
            [
                Cell(rule),
                Cell(str(pruned.kept.size)),
                Cell(str(int(pruned.kept.size - pruned.kept.sum()))),
                Cell(format_share(pruned.sparsity, 1)),
                Cell(left),
            ]
        )
    return TableBlock(t("report_lecture_magnitude.rules"), columns, rows)


def _examples(subject: Subject) -> Iterator[tuple[str, PrunedArray]]:
    """Yield each rule in words with its result."""
    t = subject.t
    yield (
        t("report_lecture_magnitude.threshold", threshold=format_decimal(_THRESHOLD)),
        prune_weights(EXAMPLE_WEIGHTS, threshold=_THRESHOLD),
    )
    for ratio in _RATIOS:
        words = t("report_lecture_magnitude.weights", ratio=format_share(ratio, 0))
        yield words, prune_weights(EXAMPLE_WEIGHTS, ratio=ratio)
    for key, axis in (("rows", 0), ("columns", 1)):
        for norm in ("l1", "l2"):
            words = t(f"report_lecture_magnitude.{key}", ratio="25%", norm=norm.upper())
            yield words, prune_filters(EXAMPLE_WEIGHTS, norm=norm, axis=axis, ratio=0.25)
    words = t("report_lecture_magnitude.scales", ratio="50%")
    yield words, prune_scales(EXAMPLE_SCALES, ratio=0.5)


def _network(subject: Subject) -> list[Block]:
    """Return MobileNet V1 pruned by one ratio, and at the corresponding width."""
    t = subject.t
    own = net_of(subject, "mobilenet_v1")
    if own is None:
        return []
    spec = own.net.spec
    rows, apart = [], False
    for ratio in _RATIOS:
        nets = build(spec, prune=ratio), build(spec, width=1 - ratio)
        cut, narrow = (count(net, subject.convention) for net in nets)
        cells = [Cell(format_decimal(ratio)), Cell(format_decimal(1 - ratio))]
        for name in ("madds", "params"):
            one, other = getattr(cut, name), getattr(narrow, name)
            apart = apart or one != other
            cells += [
                Cell(format_exact(one)),
                Cell(format_exact(other)),
                Cell(format_exact(one - other)),
            ]
        rows.append(cells)
    columns = [
        Column(t(f"report_lecture_magnitude.{name}"), numeric=True) for name in ("prune", "alpha")
    ]
    for name in ("madds", "params"):
        quantity = t(f"table.{name}")
        columns += [
            Column(t("report_lecture_magnitude.pruned", quantity=quantity), numeric=True),
            Column(t("report_lecture_magnitude.narrowed", quantity=quantity), numeric=True),
            Column(t("report_lecture_magnitude.apart"), numeric=True),
        ]
    key = "report_lecture_magnitude.width" + ("_differs" if apart else "")
    return [
        Heading(t("report_lecture_magnitude.network")),
        Text(t(key, net=spec.title)),
        TableBlock(t("report_lecture_magnitude.table", net=spec.title), columns, rows),
    ]


SECTION = SectionKind("lecture_magnitude", {"lecture": 20}, make)
