"""The JSON Schema accepts every valid file and rejects plain mistakes."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from importlib import resources
from typing import Any

import pytest

import archcalc
from archcalc.language.blocks import SPELLINGS
from archcalc.language.spec.json_schema import json_schema
from archcalc.language.spec.yaml import read
from tests.cli.conftest import TINY
from tests.each import each

jsonschema = pytest.importorskip("jsonschema")
VALIDATOR = jsonschema.Draft202012Validator(json_schema())
DAG = """\
archcalc: 1
name: dag
title: 2
input: 8x8x3
params: {c: 8, n: 2}
defaults: {pool: {pad: same}, Conv2D: {bn: true, act: h-swish}, unit: {g: 2}}
blocks:
  unit:
    columns: [g, mid]
    inputs: [a, b]
    rows:
    - {id: x, from: a, op: conv2d 1x1, out: $mid, groups: $g}
    - {from: [x, b], op: add, note: "sum"}
columns: [id, from, op, c]
rows:
- [stem, input, "conv2d, 3x3, NBN", $c, {s: 2, se: {ratio: 0.25}, act: SiLU}]
- [1, stem, conv2d 1x1, 8]
- {repeat: $n, rows: [{op: Conv-DW 3x3, erratum: "x"}]}
- [join, [stem, "1"], add, ~]
- {op: unit, from: [join, stem], g: 2, mid: 8, scale: {min: 1.0}, count: 3}
- {op: avg pool, global: true, n: 1, input: 4x4x8}
claims: [{madds: 569M, params: 4.2, latency: {phone: 3ms}, erratum: {madds: 1}, from: table 1}]
pitfalls: [{what: 7, row: join, instead: {rows: {stem: {c: ~}, "1": [[x, stem, add, 8]]}}}]
"""


@pytest.fixture
def check() -> Any:
    def errors(document: Any) -> list[str]:
        return [error.message for error in VALIDATOR.iter_errors(document)]

    return errors


def test_it_is_a_schema_with_words() -> None:
    schema = json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$schema"].endswith("2020-12/schema")
    assert all(part.get("description") for part in schema["properties"].values())
    assert schema["additionalProperties"] is False


def test_patterns_escape_only_what_editors_let_them() -> None:
    patterns = re.findall(r'"pattern": "((?:[^"\\]|\\.)*)"', json.dumps(json_schema()))
    assert patterns
    for pattern in patterns:
        assert re.fullmatch(r"([^\\]|\\\\[s$]|\\u[0-9a-f]{4})*", pattern)


def test_the_command_prints_it(run: Any) -> None:
    assert run("schema").data == json_schema()


@each("name", archcalc.zoo_names())
def test_the_zoo_is_valid(check: Any, name: str) -> None:
    text = resources.files("archcalc.language").joinpath("zoo", f"{name}.yaml").read_bytes()
    assert check(read(text, name)) == []


@pytest.mark.parametrize("text", [TINY, DAG], ids=["tiny", "dag"])
def test_other_files_are_valid(check: Any, text: str) -> None:
    assert check(read(text, "x.yaml")) == []


@each("name", sorted(SPELLINGS))
def test_every_spelling_is_known(check: Any, name: str) -> None:
    row = {"op": f" {name.upper()} ", "no_such_keyword": 1}
    document = {"archcalc": 1, "name": "x", "input": "8x8x3", "rows": [row]}
    assert any("no_such_keyword" in message for message in check(document))


WRONG: Mapping[str, Any] = {
    "unknown key": {"colums": ["op"]},
    "language": {"archcalc": 2},
    "no rows": {"rows": []},
    "a row of text": {"rows": ["conv"]},
    "a cell of lists": {"rows": [["conv", ["a", ["b"]]]]},
    "a cell of mappings": {"rows": [["conv", [{"a": 1}]]]},
    "no operator": {"rows": [{"out": 3}]},
    "unknown keyword": {"rows": [{"op": "conv2d 3x3", "out": 3, "strides": 2}]},
    "kernel": {"rows": [{"op": "conv", "kernel": "large", "out": 3}]},
    "activation": {"rows": [{"op": "conv 3x3", "act": "rellu", "out": 3}]},
    "null": {"rows": [{"op": "conv 3x3", "act": None, "out": 3}]},
    "repeat": {"rows": [{"repeat": 0, "rows": [["a"]]}]},
    "id": {"rows": [["a", {"id": "x y"}]]},
    "scale": {"rows": [["a", {"scale": "never"}]]},
    "rounding": {"rounding": {"method": 8}},
    "rounding name": {"rounding": {"method": "nearest"}},
    "claim": {"claims": [{"madd": "3M"}]},
    "default": {"defaults": {"conv": {"norm": True}}},
    "block": {"blocks": {"b": {"rows": [{"op": "add", "out": 3}]}}},
    "columns": {"columns": "type filter"},
    "widths": {"widths": {"a": 0}},
    "params": {"params": {"k": [1]}},
    "pitfall": {"pitfalls": [{"what": "x"}]},
    "pitfall without a reading": {"pitfalls": [{"what": "x", "instead": {}}]},
    "pitfall of a row": {"pitfalls": [{"what": "x", "instead": {"rows": {"a": [1]}}}]},
}


@each("part", WRONG.values())
def test_plain_mistakes_are_refused(check: Any, part: Mapping[str, Any]) -> None:
    document = {"archcalc": 1, "name": "x", "input": "8x8x3", "rows": [["a"]]}
    assert check(document) == []
    assert check({**document, **part})
