"""Standard against depthwise-separable convolution over a range of one argument."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal, get_args

from archcalc.base.errors import ArchcalcError
from archcalc.base.names import size_text
from archcalc.base.tables import Record, Table
from archcalc.studies.lessons.separable import SeparableComparison, compare_separable

Varied = Literal["out_channels", "in_channels", "kernel", "size", "stride"]


@dataclass(frozen=True)
class SeparableSweep(Table):
    """The comparison for several values of one argument."""

    varied: Varied
    comparisons: tuple[SeparableComparison, ...]

    @property
    def title(self) -> str:
        return f"standard against separable convolution over {self.varied}"

    def records(self) -> list[Record]:
        """Return one record per value; ratios as floats."""
        return [
            {
                "kernel": one.kernel,
                "in_channels": one.in_channels,
                "out_channels": one.out_channels,
                "input": size_text(one.standard.input),
                "output": size_text(one.standard.output),
                "stride": one.stride,
                "standard_params": one.standard.params,
                "separable_params": one.params,
                "standard_madds": one.standard.madds,
                "depthwise_madds": one.depthwise.madds,
                "pointwise_madds": one.pointwise.madds,
                "separable_madds": one.madds,
                "madds_ratio": float(one.madds_ratio),
                "closed_form": float(one.closed_form),
            }
            for one in self.comparisons
        ]

    def to_dict(self) -> Record:
        return {"varied": self.varied, "rows": self.records()}


def sweep_separable(varied: Varied, values: Iterable[int], **fixed: Any) -> SeparableSweep:
    """Return `compare_separable` for each of ``values`` of the argument ``varied``.

    ``fixed``: its other arguments. Raises ArchcalcError as it does, and for no value.

    >>> [str(one.closed_form) for one in sweep_separable("kernel", [3, 5]).comparisons]
    ['265/2304', '281/6400']
    """
    known = get_args(Varied)
    if varied not in known:
        raise ArchcalcError(f"varied: one of {', '.join(known)}, not {varied!r}")
    comparisons = tuple(compare_separable(**{**fixed, varied: value}) for value in values)
    if not comparisons:
        raise ArchcalcError(f"{varied}: at least one value is needed")
    return SeparableSweep(varied, comparisons)
