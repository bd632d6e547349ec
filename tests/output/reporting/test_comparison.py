"""Reports that compare nets: every figure is that of a count, a diff or a measurement."""

from __future__ import annotations

import re
import shlex
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from archcalc import Net, Spec, build, count, diff, load, transform
from archcalc.base.document import Heading, TableBlock, Text
from archcalc.base.units import format_count, format_exact, format_ms
from archcalc.cli import main
from archcalc.cost.claims.judge import claims_of
from archcalc.output.render.html.page import render
from archcalc.output.reporting.command import comparison_command, diff_command
from archcalc.output.reporting.compose import document_of
from archcalc.output.reporting.sections import compare_blocks, section_kinds
from archcalc.output.reporting.sections.compare_claims import shared_groups
from archcalc.output.reporting.subject import Subject
from tests.hostile import TEXTS, few_texts, net_of
from tests.models.latency.made_up import made_up
from tests.output.reporting.chapters import OWN, each_table, hold, made, texts

CHAPTERS = [
    "compare_totals", "compare_accuracy", "compare_types", "compare_stages", "compare_blocks",
    "compare_latency", "compare_claims", "compare_method",
]  # fmt: skip


def nets_of(name: str) -> list[Net]:
    v3 = load("mobilenet_v3_large")
    return {
        "mobilenets": lambda: [
            build(n) for n in ("mobilenet_v1", "mobilenet_v2", "mobilenet_v3_small")
        ],
        "variants": lambda: [
            build("mobilenet_v2"),
            build("mobilenet_v2", width="0.75", resolution=160),
        ],
        "transformed": lambda: [build(v3), build(transform(v3, "se=off"))],
        "own": lambda: [build(Spec(OWN)), build("faster_rcnn_mobilenet_v1")],
        "pruned": lambda: [build("vgg16"), build("vgg16", prune=0.5)],
    }[name]()


CASES = ["mobilenets", "variants", "transformed", "own", "pruned"]


def subject_of(name: str, language: str = "en", **choices: Any) -> Subject:
    return Subject("comparison", nets_of(name), language=language, **choices)


def timed(subject: Subject) -> Subject:
    latencies = {net.title: made_up(net) for net in subject.nets}
    return Subject("comparison", subject.nets, language=subject.language, latencies=latencies)


def test_the_order_of_the_chapters() -> None:
    kinds = [one for one in section_kinds().values() if "comparison" in one.place]
    ordered = sorted(kinds, key=lambda one: one.place["comparison"])
    assert [one.name for one in ordered] == CHAPTERS


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", CASES)
@pytest.mark.usefixtures("undrawn")
def test_chapters_have_their_figures(name: str, language: str) -> None:
    subject = timed(subject_of(name, language))
    for kind in CHAPTERS:
        section = section_kinds()[kind].make(subject)
        if section is None:
            assert kind in ("compare_accuracy", "compare_claims")
        else:
            hold(section)


@pytest.mark.parametrize("name", CASES)
def test_totals_are_counts_and_differences_are_to_the_first(name: str) -> None:
    subject = subject_of(name)
    [table] = each_table(made(subject, "compare_totals"))
    first = subject.costs[0]
    for index, (row, cost) in enumerate(zip(table.rows, subject.costs, strict=True)):
        cells = texts(row)
        assert cells[0] == cost.net.title
        assert cells[2] == format_exact(cost.madds)
        assert cells[4] == format_exact(cost.params)
        if index:
            for cell, name_ in ((cells[3], "madds"), (cells[5], "params")):
                percent = 100 * (getattr(cost, name_) / getattr(first, name_) - 1)
                assert float(cell.rstrip("%")) == pytest.approx(percent, abs=0.051)


@pytest.mark.parametrize("kind", ["compare_types", "compare_stages"])
@pytest.mark.parametrize("name", CASES)
@pytest.mark.usefixtures("undrawn")
def test_sums_are_those_of_the_nets(name: str, kind: str) -> None:
    subject = subject_of(name)
    tables = list(each_table(made(subject, kind)))
    for table, quantity in zip(tables, ("madds", "params"), strict=True):
        total = texts(table.foot[0])
        for index, cost in enumerate(subject.costs):
            assert total[1 + 2 * index] == format_count(getattr(cost, quantity))
            shares = [row[2 + 2 * index].share or 0 for row in table.rows]
            assert sum(shares) == pytest.approx(1)


@pytest.mark.parametrize("name", CASES)
def test_blocks_are_those_of_the_diff(name: str) -> None:
    subject = subject_of(name)
    section = made(subject, "compare_blocks")
    tables = list(each_table(section))
    assert len(tables) == len(subject.nets) - 1
    for table, cost in zip(tables, subject.costs[1:], strict=True):
        found = diff(subject.cost, cost)
        assert Counter(row[0].badge for row in table.rows) == Counter(
            pair.status for pair in found.pairs
        )
        for side, one in zip((4, 5), (subject.cost, cost), strict=True):
            counts = [int(row[side].text.replace(",", "") or 0) for row in table.rows]
            assert sum(counts) == one.madds
            assert table.foot[0][side].text == format_exact(one.madds)
    heads = [block.text for block in section.blocks if isinstance(block, Heading)]
    assert heads == [f"{subject.net.title} → {net.title}" for net in subject.nets[1:]]


def test_a_transform_is_described_in_words() -> None:
    section = made(subject_of("transformed"), "compare_blocks")
    text = [block.text for block in section.blocks if isinstance(block, Text)][1]
    assert "8 changed" in text
    assert "- hard_sigmoid" in text


def test_long_tables_give_way_to_a_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compare_blocks, "MOST", 3)
    section = made(subject_of("variants"), "compare_blocks")
    assert not list(each_table(section))
    last = section.blocks[-1]
    assert isinstance(last, Text)
    assert "archcalc diff mobilenet_v2 mobilenet_v2@0.75-160" in last.text


def test_commands_of_variants_run(capsys: pytest.CaptureFixture[str]) -> None:
    net = build(transform(load("mobilenet_v3_large"), "act=relu"), width="0.75", resolution=160)
    costs = [count(one, "fvcore", batch=2) for one in (build("mobilenet_v2"), net)]
    words = shlex.split(diff_command(*costs))
    assert main([*words[1:], "--format", "json"]) == 0
    shown = capsys.readouterr().out
    assert f'"madds": {costs[0].madds}' in shown
    assert f'"madds": {costs[1].madds}' in shown
    assert diff_command(costs[0], count(build("mobilenet_v2", prune=0.5))).startswith("archcalc.")


@pytest.mark.usefixtures("undrawn")
@pytest.mark.usefixtures("unlettered")
def test_the_command_writes_the_same_report(tmp_path: Path) -> None:
    subject = subject_of("variants", "zh")
    words = shlex.split(comparison_command(subject))
    target = tmp_path / "report.html"
    assert main([*words[1:], "-o", str(target)]) == 0
    assert render(document_of(subject)).html in target.read_text(encoding="utf-8")
    assert comparison_command(subject_of("pruned")).startswith("archcalc.report(")


def test_shared_claims_are_of_the_very_nets() -> None:
    groups = shared_groups(subject_of("mobilenets"))
    names = [group.table.name for group in groups]
    assert "V2 table 4" in names
    assert "V1 table 6" not in names
    own = [one for net in nets_of("mobilenets") for one in claims_of(net)]
    for group in groups:
        assert len({one.model for one in group.results}) > 1
        assert all(one in own for one in group.results)
    assert shared_groups(subject_of("pruned")) == []
    assert section_kinds()["compare_claims"].make(subject_of("own")) is None


@pytest.mark.usefixtures("undrawn")
def test_latencies_are_the_measured_ones() -> None:
    subject = timed(subject_of("mobilenets"))
    whole, by_op = each_table(made(subject, "compare_latency"))
    for row, net in zip(whole.rows, subject.nets, strict=True):
        run = subject.latencies[net.title].runs[0]
        assert texts(row)[:2] == [net.title, format_ms(run.latency_ms.median)]
    for index, net in enumerate(subject.nets):
        run = subject.latencies[net.title].runs[0]
        assert sum(row[2 + 2 * index].share or 0 for row in by_op.rows) == pytest.approx(1)
        assert by_op.foot[0][1 + 2 * index].text == format_ms(run.sum_of_layers_ms or 0)


@pytest.mark.usefixtures("undrawn")
def test_nets_that_were_not_measured_are_counted() -> None:
    nets = nets_of("mobilenets")
    subject = Subject("comparison", nets, latencies={nets[1].title: made_up(nets[1])})
    section = made(subject, "compare_latency")
    assert any("1 of the 3" in block.text for block in section.blocks if isinstance(block, Text))
    assert section_kinds()["compare_latency"].make(subject_of("variants")) is None


@pytest.mark.parametrize("kind", few_texts())
@pytest.mark.usefixtures("undrawn")
def test_hostile_names_go_through(kind: str) -> None:
    subject = Subject("comparison", [net_of(TEXTS[kind]), build("mobilenet_v1")], language="zh")
    for name in CHAPTERS:
        section = section_kinds()[name].make(subject)
        if section is not None:
            hold(section)


def digits(table: TableBlock) -> list[list[str]]:
    cells = [texts(row) for row in (*table.rows, *table.foot)]
    found = r"[0-9][0-9.,]*[0-9%]|[0-9]"
    return [[" ".join(sorted(re.findall(found, text))) for text in row] for row in cells]


def test_two_languages_have_the_same_figures() -> None:
    one, two = (document_of(subject_of("variants", language)) for language in ("en", "zh"))
    assert [section.id for section in one.sections] == [section.id for section in two.sections]
    for a, b in zip(one.sections, two.sections, strict=True):
        for left, right in zip(a.blocks, b.blocks, strict=True):
            assert type(left) is type(right)
            if isinstance(left, TableBlock) and isinstance(right, TableBlock):
                assert digits(left) == digits(right)
