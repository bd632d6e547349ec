"""The error of a runtime's output against eager's."""

import pytest
import torch

from archcalc.models.latency.agreement import relative_error
from tests.each import each

ONE = torch.tensor([1.0, -4.0])


def test_it_is_relative_to_the_largest_value() -> None:
    assert relative_error(ONE + torch.tensor([0.0, 0.5]), ONE) == pytest.approx(0.125)
    assert relative_error(ONE, ONE) == 0
    assert relative_error(ONE * 0, ONE * 0) == 0


def test_outputs_may_be_nested_and_of_any_kind() -> None:
    nested = {"a": ONE, "b": [ONE.to(torch.complex64), (torch.tensor([3]), None)]}
    assert relative_error(nested, nested) == 0
    assert relative_error({"a": ONE.half()}, {"a": ONE}) == 0
    assert relative_error(torch.empty(0), torch.empty(0)) == 0


@each(
    ("found", "expected"),
    [(ONE, ONE[:1]), (ONE, [ONE, ONE]), (ONE * float("nan"), ONE), (ONE, ONE * 0)],
)
def test_where_there_is_no_figure_there_is_none(found: object, expected: object) -> None:
    assert relative_error(found, expected) is None
