"""Chapters of one net: every net of the zoo has them, in both languages, whatever it says."""

from __future__ import annotations

import pytest

import archcalc
from archcalc import Spec, build, load
from archcalc.base.document import (
    Facts,
    FigureBlock,
)
from archcalc.output.reporting.sections import section_kinds
from archcalc.output.reporting.subject import Subject
from tests.hostile import TEXTS, few_texts, net_of
from tests.output.reporting.chapters import (
    OURS,
    OWN,
    VARIANTS,
    each_table,
    hold,
    made,
    only,
    subject_of,
)
from tests.zoo import few


def test_the_order_of_the_chapters() -> None:
    kinds = [section_kinds()[name] for name in OURS]
    places = [kind.place["net"] for kind in kinds]
    assert places == sorted(places)
    assert all(list(kind.place) == ["net"] for kind in kinds)


@pytest.mark.parametrize("name", few(archcalc.zoo_names()))
@pytest.mark.usefixtures("undrawn")
def test_every_net_of_the_zoo_has_its_chapters(name: str) -> None:
    subject = Subject("net", [build(load(name))])
    for kind in OURS:
        section = section_kinds()[kind].make(subject)
        assert section is not None, kind
        hold(section)


@pytest.mark.slow
@pytest.mark.parametrize("name", archcalc.zoo_names())
@pytest.mark.usefixtures("undrawn")
def test_every_net_of_the_zoo_has_its_chapters_in_chinese(name: str) -> None:
    subject = Subject("net", [build(load(name))], language="zh")
    for kind in OURS:
        hold(made(subject, kind))


@pytest.mark.parametrize("name", VARIANTS)
@pytest.mark.usefixtures("undrawn")
def test_languages_say_the_same_figures(name: str) -> None:
    english, chinese = (subject_of(name, language) for language in ("en", "zh"))
    for kind in OURS:
        one, two = made(english, kind), section_kinds()[kind].make(chinese)
        assert two is not None
        assert [type(block) for block in one.blocks] == [type(block) for block in two.blocks]
        for a, b in zip(each_table(one), each_table(two), strict=True):
            numbers = [column.numeric for column in a.columns]
            assert numbers == [column.numeric for column in b.columns]
            for ours, theirs in zip(a.rows, b.rows, strict=True):
                pairs = zip(ours, theirs, strict=True)
                assert all(x.share == y.share and x.badge == y.badge for x, y in pairs)
            assert a.caption != b.caption or not b.caption.isascii()


@pytest.mark.usefixtures("undrawn")
def test_a_net_of_ones_own_has_the_chapters_that_fit() -> None:
    subject = Subject("net", [build(Spec(OWN, "folder/mine.yaml"))])
    found = {name: section_kinds()[name].make(subject) for name in OURS}
    assert [name for name, section in found.items() if section is None] == ["claims", "pitfalls"]
    facts = dict(only(made(subject, "totals").blocks, Facts).pairs)
    assert "width multiplier α" not in facts
    assert "paper" not in facts
    facts = dict(only(made(subject, "method").blocks, Facts).pairs)
    assert facts["reproduce the figures"] == "archcalc count mine.yaml"
    assert "no rule" in facts["channels at other widths"]


@pytest.mark.usefixtures("undrawn")
def test_a_net_without_anything_to_count_has_its_chapters() -> None:
    spec = Spec("archcalc: 1\nname: only_relu\ninput: 3x32x32\nrows:\n  - {op: relu}\n")
    subject = Subject("net", [build(spec)])
    for name in OURS:
        section = section_kinds()[name].make(subject)
        if section is not None:
            hold(section)
    assert not [b for b in made(subject, "by_type").blocks if isinstance(b, FigureBlock)]


@pytest.mark.parametrize("kind", few_texts())
@pytest.mark.usefixtures("undrawn")
def test_hostile_texts_do_no_harm(kind: str) -> None:
    subject = Subject("net", [net_of(TEXTS[kind])], language="zh")
    for name in OURS:
        hold(made(subject, name))
