"""What is drawn in the tests: every net of the zoo, every kind of block, and what zoo nets lack."""

from __future__ import annotations

from functools import cache

import archcalc
from archcalc.language.graph import Net
from archcalc.language.spec.spec import Spec
from archcalc.output.drawing import Drawing, draw
from tests.zoo import few

WIRED = """\
archcalc: 1
name: wired
input: 64x64x3
defaults: {conv: {bn: true, act: relu, pad: same}}
blocks:
  residual:
    columns: [c, o]
    rows:
    - {id: reduce, from: in, op: conv2d 1x1, out: $c}
    - {id: middle, op: conv2d 3x3, out: $c}
    - {id: widen, op: conv2d 1x1, out: $o, act: none}
    - {id: add, from: [in, widen], op: add}
    - {id: relu, op: relu}
  cell:
    inputs: [h, p]
    columns: [c]
    rows:
    - {id: h1, from: h, op: conv2d 1x1, out: $c}
    - {id: p1, from: p, op: conv2d 1x1, out: $c}
    - {id: s1, from: h1, op: sepconv, kernel: 5, out: $c}
    - {id: s2, from: p1, op: sepconv, kernel: 3, out: $c}
    - {id: x1, from: [s1, s2], op: add}
    - {id: av, from: h1, op: avg_pool 3x3, s: 1}
    - {id: x3, from: [av, p1], op: add}
    - {id: av1, from: p1, op: avg_pool 3x3, s: 1}
    - {id: av2, from: p1, op: avg_pool 3x3, s: 1}
    - {id: x4, from: [av1, av2], op: add}
    - {id: s5, from: h1, op: sepconv, kernel: 3, out: $c}
    - {id: x5, from: [s5, h1], op: add}
    - {id: cat, from: [p1, x1, x3, x4, x5], op: concat}
rows:
- {id: stem, op: conv2d 3x3, out: 64, s: 2}
- {id: a.b-c, op: residual, c: 16, o: 64}
- repeat: 3
  rows:
  - {id: left, op: conv2d 1x1, out: 8}
  - {id: right, op: conv2d 3x3, out: 64}
- {id: c1, from: [right, a.b-c], op: cell, c: 44}
- {id: c2, from: [c1, right], op: cell, c: 44}
- {id: c3, from: [c2, c1], op: cell, c: 44}
- {id: head1, from: right, op: conv2d 3x3, out: 24}
- {id: head2, from: c1, op: conv2d 3x3, out: 24}
- {id: head3, from: c3, op: conv2d 3x3, out: 24}
- {id: heads, from: [head1, head2, head3], op: concat}
- {id: gap, from: c3, op: avg_pool, global: true}
- {id: fc, op: fc, out: 10}
outputs: [heads, fc]
"""
"""Cells of two inputs, several heads, a repeated group, and ids with dots."""

ALL = [*archcalc.zoo_names(), "wired"]
NAMES = few(ALL, "nasnet_a_mobile", "faster_rcnn_mobilenet_v1", "wired")
"""Nets of distinct wiring; the others are slow tests."""


@cache
def net_of(name: str) -> Net:
    return archcalc.build(Spec(WIRED) if name == "wired" else archcalc.load(name))


@cache
def whole(name: str) -> Drawing:
    return draw(net_of(name))


@cache
def blocks_of(name: str) -> tuple[str, ...]:
    """One block of each structure that a net has."""
    net = net_of(name)
    blocks: dict[str, list[object]] = {}
    for node in net.graph.nodes:
        before = [entry.removeprefix(f"{node.block}.") for entry in node.inputs]
        inside = [part if f"{node.block}.{part}" in node.inputs else "" for part in before]
        blocks.setdefault(node.block, []).append((node.op, inside))
    by_structure: dict[str, str] = {}
    for block, structure in blocks.items():
        by_structure.setdefault(repr(structure), block)
    return tuple(by_structure.values())


@cache
def single(name: str, block: str) -> Drawing:
    return draw(net_of(name), block=block)


def all_of(name: str) -> list[Drawing]:
    """The picture of a whole net, and one of each structure of its blocks."""
    return [whole(name), *(single(name, block) for block in blocks_of(name))]
