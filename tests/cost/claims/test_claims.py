"""Verdicts on printed figures; test_paper_tables.py checks the printed figures themselves."""

from __future__ import annotations

import json

import pytest

from archcalc import ArchcalcError, Spec, SpecError, build, check, count, load, zoo_names
from archcalc.cost.claims.judge import check_all
from tests.each import each


def test_no_figure_of_the_zoo_differs_and_each_id_names_one_row():
    table = check_all(load(name) for name in zoo_names())
    assert table.passed
    assert sum(table.verdicts.values()) == len(table.results)
    keys = [(r.id, r.quantity) for r in table.results if r.id]
    assert len(keys) == len(set(keys))


def test_errata_are_explained():
    for result in check_all(load(name) for name in zoo_names()).results:
        assert result.verdict != "erratum" or result.note, result


def test_the_swapped_digits_of_table_2_are_an_erratum():
    notes = count(build("mobilenet_v1"), "paper:weights").by("op").notes()
    (said,) = [note for note in notes if "conv 3x3" in note]
    assert "1.19%" in said
    assert "1.91%" in said
    # under another convention the printed share is not what is shown
    assert not any("1.19%" in note for note in count(build("mobilenet_v1")).by("op").notes())
    narrow = build("mobilenet_v1", width=0.5)
    assert not any("1.19%" in note for note in count(narrow, "paper:weights").by("op").notes())


def test_printed_shares_of_table_2_to_the_digit():
    table = count(build("mobilenet_v1"), "paper:weights").by("op")
    shares = {r["key"]: (r["madds_share"], r["params_share"]) for r in table.records()}
    assert [f"{shares['conv 1x1'][0]:.2f}", f"{shares['conv 1x1'][1]:.2f}"] == ["94.86", "74.59"]
    assert [f"{shares['dwconv 3x3'][0]:.2f}", f"{shares['dwconv 3x3'][1]:.2f}"] == ["3.06", "1.06"]
    assert [f"{shares['linear'][0]:.2f}", f"{shares['linear'][1]:.2f}"] == ["0.18", "24.33"]


# -- verdicts on one net of 1000 weights and MAdds

TINY = """\
archcalc: 1
name: tiny
paper: {{title: Tiny, arxiv: "1234.56789"}}
input: 1x1x10
rows:
- {{id: a, op: linear, out: 60, bias: false}}
- {{id: b, op: linear, out: 6, bias: true}}
- {{id: c, op: linear, out: 6, bias: false}}
claims:
- {claim}
"""  # 600 + 360 + 36 MAdds; as many weights, and 6 biases


def judge(claim: str):
    return check(Spec(TINY.format(claim=claim), "tiny.yaml"))


@each(
    ("claim", "verdict", "match"),
    [
        ("madds: 996", "reproduced", "rounded"),
        ("madds: 1.0K", "reproduced", "rounded"),
        ("madds: 0.99K", "reproduced", "truncated"),
        ("madds: 0.98K", "close", None),
        ("madds: 1046", "close", None),  # 4.8 % off
        ("madds: 1049", "differs", None),  # 5.05 % off
        ("madds: 949", "close", None),  # 4.95 % off
        ("madds: 948", "differs", None),  # 5.06 % off
        ("params: 1002", "reproduced", "rounded"),
        ("params: 996, convention: paper:no_norm", "close", None),
        ("params: 996, convention: paper:weights", "reproduced", "rounded"),
        ("madds: 0, convention: paper:conv_only", "reproduced", "rounded"),
        ("madds: 1, convention: paper:conv_only", "differs", None),
        # an erratum excuses what is off, close or not, and nothing that is right
        ("madds: 948, erratum: {madds: misprint}", "erratum", None),
        ("madds: 1046, erratum: {madds: misprint}", "erratum", None),
        ("madds: 996, erratum: {madds: misprint}", "reproduced", "rounded"),
        ("row: b, madds: 360", "reproduced", "rounded"),
        ("row: b, params_share: 36.5%", "reproduced", "rounded"),
        ("row: b, params_share: 36.6%", "close", None),
        ("row: b, madds_share: 36.1%, convention: paper:weights", "reproduced", "rounded"),
        ("row: linear, madds_share: 100%", "reproduced", "rounded"),
        ("row: b, madds_share: 36%, convention: paper:conv_only", "not computable", None),
        ("top1: 70.6", "not computable", None),
        ("map: 20.1", "not computable", None),
        ("latency: {pixel1: 75ms}", "not computable", None),
        ("latency: {pixel1: 75ms}, erratum: {latency_pixel1: stale}", "erratum", None),
    ],
)
def test_verdicts(claim, verdict, match):
    (result,) = judge(f"{{{claim}}}")
    assert (result.verdict, result.match) == (verdict, match)


def test_one_claim_has_one_result_a_figure():
    results = judge(
        "{id: t, madds: 996, params: 948, top1: 70.60, latency: {pixel1: 75ms, p2: 80}}"
    )
    assert [(r.quantity, r.verdict) for r in results] == [
        ("madds", "reproduced"),
        ("params", "differs"),
        ("top1", "not computable"),
        ("latency_pixel1", "not computable"),
        ("latency_p2", "not computable"),
    ]
    assert [r.printed for r in results][2] == "70.60"  # digits as printed, the last zero too
    assert [r.computed for r in results] == [996, 1002, None, None, None]
    assert results[1].difference_percent == pytest.approx(100 * (1002 - 948) / 948, abs=1e-3)


@each("name", ["mobilenet_v2", "nasnet_a_mobile", "yolov2"])
def test_a_claim_without_a_resolution_is_of_the_papers_input(name):
    spec = load(name)
    printed = {claim.id: claim.resolution for claim in spec.claims}
    for one in check(spec):
        assert one.resolution == (printed[one.id] or spec.input[1])


def test_a_figure_that_cannot_be_computed_has_a_reason():
    (accuracy,) = judge("{top1: 70.6}")
    (small,) = check(load("vgg16").replace(claims=[{"madds": 996, "resolution": 8}]))
    assert "accuracy" in accuracy.note
    assert (small.verdict, small.computed) == ("not computable", None)
    assert "an input of 8 is too small" in small.note


def test_figures_are_of_the_printed_parameters():
    # another number of classes is another net, about which the paper says nothing
    spec = load("mobilenet_v1").with_params(classes=10)
    assert {result.verdict for result in check(spec)} == {"not computable", "erratum"}
    assert all("own parameters" in r.note for r in check(spec) if r.quantity == "madds")
    notes = count(build(spec), "paper:weights").by("op").notes()
    assert not any("1.19%" in note for note in notes)


def differences(*claims: str):
    """Return the results on differences, of claims of one table."""
    text = TINY.format(claim="\n- ".join(f"{{{claim}, from: table 5}}" for claim in claims))
    return [r for r in check(Spec(text, "tiny.yaml")) if r.quantity.endswith("_delta")]


@each(
    ("claim", "computed", "verdict", "match"),
    [
        ('top1: 74.5, top1_delta: "-.7%"', -0.7, "reproduced", "rounded"),
        ('top1: 75.4, top1_delta: "+.2%"', 0.2, "reproduced", "rounded"),
        ("top1: 75.4, top1_delta: 0.2", 0.2, "reproduced", "rounded"),
        ('top1: 74.5, top1_delta: ".7%"', -0.7, "differs", None),  # its sign is a part of it
        ('top1: 75.0, top1_delta: "-.3%"', -0.2, "differs", None),
        ('top1: 75.0, top1_delta: "-.3%", erratum: {top1_delta: x}', -0.2, "erratum", None),
        ('latency: {a: 44ms}, latency_delta: "-12%"', -12, "reproduced", "rounded"),
        ('latency: {a: 44.2ms}, latency_delta: "-12%"', -11.6, "reproduced", "rounded"),
        ('latency: {a: 44.3ms}, latency_delta: "-12%"', -11.4, "close", None),
        ('latency: {a: 60ms}, latency_delta: "+20%"', 20, "reproduced", "rounded"),
        # another phone, another table: nothing to take the difference to
        ('latency: {b: 60ms}, latency_delta: "+20%"', None, "not computable", None),
        ('map: 1, top1: 75.0, top1_delta: "-.3%", table: T', None, "not computable", None),
    ],
)
def test_printed_differences_are_recomputed_from_what_is_printed(claim, computed, verdict, match):
    first, third = "top1: 75.2, latency: {a: 50ms}", "top1: 1, latency: {a: 1ms}"
    (result,) = differences(first, third, claim)
    assert result.computed == (None if computed is None else pytest.approx(computed, abs=1e-12))
    assert (result.verdict, result.match) == (verdict, match)
    assert result.verdict != "not computable" or "no other row" in result.note


def test_where_a_figure_is_printed():
    (own,) = judge("{madds: 996, from: table 3}")
    (other,) = judge('{madds: 996, table: V9 table 1, from: "Another paper, table 1"}')
    (bare,) = judge("{madds: 996}")
    # a table's name is the same in the files of all nets that stand in it
    assert own.table == own.source == "Tiny (arXiv:1234.56789), table 3"
    assert (other.table, other.source) == ("V9 table 1", "Another paper, table 1")
    assert bare.source == "Tiny (arXiv:1234.56789)"


def test_unknown_rows_and_conventions_are_errors_with_their_line():
    text = TINY.format(
        claim="{row: linea, madds: 1}\n- {madds: 1, convention: papr}\n- {madds: 1, width: 0.5}"
        "\n- {madds: 1, set: {act: loud}}"
    )
    with pytest.raises(SpecError) as caught:
        check(Spec(text, "tiny.yaml"))
    first, second, third, fourth = map(str, caught.value.problems)
    assert first.startswith("tiny.yaml:10: ")
    assert "no row or operator 'linea'; did you mean 'linear'?" in first
    assert second.startswith("tiny.yaml:11: ")
    assert "unknown convention 'papr'; did you mean 'paper'?" in second
    assert third.startswith("tiny.yaml:12: claims.2.width: ")
    assert "no width multiplier" in third
    assert fourth.startswith("tiny.yaml:13: claims.3.set: ")


@each(
    "claim",
    ["{madds: many}", "{madds: 5 apples}", "{madds: true}", "{top2: 3}", "{erratum: {madds: x}}",
     '{top1: -1}', '{latency: {a: -1ms}}', '{top1_delta: "-.7%"}', '{top1: 1, top1_delta: 7ms}',
     '{latency: {a: 1, b: 2}, latency_delta: "-1%"}',
     "{width: 0, madds: 1}", "{madds: 1, resolution: 0}"],
)  # fmt: skip
def test_bad_claims_are_errors(claim):
    with pytest.raises(ArchcalcError, match=r"^tiny\.yaml:10: "):
        judge(claim)


def test_json_is_the_contract():
    table = check_all([load("mobilenet_v2")])
    records = json.loads(json.dumps(table.to_dict()))
    assert {
        "id", "table", "row", "model", "width", "resolution", "quantity", "convention", "printed",
        "computed", "match", "verdict", "difference_percent", "note", "source",
    } == records[0].keys()  # fmt: skip
    assert all(isinstance(record["printed"], str) for record in records)
    assert table.notes() == [
        ", ".join(f"{count} {verdict}" for verdict, count in table.verdicts.items())
    ]


def test_a_table_with_a_differing_figure_has_not_passed():
    spec = Spec(TINY.format(claim="{madds: 1}"), "tiny.yaml")
    assert not check_all([spec]).passed
    assert check_all([load("mobilenet_v1"), spec]).verdicts["differs"] == 1
