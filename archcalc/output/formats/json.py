"""JSON: the object of `Table.to_dict`."""

from __future__ import annotations

import json
import math
import re
from typing import Any, ClassVar

from archcalc.base.tables import Table
from archcalc.output.formats._base import TextFormat

# A list of numbers: a JSON string has no line break, so this matches only layout.
_NUMBERS = re.compile(r'\[\n\s+([^\[\]{}"]*?)\n\s+\]')
_BREAK = re.compile(r"\s*\n\s*")


class Json(TextFormat):
    """JSON (RFC 8259); non-finite numbers become null."""

    name: ClassVar[str] = "json"
    about: ClassVar[str] = "everything, for programs"

    def dumps(self, table: Table, language: str = "en") -> str:
        return to_json(table.to_dict())


def to_json(value: Any) -> str:
    """Return plain data as JSON text with a final line break, lists of numbers on one line.

    >>> print(to_json({"output": [32, 112, 112]}), end="")
    {
      "output": [32, 112, 112]
    }
    """
    try:
        text = json.dumps(value, indent=2, ensure_ascii=False, allow_nan=False)
    except ValueError:
        text = json.dumps(_finite(value), indent=2, ensure_ascii=False, allow_nan=False)
    return _NUMBERS.sub(lambda numbers: f"[{_BREAK.sub(' ', numbers[1])}]", text) + "\n"


def _finite(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _finite(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_finite(item) for item in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


FORMAT = Json()
