"""Keywords, output sizes and torch paddings of convolutions and pools."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, StrictInt, WithJsonSchema

from archcalc.base.limits import KERNEL
from archcalc.base.names import sides_text
from archcalc.base.number import Number, ceil_div, where


def parse_kernel(value: Any) -> Any:
    """Read 3, "3x3" or (3, 5) as (height, width); raises ValueError for anything else."""
    sides = value
    if isinstance(value, str):
        sides = value.replace("×", "x").lower().split("x")
        if not all(side.strip().isdecimal() for side in sides):
            raise ValueError("a kernel such as 3 or 3x3")
        sides = [int(side) for side in sides] if all(len(s) < 9 for s in sides) else [KERNEL + 1]
    elif isinstance(value, int) and not isinstance(value, bool):
        sides = [value]
    elif not (isinstance(value, (tuple, list)) and all(type(s) is int for s in value)):
        raise ValueError("a kernel such as 3 or 3x3")
    if len(sides) == 1:
        sides = [sides[0], sides[0]]
    if len(sides) != 2:
        raise ValueError("a kernel such as 3 or 3x3")
    if not all(1 <= side <= KERNEL for side in sides):
        raise ValueError(f"kernel sides from 1 to {KERNEL}")
    return tuple(sides)


Kernel = Annotated[
    tuple[int, int],
    BeforeValidator(parse_kernel),
    WithJsonSchema(
        {
            "description": "side, or height x width, in pixels",
            "anyOf": [
                {"type": "integer", "minimum": 1, "maximum": KERNEL},
                {"type": "string", "pattern": "^ *[0-9]+ *([x×] *[0-9]+ *)?$"},
                {
                    "type": "array",
                    "items": {"type": "integer", "minimum": 1, "maximum": KERNEL},
                    "minItems": 1,
                    "maxItems": 2,
                },
            ],
        }
    ),
]
Stride = Annotated[StrictInt, Field(ge=1, le=KERNEL, description="stride in pixels")]
Pad = Annotated[
    Literal["same", "valid", "same_upper"] | Annotated[StrictInt, Field(ge=0, le=KERNEL)],
    Field(
        description="same: ⌈size / stride⌉, padded on both sides alike; same_upper: the same size, "
        "TensorFlow's padding; valid: none; an integer: pixels on each side"
    ),
]


def window_output(
    size: Number, kernel: Number, stride: int, pad: str | int, *, ceil: bool = False
) -> Any:
    """Return how many windows of ``kernel`` pixels fit along a side of ``size`` pixels.

    ``kernel`` is the extent in pixels, dilation included. ``ceil`` rounds up as torch's
    ``ceil_mode`` does: a last window that would start in the padding is dropped.
    """
    if pad in ("same", "same_upper"):
        return ceil_div(size, stride)
    border = 0 if pad == "valid" else int(pad)
    if not ceil:
        return (size + 2 * border - kernel) // stride + 1
    windows = ceil_div(size + 2 * border - kernel, stride) + 1
    starts_outside = size + border - 1 < (windows - 1) * stride
    return windows - where(starts_outside, 1, 0)


def torch_padding(size: int, kernel: int, stride: int, pad: str | int) -> tuple[int, int]:
    """Return the pixels (before, after) to pad along a side so that torch gives our output."""
    if pad == "valid":
        return 0, 0
    if isinstance(pad, int):
        return pad, pad
    if pad == "same" and kernel % 2 == 1:
        return kernel // 2, kernel // 2
    # An even kernel has no symmetric padding that gives ⌈size / stride⌉, and TensorFlow's is
    # asymmetric in general. Both put the odd pixel after.
    total = max((-(-size // stride) - 1) * stride + kernel - size, 0)
    return total // 2, total - total // 2


def kernel_text(kernel: tuple[Any, Any]) -> str:
    """Write a kernel as papers do: (3, 3) → "3x3"."""
    return sides_text(*kernel)
