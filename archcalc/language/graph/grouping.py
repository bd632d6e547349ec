"""Finds the channel groups of a net while its nodes are added."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import lcm

from archcalc.base.errors import ShapeError, known_names
from archcalc.base.limits import CHANNELS
from archcalc.language.graph.groups import (
    Fixed,
    Group,
    Joined,
    Proportional,
    Rule,
    Scaled,
    Squeeze,
    squeeze_width,
)
from archcalc.language.spec.problems import Problems

Layout = tuple[int, ...]
"""The groups of a value's channels, one after another, by number."""
Draft = Fixed | Scaled | Proportional[int] | Squeeze[int] | Joined[int]
"""A rule that refers to groups by number."""


@dataclass
class _Found:
    name: str
    rule: Draft
    node: int
    """Index of the first node with it."""
    split: int = 1
    """Number that grouped layers divide its channels by."""


class Grouping:
    """Channel groups by number, tied by a union-find; rules name groups by number.

    The first of the tied groups represents all. Rules read only groups before their own.
    """

    def __init__(self) -> None:
        self._found: list[_Found] = []
        self._parent: list[int] = []

    def new(self, name: str, rule: Draft, node: int) -> Layout:
        """Add a group, made by the node of index ``node``; raises ShapeError beyond the limit."""
        if rule.base > CHANNELS:
            raise ShapeError(f"expected at most {CHANNELS} channels, found {rule.base}")
        self._found.append(_Found(name, rule, node))
        self._parent.append(len(self._parent))
        return (len(self._parent) - 1,)

    def root(self, group: int) -> int:
        """Return the group that represents ``group``."""
        while self._parent[group] != group:
            self._parent[group] = self._parent[self._parent[group]]
            group = self._parent[group]
        return group

    def roots(self, layout: Iterable[int]) -> list[int]:
        """Return `root` of each group of a layout."""
        return [self.root(group) for group in layout]

    def channels(self, layout: Layout) -> int:
        """Return the channels of a layout at width 1."""
        return sum(self._found[group].rule.base for group in self.roots(layout))

    def name(self, group: int) -> str:
        """Return the name of the group that represents ``group``."""
        return self._found[self.root(group)].name

    def tie(self, layouts: Sequence[Layout]) -> Layout:
        """Make the channels of ``layouts`` equal, group by group, and return the first.

        Raises ShapeError where their widths differ, or where they are divided differently.
        """
        first = layouts[0]
        for other in layouts[1:]:
            widths = self.channels(first), self.channels(other)
            if widths[0] != widths[1]:
                raise ShapeError(f"{widths[0]} and {widths[1]} channels differ")
            ours, theirs = self.roots(first), self.roots(other)
            if [self.channels((g,)) for g in ours] == [self.channels((g,)) for g in theirs]:
                for a, b in zip(ours, theirs, strict=True):
                    self._unite(a, b)
            elif 1 in (len(ours), len(theirs)):
                (whole,), parts = (ours, theirs) if len(ours) == 1 else (theirs, ours)
                self._join(whole, tuple(parts))
            else:
                raise ShapeError("concatenations of different parts cannot be tied")
        return first

    def divide(self, layout: Layout, groups: int) -> None:
        """Record that a layer splits the channels of a layout into ``groups`` equal groups.

        Every part of the layout is divided, so that any widths keep them equal.
        """
        for group in self.roots(layout):
            self._found[group].split = lcm(self._found[group].split, groups)

    def _unite(self, a: int, b: int) -> None:
        """Make the first of two groups of one width represent both."""
        first, other = min(a, b), max(a, b)
        if first == other:
            return
        self._parent[other] = first
        kept, gone = self._found[first], self._found[other]
        kept.split = lcm(kept.split, gone.split)
        if isinstance(gone.rule, Joined):
            self._join(first, gone.rule.of)

    def _join(self, whole: int, parts: Layout) -> None:
        """Give a group as many channels as the groups ``parts`` together."""
        rule = self._found[whole].rule
        if isinstance(rule, Joined):
            self.tie([rule.of, parts])
        else:
            self._found[whole].rule = Joined(rule.base, parts)

    def groups(
        self,
        layouts: Sequence[tuple[str, int, Layout]],
        never: Iterable[int],
        widths: Mapping[str, int],
        problems: Problems,
        lines: Mapping[str, int],
    ) -> tuple[Group, ...]:
        """Return the groups that ``layouts`` (row id, stage, layout of each node) use, in order.

        ``never``: groups that are never pruned. ``widths``: the spec's own, by group name.
        """
        rows: dict[int, dict[str, None]] = {0: {}}
        for row_id, _, layout in layouts:
            for group in self.roots(layout):
                rows.setdefault(group, {})[row_id] = None
        ordered = self._ordered(rows.keys(), problems)
        kept = {self.root(group) for group in never}
        for group in reversed(ordered):
            if isinstance(self._found[group].rule, Joined):
                # a property of the whole holds for each of its parts
                kept |= self._reads(group) if group in kept else set()
                self.divide(tuple(self._reads(group)), self._found[group].split)
        bases = self._bases(rows.keys(), widths, problems, lines)
        stages = [stage for _, stage, _ in layouts]
        return tuple(
            Group(
                name=self.name(group),
                rule=self._named(group, bases, widths),
                prunable=group not in kept and not isinstance(self._found[group].rule, Joined),
                stage=stages[min(self._found[group].node, len(stages) - 1)],
                rows=tuple(rows[group]),
                split=self._found[group].split,
            )
            for group in ordered
        )

    def _bases(
        self,
        used: Iterable[int],
        widths: Mapping[str, int],
        problems: Problems,
        lines: Mapping[str, int],
    ) -> dict[str, int]:
        """Return the width of each group at multiplier 1, with the spec's own ``widths``."""
        bases = {self.name(group): self._found[group].rule.base for group in sorted(used)}
        known = [name for name in bases if name != self.name(0)]
        for name, width in widths.items():
            if name in known:
                bases[name] = width
            else:
                expected = f"no such channel group{known_names(name, known)}"
                problems.add(lines.get(name, 1), f"widths.{name}", expected)
        return bases

    def _named(self, group: int, bases: Mapping[str, int], widths: Mapping[str, int]) -> Rule:
        """Return the rule of ``group`` with groups by name, starting from ``bases``."""
        rule, own = self._found[group].rule, self.name(group)
        if isinstance(rule, Squeeze) and own in widths:
            return Scaled(widths[own])
        if isinstance(rule, (Fixed, Scaled)):
            return replace(rule, base=bases[own])
        of = tuple(self.name(other) for other in rule.of)
        of_base = sum(bases[name] for name in of)
        if isinstance(rule, Proportional):
            return Proportional(bases[own], of, of_base)
        if isinstance(rule, Squeeze):
            base = squeeze_width(of_base, rule.ratio, rule.divisor)
            return Squeeze(base, of, rule.ratio, rule.divisor)
        return Joined(of_base, of)

    def _ordered(self, used: Iterable[int], problems: Problems) -> list[int]:
        """Return groups in an order in which each follows those that its rule reads."""
        done: dict[int, None] = {}
        pending = sorted(used)
        while pending:
            waiting = []
            for group in pending:
                if self._reads(group) <= done.keys():
                    done[group] = None
                else:
                    waiting.append(group)
            if len(waiting) == len(pending):
                names = ", ".join(self.name(g) for g in pending[:4])
                problems.add(1, "rows", f"the widths of {names} depend on one another")
                return []
            pending = waiting
        return list(done)

    def _reads(self, group: int) -> set[int]:
        return {self.root(other) for other in getattr(self._found[group].rule, "of", ())}
