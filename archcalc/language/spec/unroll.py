"""Unrolls rows: each copy of a row becomes calls, and YAML blocks are expanded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from archcalc.base.errors import shorten
from archcalc.base.limits import NESTING, NODES, VALUE_PARTS
from archcalc.language.blocks import BlockType
from archcalc.language.ops import Operator
from archcalc.language.spec.calls import LOST, Call
from archcalc.language.spec.include import misplaced
from archcalc.language.spec.lines import Extends, Line, Repeat, Rows, Scale, copies_of, parts_of
from archcalc.language.spec.operators import OperatorReader
from archcalc.language.spec.problems import Problems
from archcalc.language.spec.references import References, Scope
from archcalc.language.spec.rows import RowReader, line_at
from archcalc.language.spec.schema import BlockSpec, SpecDocument


@dataclass(frozen=True)
class Step:
    """One copy of a row, before its calls are made."""

    row: Line
    id: str
    copy: int
    first: bool
    last: bool
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Frame:
    """Where calls are appended: the row's copy or an expanded block within it."""

    path: str
    calls: list[Call] = field(default_factory=list)
    scale: Scale = field(default_factory=Scale)
    blocks: tuple[str, ...] = ()


class Unroller:
    """Makes calls of the rows of one spec; errors go to ``problems``."""

    def __init__(
        self,
        document: SpecDocument,
        tree: Mapping[str, Any],
        params: Mapping[str, Any],
        problems: Problems,
    ) -> None:
        self.document = document
        self.tree = tree
        self.params = params
        self.problems = problems
        self.references = References(document.blocks, problems)
        self.operators = OperatorReader(document, tree, self._reader(params), problems)
        self.opened: dict[tuple[Any, ...], Rows] = {}
        """Rows of blocks by the block's name and arguments."""
        self._made: dict[tuple[int, bool], Operator | BlockType | None] = {}
        self._layers = 0

    def read(
        self, params: Mapping[str, Any], rows: Sequence[Any], columns: Sequence[str] | None
    ) -> Rows:
        """Read rows of the file, with the values of ``params`` in place of their names."""
        reader = self._reader(params)
        read = reader.read(rows, columns)
        self.references.lost |= reader.lost
        return read

    def steps(self, rows: Sequence[Any], scope: Scope, copies: dict[str, int]) -> Iterator[Step]:
        """Yield each copy of each row; the caller adds the value of each to ``scope``.

        ``copies``: the copies of each id so far.
        """
        for row in rows:
            if isinstance(row, Extends):
                misplaced(row, self.problems)
                scope.previous = LOST
            elif isinstance(row, Repeat):
                # a group without a valid row is read once
                for _ in range(row.times if copies_of(row.rows) else 1):
                    yield from self.steps(row.rows, scope, copies)
            elif row is None:
                scope.previous = LOST
            else:
                row_id = self.references.row_id(row)
                for index in range(row.copies):
                    copies[row_id] = copies.get(row_id, 0) + 1
                    above = (scope.previous,)
                    sources = above if index else self.references.sources(row, scope)
                    last = index == row.copies - 1
                    yield Step(row, row_id, copies[row_id], index == 0, last, sources)

    def call(self, step: Step, path: str, frame: Frame) -> str:
        """Append the calls of one copy of a row to ``frame`` and return its value's name."""
        row = step.row
        self.spend(1, row.line, "after repeats and blocks")
        if row.op.value in self.document.blocks:
            return self._open(step, self.document.blocks[row.op.value], path, frame)
        key = (id(row), step.first)
        if key not in self._made:
            what = self.operators.read(row)
            self._made[id(row), True] = what
            self._made[id(row), False] = _without_stride(what)
        what = self._made[key]
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

    def spend(self, layers: int, line: int, where: str) -> None:
        """Count layers; raises SpecError beyond the limit."""
        self._layers += layers
        if self._layers > NODES:
            self.problems.stop(line, "rows", f"expected at most {NODES} layers {where}")

    def _open(self, step: Step, block: BlockSpec, path: str, frame: Frame) -> str:
        """Expand one of the spec's own blocks: its rows with its parameters replaced."""
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
            self.opened[key] = self.read({**self.params, **arguments}, inner, None)
        rows = self.opened[key]
        values = dict(zip(block.inputs, step.sources, strict=True))
        scope = Scope(values, frozenset(self.references.ids(rows)), step.sources[0])
        below = Frame(path, frame.calls, row.scale or frame.scale, (*frame.blocks, name))
        for inner_step in self.steps(rows, scope, {}):
            suffix = f".{inner_step.copy}" if inner_step.copy > 1 else ""
            value = self.call(inner_step, f"{path}.{inner_step.id}{suffix}", below)
            scope.values[inner_step.id] = scope.previous = value
        return scope.previous

    def _arguments(self, step: Step, block: BlockSpec) -> dict[str, Any] | None:
        """Return the values of a block's parameters, or None after an error."""
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

    def _check_nesting(self, name: str, frame: Frame) -> None:
        line = line_at(self.tree["blocks"], name)
        if name in frame.blocks:
            chain = " → ".join([*frame.blocks[frame.blocks.index(name) :], name])
            self.problems.stop(line, f"blocks.{name}", f"contains itself: {shorten(chain)}")
        if len(frame.blocks) >= NESTING:
            self.problems.stop(line, f"blocks.{name}", f"expected blocks at most {NESTING} deep")

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

    def _reader(self, params: Mapping[str, Any]) -> RowReader:
        return RowReader(self.problems, params, self.document.blocks)


def _without_stride(what: Operator | BlockType | None) -> Operator | BlockType | None:
    """Return ``what`` with stride 1, as in the later copies of an ``n`` cell."""
    if what is None or getattr(what, "stride", None) is None:
        return what
    return what.model_copy(update={"stride": 1})
