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


PAIR = ("mobilenet_v3_small", "shufflenet_1_5")
"""Two of them, for tests that cost a second for each: depthwise and gated, grouped and residual."""


def few(names: Iterable[str], *more: str, of: Iterable[str] = FEW) -> list[Any]:
    """Return the names; all but those of ``of`` and ``more`` as slow tests."""
    kept = {*of, *more}
    return [name if name in kept else pytest.param(name, marks=pytest.mark.slow) for name in names]
