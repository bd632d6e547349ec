"""The savings of pruning the same share of every channel group, or of one stage alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from operator import itemgetter
from typing import Unpack

from archcalc.base.errors import ArchcalcError
from archcalc.base.number import SCALE, parse_ratio
from archcalc.base.tables import Record, Table
from archcalc.base.units import format_decimal, percent
from archcalc.cost.counting.table import CountOptions
from archcalc.cost.scaling.grid import Grid
from archcalc.cost.scaling.sweeping import sweep
from archcalc.language.graph import Net
from archcalc.language.graph.build import Prune, Ratio, build, prune_ratios

RATIOS = ("0", "0.1", "0.2", "0.25", "0.3", "0.4", "0.5", "0.6", "0.7", "0.75")
"""Uniform prune ratios of a table, among them those equal to V1's α of 0.75, 0.5 and 0.25."""

KEPT = ("madds", "params", "weight_bytes", "peak_memory_bytes")
"""Quantities that a record also has in percent of the unpruned net's."""


@dataclass(frozen=True)
class Cuts(Table):
    """One net at several prune ratios, first unpruned.

    A record has ``prune``, the costs, and what is left of each in percent: ``madds_percent`` ….
    ``same_as``: the width multiplier with the same channels in every layer, or None. ``own``:
    whether it is the net's own pruning.
    """

    net: Net
    grid: Grid

    @property
    def title(self) -> str:
        return f"{self.net.title} · pruned · {self.grid.convention.name}"

    def records(self) -> list[Record]:
        (part,) = self.grid.parts
        costs = self.grid.records()
        own = _cut(self.net, self.net.prune or None)
        return [
            {
                **cost,
                **{f"{name}_percent": percent(cost[name], costs[0][name], 4) for name in KEPT},
                "same_as": same_as_width(self.net, prune),
                "own": _cut(self.net, prune) == own,
            }
            for cost, prune in zip(costs, part.prunes, strict=True)
        ]

    def notes(self) -> Sequence[str]:
        return self.grid.notes()


@dataclass(frozen=True)
class StageCuts(Table):
    """One net with a share of the channels of a single stage pruned, by stage.

    A record has ``stage``, the size of its ``map``, the number of independent ``groups`` of
    channels that begin in it, their ``channels``, and the savings in percent of the net's costs:
    ``madds_saved`` ….
    """

    net: Net
    ratio: str
    grid: Grid

    @property
    def title(self) -> str:
        return f"{self.net.title} · {self.ratio} of one stage pruned · {self.grid.convention.name}"

    @property
    def most(self) -> dict[str, Record | None]:
        """The record with the largest saving by quantity, None where no stage saves any."""
        found: dict[str, Record | None] = {}
        for name in KEPT:
            saved = f"{name}_saved"
            known = [one for one in self.records() if one[saved]]
            found[name] = max(known, key=itemgetter(saved), default=None)
        return found

    def records(self) -> list[Record]:
        whole, *costs = self.grid.records()
        return [
            {
                **one,
                **{
                    f"{name}_saved": percent(whole[name] - cost[name], whole[name], 4)
                    for name in KEPT
                },
            }
            for one, cost in zip(_stages(self.net), costs, strict=True)
        ]

    def notes(self) -> Sequence[str]:
        return self.grid.notes()


def uniform_cuts(
    net: Net, *, ratios: Sequence[Ratio] = RATIOS, **options: Unpack[CountOptions]
) -> Cuts:
    """Return ``net`` with each of ``ratios`` cut from every group, and with its own pruning.

    At its width and resolution; a ratio of 0 is added and comes first.
    """
    uniform = sorted({"0", *(str(ratio) for ratio in ratios)}, key=Fraction)
    prunes: list[Prune] = list(uniform)
    if _cut(net, net.prune or None) not in [_cut(net, prune) for prune in prunes]:
        prunes.append(net.prune)
    return Cuts(net, _sweep(net, prunes, options))


def stage_cuts(net: Net, *, ratio: Ratio = "0.5", **options: Unpack[CountOptions]) -> StageCuts:
    """Return the savings when ``ratio`` of one stage's channels is cut from the unpruned net."""
    if net.prune:
        net = build(
            net.spec, width=format_decimal(net.width), resolution=net.size, multiple=net.multiple
        )
    prunes: list[Prune] = [0, *({one["stage"]: ratio} for one in _stages(net))]
    return StageCuts(net, str(ratio), _sweep(net, prunes, options))


def same_as_width(net: Net, prune: Prune) -> str | None:
    """Return the width multiplier whose unpruned net has the same channels as a pruned one.

    ``prune``: a uniform ratio r. The multiplier is α·(1 − r); None where the channels differ.
    """
    if isinstance(prune, (int, float, str)) and net.spec.rounding is not None:
        ratio = parse_ratio(prune, "prune")
        width, rest = divmod(round(net.width * SCALE) * (SCALE - ratio), SCALE)
        if ratio and width and not rest:
            text = format_decimal(width / SCALE)
            try:
                narrow = build(net.spec, width=text)
                pruned = build(
                    net.spec, width=format_decimal(net.width), prune=prune, multiple=net.multiple
                )
            except ArchcalcError:
                return None
            if narrow.variant.widths == pruned.variant.widths:
                return text
    return None


def _sweep(net: Net, prunes: Sequence[Prune], options: CountOptions) -> Grid:
    return sweep(
        net.spec,
        widths=[format_decimal(net.width)],
        resolutions=[net.size],
        prunes=prunes,
        multiple=net.multiple,
        **options,
    )


def _stages(net: Net) -> list[Record]:
    """Return the stages that have prunable groups, in order."""
    last = {node.stage: net.shapes[node.id] for node in net.graph.nodes}
    return list(_counted(net, last))


def _counted(net: Net, last: dict[int, tuple[int, int, int]]) -> Iterator[Record]:
    for stage in sorted({group.stage for group in net.graph.prunable}):
        name = f"stage_{stage}"
        named = prune_ratios(net.graph, {name: "0.5"})
        _, height, width = last[stage]
        yield {
            "stage": name,
            "map": [height, width],
            "groups": len(named),
            "channels": sum(net.variant.widths[group] for group in named),
        }


def _cut(net: Net, prune: Prune) -> dict[str, int]:
    """Return the prune ratio of each group that is cut."""
    return {name: ratio for name, ratio in prune_ratios(net.graph, prune).items() if ratio}
