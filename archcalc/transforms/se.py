"""Squeeze-and-excite in every inverted residual, or in none."""

from __future__ import annotations

from typing import Any, ClassVar

from archcalc.transforms._base import Transform
from archcalc.transforms._edit import Editor

_BLOCKS = ("bottleneck", "bneck")
_SETTINGS = {"ratio": 0.25, "round": 8, "gate": "hard_sigmoid"}
"""MobileNetV3's, for a net that has none of its own."""


class SqueezeExciteEverywhere(Transform):
    """``off`` removes it wherever it stands; ``on`` adds it to each bottleneck and bneck."""

    name: ClassVar[str] = "se"
    values: ClassVar[str] = "on|off"
    about: ClassVar[str] = "squeeze-and-excite in every inverted residual, or in no layer"

    def edit(self, editor: Editor, value: Any) -> None:
        """Apply it; raises ValueError where no row can change."""
        if value not in ("on", "off", True, False):
            raise ValueError("expected on or off")
        changed = self._add(editor) if value in ("on", True) else self._remove(editor)
        if not changed:
            raise ValueError("no row of the net can change")

    @staticmethod
    def _remove(editor: Editor) -> int:
        changed = 0
        for row in editor.rows():
            stated = row.where("se")
            if stated is not None and row.meaning(*stated).keywords["se"] != "none":
                row.set(stated[0], None if stated[0] in row.columns else "none")
                changed += 1
        for keywords in editor.defaults.values():
            changed += keywords.pop("se", None) is not None
        return changed

    @staticmethod
    def _add(editor: Editor) -> int:
        changed = 0
        for row in editor.rows():
            if row.op not in _BLOCKS:
                continue
            changed += 1
            settings = editor.default(row.op, "se")
            stated = row.where("se")
            if stated is None or row.meaning(*stated).keywords["se"] == "none":
                value = "✓" if settings else dict(_SETTINGS)
                row.set(stated[0] if stated else "se", value)
        return changed
