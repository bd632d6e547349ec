"""The variants of a grid that a chart shows, their order and their names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from archcalc.base.errors import ArchcalcError, UnknownName, shorten
from archcalc.base.names import resolution_name
from archcalc.base.units import format_exact
from archcalc.cost.scaling.evaluate import Totals
from archcalc.cost.scaling.grid import QUANTITIES, Grid, GridPart, prune_text
from archcalc.language.graph.build import Prune, prune_ratios
from archcalc.output.charts.picture import LABELS

_T = TypeVar("_T")

_MOST_NAMED = 4
_LONGEST_NAME = 120


def shown(part: GridPart, prune: Prune = None) -> GridPart:
    """Return the variants that a chart shows of a part.

    A product has its widths and resolutions in order and once each, at one prune ratio:
    ``prune``, or by default none, where the part has that, or else the first. A list of points
    has those that are pruned by ``prune``, by default all.
    """
    cuts = _cuts(part)
    if prune is not None:
        wanted = _cut(part, prune)
        kept = [index for index, cut in enumerate(cuts) if cut == wanted]
        if not kept:
            known = dict.fromkeys(str(prune_text(one)) for one in part.prunes)
            raise ArchcalcError(
                f"prune: one of the grid's ratios ({shorten(', '.join(known))}), "
                f"not {shorten(prune_text(prune))}"
            )
    elif part.is_product:
        kept = [cuts.index(()) if () in cuts else 0]
    else:
        kept = list(range(len(cuts)))
    return _plane(part, kept[0]) if part.is_product else _points(part, kept)


def product_of(grid: Grid, part: int) -> GridPart:
    """Return a part of a grid; raises ArchcalcError unless it exists and is a product."""
    chosen = one_of(grid.parts, part, "part")
    if not chosen.is_product:
        raise ArchcalcError("charts: a product of widths and resolutions, not a list of points")
    return chosen


def one_of(choices: Sequence[_T], index: int, name: str) -> _T:
    """Return a choice by its index; raises ArchcalcError where there is none."""
    try:
        return choices[index]
    except (IndexError, TypeError):
        last = len(choices) - 1
        raise ArchcalcError(f"{name}: an index from 0 to {last}, not {index!r}") from None


def check_quantity(quantity: str, known: Sequence[str] = tuple(LABELS)) -> None:
    """Raise UnknownName for an unknown quantity."""
    if quantity not in known:
        raise UnknownName("quantity", str(quantity), known)


def nets_of(part: GridPart, whole: GridPart) -> list[str]:
    """Return the name of the net at each prune ratio of ``part``: "mobilenet_v2 (act=relu)".

    The name says how the net is pruned, and that it is not where ``whole`` has other ratios.
    """
    several = len(set(_cuts(whole))) > 1
    found = []
    for prune, cut in zip(part.prunes, _cuts(part), strict=True):
        said = f"pruned by {prune_text(prune)}" if cut else "unpruned" if several else ""
        done = ", ".join(filter(None, (part.sets, said)))
        found.append(f"{part.spec.name} ({done})" if done else part.spec.name)
    return found


def listed(names: Sequence[str]) -> str:
    """Return names for a title, the first few where there are many."""
    kept = names if len(names) <= _MOST_NAMED else names[: _MOST_NAMED - 1]
    text = ", ".join(shorten(name, _LONGEST_NAME) for name in kept)
    return text if len(kept) == len(names) else f"{text} and {len(names) - len(kept)} more"


def counted(number: int, name: str) -> str:
    """Write a number with its noun: "1 width", "3 widths"."""
    return f"{format_exact(number)} {name}{'' if number == 1 else 's'}"


def by_size(side: tuple[int, int]) -> tuple[int, int]:
    """Return the sort key of resolutions: area, then height."""
    return side[0] * side[1], side[0]


def resolutions_text(resolutions: Sequence[tuple[int, int]]) -> str:
    """Return resolutions for a sentence: all of a few, or their number, first and last."""
    sides = sorted(set(resolutions), key=by_size)
    names = [str(resolution_name(*side)) for side in sides]
    if len(names) <= 2 * _MOST_NAMED:
        return f"the resolutions {', '.join(names)}"
    return f"{format_exact(len(names))} resolutions from {names[0]} to {names[-1]}"


def _cuts(part: GridPart) -> list[tuple[tuple[str, int], ...]]:
    """Return the cut groups of each prune ratio, with their ratios."""
    found: dict[str, tuple[tuple[str, int], ...]] = {}
    for prune in part.prunes:
        if str(prune) not in found:
            found[str(prune)] = _cut(part, prune)
    return [found[str(prune)] for prune in part.prunes]


def _cut(part: GridPart, prune: Prune) -> tuple[tuple[str, int], ...]:
    ratios = prune_ratios(part.graph, prune)
    return tuple(sorted((name, ratio) for name, ratio in ratios.items() if ratio))


def _plane(part: GridPart, prune: int) -> GridPart:
    """Return a product at one prune ratio, its widths and resolutions in order."""
    w = _in_order([float(width) for width in part.widths])
    r = _in_order([by_size(side) for side in part.resolutions])
    axes = replace(
        part.axes,
        width=part.axes.width[w],
        height=part.axes.height[:, r],
        side=part.axes.side[:, r],
        prune={name: ratios[:, :, [prune]] for name, ratios in part.axes.prune.items()},
        prunes=1,
    )
    return replace(
        part,
        widths=tuple(part.widths[i] for i in w),
        resolutions=tuple(part.resolutions[i] for i in r),
        prunes=(part.prunes[prune],),
        axes=axes,
        totals=_totals(part, lambda values: values[w][:, r][:, :, [prune]]),
    )


def _points(part: GridPart, kept: list[int]) -> GridPart:
    """Return some points of a list."""
    axes = replace(
        part.axes,
        width=part.axes.width[kept],
        height=part.axes.height[kept],
        side=part.axes.side[kept],
        prune={name: ratios[kept] for name, ratios in part.axes.prune.items()},
    )
    return replace(
        part,
        widths=tuple(part.widths[i] for i in kept),
        resolutions=tuple(part.resolutions[i] for i in kept),
        prunes=tuple(part.prunes[i] for i in kept),
        axes=axes,
        totals=_totals(part, lambda values: values[kept]),
    )


def _totals(part: GridPart, take: Callable[[Any], Any]) -> Totals:
    return Totals(**{name: take(getattr(part.totals, name)) for name in QUANTITIES})


def _in_order(values: Sequence[Any]) -> list[int]:
    """Return the indices of the distinct values, in ascending order."""
    first: dict[Any, int] = {}
    for index, value in enumerate(values):
        first.setdefault(value, index)
    return [first[value] for value in sorted(first)]
