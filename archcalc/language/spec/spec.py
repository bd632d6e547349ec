"""A spec: the text of a paper's table, checked, with the lines that it came from."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from functools import cached_property
from hashlib import sha256
from typing import Any, ClassVar

from pydantic import ValidationError

from archcalc.base.errors import ArchcalcError, known_names
from archcalc.base.limits import NESTING
from archcalc.base.tables import html_of
from archcalc.language.spec.calls import Expanded
from archcalc.language.spec.expand import expand
from archcalc.language.spec.include import base_of
from archcalc.language.spec.problems import Problems
from archcalc.language.spec.rounding import Rounding
from archcalc.language.spec.schema import Claim, Document, Paper, Size, known_keywords
from archcalc.language.spec.yaml import MarkedDict, MarkedList, read, write


class Spec:
    """One spec file. Two specs are equal when their documents and parameters are.

    ``document`` is the file as data; ``head`` its checked parts; rows are read when the net is
    built, because references and widths are checked together.
    """

    kind: ClassVar[str] = "overview"

    def __init__(
        self, text: str | bytes, file: str = "<spec>", params: Mapping[str, Any] | None = None
    ):
        self.file = file
        self.document = read(text, file)
        self.params_given = dict(params or {})
        self.label = ""
        """What transforms have done to it: "act=relu"."""
        self.asserted = True
        """Whether its printed cells must match; they do not where a table is read otherwise."""
        problems = Problems(file)
        head = _without_nulls(self.document, problems)
        try:
            self.head = Document.model_validate(head)
        except ValidationError as error:
            problems.add_validation(error, self.document, known_keywords)
            faulty = {str(detail["loc"][0]) for detail in error.errors()}
            self._look_at_rows({k: v for k, v in head.items() if k not in faulty}, faulty, problems)
        problems.raise_if_any()
        for name in self.params_given:
            if name not in self.head.params:
                known = (
                    known_names(name, self.head.params) if self.head.params else " (it has none)"
                )
                raise ArchcalcError(f"{self.name}: no parameter '{name}'{known}")

    def _look_at_rows(self, parts: Mapping[str, Any], faulty: set[str], problems: Problems) -> None:
        """Tell the faults of rows too, though the head has some, where rows can be read alone."""
        if faulty & {"rows", "columns", "blocks", "params", "defaults"}:
            return
        stand_in = {"archcalc": 1, "name": "unnamed", "input": "1x1x1"}
        head = Document.model_validate({**stand_in, **parts, "outputs": None})
        expand(head, self.document, head.params, problems)

    @classmethod
    def from_document(cls, document: Mapping[str, Any], file: str = "<spec>") -> Spec:
        """Make a spec from plain data; its errors refer to the lines of the YAML it would be."""
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
        """Where its table is printed."""
        return self.head.paper

    @property
    def input(self) -> Size:
        """(channels, height, width) of the input that the table is for."""
        return self.head.input

    @property
    def claims(self) -> list[Claim]:
        """The figures that papers print of it."""
        return self.head.claims

    @cached_property
    def bases(self) -> tuple[Spec, ...]:
        """The specs whose rows it takes over, in order; one that cannot be read is left out."""
        found = []
        for row in self.head.rows:
            if isinstance(row, Mapping) and "extends" in row:
                with suppress(ArchcalcError):  # told where the rows are read
                    found.append(base_of(row["extends"], self.file))
        return tuple(found)

    @property
    def rounding(self) -> Rounding | None:
        """The rule of its width multiplier: its own, else that of the first spec it extends."""
        rules = (self.head.rounding, *(base.rounding for base in self.bases))
        return next((rule for rule in rules if rule is not None), None)

    @property
    def params(self) -> dict[str, Any]:
        """Parameters such as the number of classes, with those that were given."""
        return {**self.head.params, **self.params_given}

    @property
    def as_filed(self) -> Spec:
        """The spec with the file's own parameters, which the printed figures are of."""
        if not self.params_given:
            return self
        spec = Spec(self.to_yaml(), self.file)
        spec.label, spec.asserted = self.label, self.asserted
        return spec

    def with_params(self, /, **params: Any) -> Spec:
        """Return the spec with other parameters, such as ``k=10`` classes."""
        if not params:
            return self
        spec = Spec(self.to_yaml(), self.file, {**self.params_given, **params})
        spec.label, spec.asserted = self.label, self.asserted
        return spec

    def replace(self, /, **parts: Any) -> Spec:
        """Return a spec with other top-level parts, such as ``widths={"conv_1.1": 24}``."""
        spec = Spec(write({**self.document, **parts}), self.file, self.params_given)
        spec.label, spec.asserted = self.label, self.asserted
        return spec

    def with_document(self, document: Mapping[str, Any], label: str) -> Spec:
        """Return a spec of another document; ``label`` says what was done to this one."""
        spec = Spec(write(document), self.file, self.params_given)
        spec.label = f"{self.label}, {label}" if self.label else label
        spec.asserted = self.asserted
        return spec

    def to_yaml(self) -> str:
        """Write the spec back: text that loads to an equal spec."""
        return write(self.document)

    def expanded(self, problems: Problems, params: Mapping[str, Any]) -> Expanded:
        """Return the rows, ready to build; faults are added to ``problems``."""
        return expand(self.head, self.document, params, problems)

    @cached_property
    def fingerprint(self) -> str:
        """The document, its parameters and the specs that it extends, as canonical text."""
        return self._fingerprint(NESTING)

    def _fingerprint(self, depth: int) -> str:
        own = [_canonical(self.document), _canonical(self.params_given)]
        # files may extend one another in a circle: that is told where their rows are read
        texts = [base._fingerprint(depth - 1) for base in self.bases] if depth else []
        # digests: a text within a text within a text would double its escapes each time
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


def _without_nulls(document: MarkedDict, problems: Problems) -> dict[str, Any]:
    """Return the document without the nulls of its head; each of them is a fault.

    Rows are left as they are: there ``~`` is the paper's "-", and their reader tells the rest.
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
                    problems.add(value.lines[key], where, "null is no value here: leave it out")
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
