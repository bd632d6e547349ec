"""Depthwise-separable against full convolutions: MobileNets, section 3.1 and Table 4."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, ClassVar

from archcalc.language.ops import kernel_text, parse_kernel
from archcalc.language.spec.columns import OPERATOR_COLUMNS
from archcalc.language.spec.document_rows import Row
from archcalc.language.transforms._base import Transform, choice
from archcalc.language.transforms._channels import placed
from archcalc.language.transforms._edit import Editor

_OWN = ("kernel", "stride", "pad", "dilation")
"""Keywords that a merged convolution takes from the depthwise one; others from the pointwise."""
_KEPT = ("id", "from", "use", "erratum", "input", *_OWN, "s")


class SeparableOrFull(Transform):
    """Make each separable convolution one full convolution, or each full one separable.

    ``full``: a depthwise row and the pointwise row after it become one convolution with the
    depthwise one's kernel and stride and the other's channels, norm and activation, which makes
    MobileNet V1 the "Conv MobileNet" of its Table 4; a ``sepconv`` row likewise. In a bottleneck
    the depthwise convolution becomes a full one between as many channels, and its 1x1 convolutions
    stay: with ``residual=ordinary`` that is ResNet's block.
    ``separable``: every convolution of more than 1x1 becomes depthwise and pointwise, each with
    the row's norm and activation, those of ResNet's blocks too. One that reads the image stays
    full, as in MobileNet V1, and grouped ones stay too.
    """

    name: ClassVar[str] = "conv"
    values: ClassVar[str] = "full|separable"
    about: ClassVar[str] = "full convolutions, or depthwise-separable ones"

    def edit(self, editor: Editor, value: Any) -> None:
        """Apply it; raises ValueError for another value, or a net that has none to change."""
        kind = choice(value, ("full", "separable"))
        changed = editor.set_keyword("conv", kind)
        changed += self._full(editor) if kind == "full" else self._separable(editor)
        if not changed:
            other = "separable" if kind == "full" else "full"
            raise ValueError(f"no {other} convolution of the net can change")

    @staticmethod
    def _separable(editor: Editor) -> int:
        changed = 0
        image = [place.row.raw for place in placed(editor) if place.reads_image]
        for row in editor.rows():
            grouped = editor.value(row, "groups") not in (None, 1)
            first = any(row.raw is raw for raw in image)
            if row.op == "conv" and _is_spatial(editor, row) and not grouped and not first:
                _rename(row, "Sep conv")
                changed += 1
        return changed

    @staticmethod
    def _full(editor: Editor) -> int:
        changed = 0
        for rows, columns in list(editor.lists()):
            for raw in list(rows):
                row = Row(raw, columns)
                if row.op == "sepconv":
                    if editor.value(row, "linear_end"):
                        row.set((row.where("act") or ("act",))[0], "none")
                        row.keywords.pop("linear_end", None)
                    _rename(row, "Conv")
                    changed += 1
                elif row.op == "dwconv":
                    index = next(i for i, other in enumerate(rows) if other is raw)
                    _merge(editor, row, _pointwise(editor, row, rows[index + 1 :], columns))
                    del rows[index + 1]
                    changed += 1
        return changed


def _is_spatial(editor: Editor, row: Row) -> bool:
    try:
        return bool(parse_kernel(editor.value(row, "kernel")) != (1, 1))
    except ValueError:
        return True  # a parameter of the spec's own block


def _rename(row: Row, op: str) -> None:
    """Set the row's operator; a kernel or a stride in the same cell stays."""
    for name, cell in list(row.cells()):
        if row.meaning(name, cell).op is None:
            continue
        if name == "type":
            row.set(name, re.sub(r"^[^/]+?(?=\s*(/|$))", op, str(cell)))
        else:
            words = re.sub("[,()]", " ", str(cell)).split()[1:]
            kernels = [w for w in words if re.fullmatch("k?[0-9]+[x×][0-9]+", w)]
            if not kernels and "kernel" in row.implied:
                kernels = [kernel_text(parse_kernel(row.implied["kernel"]))]  # as in Conv3x3
            row.set(name, " ".join((op, *kernels, *(w for w in words if w in ("NBN", "SE")))))


def _pointwise(editor: Editor, row: Row, after: list[Any], columns: list[str]) -> Row:
    """Return the pointwise row that ends the separable convolution which ``row`` begins."""
    own = str(dict(row.cells()).get("id", ""))
    where = f"depthwise row '{own}'" if own else "a depthwise row"
    if after and not (isinstance(after[0], dict) and "rows" in after[0]):
        found = Row(after[0], columns)
        plain = [editor.value(found, name) in (None, 1) for name in ("stride", "groups")]
        source = dict(found.cells()).get("from", own)
        users = [name for other in editor.rows() for name in _sources(other)]
        users += map(str, editor.document.get("outputs") or [])
        if (
            found.op == "conv"
            and not _is_spatial(editor, found)
            and all(plain)
            and source == own
            and users.count(own) == ("from" in dict(found.cells()))
        ):
            return found
    raise ValueError(f"{where} has no pointwise convolution of its own after it")


def _sources(row: Row) -> Iterator[str]:
    sources = dict(row.cells()).get("from", [])
    yield from map(str, sources if isinstance(sources, list) else [sources])


def _merge(editor: Editor, row: Row, pointwise: Row) -> None:
    """Turn ``row`` into the full convolution that replaces it and ``pointwise``."""
    out = editor.value(pointwise, "out")
    for name in list(row.keywords):
        if name not in (*_KEPT, *OPERATOR_COLUMNS):
            del row.keywords[name]
    for name, cell in pointwise.cells():
        if name == "filter":
            # "3x3x32 dw" and "1x1x32x64" become "3x3x32x64"
            row.set(name, f"{str(dict(row.cells())[name]).removesuffix('dw').strip()}x{out}")
        elif name == "id" or name not in (*_KEPT, *OPERATOR_COLUMNS):
            row.set(name, cell)
    _rename(row, "Conv")
