"""The chapters on multipliers, pruning and architecture: every figure is that of a count."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

import archcalc
from archcalc import Net, build, closed_form, count
from archcalc.base.document import (
    Block,
    Cell,
    FigureBlock,
    FigureRow,
    Note,
    Section,
    TableBlock,
    Text,
)
from archcalc.base.messages import LANGUAGES, messages
from archcalc.base.units import format_bytes, format_exact
from archcalc.cost.scaling.usual import usual_resolutions, usual_widths
from archcalc.language.spec.spec import Spec
from archcalc.output.drawing import block_kinds
from archcalc.output.present.grid import reasons_table
from archcalc.output.reporting import figures
from archcalc.output.reporting.drawings import PAGE_HEIGHT, PAGE_WIDTH
from archcalc.output.reporting.sections import diagrams, multipliers, pruning
from archcalc.output.reporting.subject import Subject
from tests.hostile import TEXTS, spec_of

OWN = """\
archcalc: 1
name: own
input: 48x32x3
defaults: {conv: {bn: true, act: relu}}
rows:
- {id: stem, op: conv2d 3x3, out: 16, s: 2}
- {id: dw, op: dwconv 3x3}
- {id: pw, op: conv2d 1x1, out: 40}
- {id: head, op: fc, out: 7}
"""
"""A net of one's own: not square, without width multiplier, a dense layer that reads a map."""

CASES: dict[str, tuple[str, dict[str, Any], dict[str, Any]]] = {
    "v1": ("mobilenet_v1", {}, {}),
    "v2, narrow": ("mobilenet_v2", {"width": 0.6, "resolution": 200}, {"language": "zh"}),
    "v3, pruned": ("mobilenet_v3_small", {"prune": 0.3}, {"convention": "fvcore", "batch": 2}),
    "googlenet, one stage pruned": ("googlenet", {"prune": {"stage_2": 0.5}}, {"dtype": "int8"}),
    "vgg": ("vgg16", {}, {"language": "zh"}),
    "detector": ("ssdlite_mobilenet_v2", {}, {}),
    "own": ("own", {}, {}),
}


@pytest.fixture(autouse=True)
def _undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """What charts show is tested with the charts: here they are not drawn, which takes time."""
    monkeypatch.setattr(figures, "figure", lambda picture: picture)
    monkeypatch.setattr(figures, "to_svg", lambda picture: f"<svg>{picture.alt}</svg>")


def net_of(name: str, **choices: Any) -> Net:
    return build(Spec(OWN) if name == "own" else archcalc.load(name), **choices)


@cache
def subject_of(case: str) -> Subject:
    name, choices, how = CASES[case]
    return Subject("net", [net_of(name, **choices)], **how)


@cache
def section_of(case: str, chapter: str) -> Section:
    make = {"multipliers": multipliers.make, "pruning": pruning.make, "diagrams": diagrams.make}
    section = make[chapter](subject_of(case))
    assert section is not None
    return section


def blocks(section: Section, kind: type[Block]) -> list[Any]:
    return [block for block in section.blocks if isinstance(block, kind)]


def drawings(section: Section) -> list[FigureBlock]:
    """The figures of a chapter, those side by side too."""
    rows = [one for row in blocks(section, FigureRow) for one in row.figures]
    return [*blocks(section, FigureBlock), *rows]


def column(table: TableBlock, head: str, place: int = 0) -> list[Cell]:
    """The cells below a head, or below the ``place``-th of several alike."""
    found = [index for index, one in enumerate(table.columns) if one.head == head]
    return [row[found[place]] for row in table.rows]


def counted(subject: Subject, **choices: Any) -> dict[str, Any]:
    net = subject.net
    kept = {"width": f"{net.width:g}", "resolution": net.size, "prune": net.prune or None}
    return dict(count(build(net.spec, **{**kept, **choices}), **subject.counting).totals)


def holds(table: TableBlock, subject: Subject, variants: list[dict[str, Any]]) -> None:
    """Assert that every row of a table is a count of its variant."""
    t = subject.t
    expected = [counted(subject, **choices) for choices in variants]
    for quantity in ("madds", "params"):
        shown = [cell.text for cell in column(table, t(f"table.{quantity}"))]
        assert shown == [format_exact(totals[quantity]) for totals in expected]
    for quantity in ("weight_bytes", "peak_memory_bytes"):
        shown = [cell.text for cell in column(table, t(f"table.{quantity}"))]
        assert shown == [format_bytes(totals[quantity]) for totals in expected]


@pytest.mark.parametrize("case", CASES)
def test_every_variant_is_a_count(case: str) -> None:
    subject = subject_of(case)
    t, net = subject.t, subject.net
    table = blocks(section_of(case, "multipliers"), TableBlock)[0]
    sides = [cell.text for cell in column(table, t("table.resolution"))]
    has_width = net.spec.rounding is not None
    widths = [cell.text for cell in column(table, "α")] if has_width else ["1"] * len(sides)
    holds(
        table,
        subject,
        [{"width": w, "resolution": s} for w, s in zip(widths, sides, strict=True)],
    )
    assert set(widths) >= set(usual_widths(net))
    assert len(sides) >= len(usual_resolutions(net))
    strong = [row for row in table.rows if all(cell.strong for cell in row)]
    assert len(strong) == 1
    (own,) = strong
    assert own[1 if has_width else 0].text == str(net.resolution)


@pytest.mark.parametrize("case", CASES)
def test_every_prune_ratio_is_a_count(case: str) -> None:
    subject = subject_of(case)
    t, net = subject.t, subject.net
    uniform, stages = blocks(section_of(case, "pruning"), TableBlock)
    ratios = [cell.text for cell in column(uniform, t("table.prune"))]
    as_here = t("report_pruning.as_here")
    holds(
        uniform,
        subject,
        [{"prune": net.prune if ratio == as_here else ratio} for ratio in ratios],
    )
    assert ratios[:2] == ["0", "0.1"]
    assert (as_here in ratios) == isinstance(net.prune, dict)
    whole = counted(subject, prune=None)
    for row in stages.rows:
        cut = counted(subject, prune={f"stage_{row[0].text}": 0.5})
        shown = [cell.text for cell in row[-3:]]
        for text, name in zip(shown, ("madds", "params", "peak_memory_bytes"), strict=True):
            saved = 100 * (whole[name] - cut[name]) / whole[name]
            assert float(text.removesuffix("%")) == pytest.approx(saved, abs=0.0501)


def test_uniform_pruning_is_a_width_multiplier_where_it_is_one() -> None:
    section = section_of("v1", "pruning")
    (uniform, _) = blocks(section, TableBlock)
    same = {row[0].text: row[-1].text for row in uniform.rows if row[-1].text}
    assert same == {"0.25": "0.75", "0.5": "0.5", "0.75": "0.25"}
    said = [block.text for block in blocks(section, Text)]
    assert any("0.25, 0.5, 0.75" in text and "0.75, 0.5, 0.25" in text for text in said)
    for case in ("v2, narrow", "vgg", "detector"):
        table = blocks(section_of(case, "pruning"), TableBlock)[0]
        assert subject_of(case).t("report_pruning.same_as") not in [c.head for c in table.columns]


def test_published_accuracies_stand_with_their_source() -> None:
    table = blocks(section_of("v1", "multipliers"), TableBlock)[0]
    shown = column(table, messages("en")("quantity.top1"))
    assert {cell.text for cell in shown} >= {"70.6", "68.4", "63.7", "50.6", "41.5", ""}
    for cell in shown:
        assert bool(cell.marks) == bool(cell.text)
        assert all(1 <= mark <= len(table.notes) for mark in cell.marks)
    assert any("table 6" in note for note in table.notes)


@pytest.mark.parametrize("case", ["v1", "vgg", "detector"])
def test_the_differences_of_the_closed_form_add_up(case: str) -> None:
    subject = subject_of(case)
    table = blocks(section_of(case, "multipliers"), TableBlock)[-1]
    numbers = [int(row[1].text.replace(",", "")) for row in table.rows]
    (total,) = table.foot
    # each is rounded by itself
    assert abs(sum(numbers) - int(total[1].text.replace(",", ""))) <= len(numbers)
    told = table.caption
    width = "0.5" if subject.net.spec.rounding else "1"
    size = subject.net.size if subject.net.spec.rounding else usual_resolutions(subject.net)[0]
    one = closed_form(build(subject.net.spec, width=width, resolution=size))
    assert one.net.title in told
    assert int(total[1].text.replace(",", "")) == round(one.exact - one.predicted)


def test_where_the_closed_form_is_exact_there_is_nothing_to_explain() -> None:
    section = section_of("own", "multipliers")
    assert len(blocks(section, TableBlock)) == 1
    assert any("+0.00%" in block.text for block in blocks(section, Text))


def test_a_pruned_net_has_no_closed_form() -> None:
    for case in ("v3, pruned", "googlenet, one stage pruned"):
        assert len(blocks(section_of(case, "multipliers"), TableBlock)) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_has_words(language: str) -> None:
    t = messages(language)
    reasons = set()
    for name in archcalc.zoo_names():
        spec = archcalc.load(name)
        width = "0.35" if spec.rounding else "1"
        size = usual_resolutions(build(spec))[0]
        found = closed_form(build(spec, width=width, resolution=size))
        reasons |= {row[0].text for row in reasons_table(t, found).rows}
        assert sum(found.reasons.values()) == pytest.approx(found.exact - found.predicted)
    assert len(reasons) > 5


@pytest.mark.parametrize("name", [*archcalc.zoo_names(), "own"])
def test_every_kind_of_block_is_drawn_or_named(name: str) -> None:
    net = net_of(name)
    section = diagrams.make(Subject("net", [net]))
    shown = drawings(section)
    notes = " ".join(note.text for note in blocks(section, Note))
    assert any(figure.alt.startswith(f"{net.title}: ") for figure in shown)
    for kind in block_kinds(net):
        drawn = any(figure.caption.startswith(kind.block) for figure in shown)
        assert drawn != (f" {kind.block}" in notes)
    for figure in shown:
        assert 0 < figure.width <= 1
        assert figure.svg.startswith("<svg")


def test_what_is_too_large_is_named() -> None:
    rows = "\n".join(f"- {{id: r{i}, op: conv2d 3x3, out: 8, from: input}}" for i in range(60))
    names = ", ".join(f"r{i}" for i in range(60))
    wide = (
        f"archcalc: 1\nname: wide\ninput: 8x8x3\nrows:\n{rows}\n- {{op: concat, from: [{names}]}}"
    )
    section = diagrams.make(Subject("net", [build(Spec(wide))]))
    assert blocks(section, FigureBlock) == []
    (note,) = blocks(section, Note)
    assert "archcalc draw wide -o net.svg" in note.text


def test_drawings_are_no_wider_than_they_are() -> None:
    """A small drawing is not blown up, and the text of a large one stays readable."""
    for name in ("mobilenet_v2", "ssd300_vgg", "nasnet_a_mobile", "densenet121"):
        section = diagrams.make(Subject("net", [net_of(name)]))
        for figure in drawings(section):
            head = figure.svg.partition(">")[0]
            width, height = (
                float(head.partition(f' {side}="')[2].partition('"')[0])
                for side in ("width", "height")
            )
            scale = min(figure.width * PAGE_WIDTH / width, PAGE_HEIGHT / height)
            assert 0.4 <= scale <= 1.001


@pytest.mark.parametrize("case", ["v1", "own"])
@pytest.mark.parametrize("chapter", ["multipliers", "pruning", "diagrams"])
def test_both_languages_have_the_same_figures(case: str, chapter: str) -> None:
    name, choices, how = CASES[case]
    other = Subject("net", [net_of(name, **choices)], **{**how, "language": "zh"})
    make = {"multipliers": multipliers.make, "pruning": pruning.make, "diagrams": diagrams.make}
    english, chinese = section_of(case, chapter), make[chapter](other)
    assert chinese is not None
    assert [type(one) for one in english.blocks] == [type(one) for one in chinese.blocks]
    for one, two in zip(blocks(english, TableBlock), blocks(chinese, TableBlock), strict=True):
        assert one.caption != two.caption
        texts = [
            [cell.text for row in table.rows for cell, head in zip(row, table.columns, strict=True)
             if head.numeric]
            for table in (one, two)
        ]  # fmt: skip
        assert texts[0] == texts[1]
    for one, two in zip(blocks(english, FigureBlock), blocks(chinese, FigureBlock), strict=True):
        assert one.svg == two.svg
        assert one.caption != two.caption


def test_a_net_without_a_channel_to_cut_has_no_chapter_of_pruning() -> None:
    spec = Spec("archcalc: 1\nname: one\ninput: 8x8x3\nrows:\n- {op: conv2d 3x3, out: 4}\n")
    assert pruning.make(Subject("net", [build(spec)])) is None
    assert len(multipliers.make(Subject("net", [build(spec)])).blocks) > 2


@pytest.mark.parametrize("danger", ["script", "latex", "mathtext", "long", "emoji"])
def test_texts_of_a_spec_go_through(danger: str) -> None:
    subject = Subject("net", [build(spec_of(TEXTS[danger]))])
    for make in (multipliers.make, pruning.make, diagrams.make):
        section = make(subject)
        assert section is not None
        for figure in blocks(section, FigureBlock):
            assert "<script" not in figure.svg
