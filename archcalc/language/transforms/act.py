"""Another activation everywhere, as in MobileNetV3's Table 5 on h-swish."""

from __future__ import annotations

from typing import Any, ClassVar

from archcalc.language.blocks import spelling_of
from archcalc.language.ops import normal
from archcalc.language.ops.activation import ACTIVATIONS, Activation, parse_activation
from archcalc.language.transforms._base import Transform
from archcalc.language.transforms._edit import Editor


class ActivationEverywhere(Transform):
    """Replace every activation; linear layers, gates and squeeze-and-excite stay as they are."""

    name: ClassVar[str] = "act"
    values: ClassVar[str] = "|".join(ACTIVATIONS)
    about: ClassVar[str] = "the activation of every layer that has one"

    def edit(self, editor: Editor, value: Any) -> None:
        """Apply it; raises ValueError for an unknown activation or a net without any."""
        kind = parse_activation(value)
        changed = 0
        for keywords in editor.defaults.values():
            if keywords.get("act", "none") != "none":
                keywords["act"] = kind
                changed += 1
        for row in editor.rows():
            stated = row.where("act")
            if stated is not None and row.meaning(*stated).keywords["act"] != "none":
                row.set(stated[0], kind)
                changed += 1
            for name, cell in list(row.cells()):
                op = row.meaning(name, cell).op
                spelling = spelling_of(op) if op else None
                if spelling and spelling.cls is Activation and not _is_gate(op or ""):
                    row.set(name, kind)
                    changed += 1
        if not changed:
            raise ValueError("the net has no activation")


def _is_gate(op: str) -> bool:
    return normal(op) in ("sigmoid", "hardsigmoid", "hsigmoid")
