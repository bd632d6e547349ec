"""The chapter of latency: every time is a measured one, and phones are listed separately."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

import archcalc
from archcalc import build, count
from archcalc.base.document import (
    Facts,
    FigureBlock,
    Heading,
    Note,
    Section,
    TableBlock,
    Tiles,
)
from archcalc.base.messages import LANGUAGES, Messages
from archcalc.base.units import format_ms
from archcalc.models.latency.report import open_note
from archcalc.models.latency.summary import Timing, choose_clock, fault_note, leak_note
from archcalc.models.latency.timer import Samples
from archcalc.output.present.latency import SLOWEST
from archcalc.output.present.remarks import saying
from archcalc.output.reporting import figures
from archcalc.output.reporting.sections.latency import make
from archcalc.output.reporting.subject import Subject
from tests.models.latency.made_up import made_up


@pytest.fixture(autouse=True)
def _undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """What charts show is tested with the charts: here they are not drawn, which takes time."""
    monkeypatch.setattr(figures, "figure", lambda picture: picture)
    monkeypatch.setattr(figures, "to_svg", lambda picture: f"<svg>{picture.alt}</svg>")


def subject_of(name: str, language: str = "en", **choices: Any) -> Subject:
    net = build(name, **choices)
    latency = made_up(net, notes=("wall clock: the core was free",))
    return Subject("net", [net], language=language, latencies={net.title: latency})


def section_of(subject: Subject) -> Section:
    section = make(subject)
    assert section is not None
    return section


def tables(section: Section) -> list[TableBlock]:
    return [block for block in section.blocks if isinstance(block, TableBlock)]


def test_without_a_measurement_there_is_no_chapter() -> None:
    net = build("mobilenet_v2")
    assert make(Subject("net", [net])) is None
    other = {"mobilenet_v2@0.5": made_up(build("mobilenet_v2", width=0.5))}
    assert make(Subject("net", [net], latencies=other)) is None


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["mobilenet_v2", "googlenet", "ssdlite_mobilenet_v2"])
def test_the_times_are_the_measured_ones(name: str, language: str) -> None:
    subject = subject_of(name, language)
    (run,) = subject.latencies[subject.net.title].runs
    section = section_of(subject)
    (tiles,) = (block for block in section.blocks if isinstance(block, Tiles))
    assert [tile.value for tile in tiles.tiles] == [
        f"{format_ms(run.latency_ms.median)} ms",
        f"{format_ms(run.sum_of_layers_ms or 0)} ms",
        f"{run.closure_percent:+.2f}%",
    ]
    by_op, slowest = tables(section)[:2]
    assert sum(int(row[1].text) for row in by_op.rows) == len(run.layers)
    assert sum(row[3].share or 0 for row in by_op.rows) == pytest.approx(1)
    assert sum(row[5].share or 0 for row in by_op.rows) == pytest.approx(1)
    times = sorted((layer.median_ms for layer in run.layers), reverse=True)[:SLOWEST]
    assert [row[2].text for row in slowest.rows] == [f"{time:.3f}" for time in times]
    assert len([block for block in section.blocks if isinstance(block, FigureBlock)]) == 2
    assert len([block for block in section.blocks if isinstance(block, Note)]) == len(run.notes)


def test_machine_and_protocol_are_said() -> None:
    section = section_of(subject_of("mobilenet_v1"))
    (facts,) = (block for block in section.blocks if isinstance(block, Facts))
    said = " ".join(text for pair in facts.pairs for text in pair)
    for part in (
        "Made-up CPU",
        "8.00 GiB",
        "TestOS",
        "wall clock",
        "batch 1",
        "20 passes",
        "core 1",
    ):
        assert part in said


def test_phones_are_those_of_the_very_net() -> None:
    for name, choices, expected in (
        ("mobilenet_v2", {}, {"75ms", "64ms", "76ms", "56ms", "73.8ms"}),
        ("mnasnet_a1", {"width": 0.5, "resolution": 96}, {"7.4ms"}),
    ):
        section = section_of(subject_of(name, **choices))
        phones = tables(section)[-1]
        assert {row[1].text for row in phones.rows} == expected
        assert all(row[2].text for row in phones.rows)
        assert any(isinstance(block, Heading) for block in section.blocks)
    for name, choices in (("mobilenet_v2", {"prune": 0.5}), ("googlenet", {})):
        assert len(tables(section_of(subject_of(name, **choices)))) == 2


def test_a_run_whose_layers_were_not_timed() -> None:
    net = build("mobilenet_v2")
    table = made_up(net)
    (run,) = table.runs
    bare = replace(
        run,
        layers=(),
        sum_of_layers_ms=None,
        end_to_end_ms=None,
        closure_percent=None,
        overhead_percent=None,
    )
    latency = replace(table, runs=(bare, run))
    section = section_of(Subject("net", [net], latencies={net.title: latency}))
    first, second = (block for block in section.blocks if isinstance(block, Tiles))
    assert (len(first.tiles), len(second.tiles)) == (1, 3)
    # two runtimes have a heading each
    assert [b.text for b in section.blocks if isinstance(b, Heading)][:2] == ["folded", "folded"]


def test_layers_that_do_not_add_up_are_a_warning() -> None:
    net = build("mobilenet_v1")
    table = made_up(net, notes=(open_note(-12.0) or "", "another"))
    opened = replace(table, runs=(replace(table.runs[0], closure_percent=-12.0),))
    section = section_of(Subject("net", [net], latencies={net.title: opened}))
    assert [b.tone for b in section.blocks if isinstance(b, Note)] == ["warning", "plain"]


def test_madds_follow_the_reports_convention() -> None:
    net = build("mobilenet_v1")
    subject = Subject("net", [net], "fvcore", latencies={net.title: made_up(net)})
    by_op = tables(section_of(subject))[0]
    whole = count(net, "fvcore").madds
    assert whole > archcalc.count(net).madds
    assert sum(row[5].share or 0 for row in by_op.rows) == pytest.approx(1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_saying_of_a_measurement_has_words(language: str) -> None:
    quiet = timing(wall=1000, cpu=1000)
    busy = timing(wall=1000, cpu=500, page_faults=2289.0)
    leaking = timing(wall=1000, cpu=1000, process=4000)
    choices = [
        choose_clock([quiet], threads=1, device="cpu"),
        choose_clock([busy], threads=1, device="cpu"),
        choose_clock([quiet], threads=2, device="cpu"),
        choose_clock([quiet], threads=1, device="cuda"),
    ]
    notes = [f"{choice.clock} clock: {choice.reason}" for choice in choices]
    made = leak_note(leaking, 1), leak_note(leaking, 2), fault_note(busy), open_note(-7.5)
    notes += [note for note in made if note is not None]
    assert len(notes) == 8
    notes += ["pinned to core 3", "not pinned: 2 threads", "not pinned: this system cannot"]
    for note in notes:
        assert is_said(subject_of("mobilenet_v1", language).t, note), note


def is_said(t: Messages, note: str) -> bool:
    """Whether a note has its words: in Chinese Han characters, in English no field left open."""
    said = saying(t, note)
    if t.language == "en":
        return "{" not in said and said.partition(" ")[0] == note.partition(" ")[0]
    return said != note and any("\u4e00" <= c <= "\u9fff" for c in said)


def timing(*, wall: int, cpu: int, process: int | None = None, page_faults: float = 0) -> Timing:
    return Timing(
        samples=Samples(wall=[wall] * 4, cpu=[cpu] * 4),
        wall_ns=4 * wall,
        thread_ns=4 * cpu,
        process_ns=4 * (process or cpu),
        page_faults=page_faults,
    )
