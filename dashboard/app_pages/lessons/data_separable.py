"""Standard against depthwise-separable convolution, at the sizes that the knobs say."""

from __future__ import annotations

from functools import lru_cache

from archcalc.base.messages import Messages
from archcalc.base.tables import Record
from archcalc.base.units import format_share, percent
from archcalc.output.charts.lessons import separable_ratio
from archcalc.output.charts.picture import Picture
from archcalc.studies.lessons import (
    SeparableComparison,
    SeparableSweep,
    compare_separable,
    sweep_separable,
)
from dashboard.shell.fields import Values, choice_field, whole_field

STEPS = ("standard", "depthwise", "pointwise")

KERNELS, CHANNELS = (
    (1, 3, 5, 7, 9, 11),
    (1, 2, 3, 4, 8, 16, 24, 32, 64, 96, 128, 192, 256, 512, 1024),
)
SIDES, STRIDES, PADS = (3, 7, 8, 12, 14, 28, 32, 56, 112, 224), (1, 2), ("same", "valid")
"""The stops of the knobs; a value from a link is one more."""

KERNEL = whole_field("sep_kernel", 5, 1, 31)
INPUTS = whole_field("sep_in", 3, 1, 4096)
OUTPUTS = whole_field("sep_out", 256, 1, 4096)
SIDE = whole_field("sep_side", 12, 1, 1024)
STRIDE = whole_field("sep_stride", 1, 1, 4)
PAD = choice_field("sep_pad", PADS)
"""The defaults are the lecture's example."""

FIELDS = (KERNEL, INPUTS, OUTPUTS, SIDE, STRIDE, PAD)

_RANGE = tuple(range(4, 257, 4))
_USUAL = (3, 5, 7)


def costs(one: SeparableComparison) -> list[Record]:
    """Return a record a bar: its steps with their MAdds and shares of the standard's in percent."""
    whole = one.standard.madds
    bars = {"standard": (one.standard,), "separable": (one.depthwise, one.pointwise)}
    return [
        {
            "bar": name,
            "madds": sum(step.madds for step in steps),
            "share": percent(sum(step.madds for step in steps), whole),
            "steps": [
                {"step": step.name, "madds": step.madds, "share": percent(step.madds, whole)}
                for step in steps
            ],
        }
        for name, steps in bars.items()
    ]


def ratio_words(t: Messages, one: SeparableComparison) -> str:
    """Say the ratio as a fraction, as the closed form, and in percent."""
    return t(
        "dashboard_lessons.sep_ratio",
        n=one.out_channels,
        k=one.kernel,
        ratio=one.madds_ratio,
        percent=format_share(one.madds_ratio),
    )


def ratio_picture(kernel: int) -> Picture:
    """Return the cost against N for the usual kernels and this one."""
    return separable_ratio([_sweep(size) for size in sorted({*_USUAL, kernel} - {1})])


def comparison(state: Values) -> SeparableComparison:
    """Return the comparison of the knobs; raises ArchcalcError where the kernel does not fit."""
    kernel, inputs, outputs, side, stride, pad = (state[field] for field in FIELDS)
    return compare_separable(kernel, inputs, outputs, side, stride=stride, pad=pad)


@lru_cache(maxsize=32)
def _sweep(kernel: int) -> SeparableSweep:
    return sweep_separable("out_channels", _RANGE, kernel=kernel)
