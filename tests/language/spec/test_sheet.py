"""A sheet of texts and back: nothing of a spec's rows is lost, whatever is in a cell."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archcalc import Spec, SpecError, build, count, load, zoo_names
from archcalc.language.spec.sheet import ALSO, Sheet, row_lines, row_numbers, sheet_of, with_sheet
from tests.zoo import few


@pytest.mark.parametrize("name", few(zoo_names()))
def test_there_and_back_a_spec_is_the_same(name):
    spec = load(name)
    sheet = sheet_of(spec.document)
    assert sheet.columns[-1] == ALSO
    assert all(len(row) == len(sheet.columns) for row in sheet.rows)
    assert Spec(with_sheet(spec.document, sheet), spec.file) == spec


@pytest.mark.parametrize("name", few(zoo_names()))
def test_rows_of_the_sheet_cost_what_the_net_costs(name):
    table = count(build(name))
    numbers = row_numbers(table.net.spec)
    assert len(numbers) == len(sheet_of(table.net.spec.document).rows)
    every = [number for own in numbers for number in own]
    assert sorted(every) == list(range(1, len(every) + 1))
    assert {layer.node.row for layer in table.layers} <= set(every)


SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**6), 10**6),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Zl", "Zp", "Cn", "Co"])),
    st.sampled_from(
        ["~", "null", "8", "1.0", "[a", "{a: 1}", '"', "'x'", "a: b", "x #y", " a ", "$k"]
    ),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc"), inner, max_size=3),
    max_leaves=6,
)


@settings(deadline=None)
@given(st.lists(st.lists(VALUES, min_size=2, max_size=2), min_size=1, max_size=4))
def test_any_cell_is_read_as_it_was_written(rows):
    rows = [row for row in rows if not isinstance(row[-1], dict)]
    sheet = sheet_of({"columns": ["op", "out"], "rows": rows})
    assert sheet.to_rows() == rows


@given(st.lists(st.lists(st.text(max_size=12), min_size=3, max_size=3), max_size=4))
def test_whatever_is_typed_is_a_document_or_an_error(rows):
    sheet = Sheet(("op", "out", ALSO), tuple(map(tuple, rows)))
    head = {"archcalc": 1, "name": "x", "input": "8x8x3", "columns": ["op", "out"]}
    with suppress(SpecError):
        Spec(with_sheet(head, sheet))


def test_empty_rows_are_left_out_and_keywords_need_no_braces():
    sheet = Sheet(
        ("op", "out", ALSO),
        (("conv2d 3x3", "8", "s: 2, act: relu"), ("", "", ""), ("", "", "op: softmax")),
    )
    assert sheet.to_rows() == [["conv2d 3x3", 8, {"s": 2, "act": "relu"}], {"op": "softmax"}]
    assert sheet.kept() == [0, 2]


def test_every_row_has_its_lines():
    spec = load("mobilenet_v1")
    text = spec.to_yaml()
    lines = row_lines(text)
    assert len(lines) == len(spec.document["rows"])
    group = next(i for i, row in enumerate(spec.document["rows"]) if isinstance(row, dict))
    assert len(lines[group]) > 1
    for own, row in zip(lines, spec.document["rows"], strict=True):
        first = row[0] if isinstance(row, list) else "repeat"
        assert str(first) in text.splitlines()[own.start - 1]
    assert row_lines("rows: [") == []
