"""Savings of channel pruning, uniform and by stage: costs only, no accuracy."""

from __future__ import annotations

from archcalc.base.document import Block, Cell, Column, Note, Section, TableBlock, Text
from archcalc.base.messages import Messages
from archcalc.base.names import sides_text
from archcalc.base.tables import Record
from archcalc.base.units import format_bytes, format_decimal, format_exact, format_percent
from archcalc.cost.scaling.cuts import Cuts, StageCuts, stage_cuts, uniform_cuts
from archcalc.cost.scaling.sweeping import sweep
from archcalc.output.charts import by_prune
from archcalc.output.present.words import sentences
from archcalc.output.reporting.figures import chart
from archcalc.output.reporting.sections import SectionKind
from archcalc.output.reporting.subject import Subject

_FINE = "0:0.75:0.025"
"""Ratios of the curves, fine enough to show the rounding steps of channels."""
_SAVED = ("madds", "params", "peak_memory_bytes")


def make(subject: Subject) -> Section | None:
    """Return costs by prune ratio and by stage; None for a net without prunable channels."""
    t, net = subject.t, subject.net
    if not net.graph.prunable:
        return None
    cuts = uniform_cuts(net, **subject.counting)
    curves = sweep(
        net.spec,
        widths=[format_decimal(net.width)],
        resolutions=[net.size],
        prunes=_FINE,
        multiple=net.multiple,
        **subject.counting,
    )
    same = [(one["prune"], one["same_as"]) for one in cuts.records() if one["same_as"]]
    blocks: list[Block] = [
        Text(sentences(t, t("report_pruning.intro", multiple=net.multiple), _groups(subject))),
        Note(t("report_pruning.costs_only")),
        _uniform(t, cuts),
    ]
    if same:
        listed = t("report_pruning.listed")
        ratios = listed.join(format_decimal(ratio) for ratio, _ in same)
        widths = listed.join(width for _, width in same)
        blocks.append(Text(t("report_pruning.same", ratios=ratios, widths=widths)))
    blocks.append(chart(by_prune(curves), t("report_pruning.curves")))
    stages = stage_cuts(net, **subject.counting)
    blocks += [Text(_most(t, stages)), stages_block(t, stages)]
    return Section("pruning", t("report_pruning.title"), blocks)


def _groups(subject: Subject) -> str:
    graph = subject.net.graph
    return subject.t(
        "report_pruning.groups",
        groups=len(graph.groups),
        prunable=len(graph.prunable),
        tied=sum(len(group.rows) > 1 for group in graph.prunable),
    )


def _uniform(t: Messages, cuts: Cuts) -> TableBlock:
    records = cuts.records()
    any_same = any(one["same_as"] for one in records)

    def row(record: Record) -> list[Cell]:
        own = record["own"]
        uniform = isinstance(record["prune"], float)

        def cell(text: str, percent: float | None = None) -> Cell:
            return Cell(text, None if percent is None else percent / 100, strong=own)

        return [
            cell(format_decimal(record["prune"]) if uniform else t("report_pruning.as_here")),
            cell(format_exact(record["madds"])),
            cell(format_percent(record["madds_percent"], 1), record["madds_percent"]),
            cell(format_exact(record["params"])),
            cell(format_percent(record["params_percent"], 1), record["params_percent"]),
            cell(format_bytes(record["weight_bytes"])),
            cell(format_bytes(record["peak_memory_bytes"])),
            cell(
                format_percent(record["peak_memory_bytes_percent"], 1),
                record["peak_memory_bytes_percent"],
            ),
            *([cell(record["same_as"] or "")] if any_same else []),
        ]

    left = Column(t("report_pruning.left"), numeric=True)
    columns = [
        Column(t("table.prune"), numeric=True),
        Column(t("table.madds"), numeric=True),
        left,
        Column(t("table.params"), numeric=True),
        left,
        Column(t("table.weight_bytes"), numeric=True),
        Column(t("table.peak_memory_bytes"), numeric=True),
        left,
        *([Column(t("report_pruning.same_as"), numeric=True)] if any_same else []),
    ]
    caption = t("report_pruning.uniform")
    return TableBlock(caption, columns, [row(record) for record in records], dense=True)


def _most(t: Messages, stages: StageCuts) -> str:
    """Return the stage that saves most of each cost, in words."""
    said = [
        t(
            "report_pruning.most",
            stage=_number(best),
            cost=t(f"table.{name}"),
            saved=format_percent(best[f"{name}_saved"], 1),
        )
        for name, best in stages.most.items()
        if best is not None and name in _SAVED
    ]
    return t(
        "report_pruning.by_stage",
        ratio=f"{format_decimal(100 * float(stages.ratio))}%",
        most=t("table.semicolon").join(said),
    )


def stages_block(t: Messages, stages: StageCuts) -> TableBlock:
    """Return the savings of pruning one stage alone, as a table."""
    columns = [
        Column(t("table.stage"), numeric=True),
        Column(t("report_pruning.map"), numeric=True),
        Column(t("report_pruning.groups_head"), numeric=True),
        Column(t("report_pruning.channels"), numeric=True),
        *(Column(t(f"table.{name}"), numeric=True) for name in _SAVED),
    ]

    def saved(record: Record, name: str) -> Cell:
        share = record[f"{name}_saved"]
        best = stages.most[name]
        strong = best is not None and best["stage"] == record["stage"]
        return Cell(format_percent(share, 1), None if share is None else share / 100, strong=strong)

    rows = [
        [
            Cell(_number(record)),
            Cell(sides_text(*record["map"])),
            Cell(str(record["groups"])),
            Cell(format_exact(record["channels"])),
            *(saved(record, name) for name in _SAVED),
        ]
        for record in stages.records()
    ]
    return TableBlock(t("report_pruning.stages"), columns, rows)


def _number(record: Record) -> str:
    return str(record["stage"]).removeprefix("stage_")


SECTION = SectionKind("pruning", {"net": 50}, make)
