"""Costs of a product of choices, kept as channels × area to avoid grid-sized arrays.

Channels vary with width and prune ratio, maps with the resolution alone. A layer's cost on a
grid is therefore an outer product, and layers on maps of one size share a factor: their channel
parts are added first, and the grid is filled once per size instead of once per layer. The rules
are unchanged: an area is an array whose product with channels stays factored.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from numpy.lib.mixins import NDArrayOperatorsMixin

Integers = npt.NDArray[np.int64]


class Area(np.ndarray[Any, np.dtype[np.int64]]):
    """Numbers along the resolutions; times channels they become a `Product`."""

    def __mul__(self, other: Any) -> Any:
        if isinstance(other, Product):
            return other * self
        is_own = isinstance(other, (int, Area))
        return super().__mul__(other) if is_own else Product(other, self)

    # ``channels * area`` comes here first, since an area is a subclass of arrays
    __rmul__ = __mul__


class Product(NDArrayOperatorsMixin):
    """channels × area, expanded only for operations other than a product."""

    __slots__ = ("area", "channels")

    def __init__(self, channels: Any, area: Area) -> None:
        self.channels, self.area = channels, area

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **options: Any) -> Any:
        if ufunc is np.multiply and method == "__call__" and not options:
            return _times(*inputs)
        return getattr(ufunc, method)(*map(full, inputs), **options)

    def __array__(self, dtype: Any = None, copy: Any = None) -> Integers:
        return self.full() if dtype is None else self.full().astype(dtype)

    def full(self) -> Integers:
        """Return the array of the grid."""
        return np.asarray(self.channels * np.asarray(self.area))


class Sum:
    """A sum of ints, arrays and products: products of one area are added before they are filled."""

    __slots__ = ("_others", "_products")

    def __init__(self) -> None:
        self._others: Any = 0
        self._products: dict[bytes, tuple[Area, Any]] = {}

    def add(self, value: Any, times: int = 1) -> None:
        """Add ``value`` ``times`` times."""
        if type(value) is int and not value:
            return
        if times != 1:
            value = value * times
        if not isinstance(value, Product):
            self._others = self._others + full(value)
            return
        key = value.area.tobytes()
        area, channels = self._products.get(key, (value.area, 0))
        self._products[key] = area, channels + value.channels

    def total(self) -> Any:
        """Return the sum, an int or an array."""
        result = self._others
        for area, channels in self._products.values():
            result = result + channels * np.asarray(area)
        return result


def full(value: Any) -> Any:
    """Return an int or a plain array for a number of any kind."""
    if isinstance(value, Product):
        return value.full()
    return np.asarray(value) if isinstance(value, Area) else value


def _times(a: Any, b: Any) -> Product:
    if not isinstance(a, Product):
        a, b = b, a
    if isinstance(b, Product):
        return Product(a.channels * b.channels, a.area * b.area)
    if isinstance(b, Area):
        return Product(a.channels, a.area * b)
    return Product(a.channels * b, a.area)
