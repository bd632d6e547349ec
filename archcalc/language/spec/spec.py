"""`Spec`: the checked text of a paper's table, with line numbers."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from hashlib import sha256
from pathlib import Path
from typing import Any, ClassVar

from pydantic import ValidationError

from archcalc.base.errors import ArchcalcError, SpecError, known_names
from archcalc.base.limits import NESTING
from archcalc.base.names import set_texts
from archcalc.base.tables import html_of
from archcalc.language.spec.calls import Expanded
from archcalc.language.spec.expand import expand
from archcalc.language.spec.find import read_file, zoo_file, zoo_names
from archcalc.language.spec.include import take_over
from archcalc.language.spec.problems import Problems
from archcalc.language.spec.rounding import Rounding
from archcalc.language.spec.rows import RowReader
from archcalc.language.spec.schema import Claim, Paper, Size, SpecDocument, known_keywords
from archcalc.language.spec.yaml import read
from archcalc.language.spec.yaml_tree import MarkedDict, MarkedList
from archcalc.language.spec.yaml_write import write


@dataclass(frozen=True, init=False, eq=False, repr=False)
class Spec:
    """One spec file, immutable. Equal specs have equal documents and parameters.

    Rows are checked when the net is built, since references and widths are checked together.
    """

    kind: ClassVar[str] = "overview"

    document: MarkedDict
    """The file as data."""
    file: str
    head: SpecDocument
    """The checked parts of the document, without its rows."""
    params_given: Mapping[str, Any]
    """Parameters that override the file's."""
    sets: tuple[tuple[str, str], ...]
    """The transforms that made it, in the order applied: (("act", "relu"), ("se", "none"))."""
    asserted: bool
    """Whether its printed cells must match; False for another reading of the table."""

    def __init__(
        self,
        text: str | bytes | MarkedDict,
        file: str = "<spec>",
        params: Mapping[str, Any] | None = None,
        *,
        sets: Iterable[tuple[str, str]] = (),
        asserted: bool = True,
    ):
        document = text if isinstance(text, MarkedDict) else read(text, file)
        vars(self).update(
            document=document,
            file=file,
            head=_checked_head(document, file),
            params_given=dict(params or {}),
            sets=tuple(sets),
            asserted=asserted,
        )
        for name in self.params_given:
            if name not in self.head.params:
                known = (
                    known_names(name, self.head.params) if self.head.params else " (it has none)"
                )
                raise ArchcalcError(f"{self.name}: no parameter '{name}'{known}")

    @classmethod
    def from_document(cls, document: Mapping[str, Any], file: str = "<spec>") -> Spec:
        """Make a spec from plain data; its errors refer to the lines of its YAML."""
        return cls(write(document), file)

    @property
    def name(self) -> str:
        """Short name, as in a file name."""
        return self.head.name

    @property
    def title(self) -> str:
        """Name for people."""
        return self.head.title or (self.paper.title if self.paper else self.name)

    @property
    def paper(self) -> Paper | None:
        """The paper that prints its table."""
        return self.head.paper

    @property
    def input(self) -> Size:
        """(channels, height, width) of the table's input."""
        return self.head.input

    @property
    def claims(self) -> list[Claim]:
        """The figures that papers print for it."""
        return self.head.claims

    @cached_property
    def bases(self) -> tuple[Spec, ...]:
        """The specs that it extends, in order, without those that cannot be read."""
        found = []
        for row in self.head.rows:
            if isinstance(row, Mapping) and "extends" in row:
                with suppress(ArchcalcError):  # reported where the rows are read
                    found.append(base_of(row["extends"], self.file))
        return tuple(found)

    @property
    def rounding(self) -> Rounding | None:
        """The rule of its width multiplier: its own, else that of the first spec it extends."""
        rules = (self.head.rounding, *(base.rounding for base in self.bases))
        return next((rule for rule in rules if rule is not None), None)

    @property
    def params(self) -> dict[str, Any]:
        """Parameters such as the number of classes: the file's, with overrides."""
        return {**self.head.params, **self.params_given}

    @property
    def caption(self) -> str:
        """The transforms in one line, "act=relu, se=none"; "" where none was applied."""
        return ", ".join(set_texts(self.sets))

    @property
    def as_filed(self) -> Spec:
        """The spec with the file's own parameters, those of the printed figures."""
        return self._derive(params={}) if self.params_given else self

    def with_params(self, /, **params: Any) -> Spec:
        """Return the spec with other parameters, such as ``k=10`` classes."""
        return self._derive(params={**self.params_given, **params}) if params else self

    def replace(self, /, **parts: Any) -> Spec:
        """Return a spec with other top-level parts, such as ``widths={"conv_1.1": 24}``."""
        return self._derive({**self.document, **parts})

    def with_document(
        self,
        document: Mapping[str, Any],
        *,
        sets: Iterable[tuple[str, str]] = (),
        asserted: bool = True,
    ) -> Spec:
        """Return a spec of an edited document; ``sets``: the transforms that edited it.

        ``asserted=False``: the printed cells need not match.
        """
        done = (*self.sets, *sets)
        return self._derive(document, sets=done, asserted=self.asserted and asserted)

    def _derive(self, document: Mapping[str, Any] | None = None, **changed: Any) -> Spec:
        """Return a spec of the same file with another document or other arguments."""
        kept = {"params": self.params_given, "sets": self.sets, "asserted": self.asserted}
        text = self.document if document is None else write(document)
        return Spec(text, self.file, **{**kept, **changed})

    def to_yaml(self) -> str:
        """Return YAML text that loads to an equal spec."""
        return write(self.document)

    def expanded(
        self, problems: Problems, params: Mapping[str, Any], within: Sequence[Any] = ()
    ) -> Expanded:
        """Return the expanded rows; errors are added to ``problems``.

        ``within``: the documents that include these rows, with this one.
        """
        taken = partial(extended_rows, file=self.file, within=within)
        return expand(self.head, self.document, params, problems, taken)

    def table_rows(self) -> tuple[Any, ...]:
        """Return the rows of a valid spec, with the included ones in place of ``extends``."""
        problems = Problems(self.file)
        reader = RowReader(problems, self.params, self.head.blocks)
        read = reader.read(self.document["rows"], self.head.columns)
        return take_over(read, problems, partial(extended_rows, file=self.file))

    @cached_property
    def fingerprint(self) -> str:
        """The document, its parameters and the specs that it extends, as canonical text."""
        return self._fingerprint(NESTING)

    def _fingerprint(self, depth: int) -> str:
        own = [_canonical(self.document), _canonical(self.params_given)]
        # files that extend one another in a circle are reported where their rows are read
        texts = [base._fingerprint(depth - 1) for base in self.bases] if depth else []
        # digests: nested texts would double their escapes at each level
        return json.dumps([*own, *(sha256(text.encode()).hexdigest() for text in texts)])

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Spec) or self.asserted != other.asserted:
            return False
        return self.fingerprint == other.fingerprint

    def __hash__(self) -> int:
        return hash(self.fingerprint)

    def _repr_html_(self) -> str:
        return html_of(self)

    def __repr__(self) -> str:
        return f"Spec({self.name!r}, {len(self.head.rows)} rows, {len(self.claims)} claims)"


def find(source: str | Path | Spec) -> Spec:
    """Return the spec of a zoo name or of a YAML file, without checking its rows.

    Raises UnknownName for a name that is neither, ArchcalcError for a file that cannot be read,
    SpecError for an invalid one.
    """
    if isinstance(source, Spec):
        return source
    name = str(source)
    if isinstance(source, str) and name in zoo_names():
        return _from_zoo(name)
    return Spec(read_file(name), name)


@lru_cache(maxsize=64)
def _from_zoo(name: str) -> Spec:
    return Spec(zoo_file(name).read_bytes(), f"{name}.yaml")


def base_of(value: Any, file: str) -> Spec:
    """Return the spec that ``extends`` names in ``file``: a zoo name, a path or an inline spec.

    A path is relative to the folder of ``file``. Raises ArchcalcError where there is none.
    """
    if isinstance(value, Mapping):
        return Spec.from_document(value, f"{file} (extends)")
    if not isinstance(value, str):
        raise ArchcalcError("expected a name of the zoo, a path, or an inline spec")
    path = Path(file).parent / value
    return find(value if value in zoo_names() or not path.suffix else str(path))


def extended_rows(value: Any, file: str, within: Sequence[Any] = ()) -> Expanded:
    """Return the rows of the spec that ``extends`` names in ``file``.

    ``within``: the documents that include these rows. Raises ArchcalcError where there is no
    such spec or it is among them, SpecError with the errors in its rows.
    """
    base = base_of(value, file)
    if base.document in within or len(within) >= NESTING:
        raise ArchcalcError("extends itself")
    problems = Problems(base.file)
    expanded = base.expanded(problems, base.params, (*within, base.document))
    problems.raise_if_any()
    return expanded


def _checked_head(document: MarkedDict, file: str) -> SpecDocument:
    """Return the checked parts of a document; raises SpecError with every error in them.

    Errors in rows are reported too, where the rows can be read.
    """
    problems = Problems(file)
    parts = _without_nulls(document, problems)
    try:
        head = SpecDocument.model_validate(parts)
    except ValidationError as error:
        problems.add_validation(error, document, known_keywords)
        faulty = {str(detail["loc"][0]) for detail in error.errors()}
        if not faulty & {"rows", "columns", "blocks", "params", "defaults"}:
            placeholders = {"archcalc": 1, "name": "unnamed", "input": "1x1x1"}
            sound = {name: part for name, part in parts.items() if name not in faulty}
            head = SpecDocument.model_validate({**placeholders, **sound, "outputs": None})
            expand(head, document, head.params, problems, partial(extended_rows, file=file))
        raise SpecError(problems.found) from None
    problems.raise_if_any()
    return head


def _without_nulls(document: MarkedDict, problems: Problems) -> dict[str, Any]:
    """Return the document without the nulls of its head, and report them.

    Rows are unchanged: there ``~`` is the paper's "-", and their reader checks the rest.
    """

    def kept(value: Any, path: tuple[str, ...]) -> Any:
        if path[-1:] in (("rows",), ("defaults",)):
            return value
        if isinstance(value, MarkedDict):
            inner = MarkedDict(value.line)
            inner.lines = value.lines
            for key, item in value.items():
                if item is None:
                    where = ".".join((*path, key))
                    problems.add(value.lines[key], where, "null is not allowed here: leave it out")
                else:
                    inner[key] = kept(item, (*path, key))
            return inner
        if isinstance(value, MarkedList):
            items = MarkedList(value.line)
            items.lines = value.lines
            items.extend(kept(item, (*path, str(index))) for index, item in enumerate(value))
            return items
        return value

    found: dict[str, Any] = kept(document, ())
    return found


def _canonical(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _canonical(item) for key, item in sorted(value.items())}
    if isinstance(value, (list, tuple)):
        return [_canonical(item) for item in value]
    return value
