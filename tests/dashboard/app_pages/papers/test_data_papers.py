"""What Papers shows is what `check` says, table by table; filters leave whole rows and no other."""

from __future__ import annotations

import json
from collections import Counter
from urllib.parse import parse_qsl, urlsplit

import pytest

from archcalc import build, check, count, load, zoo_names
from archcalc.base.errors import UnknownName
from archcalc.base.messages import LANGUAGES, messages
from archcalc.base.units import format_exact
from archcalc.cost.claims.printed import printed_tables
from archcalc.cost.claims.results import VERDICTS
from archcalc.language.ops.activation import Activation
from archcalc.output.reporting.lecture import LAYER_TABLES, PAPERS
from dashboard.app_pages.papers.data_papers import (
    EVERY,
    FIELDS,
    LECTURE,
    NET,
    OTHER,
    PAPER,
    TABLE,
    VERDICT,
    Entry,
    counts,
    entries,
    nets_of,
    of_net,
    of_papers,
    of_table,
    of_verdicts,
    paper_names,
)
from dashboard.app_pages.papers.data_tables import (
    address,
    block_of,
    explanation,
    files_of,
    heading,
    what_to_see,
)
from dashboard.shell.choice import COMMON, FIELD, Choice
from dashboard.shell.fields import read_all
from dashboard.shell.nets import net_of, table_of


def test_every_claim_of_the_zoo_stands_in_one_table() -> None:
    expected = Counter(one.verdict for name in zoo_names() for one in check(load(name)))
    assert counts(of_papers(EVERY)) == {verdict: expected[verdict] for verdict in VERDICTS}
    papers = [LECTURE, *(one for one in paper_names() if one not in PAPERS), OTHER]
    shown = [entry.name for paper in papers for entry in of_papers(paper)]
    assert sorted(shown) == sorted(entry.name for entry in entries())
    assert len({entry.name for entry in entries()}) == len(entries())


def test_the_lecture_has_all_of_its_tables_in_order() -> None:
    found = of_papers(LECTURE)
    figures = [one.name for one in found if one.group is not None]
    assert figures == [name for name in printed_tables() if name.split()[0] in PAPERS]
    assert {one.layers for one in found} == {"", *LAYER_TABLES}
    names = [one.name for one in found]
    assert names[:2] == ["V1 table 1", "V1 table 2"]
    assert names.index("V2 table 2") < names.index("V2 table 4")


def test_filters_leave_whole_rows() -> None:
    lecture = of_papers(LECTURE)
    off = of_verdicts(lecture, ["erratum"])
    for entry in off:
        if entry.group is None:
            assert any(t in entry.layers for t in LAYER_TABLES)
            continue
        (whole,) = (one for one in lecture if one.name == entry.name)
        assert whole.group is not None
        kept = [row for row in whole.group.rows if any(one.verdict == "erratum" for one in row)]
        assert entry.group.rows == kept
    assert counts(off)["erratum"] == counts(lecture)["erratum"] > 0
    assert of_verdicts(lecture, []) == lecture
    assert of_verdicts(lecture, ["differs"]) == []


def test_a_net_and_a_table_narrow_what_is_shown() -> None:
    lecture = of_papers(LECTURE)
    own = of_net(lecture, "mobilenet_v1")
    assert nets_of(own) == ["mobilenet_v1"]
    assert {"V1 table 1", "V1 table 6", "V2 table 4"} <= {entry.name for entry in own}
    assert [one.name for one in of_table(lecture, "V1 table 6")] == ["V1 table 6"]
    # what a link asks for and these papers do not have is no filter
    assert of_net(lecture, "densenet121") == lecture
    assert of_table(lecture, "V1 table 99") == lecture


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_table_has_printed_and_computed_side_by_side(language: str) -> None:
    t = messages(language)
    (entry,) = of_table(of_papers("V1"), "V1 table 6")
    block = block_of(t, entry)
    texts = [[cell.text for cell in row] for row in block.rows]
    for alpha, printed, row in zip((1, 0.75, 0.5, 0.25), (569, 325, 149, 41), texts, strict=True):
        assert f"{printed}M" in row
        assert format_exact(count(build("mobilenet_v1", width=alpha)).madds) in row
    assert {cell.badge for row in block.rows for cell in row} == {"", "reproduced"}
    for entry in entries():
        assert heading(t, entry)
        assert block_of(t, entry).rows
        assert bool(what_to_see(t, entry)) == (entry.paper in PAPERS)


def test_a_table_of_layers_has_the_net_s_total() -> None:
    (entry,) = of_table(of_papers("V2"), "V2 table 2")
    block = block_of(messages(), entry)
    assert entry.layers == "mobilenet_v2"
    assert "301M" in [cell.text for cell in block.foot[0]]


def links(entry: Entry, language: str = "en") -> list[str]:
    return [row[0].link for row in block_of(messages(language), entry).rows]


def test_a_row_leads_to_its_variant_and_to_no_other() -> None:
    (entry,) = of_table(of_papers("V1"), "V1 table 7")
    assert entry.group is not None
    for row, link in zip(entry.group.rows, links(entry, "zh"), strict=True):
        read, faults = read_all(COMMON, dict(parse_qsl(urlsplit(link).query)))
        assert faults == []
        assert read["lang"] == "zh"
        choice = Choice(**{name: read[name] for name in FIELD})
        net = build(choice.model, width=choice.width, resolution=choice.resolution)
        (madds,) = (one for one in row if one.quantity == "madds")
        assert count(net, choice.convention).madds == madds.computed


def test_a_row_of_a_changed_net_leads_to_the_changed_net() -> None:
    (ablation,) = of_table(of_papers("V3"), "V3 table 5")
    assert ablation.group is not None
    linked = {
        row[0].row: dict(parse_qsl(urlsplit(link).query))
        for row, link in zip(ablation.group.rows, links(ablation), strict=True)
    }
    read, faults = read_all(COMMON, linked["ReLU"])
    assert faults == []
    net = net_of(Choice(**{name: read[name] for name in FIELD}), {})
    kinds = {node.op.kind for node in net.graph.nodes if isinstance(node.op, Activation)}
    assert "hard_swish" not in kinds
    assert "relu" in kinds


def test_every_link_can_be_followed() -> None:
    for entry in entries():
        for link in links(entry):
            if link:
                read, faults = read_all(COMMON, dict(parse_qsl(urlsplit(link).query)))
                assert faults == []
                table_of(Choice(**{name: read[name] for name in FIELD}), {})
        assert address(entry) in ("", f"https://arxiv.org/abs/{entry.arxiv}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_misread_is_told_in_both_languages(language: str) -> None:
    blocks = explanation(messages(language), "mobilenet_v3_large")
    assert {block.kind for block in blocks} <= {"table", "heading", "facts"}
    assert len(blocks) > 1


def test_files_hold_the_figures_that_are_left() -> None:
    left = of_verdicts(of_papers("V3"), ["erratum"])
    files = {one.suffix: one for one in files_of(left)}
    records = json.loads(files["json"].make())
    assert len(records) == sum(counts(left).values())
    assert {"csv", "md", "tex", "xlsx"} <= set(files)


def test_a_link_is_read_as_it_was_written() -> None:
    values = {
        "paper": "V3",
        "table": "V3 table 5",
        "net": "mobilenet_v3_large",
        "verdict": "not computable,erratum",
    }
    read, faults = read_all(FIELDS, values)
    assert faults == []
    assert read["verdict"] == ("not computable", "erratum")
    assert (read["paper"], read["table"], read["net"]) == tuple(values.values())[:3]
    assert VERDICT.read(VERDICT.write(read["verdict"])) == read["verdict"]
    for field, text in ((PAPER, "V9"), (NET, "no_such_net"), (VERDICT, "right")):
        with pytest.raises(UnknownName):
            field.read(text)
    assert len(TABLE.read("x" * 1000)) <= 200
