"""Spec → Net: a graph from the rows, and group widths from width, resolution and prune ratio."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from archcalc.base.errors import ArchcalcError, ShapeError, known_names
from archcalc.base.limits import CHANNELS, SIDE
from archcalc.base.names import sides_text
from archcalc.base.number import SCALE, parse_cut, parse_width
from archcalc.language.graph.assemble import assemble
from archcalc.language.graph.graph import Graph, Variant
from archcalc.language.graph.groups import Group, Squeeze, group_widths
from archcalc.language.graph.net import Net
from archcalc.language.spec.problems import Problems
from archcalc.language.spec.spec import Spec, find

Ratio = float | str
Prune = Ratio | Mapping[str, Ratio] | None


@lru_cache(maxsize=256)
def graph_of(spec: Spec) -> Graph:
    """Return the graph of ``spec``, which all widths, resolutions and prune ratios share.

    Raises SpecError with every error in its rows and every printed cell that does not match.
    """
    problems = Problems(spec.file)
    expanded = spec.expanded(problems, spec.head.params)
    graph = assemble(spec, expanded, problems, asserted=spec.asserted)
    problems.raise_if_any()
    if spec.params_given:
        # Printed cells are checked for the printed parameters only.
        graph = assemble(spec, spec.expanded(problems, spec.params), problems, asserted=False)
        problems.raise_if_any()
    if graph is None:
        raise TypeError(f"{spec.file}: no graph, and no error noted")
    return graph


def build(
    spec: Spec | str | Path,
    *,
    width: Ratio = 1,
    resolution: int | str | tuple[int, int] | None = None,
    prune: Prune = None,
    multiple: int = 8,
) -> Net:
    """Return the net of ``spec`` at a width multiplier, an input size and a prune ratio.

    ``width``: multiplier in (0, 16], exact to four decimals. ``resolution``: side in pixels,
    (height, width) or "224x160"; default: the paper's. ``prune``: the share cut from every
    prunable channel group after the width multiplier, in [0, 1), or a mapping from groups, rows
    or stages ("stage_2") to shares; the more specific name wins. ``multiple``: pruned widths
    are multiples of it (or uncut).

    Raises SpecError, ShapeError where a map shrinks to nothing, ArchcalcError for bad values.
    """
    if not isinstance(spec, Spec):
        spec = find(spec)
    graph = graph_of(spec)
    multiplier = width_of(spec, width)
    height, wide = parse_resolution(resolution, graph.reference[1:])
    ratios = prune_ratios(graph, prune)
    if type(multiple) is not int or not 1 <= multiple <= CHANNELS:
        raise ArchcalcError(f"multiple: an integer from 1 to {CHANNELS}, not {multiple!r}")
    widths = group_widths(graph.groups, graph.rounding, multiplier, ratios, multiple)
    net = Net(
        spec=spec,
        graph=graph,
        variant=Variant(widths, height, wide),
        width=multiplier / SCALE,
        prune=_shares(prune),
        multiple=multiple,
    )
    _check_shapes(net)
    return net


def parse_resolution(
    value: int | str | tuple[int, int] | None, reference: tuple[int, int]
) -> tuple[int, int]:
    """Return (height, width) in pixels for 224, "224", "224x160" or (224, 160)."""
    if value is None:
        return reference
    sides: Any = value
    if isinstance(value, str):
        sides = [int(s) if s.isdecimal() and len(s) < 9 else s for s in value.split("x")]
    elif not isinstance(value, (tuple, list)):
        sides = [value]
    sides = list(sides) * 2 if len(sides) == 1 else list(sides)
    if len(sides) != 2 or not all(type(side) is int and 1 <= side <= SIDE for side in sides):
        raise ArchcalcError(
            f"resolution: a side from 1 to {SIDE}, or height x width as 224x160; not '{value}'"
        )
    return sides[0], sides[1]


def prune_ratios(graph: Graph, prune: Prune) -> dict[str, int]:
    """Return the ratio in 1/10⁴ for each group that ``prune`` names."""
    if prune is None:
        return {}
    if not isinstance(prune, Mapping):
        ratio = parse_cut(prune, "prune")
        return {g.name: ratio for g in graph.prunable if not _follows(g)} if ratio else {}
    stages = {f"stage_{g.stage}" for g in graph.prunable}
    rows = {row for g in graph.prunable for row in g.rows[:1]}
    named = {group.name for group in graph.prunable}
    found: dict[str, int] = {}
    # stages first, then rows, then groups: the more specific name wins
    for kind in (stages, rows, named):
        for name, share in prune.items():
            if name not in kind or (kind is not named and name in named):
                continue
            for group in graph.prunable:
                wider = name in (f"stage_{group.stage}", *group.rows[:1])
                if name == group.name or (wider and not _follows(group)):
                    found[group.name] = parse_cut(share, name)
    for name in prune:
        if name not in stages | rows | named:
            known = known_names(str(name), [*sorted(stages), *named])
            raise ArchcalcError(f"prune: no channel group, row or stage '{name}'{known}")
    return found


def _follows(group: Group) -> bool:
    """Return whether a group follows its rule under pruning unless it is named itself."""
    return isinstance(group.rule, Squeeze)


def _shares(prune: Prune) -> float | dict[str, float]:
    if isinstance(prune, Mapping):
        return {name: float(share) for name, share in prune.items()}
    return float(prune or 0)


def width_of(spec: Spec, value: Ratio) -> int:
    """Return a width multiplier in 1/10⁴; raises ArchcalcError where ``spec`` cannot have it."""
    width = parse_width(value)
    if width != SCALE and spec.rounding is None:
        raise ArchcalcError(
            f"{spec.name} has no width multiplier: its spec states no `rounding` (width 1 only)"
        )
    return width


def _check_shapes(net: Net) -> None:
    shapes = net.shapes
    for node in net.graph.nodes:
        inputs, output = [shapes[name] for name in node.inputs], shapes[node.id]
        if min(output) < 1:
            raise ShapeError(
                f"{net.name}: an input of {net.resolution} is too small: {node.id} "
                f"({node.op.label}) finds a map of {sides_text(*inputs[0][1:])}"
            )
        try:
            node.op.check(inputs, output[0])
        except ShapeError as error:
            raise ShapeError(f"{net.name}: {node.id} ({node.op.label}): {error}") from None
