"""Arrays of results: finite, double precision, read-only."""

from __future__ import annotations

from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from archcalc.base.errors import ArchcalcError

Array = TypeVar("Array", bound=npt.NDArray[Any])
Floats = npt.NDArray[np.float64]


def frozen(array: Array) -> Array:
    """Make ``array`` read-only and return it."""
    array.setflags(write=False)
    return array


def finite(values: npt.ArrayLike, name: str) -> Floats:
    """Return a read-only copy of ``values`` as doubles.

    Raises ArchcalcError, naming ``name``, for anything but a non-empty array of finite numbers.
    """
    try:
        array = np.array(values, dtype=np.float64)
    except (TypeError, ValueError):
        raise ArchcalcError(f"{name}: an array of numbers, all rows of one length") from None
    if not array.size or not array.ndim:
        raise ArchcalcError(f"{name}: at least one number")
    if not np.isfinite(array).all():
        raise ArchcalcError(f"{name}: finite numbers only")
    return frozen(array)
