"""Broken and hostile spec files: each is one clear error at the right line."""

from __future__ import annotations

import pytest

from archcalc.base import limits
from archcalc.base.errors import SpecError
from archcalc.language.spec.yaml import read


def chain(levels: int, value: str) -> str:
    links = (f"a{n}: &a{n} {value.replace('*', f'*a{n - 1}')}\n" for n in range(1, levels))
    return "a0: &a0 [x]\n" + "".join(links)


BROKEN: dict[str, tuple[str | bytes, int, str]] = {
    "empty": ("", 1, "empty"),
    "comments": ("\n# only\n\n# comments\n", 1, "empty"),
    "empty document": ("# c\n---\n", 1, "empty"),
    "list": ("# c\n- a\n", 2, "expected a mapping"),
    "text": ("\nhello world\n", 2, "expected a mapping"),
    "two documents": ("a: 1\n---\nb: 2\n", 2, "second document"),
    "two mappings": ("{a: 1}\n{b: 2}\n", 2, "one mapping"),
    "latin-1": ("a: 1\nb: é".encode("latin-1"), 2, "UTF-8"),
    "utf-16": ("a: 1".encode("utf-16"), 1, "UTF-8"),
    "surrogate": ("a: 1\n\nb: \ud800", 3, "UTF-8"),
    "nul": ("a: 1\nb: \0", 2, "U+0000"),
    "escape": ("a: 1\r\nb: \x1b[31m", 2, "U+001B"),
    "line separator": ("a: 1\rb: \u2028", 2, "U+2028"),
    "too large": ("a: " + "x" * limits.FILE_BYTES, 1, "at most 1048576 bytes"),
    "too large in bytes": ("a: " + "é" * (limits.FILE_BYTES // 2), 1, "at most 1048576 bytes"),
    "python tag": ("a: 1\nb: !!python/object/apply:os.system [ls]", 2, "!!python"),
    "str tag": ("a: !!str 1", 1, "!!str: tags are not part of the language"),
    "own tag": ("a:\n- !foo {b: 1}", 2, "!foo: tags are not part of the language"),
    "bare tag": ("a: ! 12", 1, "!: tags are not part of the language"),
    "tag on a key": ("!x a: 1", 1, "!x: tags"),
    "undefined handle": ("a: 1\nb: !e!x 1", 2, "tags are not part of the language"),
    "tag directives": ("%TAG !a! b\n" * 9 + "---\na: 1", 1, "%TAG: tags"),
    "null key": ("a: 1\n~: 2", 2, "a key must be a text"),
    "no key": ("a: 1\n?\n: 2", 2, "a key must be a text"),
    "list key": ("a: 1\n? [b]\n: 2", 2, "a key must be a text"),
    "alias key": ("a: &x {b: 1}\n*x : 2", 2, "a key must be a text"),
    "merge key": ("a: &x {b: 1}\nc:\n  <<: *x", 3, "merge keys"),
    "undefined alias": ("a: 1\nb: *x", 2, "*x: no value above is marked &x"),
    "recursive alias": ("a: &x\n- 1\n- [*x]", 3, "*x: the alias is inside"),
    "recursive root": ("&x\na: *x", 2, "*x: the alias is inside"),
    "lists too deep": ("a:\n  " + "[" * 100_000, 2, "32 levels"),
    "mappings too deep": ("a: " + "{a: " * limits.NESTING, 1, "32 levels"),
    "blocks too deep": ("".join(f"{' ' * n}a:\n" for n in range(40)), 33, "32 levels"),
    "deep by aliases": (chain(limits.NESTING, "[*]"), limits.NESTING, "32 levels"),
    "values": (f"a:\n- [{'b,' * limits.NODES}]", 2, "at most 100000 values"),
    "billion laughs": (chain(30, "[*, *, *, *, *, *, *, *, *]"), 6, "at most 100000 values"),
    "long laughs": (f"a: &a {'x' * 10_000}\nb: [{'*a,' * 105}]", 2, "with aliases written out"),
    "bracket": ("rows:\n- [a, b\n- [c, d]\n", 2, "not YAML: a bracket is opened here"),
    "brace": ("rows:\n- [a]\n- {b: 1\nc: 2\n", 3, "not YAML: a bracket is opened here"),
    "bracket at the end": ("a: 1\nb: [c,\n  d\n\n", 2, "not YAML: a bracket is opened here"),
    "bracket after a comma": ("rows:\n- [a,\n- [b]\n", 2, "not YAML: a bracket is opened here"),
    "brace after a colon": ("rows:\n- {a: 1, b:\n- {b: 1}\n", 2, "not YAML: a bracket is opened"),
    "comma": ("a: {\n  b: 1\n  c: 2}\n", 3, "not YAML: expected ',' or '}'"),
    "commas": ("a: 1\nb: [1,,2]", 2, "not YAML: expected a value"),
    "stray bracket": ("rows:\n- [a]]\n- [b]", 2, "not YAML: expected a key or a row"),
    "quote": ("a: 1\nb: 'c\nd: 2\n", 2, "not YAML: a quote is opened here"),
    "unknown escape": ('a: 1\nb: "\\q"', 2, "not YAML: found unknown escape"),
    "lone word": ("a: 1\nword\nb: 2\n", 2, "not YAML: expected ': '"),
    "two colons": ("a: 1\nb: c: d", 2, "not YAML: a ':' out of place"),
    "tab": ("a:\n\t- b", 2, "not YAML: indentation takes spaces"),
    "at sign": ("a: 1\nb: @c", 2, "not YAML: a text that begins with '@' needs quotes"),
    "star": ("a: 1\nb: *", 2, "not YAML: a text that begins with '*'"),
    "indentation": ("a:\n  b: 1\n c: 2\n", 3, "not YAML: expected a key"),
    "a row among keys": ("a: 1\n- b", 2, "not YAML: expected a key"),
    "a key among rows": ("a:\n- b\n  - c: 1\n d: 2", 3, "not YAML"),
    "future YAML": ("%YAML 9.9\n---\na: 1", 1, "not YAML: found incompatible"),
}


@pytest.mark.parametrize(("text", "line", "phrase"), BROKEN.values(), ids=BROKEN)
def test_broken_files(text: str | bytes, line: int, phrase: str) -> None:
    with pytest.raises(SpecError) as caught:
        read(text, "dir/f.yaml")
    (problem,) = caught.value.problems
    assert problem.line == line
    assert phrase in str(problem)
    assert str(caught.value).startswith(f"dir/f.yaml:{line}: ")


def test_every_error_is_reported_at_once() -> None:
    with pytest.raises(SpecError) as caught:
        read('a: 1\nb: {c: 1, "c": [], c: 2}\n"a": *d\n? [e]\n: !f 1\ng: [\n', "f")
    assert [(problem.line, problem.cell) for problem in caught.value.problems] == [
        (2, "c"),
        (3, "*d"),
        (3, "a"),
        (4, ""),
        (5, "!f"),
        (6, ""),
    ]
    assert caught.value.problems[2].expected == "duplicate key, already on line 1"


def test_the_number_of_errors_is_limited() -> None:
    with pytest.raises(SpecError) as caught:
        read("a: *b\n" * 100_000, "f")
    assert len(caught.value.problems) <= limits.PROBLEMS
