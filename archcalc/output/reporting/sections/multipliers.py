"""Costs and published accuracies by width multiplier and resolution."""

from __future__ import annotations

from collections.abc import Sequence

from archcalc.base.document import (
    Block,
    Heading,
    Note,
    Section,
    Text,
)
from archcalc.base.messages import Messages
from archcalc.base.units import (
    format_count,
    format_signed_percent,
)
from archcalc.cost.scaling.alpha_rho import closed_form
from archcalc.cost.scaling.grid import Grid
from archcalc.cost.scaling.sweeping import sweep
from archcalc.cost.scaling.usual import fine_widths, usual_resolutions, usual_widths
from archcalc.language.graph import Net
from archcalc.language.graph.build import build
from archcalc.output.charts import (
    accuracy,
    against_closed_form,
    by_resolution,
    cost_by_width,
    heat_map,
)
from archcalc.output.present.grid import reasons_table
from archcalc.output.present.variants import variants_caption, variants_table
from archcalc.output.present.words import sentences
from archcalc.output.reporting.figures import chart
from archcalc.output.reporting.sections import SectionKind
from archcalc.output.reporting.subject import Subject
from archcalc.studies.budgets.variants import usual_variants


def make(subject: Subject) -> Section:
    """Return curves, a heat map, a table of variants, α²ρ² beside the exact counts, accuracies."""
    t, net = subject.t, subject.net
    widths, sides = usual_widths(net), usual_resolutions(net)
    table = usual_variants(net, **subject.counting)
    blocks: list[Block] = [Text(_rule(t, net))]
    if net.prune:
        blocks.append(Note(t("report_multipliers.pruned")))
    if len(widths) > 1:
        curves = _grid(subject, fine_widths(net), sides)
        blocks.append(chart(cost_by_width(curves), t("report_multipliers.curves")))
        grid = _grid(subject, widths, sides)
        blocks.append(chart(heat_map(grid), t("report_multipliers.heat")))
    elif len(sides) > 1:
        grid = _grid(subject, widths, sides)
        blocks.append(chart(by_resolution(grid), t("report_multipliers.by_resolution")))
    by_width = len(widths) > 1
    caption = variants_caption(t, table, by_width=by_width)
    blocks.append(variants_table(t, table, caption, by_width=by_width))
    known = [record for record in table.records() if record["top1"] is not None and record["madds"]]
    if len(known) > 1:
        blocks.append(chart(accuracy(known), t("report_multipliers.accuracy")))
    if not net.prune and len(widths) * len(sides) > 1:
        blocks += _closed_form(subject, widths, sides)
    return Section("multipliers", t("report_multipliers.title"), blocks)


def _rule(t: Messages, net: Net) -> str:
    """Return sentences on what varies, and on the rounding of channels."""
    rounding = net.spec.rounding
    if rounding is None:
        return t("report_multipliers.resolution_only")
    rule = t(f"report_multipliers.{rounding.method}", divisor=rounding.divisor, least=rounding.min)
    return sentences(t, t("report_multipliers.intro"), rule)


def _grid(subject: Subject, widths: Sequence[str], sides: Sequence[tuple[int, int]]) -> Grid:
    net = subject.net
    return sweep(
        net.spec,
        widths=widths,
        resolutions=sides,
        prunes=[net.prune or 0],
        multiple=net.multiple,
        **subject.counting,
    )


def _closed_form(
    subject: Subject, widths: Sequence[str], sides: Sequence[tuple[int, int]]
) -> list[Block]:
    """Return the error of α²ρ², and its reasons for one variant."""
    t, net = subject.t, subject.net
    by_width = len(widths) > 1
    reference = net.graph.reference[1:]
    grid = (
        _grid(subject, fine_widths(net), [reference]) if by_width else _grid(subject, widths, sides)
    )
    example = net
    if net.width == 1 and net.size == reference:
        narrow = "0.5" if "0.5" in widths else widths[0]
        small = sides[0] if sides[0] != reference else sides[-1]
        example = build(net.spec, width=narrow) if by_width else build(net.spec, resolution=small)
    one = closed_form(example, subject.convention, batch=subject.batch)
    if not one.exact:
        return []
    said = t(
        "report_multipliers.example",
        net=example.title,
        closed_form=format_count(round(one.predicted)),
        exact=format_count(one.exact),
        percent=format_signed_percent(one.difference_percent),
    )
    caption = t("report_multipliers.reasons", net=example.title)
    key = "by_width" if by_width else "by_side"
    return [
        Heading(t("report_multipliers.closed_form")),
        Text(sentences(t, t("report_multipliers.about_closed_form"), said)),
        chart(against_closed_form(grid), t(f"report_multipliers.closed_form_{key}")),
        *([reasons_table(t, one, caption)] if one.reasons else []),
    ]


SECTION = SectionKind("multipliers", {"net": 40}, make)
