"""What READMEs of authors' code print, digit for digit: TF-slim's three and MnasNet's."""

from __future__ import annotations

from typing import NamedTuple

_PRINTED = """
mobilenet_v1 1.0 224 569 4.24 70.9 89.9 -
mobilenet_v1 1.0 192 418 4.24 70.0 89.2 -
mobilenet_v1 1.0 160 291 4.24 68.0 87.7 -
mobilenet_v1 1.0 128 186 4.24 65.2 85.8 -
mobilenet_v1 0.75 224 317 2.59 68.4 88.2 -
mobilenet_v1 0.75 192 233 2.59 67.2 87.3 -
mobilenet_v1 0.75 160 162 2.59 65.3 86.0 -
mobilenet_v1 0.75 128 104 2.59 62.1 83.9 -
mobilenet_v1 0.5 224 150 1.34 63.3 84.9 -
mobilenet_v1 0.5 192 110 1.34 61.7 83.6 -
mobilenet_v1 0.5 160 77 1.34 59.1 81.9 -
mobilenet_v1 0.5 128 49 1.34 56.3 79.4 -
mobilenet_v1 0.25 224 41 0.47 49.8 74.2 -
mobilenet_v1 0.25 192 34 0.47 47.7 72.3 -
mobilenet_v1 0.25 160 21 0.47 45.5 70.3 -
mobilenet_v1 0.25 128 14 0.47 41.5 66.3 -
mobilenet_v2 1.4 224 582 6.06 75.0 92.5 138.0
mobilenet_v2 1.3 224 509 5.34 74.4 92.1 123.0
mobilenet_v2 1.0 224 300 3.47 71.8 91.0 73.8
mobilenet_v2 1.0 192 221 3.47 70.7 90.1 55.1
mobilenet_v2 1.0 160 154 3.47 68.8 89.0 40.2
mobilenet_v2 1.0 128 99 3.47 65.3 86.9 27.6
mobilenet_v2 1.0 96 56 3.47 60.3 83.2 17.6
mobilenet_v2 0.75 224 209 2.61 69.8 89.6 55.8
mobilenet_v2 0.75 192 153 2.61 68.7 88.9 41.6
mobilenet_v2 0.75 160 107 2.61 66.4 87.3 30.4
mobilenet_v2 0.75 128 69 2.61 63.2 85.3 21.9
mobilenet_v2 0.75 96 39 2.61 58.8 81.6 14.2
mobilenet_v2 0.5 224 97 1.95 65.4 86.4 28.7
mobilenet_v2 0.5 192 71 1.95 63.9 85.4 21.1
mobilenet_v2 0.5 160 50 1.95 61.0 83.2 14.9
mobilenet_v2 0.5 128 32 1.95 57.7 80.8 9.9
mobilenet_v2 0.5 96 18 1.95 51.2 75.8 6.4
mobilenet_v2 0.35 224 59 1.66 60.3 82.9 19.7
mobilenet_v2 0.35 192 43 1.66 58.2 81.2 14.6
mobilenet_v2 0.35 160 30 1.66 55.7 79.1 10.5
mobilenet_v2 0.35 128 20 1.66 50.8 75.0 6.9
mobilenet_v2 0.35 96 11 1.66 45.5 70.4 4.5
mobilenet_v3_large 1.0 224 217 5.4 75.2 - 51.2
mobilenet_v3_large 0.75 224 155 4.0 73.3 - 39.8
mobilenet_v3_small 1.0 224 66 2.9 67.5 - 15.8
mobilenet_v3_small 0.75 224 44 2.4 65.4 - 12.8
mobilenet_v3_large_minimalistic 1.0 224 209 3.9 72.3 - 44.1
mobilenet_v3_small_minimalistic 1.0 224 65 2.0 61.9 - 12.2
mnasnet_a1 1.4 224 591.5 6.1 77.2 93.5 135
mnasnet_a1 1 224 315.2 3.9 75.2 92.5 78
mnasnet_a1 0.75 224 226.7 2.9 73.3 91.3 61
mnasnet_a1 0.5 224 105.2 2.1 68.9 88.4 32
mnasnet_a1 0.35 224 63.2 1.7 64.1 85.1 22
mnasnet_a1 1.4 192 435.1 6.1 76.1 93.0 99
mnasnet_a1 1 192 232.0 3.9 74.0 91.6 57
mnasnet_a1 0.75 192 166.9 2.9 72.1 90.5 45
mnasnet_a1 0.5 192 77.6 2.1 67.2 87.4 24
mnasnet_a1 0.35 192 46.8 1.7 62.4 83.8 17
mnasnet_a1 1.4 160 302.8 6.1 74.8 92.1 72
mnasnet_a1 1 160 161.6 3.9 72.0 90.5 41
mnasnet_a1 0.75 160 116.4 2.9 70.1 89.3 33
mnasnet_a1 0.5 160 54.4 2.1 64.9 85.8 18
mnasnet_a1 0.35 160 32.9 1.7 59.3 81.5 13
mnasnet_a1 1.4 128 194.5 6.1 72.5 90.6 49
mnasnet_a1 1 128 104.1 3.9 69.3 88.9 29
mnasnet_a1 0.75 128 75.0 2.9 67.0 87.3 23
mnasnet_a1 0.5 128 35.3 2.1 60.8 83.0 12
mnasnet_a1 0.35 128 21.6 1.7 54.8 78.1 8.5
mnasnet_a1 1.4 96 110.3 6.1 68.6 88.1 32
mnasnet_a1 1 96 59.3 3.9 64.4 85.8 18
mnasnet_a1 0.75 96 42.9 2.9 62.1 84.0 17
mnasnet_a1 0.5 96 20.5 2.1 54.7 78.1 7.4
mnasnet_a1 0.35 96 12.7 1.7 49.3 73.4 5.4
"""


class Row(NamedTuple):
    """One line of a README's table; figures as text, None where it prints none."""

    model: str
    width: str
    resolution: int
    madds: str
    params: str
    top1: str
    top5: str | None
    pixel1: str | None


def _row(line: str) -> Row:
    model, width, resolution, *figures = line.split()
    madds, params, top1, top5, pixel1 = (None if text == "-" else text for text in figures)
    assert madds
    assert params
    assert top1
    return Row(model, width, int(resolution), madds, params, top1, top5, pixel1)


ROWS = [_row(line) for line in _PRINTED.strip().splitlines()]
