"""Expands the rows of a spec to calls: includes rows of other specs, unrolls the others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from archcalc.base.limits import NODES
from archcalc.language.spec.calls import INPUT, Expanded, Instance
from archcalc.language.spec.definitions import check_definitions
from archcalc.language.spec.include import ExtendedRows, Included, check_rounding, take_over
from archcalc.language.spec.lines import Extends, copies_of
from archcalc.language.spec.problems import Problems
from archcalc.language.spec.references import Scope
from archcalc.language.spec.rows import line_at
from archcalc.language.spec.schema import SpecDocument
from archcalc.language.spec.unroll import Frame, Step, Unroller


def expand(
    document: SpecDocument,
    tree: Mapping[str, Any],
    params: Mapping[str, Any],
    problems: Problems,
    extended_rows: ExtendedRows,
) -> Expanded:
    """Expand the rows of ``document``; errors go to ``problems``, and expansion goes on."""
    unroller = Unroller(document, tree, params, problems)
    read = unroller.read(params, tree["rows"], document.columns)
    rows = take_over(read, problems, extended_rows)
    taken = [row for row in rows if isinstance(row, Included)]
    unroller.references.unread = len(taken) < sum(isinstance(row, Extends) for row in read)
    if document.rounding is None:
        check_rounding(taken, problems)
    if copies_of(rows) > NODES:
        line = line_at(tree, "rows")
        problems.stop(line, "rows", f"expected at most {NODES} copies of rows")
    scope = Scope({INPUT: INPUT}, frozenset(unroller.references.ids(rows)), INPUT)
    instances = tuple(_instances(rows, scope, unroller))
    check_definitions(document, tree, params, {str(key[0]) for key in unroller.opened}, problems)
    if document.outputs is None:
        outputs = {instances[-1].row_id: scope.previous} if instances else {}
    else:
        outputs = unroller.references.outputs(document.outputs, tree["outputs"].lines, scope)
    rules = [document.rounding, *(row.rounding for row in taken)]
    return Expanded(
        name=document.name,
        instances=instances,
        outputs=tuple(outputs.items()),
        rounding=next((rule for rule in rules if rule is not None), None),
        widths={**{k: v for row in taken for k, v in row.widths.items()}, **document.widths},
    )


def _instances(rows: Sequence[Any], scope: Scope, unroller: Unroller) -> Iterator[Instance]:
    copies: dict[str, int] = {}
    for row in rows:
        if isinstance(row, Included):
            yield from _included(row, scope, unroller)
            continue
        for step in unroller.steps([row], scope, copies):
            yield _instance(step, scope, unroller)


def _instance(step: Step, scope: Scope, unroller: Unroller) -> Instance:
    """Return one copy of a row of this table, and add its value to ``scope``."""
    frame = Frame(f"{step.id}.{step.copy}")
    output = unroller.call(step, frame.path, frame)
    scope.values[step.id] = scope.previous = output
    return Instance(
        step.row,
        step.id,
        step.copy,
        step.first,
        step.last,
        tuple(frame.calls),
        step.sources,
        output,
        step.row.count if step.row.op.value in unroller.document.blocks else 1,
    )


def _included(row: Included, scope: Scope, unroller: Unroller) -> Iterator[Instance]:
    """Yield the rows included from another spec, and add their values to ``scope``."""
    sources = unroller.references.sources(row.row, scope)
    if len(sources) > 1:
        expected = f"expected one row that {row.name} runs on"
        unroller.problems.add(row.row.line, "from", expected)
    for instance in row.on(sources[0]):
        unroller.spend(len(instance.calls), row.row.line, "with those taken over")
        scope.values[instance.row_id] = scope.previous = instance.output
        yield instance
