"""Choices and fields as text: what a link holds."""

from __future__ import annotations

import pytest

from archcalc.base.errors import ArchcalcError
from dashboard.shell.choice import COMMON, FIELD, Choice, read_choice
from dashboard.shell.fields import LONGEST, read_all, write_all
from tests.each import each

CHOICES = [
    Choice(),
    Choice("mobilenet_v1", 0.75, 160, 0.3, "fvcore", "int8"),
    Choice("ssd300_vgg", resolution="224x160", convention="paper:weights"),
    Choice("mobilenet_v2", prune=(("stage_2", 0.5), ("bottleneck_3.1.expand", 0.25))),
    Choice("own:net_1", 16.0, dtype="f16"),
    Choice("mobilenet_v3_small", set="act=relu,se=off,head=classes:10"),
]


@each("choice", CHOICES)
def test_a_choice_is_read_as_it_was_written(choice: Choice) -> None:
    assert read_choice(choice.text) == choice
    values = {name: getattr(choice, name) for name in FIELD}
    values |= {"baseline": choice, "lang": "zh"}
    read, faults = read_all(COMMON, write_all(COMMON, values))
    assert read == values
    assert faults == []


def test_defaults_make_a_short_link() -> None:
    values = {field.name: field.default for field in COMMON}
    assert write_all(COMMON, values) == {}
    assert Choice().text == "mobilenet_v2"


@each(
    ("name", "text"),
    [
        ("model", "../../etc/passwd"),
        ("model", ""),
        ("width", "0"),
        ("width", "-1"),
        ("width", "17"),
        ("width", "nan"),
        ("width", "0.33333"),
        ("resolution", "0"),
        ("resolution", "1e9"),
        ("resolution", "224x"),
        ("prune", "1"),
        ("prune", "stage_2:0.5,stage_2:0.6"),
        ("prune", ":0.5"),
        ("convention", "peper"),
        ("dtype", "f64"),
        ("set", "relu"),
        ("set", "colour=red"),
        ("set", "act=relu,act=relu6"),
        ("baseline", "mobilenet_v2;width"),
        ("baseline", "mobilenet_v2;colour=red"),
        ("lang", "xx"),
        ("lang", "e" * (LONGEST + 1)),
    ],
)
def test_what_is_wrong_is_a_fault_and_ignored(name: str, text: str) -> None:
    values, (fault,) = read_all(
        COMMON, {name: text, "dtype": "f16"} if name != "dtype" else {name: text}
    )
    defaults = {field.name: field.default for field in COMMON}
    assert values[name] == defaults[name]
    assert name == "dtype" or values["dtype"] == "f16"
    assert fault.name == name
    assert fault.why
    assert len(fault.text) <= 60


def test_a_choice_refuses_what_is_no_choice() -> None:
    with pytest.raises(ArchcalcError, match="no_such_net"):
        read_choice("no_such_net")
