"""Several nets aligned: every block of every net once, in its order, beside the first net's."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archcalc import ArchcalcError, build, count, diff, zoo_names
from archcalc.cost.counting.aligned import align

LETTERS = "abcd"


def table(name, **variant):
    return count(build(name, **variant))


@settings(max_examples=15, deadline=None)
@given(st.lists(st.sampled_from(zoo_names()), min_size=2, max_size=4))
def test_every_block_of_every_net_appears_once_in_order(names):
    tables = [table(name) for name in names]
    aligned = align(tables)
    records = aligned.records()
    for letter, one in zip(LETTERS, tables, strict=False):
        blocks = [record[letter] for record in records if record[letter] is not None]
        assert blocks == list(one.by("block").groups)
        for name in ("madds", "params"):
            assert sum(record[f"{name}_{letter}"] or 0 for record in records) == getattr(one, name)
    assert all(any(record[letter] for letter in LETTERS[: len(names)]) for record in records)
    assert list(aligned.to_dict()["nets"]) == list(LETTERS[: len(names)])


def test_two_nets_are_aligned_as_diff_does():
    a, b = table("mobilenet_v2"), table("mobilenet_v3_large")
    same = {"a": "a", "b": "b", "status": "status_b"}
    for pair, place in zip(diff(a, b).records(), align([a, b]).records(), strict=True):
        for name, value in pair.items():
            assert place[same.get(name, name)] == value


def test_what_two_nets_add_alike_shares_a_place():
    a, b = table("mobilenet_v2"), table("densenet121")
    twice = align([a, b, b]).records()
    assert [record["b"] for record in twice] == [record["c"] for record in twice]
    assert "added" in {record["status_b"] for record in twice}


def test_a_place_for_another_net_has_no_status():
    a = table("mobilenet_v1")
    for record in align([a, a, table("mobilenet_v2")]).records():
        assert record["status_b"] == (None if record["a"] is None else "same")


def test_what_cannot_be_aligned_is_an_error():
    a = table("mobilenet_v1")
    with pytest.raises(ArchcalcError, match="from 2 to"):
        align([a])
    with pytest.raises(ArchcalcError, match="one convention"):
        align([a, count(build("mobilenet_v1"), "fvcore")])
