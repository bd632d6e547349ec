"""Savings of channel pruning, uniform and by stage: costs only, no accuracy."""

from __future__ import annotations

from archcalc.base.document import Block, Note, Section, Text
from archcalc.base.messages import Messages
from archcalc.base.units import format_decimal, format_percent
from archcalc.cost.scaling.cuts import StageCuts, stage_cuts, uniform_cuts
from archcalc.cost.scaling.sweeping import sweep
from archcalc.output.charts import by_prune
from archcalc.output.present.pruning import SAVED, stage_number, stages_block, uniform_table
from archcalc.output.present.words import sentences
from archcalc.output.reporting.figures import chart
from archcalc.output.reporting.sections import SectionKind
from archcalc.output.reporting.subject import Subject

_FINE = "0:0.75:0.025"
"""Ratios of the curves, fine enough to show the rounding steps of channels."""


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
        uniform_table(t, cuts),
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


def _most(t: Messages, stages: StageCuts) -> str:
    """Return the stage that saves most of each cost, in words."""
    said = [
        t(
            "report_pruning.most",
            stage=stage_number(best),
            cost=t(f"table.{name}"),
            saved=format_percent(best[f"{name}_saved"], 1),
        )
        for name, best in stages.most.items()
        if best is not None and name in SAVED
    ]
    return t(
        "report_pruning.by_stage",
        ratio=f"{format_decimal(100 * float(stages.ratio))}%",
        most=t("table.semicolon").join(said),
    )


SECTION = SectionKind("pruning", {"net": 50}, make)
