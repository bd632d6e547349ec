"""The numbers that turn a Graph into a net: group widths and an input size."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Variant:
    """Widths of channel groups and the input's height and width in pixels.

    Ints for one net, integer arrays for a grid of nets, formulas for a workbook.
    """

    widths: Mapping[str, Any]
    height: Any
    width: Any
