"""Invalid specs: every error that one pass finds, at its line, in one line of text."""

from __future__ import annotations

import pytest

from archcalc import ArchcalcError, SpecError, load
from archcalc.language.graph.build import graph_of
from archcalc.language.graph.references import claim_problems
from archcalc.language.spec.spec import Spec
from tests.each import each

HEAD = "archcalc: 1\nname: broken\ninput: 32x32x3\n"  # rows begin at line 4


def read_through(text: str) -> None:
    """Do what `load` does with a file of this text."""
    spec = Spec(text, "broken.yaml")
    problems = list(claim_problems(spec, graph_of(spec)))
    if problems:
        raise SpecError(problems)


def faults(text: str) -> list[tuple[int, str]]:
    """Return (line, message) of each error in a spec, as `load` reports them."""
    with pytest.raises(SpecError) as caught:
        read_through(text)
    problems, lines = caught.value.problems, str(caught.value).splitlines()
    assert len(lines) == len(problems)
    assert all(line.startswith("broken.yaml:") for line in lines)
    return [(p.line, f"{p.cell}: {p.expected}" if p.cell else p.expected) for p in problems]


CASES = {
    "unknown operator": (
        "rows:\n- {op: conv3d 3x3, out: 8}\n",
        [(5, "unknown operator; did you mean 'conv'? (known: ")],
    ),
    "unknown column": (
        "columns: [operator, depth, out]\nrows:\n- [conv2d 3x3, 3, 8]\n",
        [(6, "depth '3': 'conv' has no such keyword")],
    ),
    "cell count": (
        "columns: [operator, out]\nrows:\n- [conv2d 3x3, 8, 1]\n- [conv2d 3x3]\n",
        [(6, "expected 2 cells (operator, out), found 3"), (7, "found 1")],
    ),
    "cells without columns": ("rows:\n- [conv2d 3x3, 8]\n", [(5, "cells need `columns`")]),
    "undefined name": (
        "rows:\n- {op: conv2d 3x3, out: $k}\n- {op: fc, out: $n}\n",
        [(5, "$k is not defined"), (6, "$n is not defined")],
    ),
    "dangling from": (
        "rows:\n- {op: conv2d 3x3, out: 8}\n- {op: add, from: [a, conv_1]}\n",
        [(6, "from 'a': expected the id of a row above")],
    ),
    "later row": (
        "rows:\n- {op: relu}\n- {op: add, from: [activation_1, z]}\n- {id: z, op: relu}\n",
        [(6, "this id comes later")],
    ),
    "recursive blocks": (
        "blocks:\n  a: {rows: [{op: b}]}\n  b: {rows: [{op: a}]}\nrows:\n- {op: a}\n",
        [(5, "contains itself: a → b → a")],
    ),
    "recursion through a parameter": (
        "blocks:\n  a: {columns: [x], rows: [{op: $x, x: a}]}\nrows:\n- {op: a, x: a}\n",
        [(5, "contains itself: a → a")],
    ),
    "printed size, told once": (
        (
            "columns: [input, operator, out, s]\nrows:\n"
            "- [32x32x3, conv2d 3x3, 8, 2]\n"
            "- [32x32x8, conv2d 3x3, 16, 1]\n"
            "- [32x32x16, conv2d 3x3, 16, 2]\n"
            "- [16x16x16, max pool 2x2, ~, 2]\n"
        ),
        [(7, "input '32x32x8': inferred 16x16x8")],
    ),
    "misprinted size, told once": (
        (
            "columns: [input, operator, out, s]\nrows:\n"
            "- [32x32x3, conv2d 3x3, 8, 2]\n"
            "- [16x16x9, conv2d 3x3, 16, 1]\n"
            "- [16x16x16, conv2d 3x3, 16, 2]\n"
        ),
        [(7, "input '16x16x9': inferred 16x16x8")],
    ),
    "printed output": (
        "columns: [operator, patch, output]\nrows:\n- [convolution, 3x3/2, 32x32x8, {out: 8}]\n",
        [(6, "output '32x32x8': inferred 16x16x8")],
    ),
    "cells of BN-Inception": (
        "columns: [op, patch, pool proj]\nrows:\n- [relu, step 2, ~]\n- [relu, ~, 32 + avg]\n",
        [
            (6, "patch 'step 2': expected a patch such as 7x7/2, or 'stride 2'"),
            (7, "pool proj '32 + avg': expected a pool and a projection such as 'avg + 32'"),
        ],
    ),
    "printed filter": (
        (
            "columns: [type, filter]\nrows:\n- [Conv / s1, 3x3x3x8]\n- [Conv dw / s1, 3x3x16 dw]\n"
            "- [Conv dw / s1, 3x3x8x8]\n- [FC, 10x10x10]\n"
        ),
        [
            (7, "inferred 8 input channels"),
            (8, "'dwconv' has no such keyword"),
            (9, "a filter such"),
        ],
    ),
    "printed global pool": (
        "rows:\n- {op: avgpool 7x7, global: true}\n",
        [(5, "kernel 7x7: inferred 32x32")],
    ),
    "duplicate id": (
        "rows:\n- {id: a, op: relu}\n- {id: a, op: relu}\n",
        [(6, "id 'a': is the id of line 5 already")],
    ),
    "bad and reserved ids": (
        "rows:\n- {id: 'a b', op: relu}\n- {id: input, op: relu}\n",
        [(5, "1 to 64 letters"), (6, "is taken")],
    ),
    "duplicate key": (
        "rows:\n- {op: conv2d 3x3, out: 8, out: 9}\nname: y\n",
        [(5, "out: duplicate key"), (6, "name: duplicate key")],
    ),
    "absurd sizes": (
        (
            "rows:\n- {op: conv2d 3x3, out: 99999999}\n- {op: conv2d 300x300, out: 8}\n"
            "- {op: conv2d 3x3, out: 8, s: -1}\n- {op: conv2d 3x3, out: 8, n: 99999}\n"
            "- {op: conv2d 3x3, out: 0}\n- {op: relu, count: 9999999}\n"
        ),
        [
            (5, "at most 1048576"),
            (6, "kernel sides from 1 to 255"),
            (7, "s '-1': expected a number of at least 1"),
            (8, "n '99999': expected an integer from 1 to 10000"),
            (9, "at least 1"),
            (10, "count '9999999': expected an integer from 1 to 1000000"),
        ],
    ),
    "absurd repeat": (
        "rows:\n- repeat: 1000000\n  rows:\n  - {op: relu}\n",
        [(5, "repeat '1000000': expected an integer from 1 to 10000")],
    ),
    "repeat without rows": (
        "rows:\n- {repeat: 2, row: 1}\n",
        [(5, "row: unknown keyword"), (5, "rows: expected rows to repeat")],
    ),
    "bomb of blocks": (
        (
            "blocks:\n  a: {rows: [{op: relu, n: 10000}]}\n  b: {rows: [{op: a, n: 10000}]}\n"
            "rows:\n- {op: b, n: 10000}\n"
        ),
        [(5, "at most 100000 layers")],
    ),
    "bomb of faulty blocks": (
        (
            "blocks:\n  a: {rows: [{op: nonsense, n: 10000}]}\n  b: {rows: [{op: a, n: 10000}]}\n"
            "rows:\n- {op: b, n: 10000}\n"
        ),
        [(5, "unknown operator"), (5, "at most 100000 layers")],
    ),
    "bomb of concatenations": (
        "rows:\n- {id: c0, op: conv2d 1x1, out: 1}\n"
        + "".join(f"- {{id: c{i + 1}, op: concat, from: [c{i}, c{i}]}}\n" for i in range(40)),
        [(24, "concatenations of at most 1000000 parts")],
    ),
    "null": (
        "rows:\n- {op: conv2d 3x3, out: 8, act: ~}\n",
        [(5, "act: null is not allowed here")],
    ),
    "wrong types": (
        (
            "rows:\n- {op: conv2d 3x3, out: 2.5}\n- {op: conv2d 3x3, out: eight, bn: no}\n- 5\n"
            "- {op: [relu]}\n- {op: relu, note: 3}\n"
        ),
        [
            (5, "out '2.5': expected an integer"),
            (6, "bn 'no': expected true or false"),
            (6, "out 'eight': expected an integer"),
            (7, "a list of cells or a mapping"),
            (8, "op: expected an operator"),
            (9, "note: expected a text"),
        ],
    ),
    "no operator": ("rows:\n- {out: 8}\n", [(5, "operator: not given")]),
    "what a block needs": (
        "rows:\n- {op: bneck 3x3, out: 16}\n",
        [(5, "act: not given, and 'bneck' needs it"), (5, "exp: not given")],
    ),
    "what an own block needs": (
        (
            "blocks:\n  mine: {columns: [a, b], rows: [{op: conv2d 1x1, out: $a}]}\n"
            "rows:\n- {op: mine, a: 8}\n- {op: mine, a: 8, b: 1, d: 2}\n"
        ),
        [(7, "b: not given, and block 'mine' needs it"), (8, "d '2': 'mine' has no such keyword")],
    ),
    "squeeze and excite": (
        (
            "rows:\n- {op: bneck 3x3, exp: 16, out: 16, SE: ✓, NL: HS}\n"
            "- {op: bneck 3x3, exp: 16, out: 16, se: {ratio: 2}, NL: HS}\n"
        ),
        [(5, "SE '✓': expected settings for the tick"), (6, "ratio above 0 and at most 1")],
    ),
    "defaults beside a bad head": (
        (
            "rounding: {method: ceil}\ndefaults:\n  conv: {bnn: true}\n  what: {a: 1}\nrows:\n"
            "- {op: conv2d 3x3, out: 8}\n- {op: conv2d 3x3}\n"
        ),
        [
            (4, "rounding.method 'ceil': expected 'truncate' or 'divisible'"),
            (6, "defaults.conv.bnn: 'conv' has no such keyword; did you mean 'bn'?"),
            (7, "defaults.what: unknown operator"),
            (10, "out: not given, and 'conv' needs it"),
        ],
    ),
    "nothing left": (
        "rows:\n- {op: conv2d 7x7, out: 8, pad: valid}\n- {op: conv2d 31x31, out: 8, pad: valid}\n",
        [(6, "nothing is left of 26x26x8")],
    ),
    "inputs that do not fit": (
        (
            "rows:\n- {id: a, op: conv2d 3x3, out: 8}\n- {id: b, op: conv2d 3x3, out: 16, s: 2}\n"
            "- {op: add, from: [a, b]}\n- {op: concat, from: [a, b]}\n- {op: concat, from: [a]}\n"
            "- {op: relu, from: [a, b]}\n- {op: conv2d 1x1, out: 9, groups: 3}\n"
        ),
        [
            (7, "8 and 16 channels differ"),
            (8, "maps of 16x16 and 32x32 differ in size"),
            (9, "'concat' needs at least 2 inputs, not 1"),
            (10, "'activation' needs 1 input, not 2"),
        ],
    ),
    "more runs than one row may have": (
        "rows:\n- {op: relu, count: 1000000}\n- {op: relu}\n- {op: relu, count: 2}\n",
        [(7, "relu: count: expected at most 1000000 runs, found 2000000")],
    ),
    "names that are no names": (
        "rows:\n- {op: relu, from: [1]}\n- {op: relu, from: []}\n- {op: relu, from: 2}\n",
        [(line, "from: expected the id of a row, or a list of ids") for line in (5, 6, 7)],
    ),
    "rows that read from rows that cannot be read": (
        (
            "rows:\n- {id: a, out: 8}\n- {out: 8}\n- {op: relu, from: a}\n"
            "- {op: relu, from: conv_2}\n- {op: add, from: [zz, a]}\n"
        ),
        [(5, "operator"), (6, "operator"), (9, "from 'zz'")],
    ),
    "units of claims": (
        "rows:\n- {op: relu}\nclaims:\n- {madds: 5 ms}\n- {top1: 5 ms}\n",
        [(7, "madds in one of its units (none, K, M, "), (8, "top1 in one of its units (none, %)")],
    ),
    "groups": (
        "rows:\n- {op: conv2d 1x1, out: 9, groups: 3}\n- {op: conv2d 1x1, out: 9, groups: 2}\n",
        [(6, "9 channels cannot be split into 2 groups")],
    ),
    "claims": (
        (
            "rows:\n- {op: relu}\nclaims:\n- {madds: lots}\n- {madds: 5M, top: 1}\n"
            "- {madds: 5M, erratum: {params: x}}\n- {width: 17, madds: 5M}\n"
        ),
        [
            (7, "a figure such as"),
            (8, "did you mean 'top"),
            (9, "not of 'params'"),
            (10, "at most 16"),
        ],
    ),
    "references of claims": (
        "rows:\n- {op: relu}\nclaims:\n- {madds: 5M, row: zz}\n- {madds: 5M, convention: thopp}\n",
        [(7, "claims.0.row: no row or operator 'zz'"), (8, "unknown convention 'thopp'")],
    ),
    "widths": (
        "rows:\n- {op: conv2d 3x3, out: 8}\nwidths: {conv_9: 8}\n",
        [(6, "widths.conv_9: no such channel group; did you mean 'conv_1.1'?")],
    ),
    "outputs": (
        "rows:\n- {op: relu}\noutputs: [a, activation_1, activation_1]\n",
        [(6, "outputs 'a': expected the id of a row"), (6, "is listed twice")],
    ),
    "unknown head": ("rows:\n- {op: relu}\nwidth: 1\n", [(6, "width: unknown keyword")]),
    "blocks that no row opens": (
        (
            "blocks:\n  a: {columns: [x], rows: [{op: conv9d, out: $x}, {op: relu, note: $y}]}\n"
            "  b: {rows: [{op: b}, {op: conv2d 1x1, out: $n}]}\nrows:\n- {op: relu}\n"
        ),
        [(5, "unknown operator"), (6, "contains itself"), (6, "$n is not defined")],
    ),
    "text that grows through blocks": (
        "blocks:\n"
        + "".join(
            f"  b{i}: {{columns: [x], rows: [{{op: b{i + 1}, x: {'$x' * 10}}}]}}\n"
            for i in range(8)
        )
        + "  b8: {columns: [x], rows: [{op: relu, note: $x}]}\nrows:\n- {op: b0, x: abcd}\n",
        [(8, "x: expected at most 10000 characters")],
    ),
    "lists that grow through blocks": (
        "blocks:\n"
        + "".join(
            f"  b{i}: {{columns: [x], rows: [{{op: b{i + 1}, x: [{', '.join(['$x'] * 10)}]}}]}}\n"
            for i in range(8)
        )
        + "  b8: {columns: [x], rows: [{op: relu, note: $x}]}\nrows:\n- {op: b0, x: abcd}\n",
        [(7, "x: expected a value of at most 1000 parts")],
    ),
    "repeats of nothing": (
        (
            "rows:\n- repeat: 10000\n  rows:\n  - repeat: 10000\n    rows:\n    - repeat: 10000\n"
            "      rows:\n      - {op: relu, s: $x}\n"
        ),
        [(11, "$x is not defined")],
    ),
    "names twice": (
        (
            "columns: [operator, c, c]\nblocks:\n  a: {columns: [x, x], rows: [{op: relu}]}\n"
            "rows:\n- [relu, ~, ~]\n"
        ),
        [(4, "'c' is given twice"), (6, "'x' is given twice")],
    ),
    "nulls of the head": (
        "title: ~\nrows:\n- {op: relu}\nclaims:\n- {madds: 0, label: ~}\n- {label: x}\n",
        [(4, "null is not allowed"), (8, "null is not allowed"), (9, "expected a figure: one of")],
    ),
    "one message a cell": (
        "rows:\n- {op: conv2d 3x3, out: 8, pad: sam}\n",
        [(5, "expected 'same', 'valid' or 'same_upper' or an integer")],
    ),
    "a block without inputs": (
        "blocks:\n  a: {inputs: [], rows: [{op: relu}]}\nrows:\n- {op: a}\n",
        [(5, "at least one entry")],
    ),
    "no rows": ("rows: []\n", [(4, "rows: expected at least one entry")]),
    "use of no column": (
        "columns: [operator, SE]\nrows:\n- [relu, ~, {use: {NL: ~}}]\n",
        [(6, "use.NL: not a column of this table")],
    ),
    "an operator twice": (
        "columns: [operator]\nrows:\n- [relu, {op: relu}]\n- [conv2d 3x3, {patch: 3x3, out: 8}]\n",
        [(6, "names an operator twice"), (7, "given twice")],
    ),
}


@pytest.mark.parametrize(("rows", "expected"), CASES.values(), ids=CASES.keys())
def test_each_error_is_reported_at_its_line(rows: str, expected: list[tuple[int, str]]) -> None:
    found = faults(HEAD + rows)
    assert [line for line, _ in found] == [line for line, _ in expected], found
    for (_, message), (_, phrase) in zip(found, expected, strict=True):
        assert phrase in message


def test_an_error_of_many_copies_is_reported_once() -> None:
    found = faults(
        HEAD + "blocks:\n  b: {columns: [c], rows: [{op: relu}]}\nrows:\n- {op: b, d: 3, n: 3000}\n"
        "- {op: conv9d}\n"
    )
    assert [line for line, _ in found] == [7, 7, 8]


def test_consequences_of_an_error_are_not_reported() -> None:
    found = faults(
        HEAD + "rows:\n- {id: a, op: conv9d, out: 8}\n- {op: relu}\n"
        "- {op: add, from: [a, activation_2]}\n"
        "- {op: conv2d 3x3, out: $k}\n"
    )
    assert [line for line, _ in found] == [5, 8]


def test_after_an_error_a_printed_size_lets_later_errors_be_found() -> None:
    found = faults(
        HEAD + "columns: [input, operator, out]\nrows:\n- [32x32x3, conv9d 3x3, 8]\n"
        "- [32x32x8, conv2d 3x3, 16]\n- [32x32x99, conv2d 3x3, 16]\n"
    )
    assert [line for line, _ in found] == [6, 8]


def test_errors_of_the_head_are_reported_together() -> None:
    assert [line for line, _ in faults("archcalc: 2\nname: [1]\ninput: big\n")] == [1, 1, 2, 3]


@each("source", ["no_such_net", "no/such/file.yaml", "mobilenet_v9", "."])
def test_a_source_that_is_nothing_is_one_clear_line(source: str) -> None:
    with pytest.raises(ArchcalcError) as caught:
        load(source)
    assert source in str(caught.value)
    assert "\n" not in str(caught.value)


def test_an_unknown_model_suggests_the_nearest() -> None:
    with pytest.raises(ArchcalcError, match="did you mean 'mobilenet_v2'"):
        load("mobilnet_v2")


def test_a_hostile_name_stays_on_one_line() -> None:
    with pytest.raises(SpecError) as caught:
        graph_of(Spec(HEAD + 'rows:\n- {op: "a\\nb\\u001b[31m", out: 8}\n', "broken.yaml"))
    assert str(caught.value).isprintable()
