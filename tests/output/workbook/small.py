"""A net of few layers that has one of everything a workbook must follow."""

from __future__ import annotations

from archcalc.language.spec.spec import Spec

TEXT = """
archcalc: 1
name: small
input: 32x32x3
params: {k: 10}
rounding: {method: divisible, divisor: 8}
defaults:
  conv: {bn: true, act: relu}
  bottleneck: {act: relu6}
rows:
- {op: conv2d 3x3, out: 16, stride: 2}
- {op: bottleneck, t: 2, out: 24, n: 2, stride: 2}
- {id: gate, op: squeeze_excite, se: {ratio: 0.25, round: 8, gate: hard_sigmoid}}
- {id: left,  op: conv2d 1x1, out: 24, from: gate}
- {id: right, op: conv2d 3x3, groups: 4, out: 16, from: gate}
- {id: both, op: concat, from: [left, right]}
- {op: avgpool, global: true}
- {id: scores, op: fc, out: $k, scale: false}
"""


def small() -> Spec:
    """Return a spec with a divisor, stages, a squeeze, groups, a branch and classes."""
    return Spec(TEXT, "small.yaml")
