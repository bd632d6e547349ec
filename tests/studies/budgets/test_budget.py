"""Budgets: comparing records, reading and writing."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archcalc import ArchcalcError, Budget
from tests.each import each

COLUMNS = {
    "madds": "madds",
    "params": "params",
    "weight_bytes": "weight_bytes",
    "peak_memory": "peak_memory_bytes",
}
limits = st.fixed_dictionaries({}, optional={name: st.integers(1, 9) for name in COLUMNS})
records = st.fixed_dictionaries({column: st.integers(1, 9) for column in COLUMNS.values()})


@given(limits, records)
def test_every_limit_is_inclusive(limits: dict[str, int], record: dict[str, int]) -> None:
    over = [name for name, limit in limits.items() if record[COLUMNS[name]] > limit]
    assert Budget(**limits).met_by(record) == (not over)
    alone = {name: Budget(**{name: limit}) for name, limit in limits.items()}
    assert {name for name, one in alone.items() if not one.met_by(record)} == set(over)


def test_a_latency_must_be_measured() -> None:
    budget = Budget(latency=20)
    assert budget.met_by({"latency_ms": 20.0})
    assert not budget.met_by({"latency_ms": 20.1})
    assert not budget.met_by({"latency_ms": None})
    assert not budget.met_by({"madds": 1})


def test_texts_are_exact() -> None:
    budget = Budget.parse(
        {"madds": "150M", "params": "3.5M", "weight_bytes": "4MB", "peak_memory": "1.5 MiB",
         "latency": "20 ms"}
    )  # fmt: skip
    assert budget == Budget(
        madds=150 * 10**6,
        params=35 * 10**5,
        weight_bytes=4 * 10**6,
        peak_memory=3 * 2**19,
        latency=20.0,
    )
    assert Budget.parse({"madds": None}) == Budget()
    assert str(Budget()) == "no limit"


@given(st.integers(1, 10**13), st.integers(1, 2**45))
def test_what_is_said_is_what_was_given(madds: int, size: int) -> None:
    said = str(Budget(madds=madds, peak_memory=size)).removeprefix("at most ")
    count, _, memory = said.rpartition(" MAdds, ")
    read = Budget.parse(
        {
            "madds": count.replace(",", ""),
            "peak_memory": memory.removesuffix(" peak memory")
            .removesuffix(" bytes")
            .replace(",", ""),
        }
    )
    assert read == Budget(madds=madds, peak_memory=size)


@each(
    "limits",
    [{"madds": 0}, {"madds": -1}, {"params": 1.5}, {"madds": True}, {"madds": "1M"},
     {"latency": 0}, {"latency": float("inf")}, {"latency": float("nan")}],
)  # fmt: skip
def test_what_is_no_limit(limits: dict[str, Any]) -> None:
    with pytest.raises(ArchcalcError, match=f"budget: {next(iter(limits))}: "):
        Budget(**limits)


@each(
    ("texts", "words"),
    [({"madds": "many"}, "--max-madds: expected a count such as"),
     ({"peak_memory": "4 apples"}, "--max-peak-memory: expected a number of bytes"),
     ({"latency": "20MiB"}, "--max-latency: expected a time such as 20ms"),
     ({"latency": "-3"}, "--max-latency: expected a time"),
     ({"madds": "0"}, "^--max-madds: a whole number above 0"),
     ({"weight_bytes": "0"}, "^--max-weight-bytes: "),
     ({"map": "3"}, "no limit 'map'")],
)  # fmt: skip
def test_what_cannot_be_read(texts: dict[str, str], words: str) -> None:
    with pytest.raises(ArchcalcError, match=words):
        Budget.parse(texts, prefix="--max-")
