"""Collects the errors in a spec, so that one pass reports all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NoReturn

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from archcalc.base.errors import Problem, SpecError, known_names, shorten
from archcalc.base.limits import PROBLEMS
from archcalc.language.spec.yaml_tree import line_of, source_text

Known = Callable[[Sequence[int | str]], Iterable[str]]


class Problems:
    """The errors found so far in one file."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.found: list[Problem] = []
        self._distinct: set[Problem] = set()

    def __bool__(self) -> bool:
        return bool(self.found)

    def add(self, line: int, cell: str, expected: str) -> None:
        """Add an error: what was ``expected`` in ``cell``; raises SpecError past the limit."""
        problem = Problem(self.file, line, cell, expected)
        # every copy of an invalid row adds its error again
        self.found.append(problem)
        self._distinct.add(problem)
        if len(self._distinct) >= PROBLEMS:
            last = f"stopped after {PROBLEMS} errors"
            end = max(found.line for found in self._distinct)
            raise SpecError([*self._distinct, Problem(self.file, end, "", last)])

    def absorb(self, problems: Iterable[Problem]) -> None:
        """Add the errors of another file that this one needs."""
        self.found.extend(problems)
        self._distinct.update(self.found)

    def add_validation(self, error: ValidationError, tree: Any, known: Known) -> None:
        """Add pydantic's errors in ``tree``, each at its own line.

        ``known`` returns the keywords that are known at a path.
        """
        cells: dict[tuple[int, str], list[str]] = {}
        for detail in error.errors(include_url=False):
            path = [part for part in detail["loc"] if not _is_internal(part)]
            cell = quoted(".".join(str(part) for part in path), detail)
            place = line_of(tree, path), cell
            cells.setdefault(place, []).append(expectation(detail, known(path[:-1])))
        for (line, cell), texts in cells.items():
            self.add(line, cell, either(texts))

    def stop(self, line: int, cell: str, expected: str) -> NoReturn:
        """Add an error after which reading cannot go on, and raise all of them."""
        self.add(line, cell, expected)
        raise SpecError(self.found)

    def raise_if_any(self) -> None:
        """Raise SpecError with every error, if there is one."""
        if self.found:
            raise SpecError(self.found)


def either(texts: Sequence[str]) -> str:
    """Join the alternatives expected in one cell into one message."""
    first, *others = dict.fromkeys(texts)
    return " or ".join([first, *(text.removeprefix("expected ") for text in others)])


def quoted(cell: str, detail: ErrorDetails) -> str:
    """Return the name of a cell with the offending text, where that is short enough to help."""
    value = detail["input"]
    if detail["type"] in ("missing", "extra_forbidden") or isinstance(value, (dict, list, tuple)):
        return cell
    return f"{cell} '{shorten(source_text(value))}'"


def expectation(detail: ErrorDetails, known: Iterable[str] = ()) -> str:
    """Return pydantic's message in the words of the spec language."""
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "extra_forbidden":
        names = list(known)
        return "unknown keyword" + (known_names(str(detail["loc"][-1]), names) if names else "")
    expected = detail["msg"].removeprefix("Input should be ")
    if kind == "value_error":
        expected = str(context["error"])
    elif kind == "literal_error":
        expected = context["expected"]
    for name, words in _BOUNDS.items():
        if name in context:
            expected = f"{words} {context[name]}"
    return _PLAIN.get(kind, f"expected {expected}")


_PLAIN = {
    "missing": "not given, and it is needed",
    "int_type": "expected an integer",
    "int_parsing": "expected an integer",
    "bool_type": "expected true or false",
    "string_type": "expected a text",
    "list_type": "expected a list",
    "dict_type": "expected a mapping",
    "model_type": "expected a mapping",
    "model_attributes_type": "expected a mapping",
    "tuple_type": "expected a list",
    "too_short": "expected at least one entry",
}
_BOUNDS = {
    "ge": "a number of at least",
    "gt": "a number above",
    "le": "a number of at most",
    "lt": "a number below",
    "pattern": "a text that matches",
    "max_length": "a length of at most",
    "min_length": "a length of at least",
}


def _is_internal(part: int | str) -> bool:
    """Return whether ``part`` is pydantic's name of a union branch, not a key of a document."""
    return isinstance(part, str) and ("[" in part or part in _BRANCHES)


_BRANCHES: Sequence[str] = ("constrained-int", "constrained-str", "int", "str", "bool", "Scale")
