"""The chapter of claims: every printed figure once, with the verdict that `check` gives it."""

from __future__ import annotations

from collections import Counter

import pytest

import archcalc
from archcalc.base.document import Cell, Note, TableBlock, Tiles
from archcalc.base.messages import messages
from archcalc.base.units import format_exact
from archcalc.cost.claims.judge import check_all, claims_of
from archcalc.cost.claims.printed import PrintedTable
from archcalc.cost.claims.results import ClaimGroup
from archcalc.output.present.claims import claim_table, few
from archcalc.output.present.words import (
    convention_words,
    place_words,
    quantity_words,
    reason_words,
)
from archcalc.output.reporting.sections.claims import printed
from archcalc.output.reporting.subject import Subject
from tests.hostile import TEXTS, few_texts, spec_of

NETS = ["mobilenet_v1", "mobilenet_v3_large", "googlenet", "ssd300_vgg", "se_resnet50"]


def subject_of(spec: archcalc.Spec | str, language: str = "en", **choices: object) -> Subject:
    loaded = archcalc.load(spec) if isinstance(spec, str) else spec
    return Subject("net", [archcalc.build(loaded, **choices)], language=language)  # type: ignore[arg-type]


def tables_of(subject: Subject) -> list[TableBlock]:
    section = printed(subject)
    assert section is not None
    return [block for block in section.blocks if isinstance(block, TableBlock)]


def cells_of(table: TableBlock) -> list[Cell]:
    return [cell for row in table.rows for cell in row]


@pytest.mark.parametrize("name", NETS)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_figure_has_its_verdict(name: str, language: str) -> None:
    spec = archcalc.load(name)
    results = check_all([spec]).results
    tables = tables_of(subject_of(spec, language))
    assert all(len(row) == len(table.columns) for table in tables for row in table.rows)
    cells = [cell for table in tables for cell in cells_of(table)]
    badges = Counter(cell.badge for cell in cells if cell.badge)
    assert badges == Counter(
        one.verdict for one in results if one.is_counted or one.verdict == "erratum"
    )
    shown = Counter(cell.text for cell in cells)
    for one in results:
        assert shown[one.printed] > 0
        if isinstance(one.computed, int) and one.quantity in ("madds", "params"):
            assert shown[format_exact(one.computed)] > 0
    notes = {note for table in tables for note in table.notes}
    assert {one.remark for one in results if one.verdict == "erratum"} <= notes
    for table in tables:
        marks = {mark for cell in cells_of(table) for mark in cell.marks}
        assert marks == set(range(1, len(table.notes) + 1))


def test_tiles_count_the_verdicts() -> None:
    section = printed(subject_of("mobilenet_v1"))
    assert section is not None
    tiles = next(block for block in section.blocks if isinstance(block, Tiles))
    counted = {tile.badge: int(tile.value) for tile in tiles.tiles}
    verdicts = check_all([archcalc.load("mobilenet_v1")]).verdicts
    assert counted == {verdict: number for verdict, number in verdicts.items() if number}


def test_rows_of_the_very_variant_stand_out() -> None:
    [table] = [
        one for one in tables_of(subject_of("mobilenet_v1", width=0.75)) if "table 6" in one.caption
    ]
    assert [row[0].text for row in table.rows if row[0].strong] == ["0.75 MobileNet-224"]


def test_other_parameters_are_said_and_printed_figures_are_still_judged() -> None:
    spec = archcalc.load("mobilenet_v2").with_params(k=10)
    section = printed(subject_of(spec))
    assert section is not None
    [note] = [block for block in section.blocks if isinstance(block, Note)]
    assert "k=1000" in note.text
    assert "k=10" in note.text
    usual = printed(subject_of("mobilenet_v2"))
    assert usual is not None
    assert section.blocks[0] == usual.blocks[0]


def test_a_net_without_claims_has_no_such_chapter() -> None:
    assert printed(subject_of(archcalc.load("mobilenet_v2").replace(claims=[]))) is None
    changed = archcalc.transform(archcalc.load("mobilenet_v2"), "act=relu")
    assert printed(subject_of(changed)) is None


def test_a_figure_that_the_net_does_not_have_has_a_reason() -> None:
    claim = {"madds": "1M", "width": 1, "resolution": 4, "label": "tiny"}
    spec = archcalc.load("densenet121").replace(claims=[claim])
    [table] = tables_of(subject_of(spec))
    [cell] = [cell for cell in cells_of(table) if cell.badge]
    assert cell.badge == "not computable"
    assert "too small" in table.notes[cell.marks[0] - 1]


def test_several_nets_are_named() -> None:
    both = check_all([archcalc.load("mobilenet_v1"), archcalc.load("mobilenet_v2")])
    [group] = [one for one in both.groups if one.table.name == "V2 table 4"]
    table = claim_table(messages("en"), group)
    assert [row[1].text for row in table.rows] == [
        "mobilenet_v1", "mobilenet_v2", "mobilenet_v2@1.4",
    ]  # fmt: skip


def test_claims_of_one_variant() -> None:
    spec = archcalc.load("mobilenet_v1")
    one = claims_of(archcalc.build(spec, width=0.5, resolution=160))
    assert {result.row for result in one} == {"MobileNet_v1_0.50_160"}
    assert claims_of(archcalc.build(spec, width=0.5, prune=0.5)) == []
    assert claims_of(archcalc.build(spec, resolution="224x160")) == []
    assert claims_of(archcalc.build(spec.with_params(classes=10))) == []
    first = claims_of(archcalc.build(spec))[0]
    assert first.table == "V1 table 4"
    assert claims_of(archcalc.build(archcalc.transform(spec, "act=relu6"))) == []


def test_conventions_are_worded_as_by_the_command() -> None:
    for convention in archcalc.CONVENTIONS.values():
        assert convention_words(messages("en"), convention) == convention.about
    own = archcalc.Convention("mine", "what I count")
    assert convention_words(messages("zh"), own) == "what I count"


def test_words() -> None:
    en, zh = messages("en"), messages("zh")
    assert quantity_words(en, "latency_pixel1") == "Pixel 1"
    assert quantity_words(en, "latency_<b>") == "<b>"
    assert quantity_words(zh, "latency_delta") == "Δ 延迟"
    assert place_words(zh, "MobileNetV2 (arXiv:1801.04381), table 4") == (
        "MobileNetV2 (arXiv:1801.04381), 表 4"
    )
    assert place_words(en, "V2 table 4") == "V2 table 4"
    assert reason_words(zh, "an input of 4 is too small") == "an input of 4 is too small"
    assert few(en, list("abcd")) == "a and 3 more"


@pytest.mark.parametrize("kind", few_texts())
def test_hostile_texts_stand_as_they_are(kind: str) -> None:
    spec = spec_of(TEXTS[kind])
    tables = tables_of(subject_of(spec, "zh"))
    assert any(spec.claims[0].label == cell.text for table in tables for cell in cells_of(table))


def test_an_empty_group_is_an_empty_table() -> None:
    table = claim_table(messages("en"), ClaimGroup(PrintedTable("x", "x"), ()))
    assert table.rows == []
