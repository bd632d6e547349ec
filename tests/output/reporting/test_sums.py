"""Layers, and sums of them by type and stage: the figures are those of `count`."""

from __future__ import annotations

from dataclasses import replace

import pytest

from archcalc import Spec, build, count
from archcalc.base.document import (
    FigureBlock,
    TableBlock,
    Text,
)
from archcalc.base.names import size_text
from archcalc.base.units import format_exact
from archcalc.output.reporting.subject import Subject
from tests.output.reporting.chapters import (
    VARIANTS,
    each_table,
    figures,
    made,
    only,
    subject_of,
    texts,
)


@pytest.mark.parametrize("name", VARIANTS)
def test_layers_are_those_of_count(name: str) -> None:
    subject = subject_of(name, batch=2)
    cost = count(subject.net, batch=2)
    table = only(made(subject, "layers").blocks, TableBlock)
    block = ""
    for index, (row, layer) in enumerate(zip(table.rows, cost.layers, strict=True)):
        label, op, output, *costs = texts(row)
        block = table.groups.get(index, block)
        assert layer.node.id == (f"{block}.{label}" if block else label)
        assert block in ("", layer.node.block)
        assert op.startswith(layer.node.op.label)
        assert (str(layer.node.count) in op) or layer.node.count == 1
        assert output == size_text(layer.output)
        assert costs == figures(layer.madds, layer.params, cost)
    several = [key for key, own in cost.by("block").groups.items() if len(own) > 1]
    assert [head for head in table.groups.values() if head] == several
    [foot] = table.foot
    assert [texts(foot)[i] for i in (-4, -2)] == [
        format_exact(n) for n in (cost.madds, cost.params)
    ]


def test_a_long_net_is_summed_with_a_note() -> None:
    for name, key in (("densenet121", "block"), ("nasnet_a_mobile", "block")):
        subject = subject_of(name)
        section = made(subject, "layers")
        assert f"archcalc count {name}" in only(section.blocks, Text).text
        records = subject.cost.by(key).records()
        table = only(section.blocks, TableBlock)
        assert [row[0].text for row in table.rows] == [one["key"] for one in records]
        assert [row[2].text for row in table.rows] == [format_exact(r["madds"]) for r in records]


def test_a_net_of_very_many_blocks_is_summed_by_row_or_stage() -> None:
    rows = "".join(
        f"- {{repeat: 30, rows: [{{op: conv2d 1x1, out: {8 + n}}}]}}\n" for n in range(20)
    )
    spec = Spec(f"archcalc: 1\nname: long\ninput: 4x4x3\nrows:\n{rows}")
    table = only(made(Subject("net", [build(spec)]), "layers").blocks, TableBlock)
    assert len(table.rows) == 20
    one = "".join(f"- {{op: conv2d 1x1, out: {8 + n}}}\n" for n in range(401))
    spec = Spec(f"archcalc: 1\nname: longer\ninput: 4x4x3\nrows:\n{one}")
    table = only(made(Subject("net", [build(spec)]), "layers").blocks, TableBlock)
    assert [row[0].text for row in table.rows] == ["stage_1"]


@pytest.mark.parametrize("name", VARIANTS)
@pytest.mark.parametrize(("section", "key"), [("by_type", "op"), ("by_stage", "stage")])
@pytest.mark.usefixtures("undrawn")
def test_sums_are_those_of_count(name: str, section: str, key: str) -> None:
    subject = subject_of(name, convention="paper:weights")
    cost = count(subject.net, "paper:weights")
    table = only(made(subject, section).blocks, TableBlock)
    expected = {
        one["key"].replace("_", " ") if key == "stage" else one["key"]: one
        for one in cost.by(key).records()
    }
    assert sorted(row[0].text for row in table.rows) == sorted(expected)
    for row in table.rows:
        record = expected[row[0].text]
        assert texts(row)[-4:] == figures(record["madds"], record["params"], cost)
        assert str(record["layers"]) in texts(row)
    assert len(cost.layers) == int(next(c.text for c in table.foot[0][1:] if c.text))


def test_pictures_are_drawn_with_captions() -> None:
    subject = subject_of("mobilenet_v3_large", "zh")
    for name, most in (("by_type", "conv 1x1"), ("by_stage", "阶段")):
        picture = only(made(subject, name).blocks, FigureBlock)
        assert "<svg" in picture.svg
        assert most in picture.alt
        assert not picture.caption.isascii()
        # the same bytes for the same net
        assert picture == only(made(replace(subject), name).blocks, FigureBlock)


def test_a_printed_share_that_is_known_to_be_wrong_is_a_note() -> None:
    subject = subject_of("mobilenet_v1", convention="paper:weights")
    table = next(each_table(made(subject, "by_type")))
    [note] = table.notes
    assert "1.19%" in note
    assert [row[0].text for row in table.rows if row[0].marks] == ["conv 3x3"]
    assert not next(each_table(made(subject_of("mobilenet_v1"), "by_type"))).notes
