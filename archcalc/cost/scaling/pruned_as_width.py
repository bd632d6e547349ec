"""Uniform pruning against the width multiplier, group by group.

Where the channel counts divide evenly, cutting r of every group leaves exactly the channels of the
width multiplier 1 − r, as in MobileNet V1 at a quarter, a half and three quarters. Where a head
never narrows, or a count is rounded to a multiple, the two differ.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from archcalc.base.errors import ArchcalcError
from archcalc.base.number import SCALE, parse_ratio
from archcalc.base.tables import Record, Table
from archcalc.base.units import format_decimal
from archcalc.cost.counting.table import CostTable, count
from archcalc.cost.scaling.usual import usual_widths
from archcalc.language.graph import Group, Net
from archcalc.language.graph.build import build, prune_ratios
from archcalc.language.graph.groups import Fixed, Joined, Proportional, Scaled, Squeeze

SAME, NEVER_NARROWS, ROUNDED, FOLLOWS, NOT_CUT = (
    "same", "never narrows", "rounded", "follows", "not cut",
)  # fmt: skip
"""Why a group has other channels, or "": the multiplier does not change it; the two round
differently; its width is a rounded ratio of other groups'; pruning does not change it."""


@dataclass(frozen=True)
class AsWidth(Table):
    """A net with ``ratio`` cut from every group, and unpruned at the corresponding width.

    A record is a channel group: ``whole`` channels, the ``exact`` number to keep (None for a
    group that only follows), the channels in the ``pruned`` and in the ``narrow`` net, and ``why``
    they differ.
    """

    ratio: Fraction
    width: Fraction
    whole: Net
    pruned: CostTable
    narrow: CostTable

    @property
    def title(self) -> str:
        return f"{self.pruned.net.title} · {self.narrow.net.title}"

    @property
    def same(self) -> bool:
        """Whether every layer has the same shape in both, hence the same cost."""
        return self.pruned.net.shapes == self.narrow.net.shapes

    @property
    def differing(self) -> list[Record]:
        """The groups whose channels differ."""
        return [one for one in self.records() if one["pruned"] != one["narrow"]]

    def records(self) -> list[Record]:
        cut = prune_ratios(self.whole.graph, float(self.ratio))
        groups = self.whole.graph.groups
        return [self._record(group, cut=group.name in cut) for group in groups]

    def to_dict(self) -> Record:
        return {
            "ratio": float(self.ratio),
            "width": float(self.width),
            "same": self.same,
            "pruned": self.pruned.head(),
            "narrow": self.narrow.head(),
            "groups": self.records(),
        }

    def summary(self) -> Sequence[str]:
        """Return whether the two nets are the same."""
        if self.same:
            return ["every layer has the same shape in both: the two are one net"]
        return [f"{len(self.differing)} of {len(self.records())} channel groups differ"]

    def notes(self) -> Sequence[str]:
        return self.pruned.notes()

    def _record(self, group: Group, *, cut: bool) -> Record:
        whole = self.whole.variant.widths[group.name]
        pruned = self.pruned.net.variant.widths[group.name]
        narrow = self.narrow.net.variant.widths[group.name]
        exact = whole * (1 - self.ratio) if cut else None
        return {
            "group": group.name,
            "stage": group.stage,
            "whole": whole,
            "exact": None if exact is None else round(float(exact), 4),
            "pruned": pruned,
            "narrow": narrow,
            "why": SAME if pruned == narrow else self._why(group, cut=cut),
        }

    def _why(self, group: Group, *, cut: bool) -> str:
        match group.rule:
            case Squeeze() | Joined() | Proportional():
                return FOLLOWS
            case Scaled(_, least) if cut and self.width * SCALE < least:
                return NEVER_NARROWS
            case Fixed() if cut:
                return NEVER_NARROWS
            case _:
                return ROUNDED if cut else NOT_CUT


def as_width(
    net: Net, ratio: float | str, convention: str = "paper", *, batch: int = 1, dtype: str = "f32"
) -> AsWidth:
    """Return the unpruned ``net`` with ``ratio`` cut from every group, and at 1 − ratio its width.

    Raises ArchcalcError for a net without a width multiplier, or where one of the two is invalid.
    """
    share = Fraction(parse_ratio(ratio, "prune"), SCALE)
    width = Fraction(round(net.width * SCALE), SCALE)
    narrow = width * (1 - share)
    if not 0 < share < 1 or (narrow * SCALE).denominator != 1:
        raise ArchcalcError(
            f"prune: a ratio above 0 and below 1 that leaves a width of four decimals, not {ratio}"
        )

    def counted(**choice: str) -> CostTable:
        made = build(net.spec, resolution=net.size, multiple=net.multiple, **choice)
        return count(made, convention, batch=batch, dtype=dtype)

    return AsWidth(
        share,
        narrow,
        counted(width=_text(width)).net,
        counted(width=_text(width), prune=_text(share)),
        counted(width=_text(narrow)),
    )


def usual_ratios(net: Net) -> list[str]:
    """Return the prune ratios that correspond to the usual width multipliers below the net's."""
    own = Fraction(round(net.width * SCALE), SCALE)
    ratios = {1 - Fraction(width) / own for width in usual_widths(net) if Fraction(width) < own}
    return [_text(ratio) for ratio in sorted(ratios) if (ratio * SCALE).denominator == 1]


def _text(value: Fraction) -> str:
    return format_decimal(float(value))
