"""Channel groups: width, rule, and the tied rows of each."""

from __future__ import annotations

from collections.abc import Sequence

from archcalc.base.document import Cell, Column, Note, Section, TableBlock, Tone
from archcalc.base.messages import Messages
from archcalc.base.number import SCALE
from archcalc.base.units import format_decimal, format_exact
from archcalc.language.graph.describe import GroupTable, sum_of
from archcalc.language.graph.groups import Fixed, Group, Joined, Proportional, Scaled, Squeeze

_GIVEN = "·"


def present(table: GroupTable, t: Messages) -> Section:
    """Return the groups, and the number of prunable ones."""
    groups = table.net.graph.groups
    count = t("groups.prunable", number=table.prunable, all=format_exact(len(groups)))
    block = groups_table(t, table)
    return Section(
        "groups",
        t("groups.title", net=table.net.title),
        [block, Note(count), Note(t("groups.given"))],
    )


def groups_table(t: Messages, table: GroupTable, caption: str = "") -> TableBlock:
    """Return one row per group; on a narrow screen the rule includes the tied rows."""
    columns = [
        Column(t("groups.group")),
        Column(t("groups.width"), numeric=True),
        Column(t("table.stage"), numeric=True, priority=1),
        Column(t("groups.rule"), wide=True),
        Column(t("groups.rows"), wide=True),
    ]
    widths = table.net.variant.widths
    rows = [_row(t, group, widths[group.name]) for group in table.net.graph.groups]
    return TableBlock(caption, columns, rows)


def rule_words(t: Messages, group: Group) -> str:
    """Describe how a group's width follows from the width multiplier."""
    words = _rule(t, group)
    return t("groups.split", rule=words, parts=group.split) if group.split > 1 else words


def _rule(t: Messages, group: Group) -> str:
    match group.rule:
        case Fixed(base):
            return t("groups.fixed", base=base)
        case Scaled(base, 0):
            return t("groups.scaled", base=base)
        case Scaled(base, least):
            return t("groups.scaled_from", base=base, least=format_decimal(least / SCALE))
        case Proportional(base, of, of_base):
            return t("groups.proportional", ratio=f"{base}/{of_base}", of=_of(t, of))
        case Squeeze(_, of, ratio, divisor):
            words = t("groups.squeeze", ratio=format_decimal(ratio / SCALE), of=_of(t, of))
            return t("groups.multiple", rule=words, divisor=divisor) if divisor > 1 else words
        case Joined(_, of):
            return t("groups.joined", of=_of(t, of))


def _of(t: Messages, names: Sequence[str]) -> str:
    return sum_of(names, t("groups.others"))


def _row(t: Messages, group: Group, width: int) -> list[Cell]:
    tone: Tone = "" if group.prunable else "dim"
    rows = ", ".join(group.rows)
    texts = [
        group.name if group.prunable else f"{group.name} {_GIVEN}",
        str(width) if width == group.base else f"{group.base} → {width}",
        str(group.stage),
    ]
    rule = rule_words(t, group)
    ties = t("groups.ties", rule=rule, rows=rows) if len(group.rows) > 1 else rule
    return [
        *(Cell(text, tone=tone) for text in texts),
        Cell(rule, tone=tone, short=ties),
        Cell(rows, tone=tone, short=""),
    ]
