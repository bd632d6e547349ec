"""The keywords that every row may have, beside those of its operator."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from archcalc.base.errors import InvalidNumber, shorten
from archcalc.base.limits import COUNT, REPEAT
from archcalc.base.number import parse_width
from archcalc.language.spec.lines import Scale, Stated
from archcalc.language.spec.problems import Problems
from archcalc.language.spec.schema import ID_PATTERN
from archcalc.language.spec.yaml_tree import source_text

UNIVERSAL = ("id", "from", "n", "count", "scale", "note", "erratum", "use", "input", "output")
RESERVED_IDS = ("input", "in")


class UniversalReader:
    """Reads them; errors go to ``problems``, and the default is used instead."""

    def __init__(self, problems: Problems) -> None:
        self.problems = problems

    def read(self, stated: Mapping[str, Stated]) -> dict[str, Any]:
        """Return the fields of `Line` in ``stated``."""
        read = {
            "from": ("sources", self._sources),
            "id": ("id", self._id),
            "n": ("copies", lambda cell: self.whole(cell, REPEAT)),
            "count": ("count", lambda cell: self.whole(cell, COUNT)),
            "scale": ("scale", self._scale),
            "note": ("note", self._words),
            "erratum": ("erratum", self._words),
        }
        fields: dict[str, Any] = {"sources": None}
        for key, (name, reader) in read.items():
            if key in stated and stated[key].value is not None:
                fields[name] = reader(stated[key])
        return fields

    def whole(self, cell: Stated, limit: int) -> int:
        """Return an integer from 1 to ``limit``."""
        value = cell.value
        if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= limit:
            return int(value)
        name = cell.cell.split(" ")[0]
        quoted = name if value is None else f"{name} '{shorten(source_text(value))}'"
        self.problems.add(cell.line, quoted, f"expected an integer from 1 to {limit}")
        return 1

    def _sources(self, cell: Stated) -> tuple[str, ...] | None:
        names = cell.value if isinstance(cell.value, list) else [cell.value]
        if names and all(isinstance(name, str) for name in names):
            return tuple(names)
        self.problems.add(cell.line, "from", "expected the id of a row, or a list of ids")
        return None

    def _id(self, cell: Stated) -> str | None:
        text = source_text(cell.value) if isinstance(cell.value, (str, int, float)) else ""
        if "$" in text:
            return None  # an undefined name, reported as such
        if not re.fullmatch(ID_PATTERN, text):
            quoted = f"id '{shorten(source_text(cell.value))}'"
            self.problems.add(cell.line, quoted, "expected 1 to 64 letters, digits, '_', '.', '-'")
            return None
        if text in RESERVED_IDS:
            self.problems.add(cell.line, f"id '{text}'", "is taken: it names the input")
            return None
        return text

    def _scale(self, cell: Stated) -> Scale:
        value = cell.value
        if isinstance(value, bool):
            return Scale(fixed=not value)
        if isinstance(value, Mapping) and set(value) == {"min"}:
            least = value["min"]
            try:
                if not isinstance(least, bool):
                    return Scale(least=parse_width(least))
            except InvalidNumber:
                pass
        self.problems.add(cell.line, "scale", "expected false, or {min: 1.0}")
        return Scale()

    def _words(self, cell: Stated) -> str | None:
        if isinstance(cell.value, str):
            return cell.value
        self.problems.add(cell.line, cell.cell, "expected a text")
        return None
