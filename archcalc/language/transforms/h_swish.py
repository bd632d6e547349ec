"""Where h-swish begins: the rows "h-swish @N" of MobileNetV3's Table 5."""

from __future__ import annotations

from typing import Any, ClassVar

from archcalc.base.limits import CHANNELS
from archcalc.language.blocks import SPELLINGS
from archcalc.language.ops import normal
from archcalc.language.ops.activation import Activation, parse_activation
from archcalc.language.spec.document_rows import Row
from archcalc.language.transforms._base import Transform, integer
from archcalc.language.transforms._channels import placed
from archcalc.language.transforms._edit import Editor

_GATES = ("sigmoid", "hard_sigmoid")
_PRINTED = {"hard_swish": "HS", "relu": "RE"}
"""What V3's column NL calls them."""


class HSwishFrom(Transform):
    """h-swish from the first row with N output channels on, ReLU in place of it before.

    "In h-swish @N, N denotes the number of channels, in the first layer that has h-swish enabled"
    (arXiv:1905.02244, Table 5); "placing h-swish at all layers with 80 channels or more" is V3
    itself (Figure 6). Channels are the table's #out, not its exp size: V3-Large has ReLU in a row
    of 120 expanded and 40 output channels. Its first convolution has h-swish with 16 channels,
    which section 5.1 chooses for that layer by itself, so what reads the image stays as it is.
    So ``h_swish=80`` is V3-Large as printed, and ``h_swish=40`` V3-Small.
    Where a row before N has another activation than h-swish, it keeps it.
    """

    name: ClassVar[str] = "h_swish"
    values: ClassVar[str] = "N"
    about: ClassVar[str] = "h-swish from the first row of N channels on, ReLU before it"

    def edit(self, editor: Editor, value: Any) -> None:
        """Apply it; raises ValueError for no number of channels, or one that no row reaches."""
        least = integer(value, 1, CHANNELS)
        begun = False
        for place in placed(editor):
            row = place.row
            if row.op in (editor.document.get("blocks") or {}):
                raise ValueError(f"where it begins within '{row.op}', a block of layers, is unsaid")
            cell, kind = _activation(editor, row)
            if kind in ("none", *_GATES) or place.reads_image:
                continue
            begun = begun or (place.gives is not None and place.gives >= least)
            kind = "hard_swish" if begun else "relu" if kind == "hard_swish" else kind
            row.set(cell, _PRINTED.get(kind, kind) if cell == "NL" else kind)
        if not begun:
            raise ValueError(f"no row with an activation has {least} channels or more")


def _activation(editor: Editor, row: Row) -> tuple[str, str]:
    """Return the cell that states a row's activation, and the activation ("none" without)."""
    stated = row.where("act")
    if stated is not None:
        kind = row.meaning(*stated).keywords["act"]
        return stated[0], kind if kind == "none" else parse_activation(kind)
    for name, cell in row.cells():
        op = row.meaning(name, cell).op
        spelling = SPELLINGS.get(normal(op)) if op else None
        if spelling is not None and spelling.cls is Activation:
            return name, spelling.preset["kind"]
    default = editor.default(row.op, "act")
    return "act", "none" if default in (None, "none") else parse_activation(default)
