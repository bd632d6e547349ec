"""Parquet of any table: numbers stay numbers, and nothing is lost."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq
import pytest

import archcalc
from archcalc.base.tables import Record, Table
from archcalc.output.formats import write
from tests.hostile import TEXTS, Hostile


@dataclass(frozen=True)
class Columns(Table):
    rows: list[Record]

    @property
    def title(self) -> str:
        return "columns"

    def to_dict(self) -> list[Record]:
        return self.rows

    def records(self) -> list[Record]:
        return self.rows


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ([1, None, -3], "int64"),
        ([2**63 - 1, 0], "int64"),
        ([2**63, 1], "string"),
        ([1, 0.5, None], "double"),
        ([True, None], "bool"),
        ([True, 1], "string"),
        ([224, "224x160"], "string"),
        ([None, None], "string"),
        (["", "=1+1"], "string"),
    ],
)
def test_a_column_is_of_one_type(tmp_path: Path, values: list[Any], kind: str) -> None:
    path = write(Columns([{"x": value} for value in values]), tmp_path / "a.parquet")
    table = pq.read_table(path)
    assert str(table.schema.field("x").type) == kind
    texts = [value if value is None else str(value) for value in values]
    assert table.column("x").to_pylist() == (texts if kind == "string" else values)


def test_the_costs_of_a_net_are_read_back(tmp_path: Path) -> None:
    table = archcalc.count(archcalc.build("mobilenet_v3_small"))
    path = write(table, tmp_path / "a.parquet")
    frame = pd.read_parquet(path)
    assert frame["madds"].sum() == table.madds
    assert frame["params"].sum() == table.params
    assert pq.read_table(path).to_pylist() == table.records()
    about = json.loads(pq.read_schema(path).metadata[b"archcalc"])
    assert about == {"title": table.title, "notes": [*table.summary(), *table.notes()]}


def test_a_table_without_rows(tmp_path: Path) -> None:
    assert pq.read_table(write(Columns([]), tmp_path / "a.parquet")).num_rows == 0


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_any_text_is_read_back(tmp_path: Path, text: str) -> None:
    table = Hostile(text)
    path = write(table, tmp_path / "a.parquet")
    assert pq.read_table(path).to_pylist() == table.records()
    assert write(table, tmp_path / "b.parquet").read_bytes() == path.read_bytes()
