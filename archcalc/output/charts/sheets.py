"""Feature maps and scans as pixels: arrays of bytes that a page shows as images."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from archcalc.output.palette import ordered
from archcalc.studies.lessons import SqueezeExciteRun, digit

_TILE, _GAP, _COLUMNS, _MOST = 56, 2, 8, 24
_LEVELS = 256


@dataclass(frozen=True, eq=False)
class Sheets:
    """The maps of some channels side by side, before and after the gate, as (H, W, RGB) bytes.

    ``channels``: which, row by row from the largest gate to the smallest.
    """

    channels: tuple[int, ...]
    before: Any
    after: Any


def sheets(run: SqueezeExciteRun) -> Sheets:
    """Return the maps of up to 24 channels: those that the gate lets through most and least.

    All are on one scale of colours, whose top is the 99.5th percentile of the map before the gate.
    """
    import numpy as np

    values = run.values
    by_gate = np.argsort(-values.s, kind="stable")
    if len(by_gate) > _MOST:
        by_gate = np.concatenate([by_gate[: _MOST // 2], by_gate[-_MOST // 2 :]])
    low, high = float(values.u.min()), float(np.quantile(values.u, 0.995))
    before, after = (
        _sheet(maps[by_gate], low, high if high > low else low + 1)
        for maps in (values.u, values.scaled)
    )
    return Sheets(tuple(map(int, by_gate)), before, after)


def _sheet(maps: Any, low: float, high: float) -> Any:
    import numpy as np

    times = max(1, round(_TILE / max(maps.shape[1:])))
    level = np.clip((maps - low) / (high - low) * (_LEVELS - 1), 0, _LEVELS - 1).astype(int)
    tiles = _colours()[level.repeat(times, 1).repeat(times, 2)]
    count, height, width = tiles.shape[:3]
    columns = min(_COLUMNS, count)
    rows = -(-count // columns)
    sheet = np.full((rows * (height + _GAP), columns * (width + _GAP), 3), 255, np.uint8)
    for number, tile in enumerate(tiles):
        top, left = (number // columns) * (height + _GAP), (number % columns) * (width + _GAP)
        sheet[top : top + height, left : left + width] = tile
    return sheet[:-_GAP, :-_GAP]


@lru_cache(maxsize=1)
def _colours() -> Any:
    """Return the colours from the lowest level to the highest, (levels, RGB)."""
    import numpy as np

    codes = ordered([str(level) for level in range(_LEVELS)]).values()
    return np.array([list(bytes.fromhex(code[1:])) for code in codes], np.uint8)


def digit_picture(index: int) -> Any:
    """Return a digit as grey bytes, ink dark, enlarged."""
    import numpy as np

    grey = np.round(255 * (1 - digit(index))).astype(np.uint8)
    return grey.repeat(12, 0).repeat(12, 1)
