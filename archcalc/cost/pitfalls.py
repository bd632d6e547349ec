"""The pitfalls of a spec, counted: the figures as they stand and under the other reading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from archcalc.cost.convention import CONVENTIONS
from archcalc.cost.table import CostTable, count
from archcalc.errors import ArchcalcError, Problem, SpecError, known_names, shorten
from archcalc.graph import Graph
from archcalc.graph.build import build, parse_width
from archcalc.spec.schema import Pitfall
from archcalc.spec.spec import Spec
from archcalc.spec.yaml import line_of
from archcalc.transforms import transform
from archcalc.transforms._reread import named_rows, reread

_Fault = tuple[tuple[str, ...], str]
"""Where in a pitfall, and what was expected."""


@dataclass(frozen=True)
class Reread:
    """A pitfall with its net, counted as the spec has it and under the other reading."""

    pitfall: Pitfall
    rows: tuple[str, ...]
    """Ids of the rows that it is about."""
    counted: CostTable
    instead: CostTable


def pitfall_problems(spec: Spec, graph: Graph | None) -> Iterator[Problem]:
    """Yield what the pitfalls of ``spec`` name and it does not have, without counting anything.

    Without a graph rows are not looked at.
    """
    for index, pitfall in enumerate(spec.head.pitfalls):
        for path, expected in (*_unknown(spec, pitfall, graph), *_impossible(spec, pitfall, graph)):
            line = line_of(spec.document, ["pitfalls", index, *path])
            yield Problem(spec.file, line, f"pitfalls.{index}.{'.'.join(path)}", expected)


def _unknown(spec: Spec, pitfall: Pitfall, graph: Graph | None) -> Iterator[_Fault]:
    """Yield the conventions, parameters and rows that do not exist."""
    instead = pitfall.instead
    own = [named.id for named in named_rows(spec)] if graph else None
    # a row may be one of a spec that this one extends; only its own can be read otherwise
    rows = {*(own or ()), *(node.row_id for node in graph.nodes)} if graph else None
    named: list[tuple[str, tuple[str, ...], str | None, Iterable[str] | None]] = [
        ("convention", ("convention",), pitfall.convention, CONVENTIONS),
        ("convention", ("instead", "convention"), instead.convention, CONVENTIONS),
        ("row", ("row",), pitfall.row, rows),
        *(("row", ("instead", "rows", row), row, own) for row in instead.rows),
        *(("parameter", ("instead", "params", k), k, spec.head.params) for k in instead.params),
    ]
    for kind, path, name, known in named:
        if name is not None and known is not None and name not in known:
            yield path, f"no {kind} '{shorten(name)}'{known_names(name, known)}"


def _impossible(spec: Spec, pitfall: Pitfall, graph: Graph | None) -> Iterator[_Fault]:
    """Yield the widths and transforms that the net cannot have."""
    try:
        parse_width(spec, pitfall.width)
    except ArchcalcError as error:
        yield ("width",), str(error)
    try:
        if graph is not None:
            transform(spec, pitfall.instead.set)
    except ArchcalcError as error:
        yield ("instead", "set"), str(error)


@lru_cache(maxsize=64)
def count_pitfalls(spec: Spec) -> tuple[Reread, ...]:
    """Count every pitfall of ``spec`` both ways.

    Raises SpecError for another reading that is no net, or that changes no figure.
    """
    found, problems = [], []
    for index, pitfall in enumerate(spec.head.pitfalls):
        try:
            found.append(_count(spec, pitfall))
        except (ArchcalcError, ValueError) as error:
            line = line_of(spec.document, ["pitfalls", index, "instead"])
            text = str(error)
            if isinstance(error, SpecError):  # its lines are of the text that the reading makes
                first = error.problems[0]
                text = f"{first.cell}: {first.expected}"
            problems.append(Problem(spec.file, line, f"pitfalls.{index}.instead", text))
    if problems:
        raise SpecError(problems)
    return tuple(found)


def _count(spec: Spec, pitfall: Pitfall) -> Reread:
    reading = pitfall.instead
    nets = [
        build(one, width=pitfall.width, resolution=pitfall.resolution)
        for one in (spec, reread(spec, reading))
    ]
    counted = count(nets[0], pitfall.convention)
    instead = count(nets[1], reading.convention or pitfall.convention)
    if (counted.madds, counted.params) == (instead.madds, instead.params):
        raise ValueError("changes neither MAdds nor params")
    rows = (*reading.rows, *([pitfall.row] if pitfall.row else []))
    return Reread(pitfall, rows, counted, instead)
