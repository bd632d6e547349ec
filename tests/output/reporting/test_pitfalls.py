"""What is easily misread: the remarks of `explain`."""

from __future__ import annotations

import pytest

from archcalc import build, load
from archcalc.base.document import (
    Facts,
)
from archcalc.base.units import format_exact
from archcalc.cost.claims.explain import explain
from archcalc.output.reporting.subject import Subject
from tests.output.reporting.chapters import (
    each_table,
    made,
)


@pytest.mark.parametrize("name", ["mobilenet_v2", "googlenet", "nasnet_a_mobile", "resnet50"])
def test_pitfalls_are_those_of_explain(name: str) -> None:
    spec = load(name)
    section = made(Subject("net", [build(spec)]), "pitfalls")
    shown = [cell for table in each_table(section) for row in table.rows for cell in row]
    heads = [head for table in each_table(section) for head in table.groups.values()]
    words = [cell.text for cell in shown]
    for remark in explain(spec).remarks:
        if remark.kind in ("convention", "pitfall"):
            assert any(head.startswith(remark.what) for head in heads)
            for change in remark.changes:
                assert format_exact(int(change.counted or 0)) in words
                assert format_exact(int(change.instead or 0)) in words
    said = [
        value for block in section.blocks if isinstance(block, Facts) for _, value in block.pairs
    ]
    assert said == [
        remark.what
        for kind in ("note", "misprint")
        for remark in explain(spec).remarks
        if remark.kind == kind and not remark.changes
    ]


def test_pitfalls_are_of_the_net_as_printed() -> None:
    printed = made(Subject("net", [build("mobilenet_v2")]), "pitfalls")
    other = build(load("mobilenet_v2").with_params(k=10), width=0.5)
    assert made(Subject("net", [other]), "pitfalls") == printed
