"""Which nets of the zoo a test sees each time, where each of them costs seconds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

FEW = (
    "mobilenet_v1",
    "mobilenet_v3_small",
    "googlenet",
    "resnet18",
    "shufflenet_1_5",
    "ssdlite_mobilenet_v1",
)
"""Nets that have little in common: depthwise, gated, branching, residual, grouped, two outputs."""


def few(names: Iterable[str], *more: str) -> list[Any]:
    """Return the names; all but `FEW` and ``more`` as slow tests."""
    kept = {*FEW, *more}
    return [name if name in kept else pytest.param(name, marks=pytest.mark.slow) for name in names]
