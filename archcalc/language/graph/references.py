"""Checks the rows, conventions and widths that a spec's claims and pitfalls refer to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from archcalc.base.errors import ArchcalcError, Problem, known_names, shorten
from archcalc.language.conventions.convention import CONVENTIONS
from archcalc.language.graph.build import width_of
from archcalc.language.graph.graph import Graph
from archcalc.language.spec.document_rows import named_rows, plain_copy
from archcalc.language.spec.schema import Pitfall
from archcalc.language.spec.spec import Spec
from archcalc.language.spec.yaml_tree import line_of
from archcalc.language.transforms import transform

_Fault = tuple[tuple[str, ...], str]
"""Where in a pitfall, and what was expected."""


def claim_problems(spec: Spec, graph: Graph | None) -> Iterator[Problem]:
    """Yield a problem for each variant, convention or row in a claim that ``spec`` lacks.

    Without a graph, rows are not checked.
    """
    rows = (
        {name for node in graph.nodes for name in (node.row_id, node.op.label)} if graph else set()
    )
    for index, claim in enumerate(spec.claims):

        def problem(cell: str, expected: str, index: int = index) -> Problem:
            line = line_of(spec.document, ["claims", index, cell])
            return Problem(spec.file, line, f"claims.{index}.{cell}", expected)

        if claim.convention not in CONVENTIONS:
            ending = known_names(claim.convention, CONVENTIONS)
            yield problem("convention", f"unknown convention '{shorten(claim.convention)}'{ending}")
        if graph is not None and claim.row is not None and claim.row not in rows:
            ending = known_names(claim.row, rows)
            yield problem("row", f"no row or operator '{shorten(claim.row)}'{ending}")
        try:
            width_of(spec, claim.width)
        except ArchcalcError as error:
            yield problem("width", str(error))
        try:
            spec.with_params(**claim.param)
        except ArchcalcError as error:
            yield problem("param", str(error))
        if graph is not None and claim.set is not None:
            try:
                transform(spec, claim.set)
            except ArchcalcError as error:
                yield problem("set", str(error))


def pitfall_problems(spec: Spec, graph: Graph | None) -> Iterator[Problem]:
    """Yield a problem for each reference in a pitfall that ``spec`` lacks, without counting.

    Without a graph, rows are not checked.
    """
    for index, pitfall in enumerate(spec.head.pitfalls):
        for path, expected in (*_unknown(spec, pitfall, graph), *_impossible(spec, pitfall, graph)):
            line = line_of(spec.document, ["pitfalls", index, *path])
            yield Problem(spec.file, line, f"pitfalls.{index}.{'.'.join(path)}", expected)


def _unknown(spec: Spec, pitfall: Pitfall, graph: Graph | None) -> Iterator[_Fault]:
    """Yield the conventions, parameters and rows that do not exist."""
    instead = pitfall.instead
    own = [named.id for named in named_rows(plain_copy(spec.document))] if graph else None
    # a row may belong to an extended spec; only the spec's own have other readings
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
    """Yield the widths and transforms that the net does not support."""
    try:
        width_of(spec, pitfall.width)
    except ArchcalcError as error:
        yield ("width",), str(error)
    try:
        if graph is not None:
            transform(spec, pitfall.instead.set)
    except ArchcalcError as error:
        yield ("instead", "set"), str(error)
