"""From rows to calls: copies and groups unrolled, YAML blocks opened, references resolved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from archcalc.base.errors import known_names, shorten
from archcalc.base.limits import NESTING, NODES, VALUE_PARTS
from archcalc.language.blocks import SPELLINGS, Block
from archcalc.language.ops import Operator, normal
from archcalc.language.spec.calls import INPUT, LOST, PART, Call, Expanded, Instance
from archcalc.language.spec.definitions import check_definitions
from archcalc.language.spec.include import Included, check_rounding, misplaced, resolve
from archcalc.language.spec.lines import (
    Extends,
    Line,
    Repeat,
    Rows,
    Scale,
    copies_of,
    each_line,
    parts_of,
)
from archcalc.language.spec.operators import OperatorReader
from archcalc.language.spec.problems import Problems
from archcalc.language.spec.rows import RowReader, line_at
from archcalc.language.spec.schema import BlockSpec, Document


def expand(
    document: Document,
    tree: Mapping[str, Any],
    params: Mapping[str, Any],
    problems: Problems,
    chain: Sequence[Any] = (),
) -> Expanded:
    """Unroll the rows of ``document``; faults go to ``problems``, and the rest goes on.

    ``chain``: the documents whose rows are being taken over, this one included.
    """
    return _Expander(document, tree, params, problems, chain).run()


@dataclass
class _Scope:
    """What a row may refer to: values by id, and the row above."""

    values: dict[str, str]
    ids: frozenset[str]
    previous: str


@dataclass(frozen=True)
class _Step:
    """One copy of a row, about to be called."""

    row: Line
    id: str
    copy: int
    first: bool
    last: bool
    sources: tuple[str, ...]


@dataclass(frozen=True)
class _Frame:
    """Where calls land: the row's copy or, within it, an opened block."""

    path: str
    calls: list[Call] = field(default_factory=list)
    scale: Scale = field(default_factory=Scale)
    blocks: tuple[str, ...] = ()


class _Expander:
    def __init__(
        self,
        document: Document,
        tree: Mapping[str, Any],
        params: Mapping[str, Any],
        problems: Problems,
        chain: Sequence[Any],
    ) -> None:
        self.chain = chain
        self.document = document
        self.tree = tree
        self.params = params
        self.problems = problems
        self.operators = OperatorReader(document, tree, self._reader(params), problems)
        self.spent = 0
        self.lost: set[str] = set()
        self.unread = False
        """Whether rows of another spec are missing: any id may be one of theirs."""
        self.made: dict[tuple[int, bool], Operator | Block | None] = {}
        self.opened: dict[tuple[Any, ...], Rows] = {}

    def run(self) -> Expanded:
        read = self._read(self.params, self.tree["rows"], self.document.columns)
        rows = resolve(read, self.problems, self.chain)
        taken = [row for row, was in zip(rows, read, strict=True) if isinstance(was, Extends)]
        self.unread = None in taken
        if self.document.rounding is None:
            check_rounding([row for row in taken if isinstance(row, Included)], self.problems)
        if copies_of(rows) > NODES:
            self._stop(line_at(self.tree, "rows"), f"expected at most {NODES} copies of rows")
        scope = _Scope({INPUT: INPUT}, frozenset(self._ids(rows)), INPUT)
        instances = tuple(self._instances(rows, scope))
        used = {str(key[0]) for key in self.opened}
        check_definitions(self.document, self.tree, self.params, used, self.problems)
        widths = {k: v for row in rows if isinstance(row, Included) for k, v in row.widths.items()}
        return Expanded(instances, self._outputs(scope, instances), widths)

    # -- rows in order

    def _instances(self, rows: Rows, scope: _Scope) -> Iterator[Instance]:
        for step in self._steps(rows, scope, {}):
            if isinstance(step, Instance):
                yield step
                continue
            frame = _Frame(f"{step.id}.{step.copy}")
            output = self._call(step, frame.path, frame)
            scope.values[step.id] = scope.previous = output
            yield Instance(
                step.row,
                step.id,
                step.copy,
                step.first,
                step.last,
                tuple(frame.calls),
                step.sources,
                output,
                step.row.count if step.row.op.value in self.document.blocks else 1,
            )

    def _steps(
        self, rows: Sequence[Any], scope: _Scope, copies: dict[str, int]
    ) -> Iterator[_Step | Instance]:
        """Yield each copy of each row; whoever takes a step puts its value into ``scope``.

        Rows of another spec come as instances, with their values in ``scope`` already.
        """
        for row in rows:
            if isinstance(row, Included):
                yield from self._included(row, scope)
            elif isinstance(row, Extends):
                misplaced(row, self.problems)
                scope.previous = LOST
            elif isinstance(row, Repeat):
                # a group with nothing valid in it is looked at once
                for _ in range(row.times if copies_of(row.rows) else 1):
                    yield from self._steps(row.rows, scope, copies)
            elif row is None:
                scope.previous = LOST
            else:
                row_id = self._row_id(row)
                for index in range(row.copies):
                    copies[row_id] = copies.get(row_id, 0) + 1
                    sources = self._sources(row, scope) if index == 0 else (scope.previous,)
                    last = index == row.copies - 1
                    yield _Step(row, row_id, copies[row_id], index == 0, last, sources)

    def _included(self, row: Included, scope: _Scope) -> Iterator[Instance]:
        sources = self._sources(row.row, scope)
        if len(sources) > 1:
            self.problems.add(row.row.line, "from", f"expected one row that {row.name} runs on")
        for instance in row.on(sources[0]):
            self.spent += len(instance.calls)
            if self.spent > NODES:
                self._stop(row.row.line, f"expected at most {NODES} layers with those taken over")
            scope.values[instance.row_id] = scope.previous = instance.output
            yield instance

    def _outputs(self, scope: _Scope, instances: Sequence[Instance]) -> tuple[tuple[str, str], ...]:
        if self.document.outputs is None:
            return ((instances[-1].row_id, scope.previous),) if instances else ()
        outputs: dict[str, str] = {}
        for name, line in zip(self.document.outputs, self.tree["outputs"].lines, strict=True):
            cell = f"outputs '{shorten(name)}'"
            if name in outputs:
                self.problems.add(line, cell, "is listed twice")
            elif name in scope.values and name != INPUT:
                outputs[name] = scope.values[name]
            elif not self._is_lost(name):
                ending = known_names(name, scope.values.keys() - {INPUT})
                self.problems.add(line, cell, f"expected the id of a row{ending}")
        return tuple(outputs.items())

    def _ids(self, rows: Sequence[Any]) -> Iterator[str]:
        """Yield the ids of ``rows``; two rows of one id are a fault."""
        seen: dict[str, int] = {}
        for entry in rows:
            if isinstance(entry, Included):
                named = [(name, entry.row.line) for name in entry.ids]
            else:
                named = [(self._row_id(row), row.line) for row in each_line([entry])]
            clash = False
            for name, line in named:
                # rows of another spec that is there already are one fault, not one each
                if name in seen and not (clash and isinstance(entry, Included)):
                    expected = f"is the id of line {seen[name]} already"
                    self.problems.add(line, f"id '{name}'", expected)
                    clash = True
                seen.setdefault(name, line)
                yield name

    def _row_id(self, row: Line) -> str:
        if row.id is not None:
            return row.id
        spelling = SPELLINGS.get(normal(row.op.value))
        own = row.op.value in self.document.blocks
        return f"{row.op.value if own else spelling.cls.name if spelling else 'row'}_{row.number}"

    def _sources(self, row: Line | Extends, scope: _Scope) -> tuple[str, ...]:
        if row.sources is None:
            return (scope.previous,)
        found = []
        for name in row.sources:
            if name not in scope.values and self._is_part(name, scope):
                found.append(PART + name)
                continue
            found.append(scope.values.get(name, LOST))
            if name not in scope.values and not self._is_lost(name):
                expected = "the id of a row above" + known_names(name, scope.values)
                if name == getattr(row, "id", None):
                    expected = "a row above, not the row itself"
                elif name in scope.ids:
                    expected = "a row above; this id stands later"
                self.problems.add(row.line, f"from '{shorten(name)}'", f"expected {expected}")
        return tuple(found)

    @staticmethod
    def _is_part(name: str, scope: _Scope) -> bool:
        """Tell whether ``name`` may be a part of a row of the table, as "row.copy.part"."""
        rows = (row for row, value in scope.values.items() if value.startswith(f"{row}."))
        return any(name.startswith(f"{row}.") for row in rows)

    def _is_lost(self, name: str) -> bool:
        """Tell whether ``name`` refers to a row that has a fault of its own."""
        return self.unread or name in self.lost or f"#{name.rpartition('_')[2]}" in self.lost

    # -- calls

    def _call(self, step: _Step, path: str, frame: _Frame) -> str:
        """Append the calls of one copy of a row to ``frame`` and return its value's name."""
        row = step.row
        self.spent += 1
        if self.spent > NODES:
            self._stop(row.line, f"expected at most {NODES} layers after repeats and blocks")
        if row.op.value in self.document.blocks:
            return self._open(step, self.document.blocks[row.op.value], path, frame)
        key = (id(row), step.first)
        if key not in self.made:
            what = self.operators.read(row)
            self.made[id(row), True] = what
            self.made[id(row), False] = _without_stride(what)
        what = self.made[key]
        width = row.keywords.get("out")
        fits = what is None or self._fits(row, what.name, what.arity, step.sources)
        frame.calls.append(
            Call(
                path=path,
                what=what if fits else None,
                inputs=step.sources,
                line=row.line,
                out=width.value if width is not None and isinstance(what, Operator) else None,
                scale=row.scale or frame.scale,
                count=row.count,
                asserts=row.asserts if step.first else {},
            )
        )
        return path

    def _open(self, step: _Step, block: BlockSpec, path: str, frame: _Frame) -> str:
        """Open one of the spec's own blocks: its rows with its parameters replaced."""
        row, name = step.row, step.row.op.value
        self._check_nesting(name, frame)
        arguments = self._arguments(step, block)
        count = len(block.inputs)
        if not self._fits(row, name, (count, count), step.sources) or arguments is None:
            return LOST
        if row.count > 1 and frame.blocks:
            self.problems.add(row.line, "count", "expected on a row of the table or an operator")
        key = (name, *sorted((k, repr(v)) for k, v in arguments.items()))
        if key not in self.opened:
            inner = self.tree["blocks"][name]["rows"]
            self.opened[key] = self._read({**self.params, **arguments}, inner, None)
        rows = self.opened[key]
        values = dict(zip(block.inputs, step.sources, strict=True))
        scope = _Scope(values, frozenset(self._ids(rows)), step.sources[0])
        below = _Frame(path, frame.calls, row.scale or frame.scale, (*frame.blocks, name))
        for inner_step in self._steps(rows, scope, {}):
            if isinstance(inner_step, Instance):
                raise TypeError("rows of another spec in a block")
            suffix = f".{inner_step.copy}" if inner_step.copy > 1 else ""
            value = self._call(inner_step, f"{path}.{inner_step.id}{suffix}", below)
            scope.values[inner_step.id] = scope.previous = value
        return scope.previous

    def _arguments(self, step: _Step, block: BlockSpec) -> dict[str, Any] | None:
        """Return the values of a block's parameters, or None where the row has a fault."""
        row, name = step.row, step.row.op.value
        given = {**self.operators.defaults.get(name, {}), **row.keywords}
        before = len(self.problems.found)
        for key, stated in given.items():
            if key not in block.columns:
                self.operators.unknown_keyword(stated, name, block.columns)
            elif parts_of(stated.value, VALUE_PARTS) > VALUE_PARTS:
                expected = f"expected a value of at most {VALUE_PARTS} parts"
                self.problems.add(stated.line, stated.cell, expected)
        missing = [key for key in block.columns if key not in given]
        if missing:
            expected = f"not given, and block '{name}' needs it"
            self.problems.add(row.line, ", ".join(missing), expected)
        if len(self.problems.found) > before:
            return None
        arguments = {key: stated.value for key, stated in given.items()}
        if not step.first:
            arguments |= dict.fromkeys(arguments.keys() & {"s", "stride"}, 1)
        return arguments

    def _check_nesting(self, name: str, frame: _Frame) -> None:
        line = line_at(self.tree["blocks"], name)
        if name in frame.blocks:
            chain = " → ".join([*frame.blocks[frame.blocks.index(name) :], name])
            self._stop(line, f"contains itself: {shorten(chain)}", f"blocks.{name}")
        if len(frame.blocks) >= NESTING:
            self._stop(line, f"expected blocks at most {NESTING} deep", f"blocks.{name}")

    def _fits(
        self, row: Line, name: str, arity: tuple[int, int | None], inputs: Sequence[str]
    ) -> bool:
        fewest, most = arity
        if fewest <= len(inputs) and (most is None or len(inputs) <= most):
            return True
        wanted = f"{fewest}" if most == fewest else f"at least {fewest}"
        plural = "" if wanted == "1" else "s"
        expected = f"'{name}' needs {wanted} input{plural}, not {len(inputs)}"
        self.problems.add(row.line, "from", expected)
        return False

    # -- helpers

    def _read(
        self, params: Mapping[str, Any], rows: Sequence[Any], columns: Sequence[str] | None
    ) -> Rows:
        reader = self._reader(params)
        read = reader.read(rows, columns)
        self.lost |= reader.lost
        return read

    def _reader(self, params: Mapping[str, Any]) -> RowReader:
        return RowReader(self.problems, params, self.document.blocks)

    def _stop(self, line: int, expected: str, cell: str = "rows") -> None:
        """Note a fault beyond which it is not safe to go on."""
        self.problems.add(line, cell, expected)
        self.problems.raise_if_any()


def _without_stride(what: Operator | Block | None) -> Operator | Block | None:
    """Return ``what`` as the second and later copies of an ``n`` cell have it: stride 1."""
    if what is None or getattr(what, "stride", None) is None:
        return what
    return what.model_copy(update={"stride": 1})
