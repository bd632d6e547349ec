"""The report on the whole lecture: every printed figure once, beside the computed one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest
import yaml

from archcalc import build, count, load, transform, zoo_names
from archcalc.base.document import Block, Cell, Facts, Section, TableBlock
from archcalc.base.units import format_count, format_exact
from archcalc.cost.claims.results import ClaimResult
from archcalc.language.spec.paper_table import paper_table
from archcalc.output.reporting.lecture import LAYER_TABLES, is_shown, shown_groups
from archcalc.output.reporting.sections import section_kinds, sections_of
from archcalc.output.reporting.subject import Subject
from archcalc.studies.lessons import EXAMPLE_WEIGHTS
from tests.output.reporting.chapters import each_table, hold, made, texts

PRINTED = Path(__file__).parents[2] / "cost" / "claims" / "paper_tables.yaml"
"""Every figure that the lecture prints, as it stands there."""

CHAPTERS = [
    "lecture_overview", "lecture_magnitude", "lecture_separable", "lecture_v1_network",
    "lecture_v1_tables", "lecture_multipliers", "lecture_v1_detection", "lecture_relu",
    "lecture_bottleneck", "lecture_v2_network", "lecture_v2_tables", "lecture_squeeze_excite",
    "lecture_activations", "lecture_v3_networks", "lecture_v3_tables", "lecture_further",
    "lecture_errata", "lecture_method",
]  # fmt: skip
"""In the order of the lecture."""

pytestmark = pytest.mark.usefixtures("undrawn")


@cache
def lecture(language: str = "en") -> Subject:
    return Subject("lecture", [build(name) for name in zoo_names()], language=language)


_sections: dict[str, list[Section]] = {}


def sections(language: str = "en") -> list[Section]:
    """Return the chapters, made once under the fixture that leaves drawing out."""
    if language not in _sections:
        _sections[language] = sections_of(lecture(language))
    return _sections[language]


def shown() -> list[ClaimResult]:
    return [one for group in shown_groups(lecture()) for one in group.results]


def cells(language: str = "en") -> Iterator[Cell]:
    for section in sections(language):
        for table in each_table(section):
            yield from (cell for row in table.rows for cell in row)


def number(text: str) -> int:
    return int(text.replace(",", ""))


def test_the_order_is_that_of_the_lecture() -> None:
    kinds = [one for one in section_kinds().values() if "lecture" in one.place]
    assert [one.name for one in sorted(kinds, key=lambda one: one.place["lecture"])] == CHAPTERS


@pytest.mark.parametrize("language", ["en", "zh"])
def test_chapters_have_their_figures(language: str) -> None:
    assert len(sections(language)) == len(CHAPTERS)
    for section in sections(language):
        hold(section)


def test_every_row_that_the_lecture_prints_is_shown() -> None:
    ids = {one.id for one in shown()}
    assert {entry["id"] for entry in yaml.safe_load(PRINTED.read_text())} == ids


def test_every_figure_appears_once_with_its_verdict() -> None:
    # the detection tables and others of the lecture, and those of other papers, once each
    results = lecture().claims.results
    badges = Counter(cell.badge for cell in cells() if cell.badge)
    judged = [one for one in results if one.is_counted or one.verdict == "erratum"]
    assert badges == Counter(one.verdict for one in judged)
    captions = [table.caption for section in sections() for table in each_table(section)]
    for group in shown_groups(lecture()):
        assert sum(caption.startswith(f"{group.table.name} ") for caption in captions) == 1
    texts_ = Counter(cell.text for cell in cells())
    for one in shown():
        assert texts_[one.printed] > 0
        if isinstance(one.computed, int) and one.quantity in ("madds", "params"):
            assert texts_[format_exact(one.computed)] > 0


def test_the_overview_counts_them() -> None:
    figures, layers = each_table(made(lecture(), "lecture_overview"))
    total = texts(figures.foot[0])
    assert int(total[3]) == len(shown())
    verdicts = Counter(one.verdict for one in shown())
    assert [int(text or 0) for text in total[4:]] == [
        verdicts[name] for name in ("reproduced", "erratum", "close", "differs", "not computable")
    ]
    for row, name in zip(layers.rows, LAYER_TABLES, strict=True):
        cost = count(build(name))
        assert [number(text) for text in texts(row)[5:]] == [cost.madds, cost.params]
        assert int(texts(row)[3]) == sum(len(r.asserted) for r in paper_table(load(name)).rows)


@pytest.mark.parametrize("name", LAYER_TABLES)
def test_the_tables_of_layers_add_up(name: str) -> None:
    cost = count(build(name))
    title = load(name).title
    [table] = [
        table
        for section in sections()
        for table in each_table(section)
        if table.caption.startswith(f"{title}, rows as printed")
    ]
    assert len(table.rows) == len(paper_table(load(name)).rows)
    assert table.foot[0][-4].text == format_count(cost.madds)
    assert table.foot[0][-2].text == format_count(cost.params)


def test_pruning_by_one_ratio_is_the_width_multiplier() -> None:
    rules, network = each_table(made(lecture(), "lecture_magnitude"))
    for row in network.rows:
        cells_ = texts(row)
        net = build("mobilenet_v1", width=cells_[1])
        assert float(cells_[0]) + float(cells_[1]) == 1
        assert (number(cells_[3]), number(cells_[6])) == (count(net).madds, count(net).params)
        assert cells_[4] == cells_[7] == "0"
    below = sum(abs(weight) < 0.5 for row in EXAMPLE_WEIGHTS for weight in row)
    assert texts(rules.rows[0])[1:3] == ["16", str(below)]


def test_the_separable_example() -> None:
    section = made(lecture(), "lecture_separable")
    example, misprints = each_table(section)
    assert [tuple(map(number, texts(row)[4:])) for row in [*example.rows, *example.foot]] == [
        (5 * 5 * 3 * 256, 5 * 5 * 3 * 256 * 144),
        (5 * 5 * 3, 5 * 5 * 3 * 144),
        (3 * 256, 3 * 256 * 144),
        (5 * 5 * 3 + 3 * 256, (5 * 5 * 3 + 3 * 256) * 144),
    ]
    told = " ".join(block.text for block in section.blocks if hasattr(block, "text"))
    ratio = Fraction(1, 256) + Fraction(1, 25)
    assert str(ratio) in told
    # with the input's side in place of the output's, a map of 8x8 would cost as one of 12x12
    assert [number(text) for text in texts(misprints.rows[0])[3:]] == [
        2_764_800, 2_764_800, 2_764_800, 5 * 5 * 3 * 256 * 64,
    ]  # fmt: skip


def test_what_relu_destroys() -> None:
    [table] = each_table(made(lecture(), "lecture_relu"))
    for row in table.rows:
        m, lost, expected, pinv, fitted, active = (float(text.rstrip("%")) for text in texts(row))
        assert expected == pytest.approx(100 * (m + 1) / 2**m, abs=0.051)
        # the mean over so few T lies near what it is over all of them
        assert lost == pytest.approx(expected, abs=8)
        assert fitted <= pinv
        assert (active < 0.05) == (m >= 15)


def test_the_printed_expansion_is_the_net() -> None:
    blocks, expansions = each_table(made(lecture(), "lecture_bottleneck"))
    printed = [texts(row) for row in expansions.rows if row[-1].text]
    assert [row[0] for row in printed] == ["6"]
    assert number(printed[0][1]) == count(build("mobilenet_v2")).madds
    for row in expansions.rows:
        net = build(transform(load("mobilenet_v2"), f"t={row[0].text}"))
        assert number(row[1].text) == count(net).madds
    # residual blocks are wide at their ends, inverted ones narrow
    first, last = (texts(blocks.rows[start]) for start in sorted(blocks.groups))
    widths = [[int(size.split("x")[2]) for size in row[2:4]] for row in (first, last)]
    assert widths[0][0] > widths[0][1]
    assert widths[1][0] < widths[1][1]


def test_squeeze_excite_adds_up() -> None:
    blocks, effect = each_table(made(lecture(), "lecture_squeeze_excite"))
    on, off = count(build("mobilenet_v3_large")), count(
        build(transform(load("mobilenet_v3_large"), "se=off"))
    )  # fmt: skip
    total = texts(blocks.foot[0])
    assert number(total[3]) == on.madds - off.madds
    assert number(total[5]) == on.params - off.params
    assert [number(text) for text in texts(effect.rows[0])[1:3]] == [off.madds, on.madds]
    assert len(blocks.rows) == sum(row.cells["SE"] == "✓" for row in paper_table(on.net.spec).rows)
    for row in effect.rows:
        assert float(row[3].text.rstrip("%")) < 1  # "almost no multiply-adds"


def test_activations() -> None:
    facts, gaps, placement, _ = each_table(made(lecture(), "lecture_activations"))
    rows = {texts(row)[0]: texts(row) for row in facts.rows}
    assert rows["h-swish"][2] == "-0.3750 at -1.5000"
    assert rows["ReLU"][2] == "none, monotone"
    assert rows["ReLU"][4] == "unbounded"
    assert texts(gaps.rows[1])[2] == "0.1423"
    sums = {sum(number(text or "0") for text in texts(row)[1:-1]) for row in placement.rows}
    assert len(sums) == 1, "a transform only moves values from one activation to another"
    assert {texts(row)[-1] for row in placement.rows} == {
        format_exact(count(build("mobilenet_v3_large")).madds)
    }


def test_every_misprint_is_in_one_place() -> None:
    figures, rows = each_table(made(lecture(), "lecture_errata"))
    expected = [one for one in shown() if one.verdict == "erratum"]
    assert [texts(row)[1:4:2] for row in figures.rows] == [
        [one.row, one.printed] for one in expected
    ]
    assert all(texts(row)[-1] for row in figures.rows)
    assert [texts(row)[:3:2] for row in rows.rows] == [
        ["MobileNet V1", "18"], ["MobileNet V3-Small", "13"],
    ]  # fmt: skip


def test_the_rest_is_of_other_papers() -> None:
    tables = list(each_table(made(lecture(), "lecture_further")))
    groups = [group for group in lecture().claims.groups if not is_shown(group.table)]
    assert len(tables) == len(groups) > 10


def test_the_method_names_the_conventions_of_the_figures() -> None:
    [facts] = [one for one in made(lecture(), "lecture_method").blocks if isinstance(one, Facts)]
    used = {one.convention for one in lecture().claims.results if one.is_counted}
    assert used <= {name for name, _ in facts.pairs}


@pytest.mark.parametrize("names", [("mobilenet_v1",), ("mobilenet_v2", "vgg16"), ("darknet19",)])
def test_a_lecture_of_a_few_nets(names: tuple[str, ...]) -> None:
    subject = Subject("lecture", [build(name) for name in names], language="zh")
    for name in CHAPTERS:
        if name == "lecture_relu":  # of no net
            continue
        section = section_kinds()[name].make(subject)
        if section is not None:
            assert section.blocks
            hold(section)


def digits(block: Block) -> list[list[str]]:
    if not isinstance(block, TableBlock):
        return []
    rows = [texts(row) for row in (*block.rows, *block.foot)]
    return [
        [" ".join(sorted(re.findall(r"[0-9][0-9.,]*[0-9%]|[0-9]", text))) for text in row]
        for row in rows
    ]


def test_two_languages_have_the_same_figures() -> None:
    for one, two in zip(sections("en"), sections("zh"), strict=True):
        assert one.id == two.id
        assert [type(block) for block in one.blocks] == [type(block) for block in two.blocks]
        for left, right in zip(one.blocks, two.blocks, strict=True):
            assert digits(left) == digits(right)
