"""One list of cases per block: `test_battery.py` tests every block on them.

A new block needs an entry here and nothing else. Parameters are written as the papers' formulas:
kernel · channels in · channels out, and two for each channel of a norm. The image has 8 channels.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Case:
    """Rows that end in the block, the parameters that they hold and the shape that they make."""

    rows: str
    params: int
    shape: tuple[int, int, int]

    def __str__(self) -> str:
        return self.rows.splitlines()[-1].strip("{}").replace(": ", "=")


def norm(channels: int) -> int:
    return 2 * channels


HALF = "{id: a, op: relu}\n{id: half, op: max_pool 3x3, s: 2, from: a}\n"
SAME = "{id: a, op: relu}\n{id: b, op: relu, from: a}\n"
INNER = 8 * 24 + norm(24) + 9 * 24 + norm(24)

CASES = {
    "adjust": [
        Case(HALF + "{op: adjust, from: [a, half], out: 6}", 2 * 8 * 3 + norm(6), (6, 6, 6)),
        Case(SAME + "{op: adjust, from: [a, b], out: 6}", 8 * 6 + norm(6), (6, 12, 12)),
        Case(SAME + "{op: adjust, from: [a, b], out: 8}", 0, (8, 12, 12)),
        Case(HALF + "{op: adjust, from: [half, half], out: 6}", 0, (8, 6, 6)),
    ],
    "bneck": [
        Case("{op: bneck, exp: 24, out: 8, act: relu}", INNER + 24 * 8 + norm(8), (8, 12, 12)),
        Case(
            "{op: bneck 5x5, exp: 8, out: 6, act: relu, s: 2}",
            25 * 8 + norm(8) + 8 * 6 + norm(6),
            (6, 6, 6),
        ),
        Case(
            "{op: bneck, exp: 24, out: 6, act: relu, se: {ratio: 0.25, round: 8}}",
            INNER + (24 * 8 + 8) + (8 * 24 + 24) + 24 * 6 + norm(6),
            (6, 12, 12),
        ),
    ],
    "bottleneck": [
        Case("{op: bottleneck, t: 3, out: 8, act: relu}", INNER + 24 * 8 + norm(8), (8, 12, 12)),
        Case(
            "{op: bottleneck, t: 1, out: 6, act: relu, s: 2}",
            9 * 8 + norm(8) + 8 * 6 + norm(6),
            (6, 6, 6),
        ),
        Case(
            "{op: bottleneck, t: 2, out: 8, act: relu, conv: full, linear: false}",
            8 * 16 + norm(16) + 9 * 16 * 16 + norm(16) + 16 * 8 + norm(8),
            (8, 12, 12),
        ),
        Case(
            "{op: bottleneck, t: 2, out: 4, act: relu, shortcut: wide}",
            8 * 4 + norm(4) + 9 * 4 + norm(4) + 4 * 8 + norm(8),
            (8, 12, 12),
        ),
        Case(
            "{op: bottleneck, t: 1, out: 8, act: relu, shortcut: wide}",
            8 * 8 + norm(8) + 9 * 8 + norm(8),
            (8, 12, 12),
        ),
    ],
    "conv": [
        Case("{op: conv2d 3x3, out: 6, s: 2, bn: true, act: relu}", 9 * 8 * 6 + 12, (6, 6, 6)),
        Case("{op: conv2d 1x1, out: 6}", 8 * 6 + 6, (6, 12, 12)),
        Case("{op: conv2d 3x3, out: 6, bias: false}", 9 * 8 * 6, (6, 12, 12)),
        Case("{op: conv2d 3x3, out: 6, groups: 2, dilation: 2}", 9 * 4 * 6 + 6, (6, 12, 12)),
        Case("{op: conv2d 3x3, out: 6, pad: valid}", 9 * 8 * 6 + 6, (6, 10, 10)),
    ],
    "dense_layer": [
        Case(
            "{op: dense_layer, layers: [1x1, 3x3], growth: 4, act: relu}",
            norm(8) + 8 * 16 + norm(16) + 9 * 16 * 4,
            (12, 12, 12),
        ),
        Case(
            "{op: dense_layer, layers: [3x3], growth: 4, act: relu}",
            norm(8) + 9 * 8 * 4,
            (12, 12, 12),
        ),
    ],
    "dwconv": [
        Case("{op: dwconv 3x3, s: 2}", 9 * 8 + 8, (8, 6, 6)),
        Case("{op: dwconv 3x3, multiplier: 2, bn: true}", 9 * 16 + norm(16), (16, 12, 12)),
    ],
    "factorized_reduction": [
        Case("{op: factorized_reduction, out: 6}", 2 * 8 * 3 + norm(6), (6, 6, 6))
    ],
    "linear": [
        Case("{op: fc, out: 5}", 8 * 144 * 5 + 5, (5, 1, 1)),
        Case("{op: fc, out: 5, bias: false, act: relu}", 8 * 144 * 5, (5, 1, 1)),
    ],
    "predictor": [
        Case("{op: predictor, anchors: 3, values: 4}", 8 * 12 + 12, (12, 12, 12)),
        Case(
            "{op: predictor 3x3, anchors: 3, values: 4, classes: 5}", 9 * 8 * 27 + 27, (27, 12, 12)
        ),
        Case(
            "{op: predictor 3x3, anchors: 3, classes: 5, depthwise: true, act: relu}",
            9 * 8 + norm(8) + 8 * 15 + 15,
            (15, 12, 12),
        ),
        Case("{op: predictor, anchors: 1, classes: 5, linear: true}", 8 * 144 * 5 + 5, (5, 1, 1)),
    ],
    "residual": [
        Case(
            "{op: residual, layers: [[3x3, 8], [3x3, 8]], act: relu}",
            2 * (9 * 8 * 8 + norm(8)),
            (8, 12, 12),
        ),
        Case(
            "{op: residual, layers: [[3x3, 6], [3x3, 6]], act: relu, s: 2}",
            9 * 8 * 6 + 9 * 6 * 6 + 8 * 6 + 3 * norm(6),
            (6, 6, 6),
        ),
        Case(
            "{op: residual, layers: [[1x1, 4], [3x3, 4], [1x1, 8]], act: relu, s: 2, "
            "stride_on: 3x3}",
            8 * 4 + norm(4) + 9 * 4 * 4 + norm(4) + 4 * 8 + norm(8) + 8 * 8 + norm(8),
            (8, 6, 6),
        ),
        Case(
            "{op: residual, layers: [[3x3, 6]], act: relu, shortcut: none, conv: separable}",
            9 * 8 + norm(8) + 8 * 6 + norm(6),
            (6, 12, 12),
        ),
    ],
    "sepconv": [
        Case(
            "{op: sepconv 3x3, out: 6, s: 2, bn: true, act: relu}",
            9 * 8 + norm(8) + 8 * 6 + norm(6),
            (6, 6, 6),
        ),
        Case("{op: sepconv 3x3, out: 6}", 9 * 8 + 8 + 8 * 6 + 6, (6, 12, 12)),
        Case(
            "{op: sepconv 3x3, out: 6, pad: valid, dilation: 2, act: relu}",
            9 * 8 + 8 + 8 * 6 + 6,
            (6, 8, 8),
        ),
    ],
    "shuffle_unit": [
        Case(
            "{op: shuffle_unit, out: 16, groups: 2, s: 2, act: relu}",
            4 * 4 + norm(4) + 9 * 4 + norm(4) + 2 * 8 + norm(8),
            (16, 6, 6),
        ),
        Case(
            "{op: shuffle_unit, out: 8, groups: 2, first_groups: 1, act: relu}",
            8 * 2 + norm(2) + 9 * 2 + norm(2) + 1 * 8 + norm(8),
            (8, 12, 12),
        ),
    ],
    "squeeze_excite": [
        Case("{op: se, se: {ratio: 0.5}}", 8 * 4 + 4 + 4 * 8 + 8, (8, 12, 12)),
    ],
    "transition": [
        Case("{op: transition, compression: 0.5, act: relu}", norm(8) + 8 * 4, (4, 12, 12)),
        Case("{op: transition, compression: 1, act: relu}", norm(8) + 8 * 8, (8, 12, 12)),
    ],
    "uib": [
        Case(
            "{op: ExtraDW, k1: 3x3, k2: 5x5, exp: 16, out: 8, act: relu}",
            9 * 8 + norm(8) + 8 * 16 + norm(16) + 25 * 16 + norm(16) + 16 * 8 + norm(8),
            (8, 12, 12),
        ),
        Case(
            "{op: ConvNext, k1: 3x3, exp: 16, out: 6, s: 2, act: relu}",
            9 * 8 + norm(8) + 8 * 16 + norm(16) + 16 * 6 + norm(6),
            (6, 6, 6),
        ),
        Case(
            "{op: IB, k2: 3x3, exp: 16, out: 6, pad: valid, act: relu}",
            8 * 16 + norm(16) + 9 * 16 + norm(16) + 16 * 6 + norm(6),
            (6, 10, 10),
        ),
    ],
}
