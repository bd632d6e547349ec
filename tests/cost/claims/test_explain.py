"""Pitfalls: both readings equal counts by hand; unknown references are errors."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from archcalc import ArchcalcError, Spec, SpecError, build, check, count, explain, load, zoo_names
from archcalc.cost.claims.explain import Change
from archcalc.cost.claims.pitfalls import count_pitfalls
from archcalc.language.spec.document_rows import named_rows, plain_copy
from archcalc.language.transforms import transform
from tests.each import each

HEAD = """\
archcalc: 1
name: tiny
paper: {title: Tiny, table: 3}
input: 8x8x3
params: {k: 10}
rounding: {method: divisible}
defaults: {conv: {bn: true, act: relu}}
columns: [input, operator, c, s]
rows:
- [8x8x3,  conv2d 3x3, 8,  2, {note: "stride 2"}]
- [4x4x8,  conv2d 1x1, 16, 1, {id: point, erratum: "printed 17"}]
- [4x4x16, avgpool 4x4, ~, ~, {global: true}]
- [1x1x16, fc, $k, ~, {scale: false}]
"""


def tiny(pitfall: str, more: str = "", path: Path | None = None) -> Spec:
    text = f"{HEAD}{more}pitfalls:\n- {{what: it is so, {pitfall}}}\n"
    if path is None:
        return Spec(text, "tiny.yaml")
    path.write_text(text)
    return load(path)


def changes(model: str, words: str) -> dict[str, int | None]:
    """Return by how much another reading of a net of the zoo costs more."""
    (remark,) = (
        one for one in explain(load(model)).remarks if one.kind == "pitfall" and words in one.what
    )
    return {change.quantity: change.difference for change in remark.changes}


# What each reading adds or takes, counted by hand from the papers' tables.
BY_HAND = {
    # rows 18 and 19 of V1 on maps of 4x4 in place of 7x7
    ("mobilenet_v1", "printed with s2"): {"madds": -(49 - 16) * (9 * 1024 + 1024 * 1024)},
    ("mobilenet_v1", "class more"): {"madds": 1024, "params": 1024 + 1},
    ("mobilenet_v1", "counts the FC layer"): {"madds": -1024 * 1000},
    # a 1x1 convolution from 32 to 32 channels at 112x112, with norm
    ("mobilenet_v2", "t = 1"): {"madds": 112 * 112 * 32 * 32, "params": 32 * 32 + 2 * 32},
    ("mobilenet_v2", "classifier has a bias"): {"params": -1000},
    # 1280 in place of 1792 channels behind 448, before 1000 classes
    ("mobilenet_v2", "head widens"): {
        "madds": -512 * (49 * 448 + 1000),
        "params": -512 * (448 + 2 + 1000),
    },
    # 448 in place of 1280 channels behind 112
    ("mobilenet_v2", "head keeps"): {
        "madds": -832 * (49 * 112 + 1000),
        "params": -832 * (112 + 2 + 1000),
    },
    ("mobilenet_v3_large", "leaves a bias"): {"params": -1280},
    ("mobilenet_v3_small", "leaves a bias"): {"params": -1024},
    # a gate of 576 channels squeezed to 144, both layers with biases
    ("mobilenet_v3_small", "SE tick"): {
        "madds": 2 * 576 * 144,
        "params": 2 * 576 * 144 + 144 + 576,
    },
    # 1280 in place of 1024 channels behind 432, at width 0.75
    ("mobilenet_v3_small", "first arXiv version"): {
        "madds": 256 * (432 + 1000),
        "params": 256 * (432 + 1 + 1000),
    },
    ("mobilenet_v3_large_minimalistic", "leaves a bias"): {"params": -1280},
    ("mobilenet_v4_conv_small", "classifier has a bias"): {"params": -1000},
    # no 1x1 convolution from 320 to 1280 channels at 7x7: the classifier reads 320
    ("mnasnet_a1", "before the pool"): {
        "madds": -49 * 320 * 1280 + (320 - 1280) * 1000,
        "params": -(320 * 1280 + 2 * 1280) + (320 - 1280) * 1000,
    },
    # the first 1x1 of conv3_1, conv4_1 and conv5_1 on four times the positions
    ("resnet50", "stride"): {
        "madds": 3 * 28 * 28 * 256 * 128 + 3 * 14 * 14 * 512 * 256 + 3 * 7 * 7 * 1024 * 512
    },
    ("densenet121", "close the last block"): {"params": -2 * 1024},
    # 7x7 from 3 to 64 channels, in place of eight 7x7 filters a channel and 1x1 to 64
    ("inception_v2", "separable"): {
        "madds": 112 * 112 * (49 * 3 * 64 - 49 * 24 - 24 * 64),
        "params": 49 * 3 * 64 - 49 * 24 - 24 * 64,
    },
    ("proxylessnas_mobile", "MB1"): {"madds": 112 * 112 * 32 * 32, "params": 32 * 32 + 2 * 32},
    ("vgg16", "vgg16_bn"): {"params": 2 * (2 * 64 + 2 * 128 + 3 * 256 + 6 * 512)},
    # the 1x1 convolution from 64 to 64 channels at 56x56, with biases
    ("googlenet", "3x3 reduce"): {"madds": -56 * 56 * 64 * 64, "params": -(64 * 64 + 64)},
}


@each(("model", "words"), BY_HAND)
def test_other_readings_cost_what_they_cost_by_hand(model, words):
    assert changes(model, words) == BY_HAND[model, words]


@each("name", zoo_names())
def test_every_net_of_the_zoo_is_explained(name):
    explanation = explain(load(name))
    assert len([r for r in explanation.remarks if r.kind == "pitfall"]) == len(
        load(name).head.pitfalls
    )
    figures = sum(max(1, len(remark.changes)) for remark in explanation.remarks)
    assert len(explanation.records()) == figures
    for remark in explanation.remarks:
        assert remark.what or remark.where
        for change in remark.changes:
            assert change.counted is not None or change.printed
            assert change.instead is None or change.instead != change.counted


def test_a_reading_that_gives_a_printed_figure_is_marked():
    (remark,) = (
        one
        for one in explain(load("mobilenet_v3_small")).remarks
        if one.what.startswith("the first arXiv version")
    )
    assert {change.quantity: change.printed for change in remark.changes} == {
        "madds": "44M",
        "params": "2.4M",
    }


def test_conventions_are_listed_with_both_figures():
    remarks = explain(load("vgg16")).remarks
    (remark,) = (one for one in remarks if one.kind == "convention")
    (change,) = remark.changes
    assert (remark.where, change.convention) == ("V1 table 8", "paper:conv_only")
    linear = 25088 * 4096 + 4096 * 4096 + 4096 * 1000
    assert change.difference == -linear
    # under the usual convention alone there is nothing to tell
    kinds = {one.kind for one in explain(load("mobilenet_v3_small")).remarks}
    assert "convention" not in kinds


def test_misprints_are_of_papers_and_each_cause_is_listed_once():
    explanation = explain(load("mobilenet_v1"))
    misprints = [one for one in explanation.remarks if one.kind == "misprint"]
    assert [one.where for one in misprints] == ["V1 table 2, Conv 3x3", "V2 table 4, MobileNetV1"]
    (change,) = misprints[1].changes
    assert (change.printed, change.counted) == ("575M", count(build("mobilenet_v1")).madds)
    assert change.difference_percent == pytest.approx(100 * (568_740_352 / 575e6 - 1), abs=1e-3)
    (cut,) = (one for one in explanation.remarks if one.kind == "truncated")
    assert [c.printed for c in cut.changes] == ["290M"]
    assert "archcalc check mobilenet_v1" in explanation.notes()[0]
    assert explain(load("vgg16")).notes() == []


def test_errata_and_notes_of_rows_without_a_pitfall_are_listed():
    plain = explain(Spec(HEAD, "tiny.yaml"))
    assert [(one.kind, one.what, one.where) for one in plain.remarks] == [
        ("note", "stride 2", "table 3, row conv_1"),
        ("misprint", "printed 17", "table 3, row point"),
    ]
    told = explain(tiny("instead: {rows: {point: {c: 17}}}"))
    assert [(one.kind, one.where) for one in told.remarks] == [
        ("pitfall", "table 3, row point"),
        ("note", "table 3, row conv_1"),
    ]
    bare = HEAD.partition("rows:")[0] + "rows: [[8x8x3, conv 1x1, 1, 1]]"
    assert explain(Spec(bare, "tiny.yaml")).remarks == ()


READINGS = {
    "a printed cell": ("rows: {point: {c: 17}}", 16 * 8 + 10 * 1, 8 + 2 + 10),
    "a keyword": ("rows: {point: {bn: false}}", 0, 16 - 32),
    "no keyword": ("rows: {conv_1: {note: ~, s: 1}}", 48 * (27 * 8 + 8 * 16), 0),
    "rows in place of one": (
        "rows: {point: [[4x4x8, conv2d 1x1, 4, 1], [4x4x4, conv2d 1x1, 16, 1]]}",
        16 * (8 * 4 + 4 * 16 - 8 * 16),
        8 * 4 + 8 + 4 * 16 - 8 * 16,
    ),
    "a default": ("defaults: {conv: {bn: false}}", 0, 8 + 16 - 2 * 24),
    "a parameter": ("params: {k: 11}", 16, 17),
    "a convention": ("convention: 'paper:weights'", 0, -(2 * 24 + 10)),
}


@each("reading", READINGS)
def test_readings(reading):
    text, madds, params = READINGS[reading]
    (one,) = count_pitfalls(tiny(f"instead: {{{text}}}"))
    assert one.instead.madds - one.counted.madds == madds
    assert one.instead.params - one.counted.params == params


def test_transforms_and_rounding_are_readings():
    dw = HEAD.replace("conv2d 1x1, 16, 1, {", "sepconv 3x3, 16, 1, {act: relu, ")
    text = f"{dw}pitfalls:\n- {{what: x, instead: {{set: {{kernel: 5}}}}}}\n"
    (one,) = count_pitfalls(Spec(text, "tiny.yaml"))
    assert one.instead.madds - one.counted.madds == 16 * 8 * (25 - 9)
    spec = tiny("width: 0.7, instead: {rounding: {method: truncate, min: 1}}")
    (one,) = count_pitfalls(spec)
    # 8 and 16 channels become 8 (never below 90 %) and 16 where rounded, 5 and 11 where cut
    rounded, cut = (16 * (27 * a + a * b) + 10 * b for a, b in ((8, 16), (5, 11)))
    assert (one.counted.madds, one.instead.madds) == (rounded, cut)
    assert one.counted.net.width == 0.7


def test_a_reading_breaks_printed_cells_that_the_spec_itself_asserts():
    changed = HEAD.replace("conv2d 3x3, 8,", "conv2d 3x3, 9,")
    with pytest.raises(SpecError, match="inferred 4x4x9"):
        check(Spec(changed, "tiny.yaml"))
    (one,) = count_pitfalls(tiny("instead: {rows: {conv_1: {c: 9}}}"))
    assert one.instead.net.shapes["conv_1.1.conv"][0] == 9
    with pytest.raises(SpecError, match="inferred 4x4x9"):
        check(Spec(changed, "tiny.yaml"))


def test_rows_of_own_blocks_have_names():
    spec = load("googlenet")
    names = [named.id for named in named_rows(plain_copy(spec.document))]
    assert {"conv1", "3a", "fc", "max_pool_2", "inception.b5", "reduced.r3"} <= set(names)
    assert len(names) == len(set(names))


@each("name", zoo_names())
def test_rows_have_the_ids_of_the_graph(name):
    spec = load(name)
    taken = {node.row_id for base in spec.bases for node in build(base).graph.nodes}
    rows = {node.row_id for node in build(name).graph.nodes} - taken
    assert rows
    assert rows <= {named.id for named in named_rows(plain_copy(spec.document))}


WRONG = {
    "instead: {rows: {pont: {c: 1}}}": (
        "instead.rows.pont",
        "no row 'pont'; did you mean 'point'?",
    ),
    "row: conv_7, instead: {params: {k: 1}}": ("row", "no row 'conv_7'"),
    "instead: {convention: papr}": ("instead.convention", "no convention 'papr'"),
    "convention: papr, instead: {params: {k: 1}}": ("convention", "no convention 'papr'"),
    "instead: {params: {j: 1}}": ("instead.params.j", "no parameter 'j'"),
    "instead: {set: {act: loud}}": ("instead.set", "loud"),
    "instead: {}": ("instead", "one of convention, rows"),
    "instead: {row: 3}": ("instead.row", "unknown keyword; did you mean 'rows'?"),
    "insted: {}": ("insted", "unknown keyword; did you mean 'instead'?"),
    "width: 0, instead: {params: {k: 1}}": ("width '0'", "width multiplier"),
}


@each("pitfall", WRONG)
def test_what_a_pitfall_names_must_be_there(pitfall, tmp_path):
    cell, expected = WRONG[pitfall]
    with pytest.raises(ArchcalcError) as caught:
        tiny(pitfall, path=tmp_path / "tiny.yaml")
    messages = str(caught.value).splitlines()
    assert any(f":15: pitfalls.0.{cell}: " in line and expected in line for line in messages), (
        messages
    )


@each(
    ("pitfall", "expected"),
    [
        ("instead: {params: {k: 10}}", "changes neither MAdds nor params"),
        ("instead: {rows: {point: {act: relu6}}}", "changes neither MAdds nor params"),
        ("instead: {rows: {point: {stride: many}}}", "stride"),
        ("instead: {rows: {point: [{op: fly}]}}", "unknown operator"),
        ("resolution: 1, instead: {params: {k: 1}}", None),
    ],
)
def test_a_reading_must_be_a_net_that_costs_something_else(pitfall, expected, tmp_path):
    spec = tiny(pitfall, path=tmp_path / "tiny.yaml")
    if expected is None:
        count_pitfalls(spec)
        return
    with pytest.raises(SpecError) as caught:
        explain(spec)
    (problem,) = caught.value.problems
    assert (problem.line, problem.cell) == (15, "pitfalls.0.instead")
    assert expected in problem.expected


def test_pitfalls_are_of_the_net_as_printed():
    assert transform(load("mobilenet_v1"), {"act": "relu6"}).head.pitfalls == []
    spec = load("mobilenet_v1").with_params(classes=10)
    (one,) = (r for r in explain(spec).remarks if "printed with s2" in r.what)
    assert one.changes[0].counted == count(build(spec)).madds


def test_records_are_flat_and_every_figure_is_one():
    explanation = explain(load("mobilenet_v2"))
    records = json.loads(json.dumps(explanation.to_dict()))
    assert all(
        list(record) == [
            "kind", "what", "where", "model", "quantity", "convention", "printed", "counted",
            "instead", "difference_percent",
        ]
        for record in records
    )  # fmt: skip
    assert len(records) == sum(max(1, len(remark.changes)) for remark in explanation.remarks)


def test_a_change_runs_from_its_first_figure_to_its_second():
    read = Change("n", "madds", "paper", counted=100, instead=90)
    assert (read.difference, read.difference_percent) == (-10, -10)
    claimed = Change("n", "madds", "paper", counted=110, printed="100")
    assert (claimed.difference, claimed.difference_percent) == (None, 10)
    assert Change("n", "latency_pixel3", "paper", None, printed="40ms").difference_percent is None
    assert Change("n", "top1_delta", "paper", -0.2, printed="-.3").difference_percent is None
