"""Nets that some widths or sides are impossible for."""

ODD = """\
archcalc: 1
name: odd
input: 32x32x3
rounding: {method: divisible}
rows:
- {id: a, op: conv2d 3x3, out: 8, s: 2}
- {id: b, op: conv2d 1x1, out: 8, from: input}
- {id: p, op: maxpool 2x2, s: 2, pad: valid}
- {op: add, from: [a, p]}
- {op: avgpool, global: true}
- {op: fc, out: 4}
"""
"""Its branches meet at even sides alone."""

GROUPED = """\
archcalc: 1
name: grouped
input: 32x32x3
rounding: {method: divisible, divisor: 1, min: 1}
rows:
- {op: conv2d 3x3, out: 16, s: 2}
- {op: conv2d 3x3, out: 16, groups: 4}
- {op: avgpool, global: true}
- {op: fc, out: 4}
"""
"""Its widths are multiples of 4 alone."""

VALID = """\
archcalc: 1
name: valid
input: 64x64x3
rounding: {method: divisible}
rows:
- {op: conv2d 5x5, out: 16, stride: 2, pad: valid}
- {op: conv2d 1x1, out: 4}
"""
"""Its input has at least 5 pixels a side."""
