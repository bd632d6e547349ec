"""Messages for the parser's syntax errors, at the line of the cause."""

from __future__ import annotations

from typing import Final

import yaml

TAGS: Final = "tags are not part of the language; quote a text that begins with '!'"

_PLAIN_WORDS = {
    "mapping values are not allowed in this context": "a ':' out of place; quote a text that "
    "holds ': ', and indent the keys of one mapping alike",
    "did not find expected key": "expected a key or a row here; check indentation, brackets "
    "and quotes",
    "did not find expected '-' indicator": "expected a row ('- ') here; check indentation "
    "and brackets",
    "did not find expected node content": "expected a value before this comma or bracket",
    "did not find expected <document start>": "expected one mapping; something follows it",
}


def syntax_message(error: yaml.MarkedYAMLError, source: str, opened: int) -> tuple[int, str]:
    """Return line (from 1) and message of a syntax error of `source`.

    The parser reports an open bracket or a lone word on a later line; the line returned is the
    one to correct. `opened`: the line of the innermost open collection.
    """
    context, problem = error.context or "", error.problem or ""
    mark, start = error.problem_mark, error.context_mark
    if mark is None:
        return 1, f"not YAML: {problem}"
    if "tag" in context.split() or "tag" in problem.split():
        return mark.line + 1, TAGS
    lines = [*source.splitlines(), ""]
    line = min(mark.line, len(lines) - 1)
    at_end = not source[mark.index :].strip()
    expected = _PLAIN_WORDS.get(problem, problem.replace("did not find ", ""))
    if "cannot start any token" in problem:
        character = lines[line][mark.column : mark.column + 1]
        expected = f"a text that begins with '{character}' needs quotes"
        if character == "\t":
            expected = "indentation takes spaces, not tabs"
    elif start is None:
        pass
    elif "simple key" in context:
        line, expected = start.line, "expected ': ' after this key"
    elif "quoted scalar" in context and at_end:
        line, expected = start.line, "a quote is opened here and never closed"
    elif context.endswith(("an alias", "an anchor")):
        expected = "a text that begins with '*' or '&' needs quotes"
    elif "parsing a flow" in context:
        bracket = opened - 1 if "node" in context else start.line
        # A line indented no further than that of the bracket belongs to the next row.
        next_row = line > bracket and _indent(lines[line]) <= _indent(lines[bracket])
        if at_end or next_row:
            line, expected = bracket, "a bracket is opened here and never closed"
    return line + 1, f"not YAML: {expected}"


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
