"""A search as a document shows it."""

from __future__ import annotations

from archcalc.base.units import format_exact
from archcalc.studies.budgets import Budget, search


def test_the_figures_are_those_of_the_records() -> None:
    found = search("mobilenet_v2", Budget(madds=100_000_000))
    view = found.for_people()
    assert len(view.records()) == len(found)
    for row, record in zip(view.records(), found.records(), strict=True):
        assert row["MAdds"] == format_exact(record["madds"])
        assert (row["α"], row["ρ"]) == (f"{record['width']:g}", str(record["resolution"]))
        assert (float(row["top-1"]), row["basis"]) == (record["top1"], record["basis"])
    assert (view.title, view.summary(), view.notes()) == (
        found.title, found.summary(), found.notes(),
    )  # fmt: skip


def test_what_no_choice_has_is_left_out() -> None:
    plain = search("mobilenet_v2", Budget(madds=100_000_000)).for_people().numeric()
    assert not {"net", "pruned", "set", "ms"} & set(plain)
    cut = search(["mobilenet_v1", "mobilenet_v2"], Budget(madds=100_000_000), prunes=["0", "0.25"])
    assert {"net", "pruned"} <= set(cut.for_people().numeric())
