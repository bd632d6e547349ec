"""The channel groups of a net as a table: width, rule, and the rows that each ties."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from archcalc.base.number import SCALE
from archcalc.base.tables import Record, Table
from archcalc.base.units import format_decimal
from archcalc.language.graph.groups import Fixed, Group, Joined, Proportional, Rule, Scaled, Squeeze
from archcalc.language.graph.net import Net


@dataclass(frozen=True)
class GroupTable(Table):
    """The channel groups of a net."""

    kind: ClassVar[str] = "groups"
    net: Net

    @property
    def title(self) -> str:
        return f"{self.net.title} · channel groups"

    @property
    def prunable(self) -> int:
        """The number of independent widths."""
        return len(self.net.graph.prunable)

    def to_dict(self) -> Record:
        net = self.net
        return {
            "model": net.name,
            "width": net.width,
            "resolution": net.resolution,
            "prune": net.prune,
            "groups": [
                {**record, "rows": list(group.rows)}
                for record, group in zip(self.records(), net.graph.groups, strict=True)
            ],
            "prunable": self.prunable,
        }

    def records(self) -> list[Record]:
        return [_record(self.net, group) for group in self.net.graph.groups]

    def notes(self) -> Sequence[str]:
        """Return the number of groups that can be pruned."""
        return [f"{self.prunable} of {len(self.net.graph.groups)} groups can be pruned"]


def _record(net: Net, group: Group) -> Record:
    return {
        "name": group.name,
        "width": net.variant.widths[group.name],
        "base": group.base,
        "rule": describe(group.rule) + (f", split in {group.split}" if group.split > 1 else ""),
        "prunable": group.prunable,
        "stage": group.stage,
        "rows": ", ".join(group.rows),
    }


def describe(rule: Rule) -> str:
    """Describe how a group's width follows from the width multiplier.

    >>> describe(Scaled(1280, least=10_000))
    '1280 × width, a width below 1 counting as 1'
    """
    match rule:
        case Fixed(base):
            return f"{base} at every width"
        case Scaled(base, 0):
            return f"{base} × width"
        case Scaled(base, least):
            share = format_decimal(least / SCALE)
            return f"{base} × width, a width below {share} counting as {share}"
        case Proportional(base, of, of_base):
            return f"{base}/{of_base} of {sum_of(of)}"
        case Squeeze(_, of, ratio, divisor):
            multiple = f", to a multiple of {divisor}" if divisor > 1 else ""
            return f"{format_decimal(ratio / SCALE)} of {sum_of(of)}{multiple}"
        case Joined(_, of):
            return f"as many as {sum_of(of)}"


def sum_of(names: Sequence[str], others: str = "{number} others") -> str:
    """Write groups as a sum; of many, the first, the last and the number between."""
    counted = Counter(names)
    parts = [f"{n} × {name}" if n > 1 else name for name, n in counted.items()]
    if len(parts) > 4:  # a dense block concatenates dozens
        return f"{parts[0]} + {others.format(number=len(parts) - 2)} + {parts[-1]}"
    return " + ".join(parts)
