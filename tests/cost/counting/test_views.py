"""Views for documents: they say what the tables say, and their sums are the totals."""

from __future__ import annotations

import pytest

import archcalc
from archcalc.base.tables import Table
from archcalc.cost.claims.judge import check_all
from archcalc.cost.counting.paper_rows import with_costs
from archcalc.language.spec.paper_table import paper_table
from archcalc.language.spec.paper_view import _LETTERS, _mark
from tests.hostile import TEXTS, net_of

NAMES = archcalc.zoo_names()


def sums(table: Table) -> list[int]:
    records = table.records()
    return [sum(record[name] for record in records) for name in ("MAdds", "params")]


@pytest.mark.parametrize("name", NAMES)
def test_what_is_above_the_line_sums_to_what_is_below(name: str) -> None:
    costs = archcalc.count(archcalc.build(name))
    totals = [costs.madds, costs.params]
    for table in (costs, costs.by("op"), costs.by("stage"), with_costs(costs)):
        view = table.for_people()
        (foot,) = view.foot()
        assert sums(view) == [foot["MAdds"], foot["params"]] == totals
        assert all(record.keys() == foot.keys() for record in view.records())


@pytest.mark.parametrize("name", NAMES)
def test_the_papers_cells_stand_as_printed_and_every_erratum_below(name: str) -> None:
    table = paper_table(archcalc.load(name))
    view = table.for_people()
    marks = "".join(_LETTERS)
    assert len(view.records()) == len(table.rows)
    for row, record in zip(table.rows, view.records(), strict=True):
        for column, cell in row.cells.items():
            if column == "from":
                assert record[column] == ", ".join(row.sources or ())
            else:
                assert str(record[column]).rstrip(marks) == cell
        marked = [str(cell)[-1] for cell in record.values() if str(cell).endswith(tuple(marks))]
        assert len(marked) == bool(row.erratum or row.note or row.use)
        if marked:
            (note,) = [text for text in view.notes() if text.startswith(f"{marked[0]} ")]
            assert all(text in note for text in (row.erratum, row.note) if text)
    below = [part for part in view.further() if part.title.startswith("block ")]
    assert len(below) == len(archcalc.load(name).head.blocks)


def test_v1s_rows_cost_what_they_cost() -> None:
    costs = archcalc.count(archcalc.build("mobilenet_v1"))
    records = with_costs(costs).records()
    by_row = costs.by("row")
    assert [record["MAdds"] for record in records] == [by_row.madds(key) for key in by_row.groups]
    # 14 x 14 x 512 x 512, five times
    assert records[14]["MAdds"] == 5 * 14 * 14 * 512 * 512


def test_what_is_taken_over_counts_as_the_row_that_takes_it() -> None:
    costs = archcalc.count(archcalc.build("ssd300_mobilenet_v1"))
    first = with_costs(costs).records()[0]
    v1 = archcalc.count(archcalc.build("mobilenet_v1", resolution=300)).by("row")
    convs = [key for key in v1.groups if "conv" in key]
    assert first["MAdds"] == sum(v1.madds(key) for key in convs)


@pytest.mark.parametrize("name", NAMES)
def test_every_printed_figure_stands_in_its_table(name: str) -> None:
    claims = check_all([archcalc.load(name)])
    view = claims.for_people()
    cells = [
        str(c) for part in view.further() for record in part.records() for c in record.values()
    ]
    notes = " ".join(note for part in view.further() for note in part.notes())
    for result in claims.results:
        assert result.printed in cells
        if result.verdict == "erratum":
            assert result.remark in notes
    counted = [one for one in claims.results if one.is_counted]
    assert sum(
        cell.startswith(one) for cell in cells for one in {r.verdict for r in counted}
    ) == len(counted)


def test_marks_are_letters_without_an_end() -> None:
    marks = [_mark(index) for index in range(1000)]
    assert marks[:3] == ["ᵃ", "ᵇ", "ᶜ"]
    assert len(set(marks)) == 1000


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_hostile_texts_stay_in_their_cells(text: str) -> None:
    costs = archcalc.count(net_of(text))
    for table in (costs, costs.by("row"), with_costs(costs), check_all([costs.net.spec])):
        view = table.for_people()
        for part in (view, *view.further()):
            heads = [tuple(record) for record in (*part.records(), *part.foot())]
            assert len(set(heads)) <= 1
