"""The sheet of channel groups: one width per cell, by the group's rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from archcalc.base.number import SCALE, Formula
from archcalc.base.units import format_decimal
from archcalc.language.graph import Group, Net
from archcalc.language.graph.build import prune_ratios
from archcalc.language.graph.groups import (
    Fixed,
    Joined,
    Proportional,
    Scaled,
    Squeeze,
    width_after,
    width_before,
)
from archcalc.language.spec.rounding import Rounding, divisible
from archcalc.output.workbook.book import Sheet
from archcalc.output.workbook.classes import Classes
from archcalc.output.workbook.knobs import Knobs

HEADS = (
    "group", "rule", "base", "stage", "prunable", "own prune ratio", "cut, in 1/10,000",
    "before pruning", "channels",
)  # fmt: skip
_OWN, _CUT, _BEFORE, _KEPT = 5, 6, 7, 8


@dataclass(frozen=True)
class _Live:
    """The spec's rounding with its divisor in a cell."""

    rounding: Rounding
    divisor: Formula

    def apply(self, numerator: Any, denominator: Any) -> Any:
        return divisible(numerator, denominator, self.divisor, self.rounding.min)


def write_channels(sheet: Sheet, net: Net, knobs: Knobs, classes: Classes) -> dict[str, Formula]:
    """Write every group of the net and return the cell of its width, by group."""
    sheet.head(0, HEADS, numbers={*HEADS} - {"group", "rule", "prunable"})
    sheet.widths(26, 44, 10, 8, 11, 12, 12, 12, 12)
    sheet.writer.set_row(0, 32)
    rounding: Any = net.graph.rounding
    if rounding is not None and knobs.divisor is not None:
        rounding = _Live(rounding, knobs.divisor)
    own = own_ratios(net)
    ratios = prune_ratios(net.graph, net.prune or None)
    alpha = round(net.width * SCALE)
    scaled: dict[str, Any] = {}
    scaled_now: dict[str, int] = {}
    kept: dict[str, Formula] = {}
    for row, group in enumerate(net.graph.groups, start=1):
        name = group.name
        live = group if knobs.classes is None else classes.rule(group, knobs.classes)
        sheet.text(row, 0, name)
        sheet.text(row, 1, words(group))
        sheet.put(row, 2, live.base, group.base)
        sheet.number(row, 3, group.stage)
        sheet.text(row, 4, "yes" if group.prunable else "no")
        ratio = None
        if group.prunable:
            sheet.number(row, _OWN, own.get(name), "input share")
            cut = _ratio(sheet.here(row, _OWN), group, knobs)
            sheet.put(row, _CUT, cut, ratios.get(name, 0), "soft count")
            ratio = sheet.here(row, _CUT)
        scaled_now[name] = width_before(group, net.graph.rounding, alpha, scaled_now)
        before = width_before(live, rounding, knobs.width, scaled)
        sheet.put(row, _BEFORE, before, scaled_now[name], "soft count")
        scaled[name] = sheet.cell(row, _BEFORE)
        width = width_after(group, sheet.here(row, _BEFORE), ratio, net.multiple, kept)
        sheet.put(row, _KEPT, width, net.variant.widths[name])
        kept[name] = sheet.cell(row, _KEPT)
    sheet.writer.autofilter(0, 0, len(net.graph.groups), len(HEADS) - 1)
    return kept


def own_ratios(net: Net) -> dict[str, float]:
    """Return the ratios of ``net`` by group other than the uniform and the stages' ones."""
    if not isinstance(net.prune, Mapping):
        return {}
    found = {}
    for name, ratio in prune_ratios(net.graph, net.prune).items():
        group = net.graph.group[name]
        follows = isinstance(group.rule, Squeeze)
        stage = 0.0 if follows else net.prune.get(f"stage_{group.stage}", 0.0)
        if ratio != round(stage * SCALE):
            found[name] = ratio / SCALE
    return found


def _ratio(own: Formula, group: Group, knobs: Knobs) -> Formula:
    """Return the prune ratio of a group in 1/10⁴: its own, else its stage's or the uniform."""
    mine = f"ROUND({own}*{SCALE},0)"
    wider = "0" if isinstance(group.rule, Squeeze) else str(knobs.stages[group.stage])
    return Formula(f"IF(ISNUMBER({own}),{mine},{wider})")


def words(group: Group) -> str:
    """Write a group's rule in a few words."""
    match group.rule:
        case Fixed():
            return "fixed"
        case Scaled(least=least):
            return (
                f"base × width, never below {format_decimal(least / SCALE)}×"
                if least
                else "base × width"
            )
        case Proportional(of=of):
            return f"in the ratio of {' + '.join(of)}"
        case Squeeze(of=of, ratio=ratio):
            return f"{format_decimal(ratio / SCALE)} of {' + '.join(of)}"
        case Joined(of=of):
            return f"as many as {' + '.join(of)}"
