"""Headline figures, with those that the paper prints for the net."""

from __future__ import annotations

from typing import Any

import pytest

from archcalc import build, count, load, transform
from archcalc.base.document import (
    Facts,
    Note,
    Tile,
    Tiles,
)
from archcalc.base.units import format_exact
from archcalc.output.reporting.subject import Subject
from tests.output.reporting.chapters import (
    made,
    only,
    subject_of,
)


def tiles_of(subject: Subject) -> dict[str, Tile]:
    section = made(subject, "totals")
    return {tile.label: tile for tile in only(section.blocks, Tiles).tiles}


def test_headline_figures_stand_beside_the_printed_ones() -> None:
    tiles = tiles_of(Subject("net", [build("mobilenet_v1", width=0.5)]))
    assert tiles["MAdds"].value == "149M"
    assert tiles["MAdds"].detail == "149,497,088; V1 table 6 prints 149M"
    assert tiles["MAdds"].badge == "reproduced"
    # params of V2 are printed without norms
    tiles = tiles_of(Subject("net", [build("mobilenet_v2")]))
    assert tiles["parameters"].value == "3.50M"
    assert "3.4M by paper:no_norm (3,470,760)" in tiles["parameters"].detail
    tiles = tiles_of(Subject("net", [build("mobilenet_v2")], convention="paper:no_norm"))
    assert tiles["parameters"].detail == "3,470,760; V2 table 4 prints 3.4M"
    # the net's own paper by the number of the table alone
    assert "; table 3 prints" in tiles_of(subject_of("nasnet_a_mobile"))["MAdds"].detail


def test_an_erratum_of_a_headline_figure_is_a_note() -> None:
    section = made(Subject("net", [build("mobilenet_v2", width=1.4)]), "totals")
    note = only(section.blocks, Note)
    assert note.tone == "erratum"
    assert "6.9M" in note.label
    assert note.text == next(
        claim.erratum["params"] for claim in load("mobilenet_v2").claims if claim.erratum
    )


@pytest.mark.parametrize(
    ("changes", "choices"),
    [
        ({"prune": 0.25}, {}),
        ({"width": 0.6}, {}),
        ({"resolution": "224x160"}, {}),
    ],
)
def test_unprinted_figures_have_no_verdict(changes: Any, choices: Any) -> None:
    subject = Subject("net", [build("mobilenet_v2", **changes)], **choices)
    for tile in tiles_of(subject).values():
        assert not tile.badge
    assert tiles_of(subject)["MAdds"].detail == format_exact(subject.cost.madds)


def test_multiply_adds_of_a_batch_are_not_those_of_a_paper() -> None:
    subject = Subject("net", [build("mobilenet_v1")], batch=4, dtype="int8")
    tiles = tiles_of(subject)
    cost = count(build("mobilenet_v1"), batch=4, dtype="int8")
    assert tiles["MAdds"].detail == format_exact(cost.madds)
    assert not tiles["MAdds"].badge
    assert tiles["parameters"].badge == "reproduced"
    assert tiles["weights"].detail == format_exact(cost.totals["weight_bytes"])
    facts = dict(only(made(subject, "totals").blocks, Facts).pairs)
    assert facts["images at once"] == "4"
    assert "int8" in facts["bytes"]


def test_facts_say_what_the_net_is() -> None:
    spec = transform(load("mobilenet_v2").with_params(k=10), "act=relu")
    net = build(spec, width=0.75, prune={"stage_2": 0.5})
    facts = dict(only(made(Subject("net", [net]), "totals").blocks, Facts).pairs)
    assert facts["width multiplier α"] == "0.75"
    assert facts["prune ratio"] == "stage_2: 0.5"
    assert facts["changed"] == "act=relu"
    assert facts["parameters of the spec"] == "k=10"
    assert "1801.04381" in facts["paper"]
