"""Standard against depthwise-separable convolution: their costs and exact ratio.

Every count follows the rule of `archcalc.language.ops.conv.Conv`; the closed form 1/N + 1/D_K²
(MobileNets, section 3.1) is shown with it and never used to compute it. No layer has a bias or a
norm.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

from archcalc.base.errors import ArchcalcError
from archcalc.base.limits import CHANNELS, KERNEL, SIDE
from archcalc.base.names import sides_text, size_text
from archcalc.base.tables import Record, Table
from archcalc.base.units import format_exact, format_share
from archcalc.language.ops import IntShape
from archcalc.language.ops.conv import Conv

Pad = Literal["same", "valid", "same_upper"] | int


@dataclass(frozen=True)
class Step:
    """One convolution: shapes are (channels, height, width), work is in multiply-adds."""

    name: str
    op: Conv
    input: IntShape
    output: IntShape
    params: int
    madds: int


@dataclass(frozen=True)
class Misprint:
    """A misprinted formula, and its result instead of the right one."""

    source: str
    printed: str
    meant: str
    value: int
    """Multiply-adds by the printed formula."""
    computed: int
    """Multiply-adds by the right one."""

    @property
    def difference(self) -> int:
        """The error of the misprint; 0 where it has no effect."""
        return self.value - self.computed

    def __str__(self) -> str:
        effect = (
            "no difference here"
            if not self.difference
            else f"{format_exact(self.value)} in place of {format_exact(self.computed)} MAdds here"
        )
        return f"{self.source} prints {self.printed}, meant is {self.meant}: {effect}"


@dataclass(frozen=True)
class SeparableComparison(Table):
    """One standard convolution and the depthwise-separable one that replaces it."""

    kernel: int
    in_channels: int
    out_channels: int
    size: tuple[int, int]
    """Height and width of the input in pixels."""
    stride: int
    pad: Pad
    standard: Step
    depthwise: Step
    pointwise: Step

    @property
    def params(self) -> int:
        """Parameters of the separable convolution."""
        return self.depthwise.params + self.pointwise.params

    @property
    def madds(self) -> int:
        """Multiply-adds of the separable convolution."""
        return self.depthwise.madds + self.pointwise.madds

    @property
    def params_ratio(self) -> Fraction:
        """Parameters, separable / standard."""
        return Fraction(self.params, self.standard.params)

    @property
    def madds_ratio(self) -> Fraction:
        """Multiply-adds, separable / standard."""
        return Fraction(self.madds, self.standard.madds)

    @property
    def closed_form(self) -> Fraction:
        """1/N + 1/D_K²: both ratios at every size, stride and number of input channels."""
        return Fraction(1, self.out_channels) + Fraction(1, self.kernel**2)

    @property
    def misprints(self) -> tuple[Misprint, ...]:
        """The results of misprinted formulas here, by the operator's rule."""
        standard, (height, width) = self.standard, self.size
        return (
            Misprint(
                "MobileNets, section 3.1,",
                "D_F as the side of the input map, taken to be the output's",
                "the side of the output map",
                _madds(standard.op, standard.input, (self.out_channels, height, width)),
                standard.madds,
            ),
            Misprint(
                "a teaching slide",
                "D_K·D_K·M·M·D_W·D_H",
                "D_K·D_K·M·N·D_W·D_H",
                _madds(standard.op, standard.input, (self.in_channels, *standard.output[1:])),
                standard.madds,
            ),
            Misprint(
                "a teaching slide (denominator of the ratio)",
                "D_K·D_K·M·M·N·D_W·D_H",
                "D_K·D_K·M·N·D_W·D_H",
                standard.madds * self.in_channels,
                standard.madds,
            ),
        )

    @property
    def title(self) -> str:
        stride = f", stride {self.stride}" if self.stride != 1 else ""
        return (
            f"{sides_text(self.kernel, self.kernel)}{stride}: {size_text(self.standard.input)} → "
            f"{size_text(self.standard.output)}"
        )

    def summary(self) -> Sequence[str]:
        """Return both ratios and the closed form."""
        return [
            f"separable / standard: parameters {self.params_ratio}, MAdds {self.madds_ratio}",
            f"1/N + 1/D_K² = 1/{self.out_channels} + 1/{self.kernel**2} = {self.closed_form}",
            f"the separable one costs {format_share(self.closed_form)} of the standard one",
        ]

    def records(self) -> list[Record]:
        """Return the standard convolution, the two that replace it, and their sum."""
        rows = [
            {
                "convolution": step.name,
                "op": step.op.label,
                "input": size_text(step.input),
                "output": size_text(step.output),
                "params": step.params,
                "madds": step.madds,
            }
            for step in (self.standard, self.depthwise, self.pointwise)
        ]
        total = {
            "convolution": "separable",
            "op": None,
            "input": size_text(self.depthwise.input),
            "output": size_text(self.pointwise.output),
            "params": self.params,
            "madds": self.madds,
        }
        return [*rows, total]

    def notes(self) -> Sequence[str]:
        """Return the misprints with the difference that each makes here."""
        return [str(misprint) for misprint in self.misprints]

    def to_dict(self) -> Record:
        return {
            "kernel": self.kernel,
            "in_channels": self.in_channels,
            "out_channels": self.out_channels,
            "size": list(self.size),
            "stride": self.stride,
            "pad": self.pad,
            "params_ratio": str(self.params_ratio),
            "madds_ratio": str(self.madds_ratio),
            "closed_form": str(self.closed_form),
            "rows": self.records(),
        }


def compare_separable(
    kernel: int = 5,
    in_channels: int = 3,
    out_channels: int = 256,
    size: int | tuple[int, int] = 12,
    *,
    stride: int = 1,
    pad: Pad = "same",
) -> SeparableComparison:
    """Return the costs of a D_K x D_K convolution from M to N channels and of its separable form.

    ``size``: side of the *input*, or (height, width), in pixels. The defaults are the textbook
    example, 5x5, 12x12x3 → 12x12x256; with ``pad="valid"`` the output is 8x8.

    Raises ArchcalcError for sizes out of range, and where the kernel leaves no output.

    >>> example = compare_separable()
    >>> example.standard.madds, example.madds, str(example.madds_ratio)
    (2764800, 121392, '281/6400')
    """
    sides: Any = size if isinstance(size, tuple) else (size, size)
    if len(sides) != 2:
        raise ArchcalcError(f"size: a side, or (height, width), not {size!r}")
    for name, value, most in (
        ("kernel", kernel, KERNEL),
        ("in_channels", in_channels, CHANNELS),
        ("out_channels", out_channels, CHANNELS),
        *(("size", side, SIDE) for side in sides),
        ("stride", stride, KERNEL),
    ):
        if type(value) is not int or not 1 <= value <= most:
            raise ArchcalcError(f"{name}: an integer from 1 to {most}, not {value!r}")
    if pad not in ("same", "valid", "same_upper") and (
        type(pad) is not int or not 0 <= pad <= KERNEL
    ):
        raise ArchcalcError(f"pad: same, valid, same_upper or pixels up to {KERNEL}, not {pad!r}")
    image = (in_channels, sides[0], sides[1])
    window: dict[str, Any] = {
        "kernel": (kernel, kernel),
        "stride": stride,
        "pad": pad,
        "bias": False,
    }
    depthwise = _step("depthwise", Conv(**window, depthwise=True), image, in_channels)
    return SeparableComparison(
        kernel=kernel,
        in_channels=in_channels,
        out_channels=out_channels,
        size=(sides[0], sides[1]),
        stride=stride,
        pad=pad,
        standard=_step("standard", Conv(**window), image, out_channels),
        depthwise=depthwise,
        pointwise=_step(
            "pointwise", Conv(kernel=(1, 1), bias=False), depthwise.output, out_channels
        ),
    )


def _step(name: str, op: Conv, image: IntShape, channels: int) -> Step:
    output: Any = op.shape([image], channels)
    if min(output) < 1:
        raise ArchcalcError(
            f"a {op.label} without padding does not fit into an input of {sides_text(*image[1:])}"
        )
    terms: Any = op.terms([image], output)
    return Step(name, op, image, output, terms.weights, terms.conv)


def _madds(op: Conv, image: IntShape, output: IntShape) -> int:
    """Return the operator's count for a given output, right or not."""
    terms: Any = op.terms([image], output)
    return int(terms.conv)
