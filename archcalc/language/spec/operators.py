"""Makes the operator or block of a row from its keywords and the spec's defaults."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from archcalc.base.errors import known_names, shorten
from archcalc.language.blocks import CALLABLE, BlockType, spelling_of
from archcalc.language.ops import Operator
from archcalc.language.spec.lines import Line, Stated
from archcalc.language.spec.problems import Problems, either, expectation
from archcalc.language.spec.rows import RowReader, line_at
from archcalc.language.spec.schema import SpecDocument
from archcalc.language.spec.universal import UNIVERSAL

ALIASES = {"s": "stride", "c": "out", "NL": "act", "SE": "se"}
"""Columns that are other names of keywords."""
_FAMILIES = ("pool",)
"""Entries of ``defaults`` that apply to several operators."""


class OperatorReader:
    """Makes operators and blocks from rows; errors go to ``problems``."""

    def __init__(
        self, document: SpecDocument, tree: Mapping[str, Any], reader: RowReader, problems: Problems
    ) -> None:
        self.blocks = document.blocks
        self.problems = problems
        self.defaults = self._defaults(document, tree.get("defaults") or {}, reader)

    def read(self, row: Line) -> Operator | BlockType | None:
        """Return the operator or block of ``row``, or None after an error."""
        spelling = spelling_of(row.op.value)
        if spelling is None:
            known = known_names(row.op.value, [*CALLABLE, *self.blocks])
            self.problems.add(row.op.line, self._op_cell(row), f"unknown operator{known}")
            return None
        cls = spelling.cls
        asserted = row.asserts.get("operator")
        if asserted is not None and asserted.value != cls.name:
            expected = f"expected the filter of '{cls.name}'; this is one of '{asserted.value}'"
            self.problems.add(asserted.line, asserted.cell, expected)
            return None
        return self._validated(cls, self._keywords(cls, spelling.preset, row), row)

    def unknown_keyword(self, stated: Stated, owner: str, known: Sequence[str]) -> None:
        """Report a keyword that ``owner`` does not have."""
        name = stated.cell.split(" ")[0].rpartition(".")[2]
        ending = known_names(name, [*known, *UNIVERSAL])
        self.problems.add(stated.line, stated.cell, f"'{owner}' has no such keyword{ending}")

    @staticmethod
    def _op_cell(row: Line) -> str:
        return f"{row.op.cell} '{shorten(row.op.value)}'"

    def _keywords(self, cls: Any, preset: Mapping[str, Any], row: Line) -> dict[str, Stated]:
        """Merge the keywords implied by the name, the defaults and those of the row."""
        names = keyword_names(cls)
        cell = self._op_cell(row)
        keywords = {key: Stated(value, cell, row.op.line) for key, value in preset.items()}
        for family in (*cls.defaults_of, cls.name):
            own = self.defaults.get(family, {})
            keywords |= {key: stated for key, stated in own.items() if key in names}
        for key, stated in row.keywords.items():
            if key == "se" and stated.value is True:
                # the tick: as the defaults of the row's block say, or those of squeeze_excite
                excited = self.defaults.get("squeeze_excite", {}).get("se")
                default = keywords.get(key, excited)
                if default is not None and default.value != "none":
                    keywords[key] = default
                    continue
            if stated.value == "none" and key in ("se", "act") and key not in names:
                continue  # the paper's "-" under a column that this operator does not have
            if key == "stride" and stated.value == 1 and key not in names:
                continue  # V1's table prints "FC / s1": a layer without a stride
            keywords[key] = stated
        return keywords

    def _validated(
        self, cls: Any, keywords: Mapping[str, Stated], row: Line
    ) -> Operator | BlockType | None:
        names = keyword_names(cls)
        # an operator has no width: its channels come from the row
        width = keywords.get("out") if issubclass(cls, Operator) and "out" not in names else None
        before = len(self.problems.found)
        plain = {}
        for key, stated in keywords.items():
            if key in names:
                plain[key] = stated.value
            elif stated is not width:
                self.unknown_keyword(stated, cls.name, names)
        try:
            made = cls.model_validate(plain)
        except ValidationError as error:
            self._invalid(error, cls, keywords, row)
            return None
        if isinstance(made, Operator):
            self._check_width(made, width, row)
        return made if len(self.problems.found) == before else None

    def _invalid(
        self, error: ValidationError, cls: Any, keywords: Mapping[str, Stated], row: Line
    ) -> None:
        """Report pydantic's errors, one message per cell, whatever alternatives it has."""
        cells: dict[tuple[int, str], list[str]] = {}
        for detail in error.errors(include_url=False):
            key = str(detail["loc"][0]) if detail["loc"] else cls.name
            stated = keywords.get(key) or Stated(None, key, row.line)
            place, text = (stated.line, stated.cell), expectation(detail)
            if detail["type"] == "missing" and len(detail["loc"]) == 1:
                place, text = (row.line, key), f"not given, and '{cls.name}' needs it"
            fields = [p for p in detail["loc"][1:] if isinstance(p, str) and p.isidentifier()]
            inner = ".".join(p for p in fields if p not in ("int", "str", "literal"))
            cells.setdefault(place, []).append(f"{inner}: {text}" if inner else text)
        for (line, cell), texts in cells.items():
            self.problems.add(line, cell, either(texts))

    def _check_width(self, op: Operator, out: Stated | None, row: Line) -> None:
        """Check ``out`` of an operator: required where its channels are a new group."""
        if op.channel_rule != "new" and out is not None:
            self.unknown_keyword(out, op.name, keyword_names(type(op)))
        if op.channel_rule == "new" and out is None:
            self.problems.add(row.line, "out", f"not given, and '{op.name}' needs it")

    def _defaults(
        self, document: SpecDocument, tree: Any, reader: RowReader
    ) -> dict[str, dict[str, Stated]]:
        """Read ``defaults``, by the name of their operator, block or family."""
        defaults: dict[str, dict[str, Stated]] = {}
        for owner, keywords in document.defaults.items():
            spelling = spelling_of(owner)
            names, known = owner, None
            if owner in document.blocks:
                known = list(document.blocks[owner].columns)
            elif spelling is not None:
                known = keyword_names(spelling.cls)
                names = owner if owner in _FAMILIES else spelling.cls.name
            if known is None:
                ending = known_names(owner, [*CALLABLE, *_FAMILIES, *document.blocks])
                line = line_at(tree, owner)
                self.problems.add(line, f"defaults.{owner}", f"unknown operator{ending}")
                continue
            own = defaults.setdefault(names, {})
            for written, value in keywords.items():
                line, cell = line_at(tree[owner], written), f"defaults.{owner}.{written}"
                key = written if owner in document.blocks else ALIASES.get(written, written)
                if key not in known:
                    ending = known_names(written, known)
                    self.problems.add(line, cell, f"'{owner}' has no such keyword{ending}")
                elif value is None:
                    expected = "null is not allowed here: leave it out, or write none"
                    self.problems.add(line, cell, expected)
                else:
                    own[key] = Stated(reader.fill(value, cell, line), cell, line)
        return defaults


def keyword_names(cls: Any) -> list[str]:
    """Return the keywords of an operator or block, as a spec writes them."""
    return [field.alias or name for name, field in cls.model_fields.items()]
