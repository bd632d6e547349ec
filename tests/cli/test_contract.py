"""The JSON of every command: names and types that others build on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import archcalc
from tests.each import each

COUNT_HEAD = {"model", "width", "resolution", "prune", "convention", "totals"}
LAYER = {
    "id", "row", "block", "op", "inputs", "output", "kernel", "stride", "groups", "madds", "params",
}  # fmt: skip
TOTALS = {
    "madds", "params", "flops", "weight_bytes", "activation_bytes", "peak_memory_bytes",
}  # fmt: skip


def test_list(run: Any) -> None:
    ran = run("list", "--format", "json")
    assert (ran.code, ran.err) == (0, "")
    assert [entry["name"] for entry in ran.data] == archcalc.zoo_names()
    entry = next(one for one in ran.data if one["name"] == "mobilenet_v1")
    assert entry == {
        "name": "mobilenet_v1",
        "title": "MobileNet V1",
        "paper": "arXiv:1704.04861, table 1",
        "input": [3, 224, 224],
        "madds": 568_740_352,
        "params": 4_231_976,
    }


def test_count(run: Any) -> None:
    data = run("count", "mobilenet_v2", "--format", "json").data
    assert data.keys() >= COUNT_HEAD | {"rows"}
    assert data["totals"].keys() >= TOTALS
    assert (data["width"], data["resolution"], data["prune"]) == (1.0, 224, 0.0)
    assert all(row.keys() >= LAYER for row in data["rows"])
    first = data["rows"][0]
    assert (first["inputs"], first["output"]) == ([[3, 224, 224]], [32, 112, 112])
    assert (first["kernel"], first["stride"], first["groups"]) == ([3, 3], 2, 1)
    for name in ("madds", "params"):
        assert sum(row[name] for row in data["rows"]) == data["totals"][name]


def test_count_is_to_dict(run: Any) -> None:
    table = archcalc.count(archcalc.build("mobilenet_v2", width="0.5", resolution=160))
    assert run("count", "mobilenet_v2@0.5-160", "--format", "json").data == table.to_dict()


@each("key", ["layer", "block", "row", "op", "stage"])
def test_count_by(run: Any, key: str) -> None:
    data = run("count", "mobilenet_v1", "--by", key, "--format", "json").data
    assert data.keys() >= COUNT_HEAD | {"by", "groups"}
    assert "rows" not in data
    assert data["by"] == key
    for group in data["groups"]:
        assert group.keys() == {
            "key", "layers", "madds", "params", "madds_share", "params_share",
        }  # fmt: skip
    assert sum(group["madds"] for group in data["groups"]) == data["totals"]["madds"]
    assert sum(group["madds_share"] for group in data["groups"]) == pytest.approx(100, abs=1e-4)


def test_shared_options_reach_the_net(run: Any, tiny: Path) -> None:
    data = run(
        "count", tiny, "--width", "2", "--resolution", "16x8", "--param", "k=7", "--prune", "0.5",
        "--multiple", "1", "--batch", "3", "--dtype", "f16", "--format", "json",
    ).data  # fmt: skip
    assert (data["width"], data["resolution"], data["prune"]) == (2.0, "16x8", 0.5)
    assert (data["batch"], data["dtype"]) == (3, "f16")
    assert data["rows"][0]["output"] == [8, 8, 4]
    assert data["rows"][-1]["output"] == [7, 1, 1]


def test_prune_by_name(run: Any, tiny: Path) -> None:
    ran = run("groups", tiny, "--prune", "stem=0.5", "--prune", "stage_9=0.1", "--format", "json")
    assert ran.code == 2
    assert "stage_9" in ran.err
    data = run("groups", tiny, "--prune", "stem=0.5", "--multiple", "1", "--format", "json").data
    assert data["prune"] == {"stem": 0.5}
    assert data["groups"][1]["width"] == 4


def test_check(run: Any) -> None:
    data = run("check", "mobilenet_v1", "mobilenet_v2", "--format", "json").data
    assert {result["model"] for result in data} == {"mobilenet_v1", "mobilenet_v2"}
    for result in data:
        assert list(result) == [
            "id", "table", "row", "model", "width", "resolution", "quantity", "convention",
            "printed", "computed", "match", "verdict", "difference_percent", "note", "source",
        ]  # fmt: skip
        assert isinstance(result["printed"], str)
        assert result["verdict"] in (
            "reproduced", "erratum", "close", "differs", "not computable",
        )  # fmt: skip


def test_check_without_a_name_is_the_zoo(run: Any) -> None:
    ran = run("check", "--format", "json")
    assert ran.code == 0
    assert {result["model"] for result in ran.data} == set(archcalc.zoo_names())


def test_explain(run: Any) -> None:
    data = run("explain", "mobilenet_v1", "--format", "json").data
    assert data == archcalc.explain(archcalc.load("mobilenet_v1")).to_dict()
    assert {"convention", "pitfall", "misprint", "truncated"} == {one["kind"] for one in data}
    assert data[1]["kind"] == "pitfall"
    assert (data[1]["counted"], data[1]["instead"]) == (568_740_352, 533_833_216)


def test_check_reports_a_pitfall_that_changes_nothing(run: Any, tiny: Path) -> None:
    tiny.write_text(tiny.read_text() + "pitfalls: [{what: x, instead: {params: {k: 10}}}]\n")
    ran = run("check", tiny)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.strip().endswith("pitfalls.0.instead: changes neither MAdds nor params")


def test_groups(run: Any) -> None:
    data = run("groups", "mobilenet_v3_small", "--format", "json").data
    assert data.keys() == {"model", "width", "resolution", "prune", "groups", "prunable"}
    assert data["prunable"] == 27
    assert data["prunable"] == sum(group["prunable"] for group in data["groups"])
    group = next(one for one in data["groups"] if one["name"].endswith("se.squeeze"))
    assert group == {
        "name": "bneck_2.1.depthwise.se.squeeze",
        "width": 8,
        "base": 8,
        "rule": "0.25 of conv_1.1, to a multiple of 8",
        "prunable": True,
        "stage": 2,
        "rows": ["bneck_2"],
    }


def test_diff(run: Any) -> None:
    data = run("diff", "mobilenet_v2", "mobilenet_v2@0.75", "--format", "json").data
    assert (data["a"]["width"], data["b"]["width"]) == (1.0, 0.75)
    assert data["totals"]["b"]["madds"] == 209_069_792
    assert data["totals"]["ratio"]["madds"] == pytest.approx(209_069_792 / 300_774_272, abs=1e-6)
    assert {row["status"] for row in data["rows"]} <= {"same", "changed", "removed", "added"}


def test_show(run: Any) -> None:
    data = run("show", "mobilenet_v1", "--format", "json").data
    assert data["columns"] == ["type", "filter", "input"]
    assert len(data["rows"]) == 22
    repeated = data["rows"][13]
    assert (repeated["row"], repeated["repeat"]) == (14, [5])
    assert repeated["cells"]["type"] == "Conv dw / s1"
    assert "printed 's2'" in data["rows"][17]["erratum"]
    assert data["rows"][20]["cells"]["filter"] == "1024x1000"
    assert data["rows"][20]["keywords"] == {"scale": "false"}
    assert "claims" not in data


def test_show_keeps_the_printed_cell_beside_the_used_one(run: Any) -> None:
    row = run("show", "mobilenet_v3_small", "--format", "json").data["rows"][12]
    assert (row["cells"]["SE"], row["use"]) == ("✓", {"SE": "-"})


def test_show_of_keyword_rows_and_blocks(run: Any, tmp_path: Path) -> None:
    path = tmp_path / "dag.yaml"
    path.write_text(
        "archcalc: 1\nname: dag\ninput: 8x8x3\n"
        "blocks:\n  pair:\n    columns: [c]\n    rows:\n"
        "    - {op: conv2d 1x1, out: $c}\n"
        "    - {repeat: 2, rows: [{op: conv2d 3x3, out: $c}]}\n"
        "rows:\n- {id: a, op: pair, c: 8}\n- {id: b, from: input, op: conv2d 1x1, out: 8}\n"
        "- {from: [a, b], op: add}\n"
    )
    data = run("show", path, "--format", "json").data
    assert data["columns"] == ["op"]
    assert [row["cells"]["op"] for row in data["rows"]] == ["pair", "conv2d 1x1", "add"]
    assert data["rows"][0]["keywords"] == {"c": "8"}
    assert data["rows"][2]["from"] == ["a", "b"]
    assert data["blocks"]["pair"]["columns"] == ["c"]
    assert data["blocks"]["pair"]["rows"][1]["repeat"] == [2]
    assert "Block pair with parameters c" in run("show", path).out


def test_runtimes(run: Any) -> None:
    data = run("runtimes", "--format", "json").data
    assert {"folded", "eager"} <= {entry["runtime"] for entry in data}
    assert all(isinstance(entry["available"], bool) for entry in data)


def test_doctor(run: Any) -> None:
    data = run("doctor", "--format", "json").data
    assert data["archcalc"] == archcalc.__version__
    numpy = next(one for one in data["packages"] if one["package"] == "numpy")
    assert numpy["version"]
    assert numpy["extras"] == []


def test_version(run: Any) -> None:
    assert run("--version").out == f"archcalc {archcalc.__version__}\n"


def test_tables_are_printed_in_chinese(run: Any) -> None:
    out = run("count", "mobilenet_v2", "--by", "row", "--lang", "zh").out
    assert "300,774,272" in out
    assert "参数量" in out
    assert "parameters" not in out
    assert run("count", "mobilenet_v2", "--lang", "xx").code == 2
