"""The lesson on activations: what is lost, by counting; what passes through, by the net's terms."""

from __future__ import annotations

import numpy as np
import pytest

from archcalc import build, count
from archcalc.base.errors import UnknownName
from archcalc.base.messages import messages
from archcalc.cost.counting.parts import activation_values
from archcalc.language.ops.activation import Activation
from archcalc.output.present.lessons import activations_table, gaps_table, placement_table
from archcalc.studies.lessons import FUNCTIONS, activation_facts, evaluate
from dashboard.app_pages.lessons.data_activations import (
    ACTIVATIONS,
    FIELDS,
    picture,
    table_of,
)
from dashboard.shell.fields import read_all
from tests.each import each


@each("kind", FUNCTIONS)
def test_the_lost_share_is_that_of_normal_numbers_without_a_slope(kind: str) -> None:
    x = np.random.default_rng(0).standard_normal(200_000)
    flat = (evaluate(kind, x).derivative == 0).mean()
    assert activation_facts(kind).constant_share == pytest.approx(flat, abs=0.004)


@each("model", ["mobilenet_v3_small", "mobilenet_v2", "vgg16"])
def test_the_values_are_those_that_the_operators_count(model: str) -> None:
    cost = count(build(model))
    found = activation_values(cost)
    counted: dict[str, int] = {}
    for layer in cost.layers:
        op = layer.node.op
        if isinstance(op, Activation):
            channels, height, width = layer.output
            counted[op.kind] = counted.get(op.kind, 0) + channels * height * width
    assert found == counted
    assert list(found.values()) == sorted(found.values(), reverse=True)
    table = placement_table(messages("en"), cost)
    assert table.foot[0][1].text == f"{sum(counted.values()):,}"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_function_has_its_facts(language: str) -> None:
    t, table = messages(language), table_of(tuple(FUNCTIONS), 1.0)
    rows = activations_table(t, table, "").rows
    assert [row[0].text for row in rows] == [one.label for one in FUNCTIONS.values()]
    assert rows[0][5].text == "50.00%"
    assert {row[0].text for row in gaps_table(t, "").rows} == {"h-sigmoid", "h-swish"}


def test_curves_or_derivatives() -> None:
    table = table_of(("relu",), 1.0)
    assert set(picture(table, "derivative").frame["y"]) == {0.0, 1.0}
    assert picture(table, "value").frame["y"].max() == 8


def test_a_link_names_functions() -> None:
    assert ACTIVATIONS.read("hard_swish,relu,relu") == ("hard_swish", "relu")
    assert ACTIVATIONS.read("") == ()
    with pytest.raises(UnknownName):
        ACTIVATIONS.read("relu,gelo")
    _, faults = read_all(FIELDS, {"act": "x", "act_beta": "nan", "act_of": "integral"})
    assert [fault.name for fault in faults] == ["act", "act_beta", "act_of"]
