"""The plane of width and resolution of one net: all possible variants at a fine step."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Unpack

from archcalc.base.errors import ArchcalcError
from archcalc.base.units import format_decimal
from archcalc.cost.counting.table import CountOptions
from archcalc.cost.scaling.grid import Grid
from archcalc.cost.scaling.possible import Side, fitting_sides, fitting_widths
from archcalc.cost.scaling.sweeping import sweep
from archcalc.language.graph import Net

WIDEST = 2


def plane(
    net: Net,
    *,
    width_step: str = "0.05",
    side_step: int = 16,
    widths: Iterable[str] = (),
    sides: Iterable[Side] = (),
    **options: Unpack[CountOptions],
) -> Grid:
    """Return the costs of the plane around a net, with the net's pruning.

    Widths: multiples of ``width_step`` from the second on to `WIDEST`, or 1 alone for a net
    without a width multiplier. Resolutions: heights that are multiples of ``side_step`` pixels,
    from 3/7 to 10/7 of the reference (96 to 320 for 224), with its aspect ratio. The reference,
    the net's own and the given ``widths`` and ``sides`` are added; impossible ones are left out.

    Raises ArchcalcError for a step that is not above 0.
    """
    grain = Decimal(width_step)
    if not grain > 0 or side_step < 1:
        raise ArchcalcError(f"plane: steps above 0, not {width_step} and {side_step}")
    own = {Decimal(1), Decimal(format_decimal(net.width)), *map(Decimal, widths)}
    if net.spec.rounding is not None:
        own |= {grain * step for step in range(2, int(WIDEST / grain) + 1)}
    return sweep(
        net.spec,
        widths=fitting_widths(net, (f"{width.normalize():f}" for width in own)),
        resolutions=fitting_sides(net.spec, (*_sides(net, side_step), net.size, *sides)),
        prunes=[net.prune or 0],
        multiple=net.multiple,
        **options,
    )


def _sides(net: Net, step: int) -> set[Side]:
    height, width = reference = net.graph.reference[1:]
    heights = range(-(-3 * height // (7 * step)) * step, 10 * height // 7 + 1, step)
    return {reference, *((side, max(1, round(side * width / height))) for side in heights)}
