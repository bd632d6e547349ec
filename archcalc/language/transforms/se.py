"""Squeeze-and-excite in every module of a net, or in none."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from archcalc.language.blocks import BLOCKS, spelling_of
from archcalc.language.ops import normal
from archcalc.language.spec.document_rows import Row
from archcalc.language.transforms._base import Transform, choice
from archcalc.language.transforms._channels import placed
from archcalc.language.transforms._edit import Editor

_MOBILE = {"ratio": 0.25, "round": 8, "gate": "hard_sigmoid"}
"""MobileNetV3's settings, for bottlenecks that have none of their own."""
_SENET = {"ratio": 0.0625}
"""SENet's for any other net: r = 16, ReLU and sigmoid."""
_CONVOLUTIONS = ("conv", "sepconv")
_PLAIN = {"dwconv", "linear", "squeeze_excite"}


class SqueezeExciteEverywhere(Transform):
    """``off`` removes it from every row; ``on`` adds it to each module that has none.

    Modules are bottlenecks and residual blocks, which have it inside (SENet, arXiv:1709.01507,
    Figure 3; MobileNetV3, Figure 4), and the file's own blocks that concatenate branches, as
    Inception's, which have it after the block (Figure 2). A net without any has it "after the
    non-linearity following each convolution" (section 3.3, on VGG), but not between a depthwise
    convolution and its pointwise one, nor after the global pool.
    """

    name: ClassVar[str] = "se"
    values: ClassVar[str] = "on|off"
    about: ClassVar[str] = "squeeze-and-excite in every module or convolution, or in none"

    def edit(self, editor: Editor, value: Any) -> None:
        """Apply it; raises ValueError where no row can change."""
        if not isinstance(value, bool):
            value = choice(value, ("on", "off")) == "on"
        if not (_add(editor) if value else _remove(editor)):
            raise ValueError("no row of the net can change")


def _remove(editor: Editor) -> int:
    changed = 0
    for rows, columns in editor.lists():
        for raw in list(rows):
            row = Row(raw, columns)
            stated = row.where("se")
            if row.op == "squeeze_excite":
                rows[:] = [other for other in rows if other is not raw]
                changed += 1
            elif stated is not None and row.meaning(*stated).keywords["se"] != "none":
                _switch_off(row, *stated)
                changed += 1
    for owner, keywords in editor.defaults.items():
        if normal(owner) not in ("se", "squeezeexcite"):
            changed += keywords.pop("se", None) is not None
    return changed


def _switch_off(row: Row, cell: str, value: Any) -> None:
    if row.meaning(cell, value).op is not None:
        # part of a printed cell: "MBConv3 (k5x5), SE"
        row.set(cell, re.sub(r"[\s,(]+SE\b\)?", "", str(value)))
    else:
        row.set(cell, None if cell in row.columns else "none")


def _add(editor: Editor) -> int:
    modules = [row for row in editor.rows() if _has_within(row)]
    branching = _branching_blocks(editor)
    for row in modules:
        mobile = row.op in ("bottleneck", "bneck")
        _switch_on(editor, row, _MOBILE if mobile else _SENET)
    for name in branching:
        rows = editor.document["blocks"][name]["rows"]
        if Row(rows[-1], []).op != "squeeze_excite":
            rows.append({"op": "squeeze_excite", "se": dict(_SENET)})
    if modules or branching:
        return len(modules) + len(branching)
    convolutions = _convolutions(editor)
    for row in convolutions:
        _switch_on(editor, row, _SENET)
    return len(convolutions)


def _has_within(row: Row) -> bool:
    """Return whether a row is a block other than a convolution, with the keyword ``se``."""
    spelling = spelling_of(row.op)
    if spelling is None or spelling.cls.name not in BLOCKS:
        return False
    return "se" in spelling.cls.model_fields and row.op not in (*_CONVOLUTIONS, "dwconv")


def _branching_blocks(editor: Editor) -> list[str]:
    """Return the file's own blocks that end in a concatenation, gated or not."""
    found = []
    for name, block in (editor.document.get("blocks") or {}).items():
        ops = [Row(raw, []).op for raw in block["rows"]]
        if ops[-1] == "concat" or ops[-2:] == ["concat", "squeeze_excite"]:
            found.append(name)
    return found


def _convolutions(editor: Editor) -> list[Row]:
    """Return the table's convolutions up to the global pool.

    Raises ValueError for a block that cannot have it, as only part of the net would change.
    """
    found = []
    for place in placed(editor):
        op = place.row.op
        if editor.value(place.row, "global") is True:
            break
        if op in _CONVOLUTIONS:
            found.append(place.row)
        elif op in (editor.document.get("blocks") or {}) or op in BLOCKS.keys() - _PLAIN:
            raise ValueError(f"'{op}' has no place for squeeze-and-excite")
    return found


def _switch_on(editor: Editor, row: Row, settings: dict[str, Any]) -> None:
    stated = row.where("se")
    if stated is None or row.meaning(*stated).keywords["se"] == "none":
        own = editor.default(row.op, "se") or editor.default("squeeze_excite", "se")
        row.set(stated[0] if stated else "se", "✓" if own else dict(settings))
