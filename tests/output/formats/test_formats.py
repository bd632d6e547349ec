"""What each format makes of a table."""

from __future__ import annotations

import csv
import io
import json
import math
from dataclasses import dataclass, field
from typing import Any

import pytest

import archcalc
from archcalc.base.errors import UnknownName
from archcalc.base.tables import Record, Table
from archcalc.output.formats import dumps, format_names, text_names

RECORDS: list[Record] = [
    {"name": "conv_1", "count": 300774272, "share": 94.857407, "note": None, "mixed": 1},
    {"name": "=1+2", "count": None, "share": -0.5, "note": "a|b, *c*", "mixed": "x"},
]


@dataclass(frozen=True)
class Plain(Table):
    rows: list[Record] = field(default_factory=lambda: RECORDS)
    text: str = "a_b · 50 % of _x_"
    remarks: tuple[str, ...] = ("first & second", "third\nline")

    @property
    def title(self) -> str:
        return self.text

    def to_dict(self) -> Any:
        return {"rows": self.rows}

    def records(self) -> list[Record]:
        return self.rows

    def notes(self) -> tuple[str, ...]:
        return self.remarks


def test_the_formats() -> None:
    assert text_names() == ["csv", "json", "md", "tex"]
    assert {*text_names(), "parquet"} <= set(format_names())
    with pytest.raises(UnknownName, match="unknown format 'xls'"):
        dumps(Plain(), "xls")


@pytest.mark.parametrize("name", ["csv", "json", "md", "tex"])
def test_a_table_without_rows(name: str) -> None:
    text = dumps(Plain(rows=[], remarks=()), name)
    assert text == "" if name == "csv" else text.endswith("\n")


def test_csv() -> None:
    text = dumps(Plain(), "csv")
    assert text.splitlines()[:2] == [
        "name,count,share,note,mixed",
        "conv_1,300774272,94.857407,,1",
    ]
    assert list(csv.reader(io.StringIO(text)))[2] == ["'=1+2", "", "-0.5", "a|b, *c*", "x"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_csv_never_starts_a_formula(start: str) -> None:
    text = dumps(Plain(rows=[{start + "head": start + "cmd", "number": -1, "real": -1.5}]), "csv")
    head, row = csv.reader(io.StringIO(text, newline=""))
    assert head[0] == f"'{start}head"
    assert row == [f"'{start}cmd", "-1", "-1.5"]


def test_json() -> None:
    assert json.loads(dumps(Plain(), "json")) == {"rows": RECORDS}
    rows: list[Record] = [{"name": "é [ 1,\n 2 ]", "sizes": [1, 2], "bad": math.inf, "none": []}]
    text = dumps(Plain(rows=rows), "json")
    assert json.loads(text) == {"rows": [{**rows[0], "bad": None}]}
    assert '"sizes": [1, 2]' in text
    assert "é" in text


def test_markdown() -> None:
    assert dumps(Plain(), "md") == (
        "# a_b · 50 % of \\_x\\_\n"
        "\n"
        "| name | count | share | note | mixed |\n"
        "| --- | ---: | ---: | --- | --- |\n"
        "| conv_1 | 300,774,272 | 94.85741 |  | 1 |\n"
        "| =1+2 |  | -0.5 | a\\|b, \\*c\\* | x |\n"
        "\n"
        "- first \\& second\n"
        "- third line\n"
    )


@pytest.mark.parametrize("name", ["csv", "md", "tex"])
def test_figures_are_those_of_the_table(name: str) -> None:
    table = archcalc.count(archcalc.build("mobilenet_v1"))
    text = dumps(table, name)
    for layer in table.layers:
        assert (f"{layer.madds}" if name == "csv" else f"{layer.madds:,}") in text


def test_control_characters_stay_out_of_text() -> None:
    table = Plain(rows=[{"x": "a\x1b[31m\nb\u202e"}], remarks=("c\x07",))
    for name in ("md", "tex"):
        text = dumps(table, name)
        assert not set(text) & set("\x1b\x07\u202e")
        assert "31m b" in text
