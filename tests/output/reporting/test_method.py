"""The method: the parts sum to the totals, and the command reproduces the figures."""

from __future__ import annotations

import json
import shlex
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import archcalc
from archcalc import Spec, build, count, load, transform
from archcalc.base.document import (
    Facts,
)
from archcalc.base.messages import messages
from archcalc.base.units import format_exact
from archcalc.cli import main
from archcalc.cost.counting.parts import parameter_parts, work_parts
from archcalc.output.render.html.page import render
from archcalc.output.reporting.command import count_command, report_command, source_of
from archcalc.output.reporting.compose import document_of
from archcalc.output.reporting.subject import Subject
from tests.output.reporting.chapters import (
    OWN,
    each_table,
    made,
    only,
    subject_of,
)


@pytest.mark.parametrize("convention", archcalc.CONVENTIONS)
@pytest.mark.parametrize("name", ["mobilenet_v3_small", "faster_rcnn_mobilenet_v1", "yolov2"])
def test_parts_make_the_totals(name: str, convention: str) -> None:
    cost = count(build(name), convention, batch=2)
    assert sum(part.counted for part in work_parts(cost)) == cost.madds
    assert sum(part.counted for part in parameter_parts(cost)) == cost.params


def test_the_method_lists_the_parts() -> None:
    subject = subject_of("mobilenet_v1", convention="thop")
    tables = list(each_table(made(subject, "method")))
    for table, parts, total in zip(
        tables,
        (work_parts(subject.cost), parameter_parts(subject.cost)),
        (subject.cost.madds, subject.cost.params),
        strict=True,
    ):
        assert [row[1].text for row in table.rows] == [format_exact(p.amount) for p in parts]
        assert table.foot[0][-1].text == format_exact(total)
        for row, part in zip(table.rows, parts, strict=True):
            assert row[3].text == (format_exact(part.counted) if part.times else "not counted")


def test_every_part_has_a_name() -> None:
    for name in (
        *archcalc.language.ops.WORK_TERMS,
        *archcalc.language.ops.PARAMETER_TERMS,
        "input",
        "pixels",
    ):
        assert f"report_method.{name}" in messages("zh")


def test_the_method_lists_paddings() -> None:
    facts = dict(only(made(subject_of("nasnet_a_mobile"), "method").blocks, Facts).pairs)
    padded = {"valid": 0, "same_upper": 0}
    for node in build("nasnet_a_mobile").graph.nodes:
        if getattr(node.op, "whole", False) or max(getattr(node.op, "kernel", None) or [0]) < 2:
            continue
        padded[node.op.pad] += 1  # type: ignore[attr-defined]
    assert f"none ({padded['valid']} layers)" in facts["padding"]
    assert f"as in TensorFlow ({padded['same_upper']} layers)" in facts["padding"]


def test_machine_and_versions_are_listed_with_measurements() -> None:
    from archcalc.models.latency.table import LatencyTable

    subject = subject_of("mobilenet_v1")
    facts = dict(only(made(subject, "method").blocks, Facts).pairs)
    assert f"archcalc {archcalc.__version__}" in facts["versions"]
    assert "machine" not in facts
    machine = {"cpu": "a chip", "os": "an OS", "python": "3.11.9", "torch": "2.13"}
    timed = replace(subject, latencies={subject.net.title: LatencyTable(machine, {}, ())})
    facts = dict(only(made(timed, "method").blocks, Facts).pairs)
    assert facts["machine"] == "a chip, an OS"
    assert facts["versions"].endswith("Python 3.11.9, torch 2.13")


COMMANDS: list[tuple[str, dict[str, Any], dict[str, Any], dict[str, Any], str]] = [
    ("mobilenet_v2", {}, {}, {}, ""),
    ("mobilenet_v2", {"width": 0.35, "resolution": 96}, {}, {"convention": "paper:no_norm"}, ""),
    ("mobilenet_v3_large", {"prune": 0.3, "multiple": 4}, {}, {"batch": 8, "dtype": "int8"}, ""),
    ("mobilenet_v2", {"prune": {"stage_2": 0.5, "bottleneck_5": 0.25}}, {"k": 10}, {}, ""),
    ("mobilenet_v2", {"resolution": "224x160"}, {}, {}, "act=relu,kernel=5"),
]


@pytest.mark.parametrize("case", COMMANDS)
def test_the_command_gives_the_same_figures(
    case: tuple[str, dict[str, Any], dict[str, Any], dict[str, Any], str],
    capsys: pytest.CaptureFixture[str],
) -> None:
    name, choices, params, how, sets = case
    cost = count(build(transform(load(name).with_params(**params), sets), **choices), **how)
    words = shlex.split(count_command(cost))
    assert words[:3] == ["archcalc", "count", name]
    assert main([*words[1:], "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == cost.to_dict()


@pytest.mark.usefixtures("undrawn", "unlettered")
def test_the_report_command_writes_the_same_report(tmp_path: Path) -> None:
    net = build("mobilenet_v3_small", width=0.75, prune=0.25)
    subject = Subject("net", [net], convention="thop", language="zh")
    words = shlex.split(report_command(subject))
    assert words[:3] == ["archcalc", "report", "mobilenet_v3_small"]
    target = tmp_path / "report.html"
    assert main([*words[1:], "-o", str(target)]) == 0
    assert render(document_of(subject)).html in target.read_text(encoding="utf-8")


def test_a_file_goes_by_its_name_and_not_by_its_folder() -> None:
    assert source_of(Spec(OWN, "/home/someone/nets/mine.yaml")) == "mine.yaml"
    # a file that is called as one of the zoo is not that one
    assert source_of(Spec(OWN, "mobilenet_v2.yaml")) == "mobilenet_v2.yaml"
    assert source_of(load("mobilenet_v2").replace(title="mine")) == "mobilenet_v2.yaml"
    assert shlex.split(count_command(count(build(Spec(OWN, "a b;rm -rf.yaml")))))[2:] == [
        "a b;rm -rf.yaml"
    ]
