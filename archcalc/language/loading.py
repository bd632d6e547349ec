"""`load`: read a spec and check all of it, from its YAML to the rows that its claims name."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from archcalc.base.errors import Problem, SpecError
from archcalc.language.graph.build import graph_of
from archcalc.language.graph.references import claim_problems, pitfall_problems
from archcalc.language.spec.spec import Spec, find


def load(source: str | Path | Spec) -> Spec:
    """Return the spec of a zoo name such as "mobilenet_v2", or of a YAML file.

    Raises UnknownName for a name that is neither, and SpecError for an invalid file, with every
    error that one pass finds and its line.
    """
    spec = find(source)
    _check(spec)
    return spec


@lru_cache(maxsize=256)
def _check(spec: Spec) -> None:
    """Raise SpecError for an invalid spec; a valid one is checked once."""
    problems: list[Problem] = []
    graph = None
    try:
        graph = graph_of(spec)
    except SpecError as error:
        problems.extend(error.problems)
    problems.extend(claim_problems(spec, graph))
    # what it extends is held against what is printed there; without a graph it may be a circle
    for base in spec.bases if graph is not None else ():
        try:
            load(base)
        except SpecError as error:
            problems.extend(error.problems)
    problems.extend(pitfall_problems(spec, graph))
    if problems:
        raise SpecError(problems)
