"""The row from which on h-swish is used: "h-swish @N" of MobileNetV3's Table 5."""

from __future__ import annotations

from typing import Any, ClassVar

from archcalc.base.limits import CHANNELS
from archcalc.language.blocks import spelling_of
from archcalc.language.ops.activation import Activation, parse_activation
from archcalc.language.spec.document_rows import Row
from archcalc.language.transforms._base import Transform, integer
from archcalc.language.transforms._channels import placed
from archcalc.language.transforms._edit import Editor

_GATES = ("sigmoid", "hard_sigmoid")
_PRINTED = {"hard_swish": "HS", "relu": "RE"}
"""Their names in V3's column NL."""


class HSwishFrom(Transform):
    """h-swish from the first row with N output channels on, ReLU instead of it before.

    "In h-swish @N, N denotes the number of channels, in the first layer that has h-swish enabled"
    (arXiv:1905.02244, Table 5); "placing h-swish at all layers with 80 channels or more" is V3
    itself (Figure 6). Channels are the table's #out, not its exp size: V3-Large has ReLU in a row
    of 120 expanded and 40 output channels. The first convolution has h-swish with 16 channels by a
    choice of its own (section 5.1), so the rows that read the image stay as they are. Thus
    ``h_swish=80`` is V3-Large as printed, and ``h_swish=40`` V3-Small. A row before N keeps an
    activation other than h-swish.
    """

    name: ClassVar[str] = "h_swish"
    values: ClassVar[str] = "N"
    about: ClassVar[str] = "h-swish from the first row of N channels on, ReLU before it"

    def edit(self, editor: Editor, value: Any) -> None:
        """Apply it; raises ValueError for an invalid number, or one that no row reaches."""
        least = integer(value, 1, CHANNELS)
        begun = False
        for place in placed(editor):
            row = place.row
            if row.op in (editor.document.get("blocks") or {}):
                raise ValueError(f"cannot be applied within '{row.op}', a block of layers")
            cell, kind = _activation(editor, row)
            if kind in ("none", *_GATES) or place.reads_image:
                continue
            begun = begun or (place.gives is not None and place.gives >= least)
            kind = "hard_swish" if begun else "relu" if kind == "hard_swish" else kind
            row.set(cell, _PRINTED.get(kind, kind) if cell == "NL" else kind)
        if not begun:
            raise ValueError(f"no row with an activation has {least} channels or more")


def _activation(editor: Editor, row: Row) -> tuple[str, str]:
    """Return the cell of a row's activation, and the activation ("none" without one)."""
    stated = row.where("act")
    if stated is not None:
        kind = row.meaning(*stated).keywords["act"]
        return stated[0], kind if kind == "none" else parse_activation(kind)
    for name, cell in row.cells():
        op = row.meaning(name, cell).op
        spelling = spelling_of(op) if op else None
        if spelling is not None and spelling.cls is Activation:
            return name, spelling.preset["kind"]
    default = editor.default(row.op, "act")
    return "act", "none" if default in (None, "none") else parse_activation(default)
