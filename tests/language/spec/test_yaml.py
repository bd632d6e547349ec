"""Reading and writing spec files: laws over arbitrary documents, scalars, lines, layout."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import pytest
import yaml as pyyaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from archcalc.base import limits
from archcalc.base.errors import SpecError
from archcalc.language.spec.yaml import read
from archcalc.language.spec.yaml_tree import (
    Float,
    Integer,
    MarkedDict,
    MarkedList,
    line_of,
    plain_scalar,
    source_text,
)
from archcalc.language.spec.yaml_write import write
from tests.each import each

HOUSE = """\
name: tiny
paper: {title: "Tiny: a net", arxiv: "1704.04861", table: 1}
params: {classes: 1000}
defaults:
  conv: {bn: true, act: relu}
  bneck: {se: {ratio: 0.25, round: 8}}
blocks:
  pair:
    columns: [a, b]
    rows:
    - {id: b1, from: in, op: conv2d 1x1, out: $a}
    - {from: [b1, in], op: concat}
columns: [type, filter, input]
rows:
- [Conv / s2, 3x3x3x32, 224x224x3]
- repeat: 5
  rows:
  - ["bneck, 3x3", ~, ✓]
- [FC / s1, 1024x$classes, 1x1x1024, {scale: {min: 1.0}, erratum: printed 's2'; needs s1}]
claims:
- {id: v1_w1.0, width: 1.00, madds: 569M, convention: paper:no_norm, from: table 6}
widths:
  g1: 1
  g2: 2
  g3: 3
  g4: 4
  g5: 5
  g6: 6
  g7: 7
  g8: 8
  g9: 9
outputs: [a, b]
none: {}
"""

# What a writer is likely to get wrong, among any characters at all.
TRICKY = """no 1:30 2024-01-01 007 1e3 0x1F 1_000 .inf -.INF .nan null ~ true False << = - -- ---
... ? : :a a: a:b -a # a#b % %TAG * & ! | > @ ` ' " [ ] { } , \\ \ufeff \x00 ✓"""
TEXTS = st.one_of(
    st.text(max_size=20),
    st.text(alphabet=" -?:,[]{}#&*!|>'\"%@`~.\\\n\t\x85\u2028ab0e_<=+$/", max_size=20),
    st.sampled_from(["", *TRICKY.split()]),
    st.sampled_from([998, 999, 1000, 1001, 1300]).map("k".__mul__),
)
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(min_value=-(10**40) + 1, max_value=10**40 - 1),
    st.floats(),
    st.from_regex(r"[-+]?[0-9]{1,5}(\.[0-9]{0,3})?(e[+-]?[0-9]{1,2})?", fullmatch=True).map(
        plain_scalar
    ),
    TEXTS,
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(TEXTS, inner, max_size=10)
        | st.fixed_dictionaries({"repeat": inner, "rows": st.lists(inner, max_size=3)})
    ),
    max_leaves=25,
)
DOCUMENTS = st.dictionaries(TEXTS | st.sampled_from(["rows", "blocks"]), VALUES, max_size=12)


def exact(tree: Any) -> Any:
    """Return a tree with its numbers as type and source text, and its keys in order."""
    if isinstance(tree, dict):
        return [(key, exact(value)) for key, value in tree.items()]
    if isinstance(tree, list | tuple):
        return [exact(value) for value in tree]
    kind = {Integer: int, Float: float}.get(type(tree), type(tree))
    if kind is float:  # Python writes what is not finite without YAML's dot
        return kind, source_text(tree).replace(".inf", "inf").replace(".nan", "nan")
    return kind, source_text(tree)


def plain(tree: Any) -> Any:
    """Return a tree of Python's own types, as other libraries want them."""
    if isinstance(tree, dict):
        return {key: plain(value) for key, value in tree.items()}
    if isinstance(tree, list):
        return [plain(value) for value in tree]
    return {Integer: int, Float: float}.get(type(tree), lambda value: value)(tree)


def attempt(text: str | bytes) -> MarkedDict | SpecError:
    try:
        return read(text, "f")
    except SpecError as error:
        return error


def deep(levels: int) -> dict[str, Any]:
    value: Any = "bottom"
    for level in range(levels - 1):
        value = {"rows": value} if level % 2 else [value]
    return {"top": value}


@settings(max_examples=25)
@given(DOCUMENTS)
@example(deep(limits.NESTING))
@example({"long" * 300: {"rows": [["a"]], "long" * 300: [{"long" * 300: 1}]}})
def test_what_is_written_reads_back_to_the_digit(document: dict[str, Any]) -> None:
    tree = read(write(document), "f")
    assert exact(tree) == exact(document)
    assert exact(read(write(tree), "f")) == exact(tree)
    assert write(tree) == write(document)


@settings(max_examples=20)
@given(DOCUMENTS, st.sampled_from([None, True, False]), st.booleans())
def test_what_another_writer_wrote_reads_and_is_written_back(
    document: dict[str, Any], flow: bool | None, unicode: bool
) -> None:
    text = pyyaml.safe_dump(plain(document), default_flow_style=flow, allow_unicode=unicode)
    tree = attempt(text)
    if isinstance(tree, SpecError):
        assert "not printable" in str(tree)  # it writes U+2028 as it is
    else:
        assert list(tree) == sorted(document)
        assert exact(read(write(tree), "f")) == exact(tree)


@given(st.data())
def test_a_damaged_file_reads_or_is_a_spec_error(data: st.DataObject) -> None:
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(HOUSE))] * 2)))
    text = HOUSE[:start] + data.draw(TEXTS) + HOUSE[end:]
    tree = attempt(text)
    if isinstance(tree, SpecError):
        lines = len(text.splitlines()) + 1
        assert all(1 <= problem.line <= lines for problem in tree.problems)
        assert len(str(tree).splitlines()) == len(tree.problems)
    else:
        assert exact(read(write(tree), "f")) == exact(tree)


@given(st.binary())
def test_bytes_read_or_are_a_spec_error(data: bytes) -> None:
    assert attempt(data) is not None


PLAIN = "abc 1x1x32x64|Conv dw / s2|7x7/2|paper:no_norm|$k|✓|007|-0.5.1|a#b|the table's '#1'|=|a? b"


@each("text", PLAIN.split("|"))
def test_a_text_that_needs_no_quotes_has_none(text: str) -> None:
    assert write({text: [text]}) == f"{text}: [{text}]\n"


def test_layout_of_written_files() -> None:
    tree = read(HOUSE, "f")
    assert write(tree) == HOUSE
    assert write({**tree, "outputs": tuple(tree["outputs"])}) == HOUSE
    assert read(HOUSE.encode("utf-8-sig"), "f") == tree
    assert write({}) == "{}\n"


@each(
    ("document", "error"),
    [({"a": object()}, TypeError), ({"a": "\ud800"}, ValueError), ({"a": 10**40}, ValueError)],
)
def test_values_outside_the_language_are_not_written(document: dict[str, Any], error: type) -> None:
    with pytest.raises(error):
        write(document)


SCALAR_CASES: list[tuple[str, list[Any]]] = [
    ("~ null Null NULL", [None] * 4),
    ("true True TRUE false False FALSE", [True] * 3 + [False] * 3),
    ("0 12 -7 +3 0x1F 0o17", [0, 12, -7, 3, 31, 15]),
    ("1.00 .5 5. -1e3 2.5E-1 -.inf", [1.0, 0.5, 5.0, -1000.0, 0.25, float("-inf")]),
]
TEXTUAL = """no Yes on y 007 -01 00 1:30 12:30:45 2024-01-01 1_000 0b1 0x 0o8 -0x1 1e 1.2.3 . - +
nUll tRue .Infinity NaN inf 1409.4842v2 3a ²"""


@each(("text", "expected"), [*SCALAR_CASES, (TEXTUAL, TEXTUAL.split())])
def test_plain_scalars_follow_the_core_schema(text: str, expected: list[Any]) -> None:
    texts = text.split()
    values = read(f"a: [{', '.join(texts)}]", "f")["a"]
    assert values == expected
    assert [isinstance(value, bool) for value in values] == [type(e) is bool for e in expected]
    assert [value.text for value in values if isinstance(value, Integer | Float)] == [
        each for each, value in zip(texts, expected, strict=True) if type(value) in (int, float)
    ]
    assert read("a: [" + ", ".join(f'"{each}"' for each in texts) + "]", "f")["a"] == texts


def test_an_integer_of_absurd_length_is_a_text() -> None:
    longest, longer = "9" * limits.INTEGER_DIGITS, "1" * 5000
    tree = read(f"a: [{longest}, -{longest}, {longest}0, {longer}, 0x{longer}, {longer}.5]", "f")
    assert tree["a"][:2] == [int(longest), -int(longest)]
    assert tree["a"][2:5] == [f"{longest}0", longer, f"0x{longer}"]
    assert tree["a"][5] == float("inf")


@pytest.mark.parametrize("value", [Float("1.00", "1.00"), Integer(16, "0x10")])
def test_a_number_keeps_its_text_and_is_a_number(value: Float | Integer) -> None:
    for same in (value, copy.deepcopy(value), pickle.loads(pickle.dumps(value))):
        assert same.text == source_text(same) == value.text
        assert same == type(value).__mro__[1](value)
        assert repr(same) == repr(type(value).__mro__[1](value))
        assert hash(same) == hash(value)


def test_keys_are_texts_whatever_they_look_like() -> None:
    tree = read("1: a\n007: b\ntrue: c\n1.0: d\n'~': e\n'<<': <<\n'': f\n", "f")
    assert list(tree) == ["1", "007", "true", "1.0", "~", "<<", ""]


def test_lines() -> None:
    tree = read("# one\na: x\nrows:\n\n- [1,\n   2]\n- repeat: 2\n  rows:\n  - [{b: 3}]\n", "f")
    assert (tree.line, tree.lines) == (2, {"a": 2, "rows": 3})
    assert (tree["rows"].line, tree["rows"].lines) == (5, [5, 7])
    assert tree["rows"][0].lines == [5, 6]
    for path, line in {
        (): 2,
        ("a",): 2,
        ("a", "deeper", 3): 2,
        ("rows", 0, 1): 6,
        ("rows", 1, "rows", 0, 0, "b"): 9,
        ("rows", 1, "Group", "rows", 0): 9,  # pydantic names the member of a union
        ("rows", 7): 3,
        ("absent", 0): 2,
    }.items():
        assert line_of(tree, path) == line
    assert line_of("no tree", ("a",)) == 1
    for same in (copy.deepcopy(tree), pickle.loads(pickle.dumps(tree))):
        assert (same, same.lines, same["rows"].lines) == (tree, tree.lines, tree["rows"].lines)


def test_aliases_share_what_they_name() -> None:
    tree = read("a: &x [1, 2]\nb: *x\nc: [&y 1.50, *y]\n&k d: *k\ne: {*y : &x 3}\nf: *x", "f")
    assert tree["b"] is tree["a"]
    assert [source_text(value) for value in tree["c"]] == ["1.50", "1.50"]
    assert (tree["d"], tree["e"], tree["f"]) == ("d", {"1.50": 3}, 3)
    assert isinstance(tree["a"], MarkedList)
    assert isinstance(tree, MarkedDict)
