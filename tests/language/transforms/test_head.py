"""What a head may replace."""

from __future__ import annotations

import pytest

from archcalc import ArchcalcError, Spec, transform


def test_a_convolution_over_a_map_is_no_classifier() -> None:
    spec = Spec(
        "archcalc: 1\nname: maps\ninput: 8x8x3\nrows:\n- {op: conv2d 3x3, out: 8}\n"
        "- {op: conv2d 1x1, out: 4}\n- {op: relu}\n"
    )
    with pytest.raises(ArchcalcError, match="no classifier"):
        transform(spec, "head=classes:2")
