"""Ablations of the bottleneck's last activation and shortcut: MobileNetV2, Figure 6."""

from __future__ import annotations

from typing import Any, ClassVar

from archcalc.language.transforms._base import Transform, choice
from archcalc.language.transforms._channels import restate_sizes
from archcalc.language.transforms._edit import Editor

_JOINS = {"inverted": "narrow", "ordinary": "wide", "none": "none"}


class BottleneckActivation(Transform):
    """Add the block's activation after the projection, before the shortcut, or remove it.

    Figure 6a of arXiv:1801.04381 compares "linear bottleneck" with "relu6 in bottleneck". The
    counts under ``paper`` stay the same.
    """

    name: ClassVar[str] = "bottleneck"
    values: ClassVar[str] = "linear|nonlinear"
    about: ClassVar[str] = "the activation after the projection: none, or the block's"

    def edit(self, editor: Editor, value: Any) -> None:
        """Apply it; raises ValueError for another value, or a net without bottlenecks."""
        linear = choice(value, ("linear", "nonlinear")) == "linear"
        if not editor.set_keyword("linear", linear):
            raise ValueError("the net has no bottleneck")


class Shortcut(Transform):
    """Turn inverted residuals into ordinary ones, or remove the shortcuts, those of ResNets too.

    ``inverted``: the shortcut connects the bottlenecks, as printed. ``ordinary``: "classical
    residuals connects the layers with high number of channels" (arXiv:1801.04381, Figure 3): the
    two widths are swapped, so that a row (t, c) compresses to c, filters there and restores t·c
    (in V3's rows ``exp``); the shortcut connects the wide maps, the next row reads one, the sum is
    activated, and squeeze-and-excite comes before it, as in (SE-)ResNet. Printed sizes get the
    wide channels by ``use``. It is not the "shortcut between expansions" of Figure 6b, which moves
    only the shortcuts. ``none``: "no residual" of Figure 6b, and the plain nets of ResNet's
    Figure 3.
    """

    name: ClassVar[str] = "residual"
    values: ClassVar[str] = "|".join(_JOINS)
    about: ClassVar[str] = "what shortcuts join: narrow values, wide ones, nothing"

    def edit(self, editor: Editor, value: Any) -> None:
        """Apply it; raises ValueError for another value, or a net with no such block."""
        joins = _JOINS[choice(value, tuple(_JOINS))]
        if not editor.set_keyword("shortcut", joins):
            raise ValueError("the net has no bottleneck and no residual block")
        restate_sizes(editor)
