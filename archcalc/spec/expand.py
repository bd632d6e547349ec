"""From rows to calls: copies and groups unrolled, YAML blocks opened, references resolved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from archcalc.blocks import CALLABLE, SPELLINGS, Block
from archcalc.errors import known_names, shorten
from archcalc.limits import NESTING, NODES
from archcalc.ops import Operator, normal
from archcalc.spec.problems import Problems, describe
from archcalc.spec.rows import UNIVERSAL, Line, Repeat, RowReader, Stated, validate
from archcalc.spec.schema import BlockSpec, Document

INPUT = "input"


@dataclass(frozen=True)
class Call:
    """One operator or Python block on named values; ``what`` is None where the row has a fault."""

    path: str
    what: Operator | Block | None
    inputs: tuple[str, ...]
    line: int
    out: int | None = None
    """Output channels, where an operator makes channels of its own."""
    scale_of: Line | None = None
    asserts: Mapping[str, Stated] = field(default_factory=dict)


@dataclass(frozen=True)
class Instance:
    """One copy of a row: its calls, the values that it reads, and the one that it gives."""

    line: Line
    row_id: str
    copy: int
    first: bool
    last: bool
    calls: tuple[Call, ...]
    inputs: tuple[str, ...]
    output: str


@dataclass(frozen=True)
class Expanded:
    """A spec's rows, ready to build."""

    instances: tuple[Instance, ...]
    outputs: tuple[tuple[str, str], ...]
    """(row id, value) of each output."""


@dataclass
class _Scope:
    """Names that a row may refer to, and where the default source stands."""

    values: dict[str, str]
    later: frozenset[str]
    previous: str


def expand(
    document: Document, tree: Mapping[str, Any], params: Mapping[str, Any], problems: Problems
) -> Expanded:
    """Unroll the rows of ``document``; faults go to ``problems`` and the rest goes on."""
    return _Expander(document, tree, params, problems).run()


class _Expander:
    def __init__(
        self,
        document: Document,
        tree: Mapping[str, Any],
        params: Mapping[str, Any],
        problems: Problems,
    ) -> None:
        self.document = document
        self.tree = tree
        self.params = params
        self.problems = problems
        self.calls = 0
        self.lost: set[str] = set()
        self.models: dict[tuple[int, bool], Operator | Block | None] = {}
        self.inner: dict[tuple[Any, ...], list[Line | Repeat | None]] = {}
        self.defaults = self._defaults()

    def run(self) -> Expanded:
        document = self.document
        self._check_blocks()
        rows = self._read(self.params, self.tree["rows"], document.columns)
        if self._size(rows) > NODES:
            self.problems.add(
                _line(self.tree, "rows"), "rows", f"expected at most {NODES} layers after repeats"
            )
            self.problems.raise_if_any()
        scope = _Scope({INPUT: INPUT}, frozenset(self._ids(rows)), INPUT)
        instances = tuple(self._unroll(rows, scope, {}))
        return Expanded(instances, self._outputs(scope, instances))

    # -- top level

    def _unroll(
        self, rows: Sequence[Line | Repeat | None], scope: _Scope, copies: dict[int, int]
    ) -> Iterator[Instance]:
        for row in rows:
            if isinstance(row, Repeat):
                for _ in range(row.times):
                    yield from self._unroll(row.rows, scope, copies)
            elif row is None:
                scope.previous = ""  # a fault: what follows cannot be inferred from it
            else:
                row_id = self._row_id(row)
                for index in range(row.copies):
                    first, last = index == 0, index == row.copies - 1
                    copies[row.number] = copies.get(row.number, 0) + 1
                    path = f"{row_id}.{copies[row.number]}"
                    calls: list[Call] = []
                    sources = self._sources(row, scope) if first else (scope.previous,)
                    output = self._call(row, path, sources, calls, first=first, chain=())
                    scope.values[row_id] = scope.previous = output
                    yield Instance(
                        row, row_id, copies[row.number], first, last, tuple(calls), sources, output
                    )

    def _outputs(self, scope: _Scope, instances: Sequence[Instance]) -> tuple[tuple[str, str], ...]:
        if self.document.outputs is None:
            return ((instances[-1].row_id, scope.previous),) if instances else ()
        outputs = []
        for name, line in zip(self.document.outputs, _lines(self.tree["outputs"]), strict=True):
            if name not in scope.values or name == INPUT:
                self.problems.add(
                    line,
                    f"outputs '{shorten(name)}'",
                    "expected the id of a row" + known_names(name, self._known(scope)),
                )
            elif any(name == other for other, _ in outputs):
                self.problems.add(line, f"outputs '{name}'", "is listed twice")
            else:
                outputs.append((name, scope.values[name]))
        return tuple(outputs)

    def _ids(self, rows: Sequence[Line | Repeat | None]) -> Iterator[str]:
        """Yield the ids of ``rows``; two rows of one id are a fault."""
        seen: dict[str, int] = {}
        for row in _lines_of(rows):
            row_id = self._row_id(row)
            if row_id in seen:
                self.problems.add(
                    row.line, f"id '{row_id}'", f"is the id of line {seen[row_id]} already"
                )
            seen.setdefault(row_id, row.line)
            yield row_id

    def _row_id(self, row: Line) -> str:
        return row.id or f"{self._kind(row)}_{row.number}"

    def _kind(self, row: Line) -> str:
        name = row.op.value
        if name in self.document.blocks:
            return str(name)
        spelling = SPELLINGS.get(normal(name))
        return str(spelling.cls.name) if spelling else "row"

    def _sources(self, row: Line, scope: _Scope) -> tuple[str, ...]:
        if row.sources is None:
            return (scope.previous,)
        found = []
        for name in row.sources:
            if name in scope.values:
                found.append(scope.values[name])
                continue
            if name in self.lost or f"#{name.rpartition('_')[2]}" in self.lost:
                found.append("")
                continue
            if name in scope.later:
                expected = "a row above; this id stands later"
            else:
                expected = "the id of a row above" + known_names(name, self._known(scope))
            self.problems.add(row.line, f"from '{shorten(name)}'", f"expected {expected}")
            found.append("")
        return tuple(found)

    @staticmethod
    def _known(scope: _Scope) -> list[str]:
        return list(scope.values)

    # -- calls

    def _call(
        self,
        row: Line,
        path: str,
        inputs: tuple[str, ...],
        calls: list[Call],
        *,
        first: bool,
        chain: tuple[str, ...],
    ) -> str:
        """Append the calls of one copy of ``row`` and return the path of its value."""
        block = self.document.blocks.get(row.op.value)
        if block is not None:
            return self._open(row, block, path, inputs, calls, first=first, chain=chain)
        self._spend(row.line)
        key = (id(row), first)
        if key not in self.models:
            self.models[key] = self._model(row) if first else self._without_stride(self._first(row))
        what = self.models[key]
        out = (
            row.keywords["out"].value
            if isinstance(what, Operator) and "out" in row.keywords
            else None
        )
        if what is not None:
            self._check_arity(row, what.name, what.arity, inputs)
        calls.append(Call(path, what, inputs, row.line, out, row, row.asserts))
        return path

    def _first(self, row: Line) -> Operator | Block | None:
        key = (id(row), True)
        if key not in self.models:
            self.models[key] = self._model(row)
        return self.models[key]

    @staticmethod
    def _without_stride(what: Operator | Block | None) -> Operator | Block | None:
        """Return ``what`` as the second and later copies of a row have it: stride 1."""
        if what is None or getattr(what, "stride", None) is None:
            return what
        return what.model_copy(update={"stride": 1})

    def _open(
        self,
        row: Line,
        block: BlockSpec,
        path: str,
        inputs: tuple[str, ...],
        calls: list[Call],
        *,
        first: bool,
        chain: tuple[str, ...],
    ) -> str:
        """Open one of the spec's own blocks: its rows with its parameters replaced."""
        name = row.op.value
        arguments = self._arguments(row, block, first=first)
        count = len(block.inputs)
        self._check_arity(row, name, (count, count), inputs)
        if arguments is None or len(inputs) != count:
            calls.append(Call(path, None, inputs, row.line))
            return path
        scope_params = {**self.params, **arguments}
        key = (name, tuple(sorted((k, repr(v)) for k, v in arguments.items())))
        if key not in self.inner:
            self.inner[key] = self._read(scope_params, self.tree["blocks"][name]["rows"], None)
        rows = self.inner[key]
        ids = frozenset(self._ids(rows))
        scope = _Scope(dict(zip(block.inputs, inputs, strict=True)), ids, inputs[0])
        return self._rows_of_block(rows, scope, path, calls, (*chain, name), {}, row)

    def _rows_of_block(
        self,
        rows: Sequence[Line | Repeat | None],
        scope: _Scope,
        path: str,
        calls: list[Call],
        chain: tuple[str, ...],
        copies: dict[str, int],
        outer: Line,
    ) -> str:
        for row in rows:
            if row is None:
                scope.previous = ""
                continue
            if isinstance(row, Repeat):
                for _ in range(row.times):
                    self._rows_of_block(row.rows, scope, path, calls, chain, copies, outer)
                continue
            row_id = self._row_id(row)
            for first in [True] + [False] * (row.copies - 1):
                copies[row_id] = copies.get(row_id, 0) + 1
                inner = f"{path}.{row_id}" + (f".{copies[row_id]}" if copies[row_id] > 1 else "")
                sources = self._sources(row, scope) if first else (scope.previous,)
                scope.previous = self._call(row, inner, sources, calls, first=first, chain=chain)
                scope.values[row_id] = scope.previous
        return scope.previous

    def _arguments(self, row: Line, block: BlockSpec, *, first: bool) -> dict[str, Any] | None:
        defaults = self.defaults.get(row.op.value, {})
        given = {key: stated.value for key, stated in (defaults | dict(row.keywords)).items()}
        good = True
        for key in given:
            if key not in block.columns:
                stated = (defaults | dict(row.keywords))[key]
                self._unknown_keyword(stated, row.op.value, [*block.columns, *UNIVERSAL])
                good = False
        missing = [key for key in block.columns if key not in given]
        if missing:
            self.problems.add(
                row.line, ", ".join(missing), f"not given, and block '{row.op.value}' needs it"
            )
            return None
        for stride in ("s", "stride"):
            if not first and stride in given:
                given[stride] = 1
        return given if good else None

    # -- operators and Python blocks

    def _model(self, row: Line) -> Operator | Block | None:
        spelling = SPELLINGS.get(normal(row.op.value))
        if spelling is None:
            known = known_names(row.op.value, [*CALLABLE, *self.document.blocks])
            self.problems.add(
                row.op.line, f"{row.op.cell} '{shorten(row.op.value)}'", f"unknown operator{known}"
            )
            return None
        cls = spelling.cls
        asserted = row.asserts.get("operator")
        if asserted is not None and asserted.value != cls.name:
            self.problems.add(
                asserted.line,
                asserted.cell,
                f"expected the filter of '{cls.name}'; this is one of '{asserted.value}'",
            )
            return None
        keywords = {
            key: Stated(value, row.op.cell, row.op.line) for key, value in spelling.preset.items()
        }
        names = keyword_names(cls)
        for family in (*cls.defaults_of, cls.name):
            for key, stated in self.defaults.get(family, {}).items():
                if key in names:
                    keywords[key] = stated
        for key, stated in row.keywords.items():
            if (
                key == "se"
                and stated.value is True
                and isinstance(getattr(keywords.get(key), "value", None), Mapping)
            ):
                continue  # the tick: as the defaults say
            if stated.value == "none" and key in ("se", "act") and key not in names:
                continue  # the paper's "-" under a column that this operator has no use for
            if key == "stride" and stated.value == 1 and key not in names:
                continue  # V1's table prints "FC / s1": nothing moves in steps there
            keywords[key] = stated
        return self._validated(cls, keywords, row)

    def _validated(
        self, cls: Any, keywords: Mapping[str, Stated], row: Line
    ) -> Operator | Block | None:
        names = keyword_names(cls)
        is_operator = issubclass(cls, Operator)
        plain = {}
        good = True
        for key, stated in keywords.items():
            if key == "out" and is_operator and key not in names:
                continue
            if key not in names:
                self._unknown_keyword(stated, cls.name, [*names, *UNIVERSAL])
                good = False
            else:
                plain[key] = stated.value
        made = validate(cls, plain)
        if isinstance(made, ValidationError):
            for detail in made.errors(include_url=False):
                key = str(detail["loc"][0]) if detail["loc"] else cls.name
                stated = keywords.get(key) or Stated(None, key, row.line)
                if detail["type"] == "missing" and len(detail["loc"]) == 1:
                    expected = f"not given, and '{cls.name}' needs it"
                else:
                    inner = ".".join(
                        str(part)
                        for part in detail["loc"][1:]
                        if isinstance(part, str)
                        and part.isidentifier()
                        and part not in ("int", "str")
                    )
                    expected = (f"{inner}: " if inner else "") + describe(detail)
                self.problems.add(stated.line, stated.cell, expected)
            return None
        if is_operator and good:
            return self._with_channels(made, keywords, row)
        return made if good else None

    def _with_channels(
        self, op: Operator, keywords: Mapping[str, Stated], row: Line
    ) -> Operator | None:
        """Check ``out`` of an operator: needed where it makes channels of its own, else unknown."""
        out = keywords.get("out")
        if op.channel_rule != "new" and out is not None:
            self._unknown_keyword(out, op.name, [*keyword_names(type(op)), *UNIVERSAL])
            return None
        if op.channel_rule == "new" and out is None:
            self.problems.add(row.line, "out", f"not given, and '{op.name}' needs it")
            return None
        return op

    def _unknown_keyword(self, stated: Stated, owner: str, known: Sequence[str]) -> None:
        name = stated.cell.split(" ")[0].rsplit(".", 1)[-1]
        self.problems.add(
            stated.line, stated.cell, f"'{owner}' has no such keyword{known_names(name, known)}"
        )

    def _check_arity(
        self, row: Line, name: str, arity: tuple[int, int | None], inputs: Sequence[str]
    ) -> None:
        fewest, most = arity
        if fewest <= len(inputs) and (most is None or len(inputs) <= most):
            return
        wanted = str(fewest) if most == fewest else f"at least {fewest}"
        self.problems.add(
            row.line,
            "from",
            f"'{name}' needs {wanted} inputs, not {len(inputs)}"
            if wanted != "1"
            else f"'{name}' needs 1 input, not {len(inputs)}",
        )

    # -- defaults, blocks and limits

    def _defaults(self) -> dict[str, dict[str, Stated]]:
        """Read ``defaults``, each keyword once checked against the operator that it is for."""
        defaults: dict[str, dict[str, Stated]] = {}
        tree = self.tree.get("defaults") or {}
        for owner, keywords in self.document.defaults.items():
            spelling = SPELLINGS.get(normal(owner))
            if owner in self.document.blocks:
                known, name = list(self.document.blocks[owner].columns), owner
            elif spelling is not None:
                known = keyword_names(spelling.cls)
                name = "pool" if normal(owner) == "pool" else spelling.cls.name
            else:
                ending = known_names(owner, [*CALLABLE, "pool", *self.document.blocks])
                self.problems.add(
                    _line(tree, owner), f"defaults.{owner}", f"unknown operator{ending}"
                )
                continue
            own = defaults.setdefault(name, {})
            for key, value in keywords.items():
                where, cell = _line(tree[owner], key), f"defaults.{owner}.{key}"
                canonical = {"s": "stride", "c": "out", "NL": "act", "SE": "se"}.get(key, key)
                if owner not in self.document.blocks:
                    key = canonical
                if key not in known:
                    self.problems.add(
                        where, cell, f"'{owner}' has no such keyword{known_names(key, known)}"
                    )
                elif value is None:
                    self.problems.add(
                        where, cell, "null is not a value here; leave it out, or write none"
                    )
                else:
                    own[key] = Stated(
                        self._reader(self.params)._fill(value, cell, where), cell, where
                    )
        return defaults

    def _check_blocks(self) -> None:
        """Refuse blocks that contain themselves, before one is opened."""
        inner = {
            name: [row.get("op") for row in _mappings(block.rows)]
            for name, block in self.document.blocks.items()
        }
        depth: dict[str, int] = {}

        def visit(name: str, chain: tuple[str, ...]) -> int:
            if name in chain:
                line = _line(self.tree["blocks"], name)
                self.problems.add(
                    line,
                    f"blocks.{name}",
                    "contains itself: " + " → ".join([*chain[chain.index(name) :], name]),
                )
                self.problems.raise_if_any()
            if len(chain) > NESTING:
                self.problems.add(
                    _line(self.tree["blocks"], chain[0]),
                    f"blocks.{chain[0]}",
                    f"expected blocks at most {NESTING} deep",
                )
                self.problems.raise_if_any()
            if name not in depth:
                depth[name] = 1 + max(
                    (
                        visit(op, (*chain, name))
                        for op in inner[name]
                        if isinstance(op, str) and op in inner
                    ),
                    default=0,
                )
            return depth[name]

        for name in inner:
            visit(name, ())

    def _size(self, rows: Sequence[Line | Repeat | None]) -> int:
        return sum(
            row.times * self._size(row.rows)
            if isinstance(row, Repeat)
            else row.copies
            if row
            else 0
            for row in rows
        )

    def _spend(self, line: int) -> None:
        self.calls += 1
        if self.calls > NODES:
            self.problems.add(
                line, "rows", f"expected at most {NODES} layers after repeats and blocks"
            )
            self.problems.raise_if_any()

    def _read(
        self, params: Mapping[str, Any], rows: Sequence[Any], columns: Sequence[str] | None
    ) -> list[Line | Repeat | None]:
        reader = self._reader(params)
        read = reader.read(rows, columns)
        self.lost |= reader.lost
        return read

    def _reader(self, params: Mapping[str, Any]) -> RowReader:
        return RowReader(self.problems, params, self.document.blocks)


def keyword_names(cls: Any) -> list[str]:
    """Return the keywords of an operator or block, as a spec writes them."""
    return [field.alias or name for name, field in cls.model_fields.items()]


def _lines_of(rows: Sequence[Line | Repeat | None]) -> Iterator[Line]:
    for row in rows:
        if isinstance(row, Repeat):
            yield from _lines_of(row.rows)
        elif row is not None:
            yield row


def _mappings(rows: Sequence[Any]) -> Iterator[Mapping[str, Any]]:
    for row in rows:
        if isinstance(row, Mapping):
            yield row
            if isinstance(row.get("rows"), list):
                yield from _mappings(row["rows"])


def _line(tree: Any, key: str) -> int:
    return int(getattr(tree, "lines", {}).get(key, 1))


def _lines(tree: Any) -> list[int]:
    return list(getattr(tree, "lines", [1] * len(tree)))
