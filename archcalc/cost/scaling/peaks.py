"""Peak memory of a product of choices, without filling the grid for every layer.

`peak_memory` adds, subtracts and compares sizes; here a size is channels × area, and the values
alive at one time are a sum per area. Of the moments with maps of one size only the largest sum of
channels matters, and the grid is filled for that one.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from archcalc.cost.scaling.factors import Area, Product, full

_Parts = dict[bytes, tuple[int, Any, Any]]
"""By area: the number of values, the area, and the sum of their channels."""


class Live:
    """Values alive at one time; `maximum` of two gives a `Peaks`."""

    __slots__ = ("parts",)

    def __init__(self, parts: _Parts) -> None:
        self.parts = parts

    @classmethod
    def of(cls, size: Any) -> Live:
        """Return one value of a size: an int, an array, an area or a product."""
        if isinstance(size, Product):
            return cls({size.area.tobytes(): (1, size.area, size.channels)})
        if isinstance(size, Area):
            return cls({size.tobytes(): (1, size, 1)})
        return cls({b"": (1, 1, size)})

    def __add__(self, other: Live) -> Live:
        parts = self.parts.copy()
        for key, (count, area, channels) in other.parts.items():
            before, _, sum_ = parts.get(key, (0, area, 0))
            parts[key] = before + count, area, sum_ + channels
        return Live(parts)

    def __sub__(self, other: Live) -> Live:
        parts = self.parts.copy()
        for key, (count, area, channels) in other.parts.items():
            before, _, sum_ = parts.pop(key)
            if before > count:
                parts[key] = before - count, area, sum_ - channels
        return Live(parts)

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, peak: Any, live: Live) -> Peaks:
        # number.maximum, for what is neither an int nor a formula
        if ufunc is not np.maximum or method != "__call__":
            raise TypeError(f"live values have no {ufunc.__name__}")
        peaks = peak if isinstance(peak, Peaks) else Peaks(peak)
        return peaks.add(live)

    def full(self) -> Any:
        """Return the sum as an array of the grid."""
        return sum(channels * full(area) for _, area, channels in self.parts.values())


class Peaks:
    """The largest of several `Live`."""

    __slots__ = ("_alike", "_mixed")

    def __init__(self, first: Live) -> None:
        self._alike: dict[bytes, tuple[Any, Any]] = {}
        self._mixed: list[Live] = []
        self.add(first)

    def add(self, live: Live) -> Peaks:
        """Add the values alive at another time."""
        if len(live.parts) > 1:
            self._mixed.append(live)
            return self
        for key, (_, area, channels) in live.parts.items():
            _, largest = self._alike.get(key, (area, channels))
            self._alike[key] = area, np.maximum(largest, channels)
        return self

    # numpy may dispatch on either operand of maximum
    __array_ufunc__ = Live.__array_ufunc__

    def full(self) -> Any:
        """Return the maximum as an array of the grid."""
        found = [channels * full(area) for area, channels in self._alike.values()]
        found += [live.full() for live in self._mixed]
        result = found[0]
        for other in found[1:]:
            result = np.maximum(result, other)
        return result
