"""LibreOffice recalculates workbooks to the counts."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from archcalc import Spec, build, count, load
from archcalc.output.workbook import to_workbook
from tests.output.workbook.recalculate import SOFFICE, assert_holds, by_libreoffice, with_inputs
from tests.output.workbook.small import small

NETS = ["mobilenet_v3_large", "nasnet_a_mobile", "small", "pruned", "detector"]


def spec_of(name: str) -> Spec:
    if name == "small":
        return small()
    if name == "pruned":
        return small().replace(widths={"conv_1.1": 12, "left.1": 17})
    return load("ssdlite_mobilenet_v1" if name == "detector" else name)


@pytest.mark.slow
@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("name", NETS)
def test_every_row_at_inputs_drawn_at_random(name: str, tmp_path: Path) -> None:
    drawn = random.Random(name)
    spec = spec_of(name)
    graph = build(spec).graph
    width = round(drawn.uniform(0.2, 1.6), 4) if graph.rounding is not None else 1
    side = drawn.randrange(graph.reference[1] * 3 // 4, graph.reference[1] * 3 // 2)
    prune = round(drawn.uniform(0.05, 0.8), 4)
    data = to_workbook(count(build(spec)))
    inputs = {"width": width, "resolution": side, "prune": prune}
    book = with_inputs(data, inputs)
    net = build(spec, width=width, resolution=side, prune=prune)
    assert_holds(by_libreoffice(book, tmp_path), count(net), book)
