"""Another expansion factor t (MobileNetV2, section 4)."""

from __future__ import annotations

from typing import Any, ClassVar

from archcalc.base.limits import CHANNELS
from archcalc.language.transforms._base import Transform, integer
from archcalc.language.transforms._channels import Placed, placed, restate_sizes
from archcalc.language.transforms._edit import Editor


class ExpansionFactor(Transform):
    """Expand to N times the input's channels in every bottleneck that expands.

    "With the exception of the first layer, we use constant expansion rate throughout the network"
    (arXiv:1801.04381, section 4): a row that is printed without expansion (t = 1, or V3's exp size
    equal to its input) stays so, and ``t=6`` is MobileNetV2 as printed. V3 prints channels, not
    factors: its exp size becomes N times the row's input channels.
    """

    name: ClassVar[str] = "t"
    values: ClassVar[str] = "N"
    about: ClassVar[str] = "the expansion of every bottleneck: N times its input"

    def edit(self, editor: Editor, value: Any) -> None:
        """Apply it; raises ValueError for an invalid factor, or a net in which nothing expands."""
        factor = integer(value, 1, CHANNELS)
        changed = 0
        for place in placed(editor):
            for keyword in ("t", "exp"):
                implied = place.row.implied.get(keyword)  # by a name such as MBConv6
                stated = place.row.where(keyword) or (implied and (keyword, implied))
                if not stated:
                    continue
                cell, now = stated
                if cell != keyword:
                    raise ValueError(f"'{now}' names the expansion and more in one cell")
                printed = implied or place.row.printed(cell)
                unit, expanded = _factor(place, keyword, factor)
                if (now if printed is None else printed) != unit:
                    place.row.set(cell, expanded)
                    changed += 1
        if not changed:
            raise ValueError("the net has no bottleneck with an expansion")
        restate_sizes(editor)


def _factor(place: Placed, keyword: str, factor: int) -> tuple[int, int]:
    """Return the cell for no expansion, and the one for expansion by ``factor``."""
    if keyword == "t":
        return 1, factor
    copies = dict(place.row.cells()).get("n") or 1
    if place.takes is None or (copies != 1 and place.takes != place.gives):
        raise ValueError("the input channels of a row with an exp size are not stated")
    return place.takes, factor * place.takes
