"""Before and after pruning: the rows equal both counts and add up to the totals."""

from __future__ import annotations

from typing import Any

import pytest

from archcalc import ArchcalcError, build, count
from archcalc.cost.counting.shrink import QUANTITIES, shrink
from tests.each import each

NETS: list[tuple[str, Any, dict[str, Any]]] = [
    ("mobilenet_v2", 0.5, {}),
    ("mobilenet_v3_small", {"stage_3": 0.5}, {"resolution": 160}),
    ("densenet121", {"stage_2": 0.25}, {}),
    ("mobilenet_v1", 0, {"width": 0.5}),
]

WHOLE = pytest.approx(100, abs=1e-3)


@each(("name", "prune", "choices"), NETS)
@each("by", ["row", "block", "stage"])
def test_rows_are_those_of_both_counts(
    name: str, prune: Any, choices: dict[str, Any], by: str
) -> None:
    before = count(build(name, **choices), "fvcore", dtype="f16")
    after = count(build(name, prune=prune, **choices), "fvcore", dtype="f16")
    table = shrink(before, after, by)
    records = table.records()
    for record in records:
        key = record["key"]
        old, new = (one.by(by).groups[key] for one in (before, after))
        assert record["channels_after"] == after.net.shapes[new[-1].node.id][0]
        for quantity in QUANTITIES:
            was, is_now = (sum(getattr(one, quantity) for one in layers) for layers in (old, new))
            assert (record[f"{quantity}_before"], record[f"{quantity}_after"]) == (was, is_now)
            assert is_now <= was
            left = record[f"{quantity}_left"]
            assert left == (pytest.approx(100 * is_now / was) if was else None)
        assert record["shrinks"] == any(record[f"{one}_saved"] for one in QUANTITIES)
    for quantity in QUANTITIES:
        total = sum(record[f"{quantity}_after"] for record in records)
        assert total == after.totals[quantity]
        whole = before.totals[quantity]
        assert table.left[quantity] == pytest.approx(100 * total / whole)
        assert table.saved[quantity] == sum(record[f"{quantity}_saved"] for record in records)
        shares = [record[f"{quantity}_share"] for record in records]
        assert shares == [None] * len(records) if total == whole else sum(shares) == WHOLE
    assert (table.shrinking == 0) == (not prune)


def test_a_stage_that_is_cut_shrinks_itself_and_what_reads_it() -> None:
    before, after = (count(build("mobilenet_v1", prune=p)) for p in (0, {"conv_7.1": 0.5}))
    rows = shrink(before, after).records()
    changed = [r["key"] for r in rows if r["madds_left"] not in (None, 100)]
    # the pointwise convolution that makes these channels, the depthwise one, the one that reads
    assert changed == ["conv_7", "dwconv_8", "conv_9"]


def test_what_cannot_be_compared_is_refused() -> None:
    one = count(build("mobilenet_v1"))
    with pytest.raises(ArchcalcError, match="not of one graph"):
        shrink(one, count(build("mobilenet_v2")))
    with pytest.raises(ArchcalcError, match="counted in two ways"):
        shrink(one, count(build("mobilenet_v1"), dtype="f16"))
    with pytest.raises(ArchcalcError, match="grouping"):
        shrink(one, one, "colour")
