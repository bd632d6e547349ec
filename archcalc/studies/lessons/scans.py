"""Real images that come with a package: scikit-learn's handwritten digits, 8x8 scans."""

from __future__ import annotations

import gzip
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import numpy.typing as npt

from archcalc.base.errors import ArchcalcError, MissingPackage
from archcalc.studies.lessons.arrays import Floats, frozen

Integers = npt.NDArray[np.int64]

_FILE = Path("datasets", "data", "digits.csv.gz")
"""Path of the scans in scikit-learn's folder."""


def digit(index: int = 0) -> Floats:
    """Return one scan as (8, 8) values from 0 (paper) to 1 (ink).

    The first ten of the 1797 scans show 0 to 9. Raises ArchcalcError for an invalid index, and
    MissingPackage without scikit-learn.
    """
    images = _scans()
    if type(index) is not int or not 0 <= index < len(images):
        raise ArchcalcError(f"index: an integer from 0 to {len(images) - 1}, not {index!r}")
    image: Floats = images[index]
    return image


def digits() -> tuple[Floats, Integers]:
    """Return all scans, (1797, 8, 8) as of `digit`, and their labels, (1797,).

    Both are read-only. Raises MissingPackage without scikit-learn.
    """
    return _scans(), _labels()


def network_input(images: npt.ArrayLike, size: tuple[int, int], channels: int = 3) -> Floats:
    """Return images (N, H, W) of `digit`'s values as a net's input (N, channels, height, width).

    They are normalised by the mean and the deviation of all scans, enlarged bilinearly to
    ``size`` = (height, width) (with repeated edges, as torch without ``align_corners``), and
    copied to every channel.
    """
    scans = _scans()
    array = (np.asarray(images, dtype=np.float64) - scans.mean()) / scans.std()
    if array.ndim != 3 or not array.size:
        raise ArchcalcError("images: (N, height, width), at least one")
    for axis, side in ((1, size[0]), (2, size[1])):
        array = _resize(array, side, axis)
    return np.repeat(array[:, None], channels, axis=1)


def _resize(array: Floats, side: int, axis: int) -> Floats:
    """Interpolate linearly to ``side`` pixels along ``axis``, pixel centre to pixel centre."""
    before = array.shape[axis]
    centre = np.clip((np.arange(side) + 0.5) * before / side - 0.5, 0, before - 1)
    low = np.floor(centre).astype(int)
    high = np.minimum(low + 1, before - 1)
    shape = [1] * array.ndim
    shape[axis] = side
    share = (centre - low).reshape(shape)
    return np.asarray(np.take(array, low, axis) * (1 - share) + np.take(array, high, axis) * share)


@lru_cache(maxsize=1)
def _scans() -> Floats:
    """Return all scans, (1797, 8, 8), read-only."""
    return frozen(_table()[:, :-1].reshape(-1, 8, 8) / 16)


@lru_cache(maxsize=1)
def _labels() -> Integers:
    return frozen(_table()[:, -1])


@lru_cache(maxsize=1)
def _table() -> Integers:
    """Return one row per scan: its 64 pixels from 0 to 16, and its digit."""
    found = find_spec("sklearn")
    if found is None or found.origin is None:
        raise MissingPackage("the digits", "scikit-learn", "lessons")
    file = Path(found.origin).parent / _FILE
    if file.is_file():  # fast, while importing scikit-learn takes over a second
        with gzip.open(file) as text:
            return np.loadtxt(text, delimiter=",", dtype=np.int64)
    from sklearn.datasets import load_digits

    loaded = load_digits()
    return np.column_stack([loaded.data, loaded.target]).astype(np.int64)
