"""Counts the pitfalls of a spec as the spec has them and under the other reading."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from archcalc.base.errors import ArchcalcError, Problem, SpecError
from archcalc.cost.counting.table import CostTable, count
from archcalc.language.graph.build import build
from archcalc.language.spec.schema import Pitfall
from archcalc.language.spec.spec import Spec
from archcalc.language.spec.yaml_tree import line_of
from archcalc.language.transforms import reread


@dataclass(frozen=True)
class Reread:
    """A pitfall and its net, counted as the spec has it and under the other reading."""

    pitfall: Pitfall
    rows: tuple[str, ...]
    """Ids of its rows."""
    counted: CostTable
    instead: CostTable


@lru_cache(maxsize=64)
def count_pitfalls(spec: Spec) -> tuple[Reread, ...]:
    """Count every pitfall of ``spec`` under both readings.

    Raises SpecError for a reading that is invalid or changes no figure.
    """
    found, problems = [], []
    for index, pitfall in enumerate(spec.head.pitfalls):
        try:
            found.append(_count(spec, pitfall))
        except (ArchcalcError, ValueError) as error:
            line = line_of(spec.document, ["pitfalls", index, "instead"])
            text = str(error)
            if isinstance(error, SpecError):  # its line numbers are of the edited text
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
