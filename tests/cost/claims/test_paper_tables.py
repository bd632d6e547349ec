"""Every figure in the papers' tables (``paper_tables.yaml``) is claimed."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

from archcalc import ClaimResult, load, zoo_names
from archcalc.cost.claims.judge import check_all
from archcalc.cost.claims.printed import printed_tables
from tests.each import each

FACTS = yaml.safe_load(Path(__file__).with_name("paper_tables.yaml").read_text())
QUANTITIES = {
    "cpu": "latency_pixel1",
    "p1_latency_ms": "latency_pixel1",
    "p1": "latency_pixel1",
    "p2": "latency_pixel2",
    "p3": "latency_pixel3",
}
NAMES = {
    "V1 Table 4": "V1 table 4",
    "V1 vs GoogleNet/VGG16 (paper Table 8)": "V1 table 8",
    "V1 Table 6 (width)": "V1 table 6",
    "V1 Table 7 (resolution)": "V1 table 7",
    "V1 Table 2 (share per layer type)": "V1 table 2",
    "V1 Table 13 (COCO)": "V1 table 13",
    "V2 comparison": "V2 table 4",
    "V2 detection (COCO)": "V2 table 6",
    "V3 Table 5 (non-linearities)": "V3 table 5",
    "V3 comparison": "V3 table 3",
}
NOT_PRINTED = ("-", "None")
# What the papers say of themselves, or what contradicts another of their figures.
ERRATA = {
    ("v1_t2_conv", "madds_share"),
    ("v1_t8_googlenet", "params"),
    ("v1_t13_ssd300_vgg", "params"),
    ("v2_cmp_mobilenetv1", "madds"),
    ("v2_cmp_v2_14", "params"),
    ("v2_det_ssd300", "params"),
    ("v2_det_yolov2", "params"),
    ("v3_cmp_large075", "latency_pixel3"),
    ("v3_cmp_small075", "madds"),
    ("v3_cmp_mnas_small", "params"),
    ("v3_t5_relu", "latency_delta"),
    ("v3_t5_h-swish16", "latency_delta"),
    ("v3_t5_h-swish112", "top1_delta"),
}
CLOSE = {
    ("v1_t8_googlenet", "madds"),
    ("v1_t8_vgg16", "madds"),
    ("v1_t13_frcnn600_vgg", "madds"),
    ("v2_det_ssd300", "madds"),
    ("v2_det_ssd512", "madds"),
    ("v2_det_ssd512", "params"),
    ("v2_cmp_v2_14", "madds"),
    ("v3_cmp_large10", "madds"),
    ("v3_cmp_mnasnet_a1", "madds"),
    ("v3_cmp_mnas_small", "madds"),
}


@cache
def claimed() -> dict[str, list[ClaimResult]]:
    found: dict[str, list[ClaimResult]] = {}
    for one in check_all(load(name) for name in zoo_names()).results:
        found.setdefault(one.id or "", []).append(one)
    return found


def unit(table: str, quantity: str) -> str:
    """Return the unit in which a table prints a quantity; only counts are told apart by it."""
    if quantity == "madds":
        return "B" if table in ("V1 table 13", "V2 table 6") else "M"
    return "M" if quantity == "params" else ""


def digits(text: str) -> str:
    return text.removesuffix("%").removesuffix("ms")


def test_the_facts_are_all_there():
    assert len(FACTS) == 51
    assert {row["table"] for row in FACTS} == set(NAMES)


def test_every_row_is_claimed():
    assert {row["id"] for row in FACTS} <= claimed().keys()


@each("row", FACTS)
def test_a_row_is_claimed_as_it_is_printed(row):
    table = NAMES[row["table"]]
    results = claimed()[row["id"]]
    printed = {
        QUANTITIES.get(name, name): digits(text)
        for name, text in row["printed"].items()
        if text not in NOT_PRINTED
    }
    expected = {name: text + unit(table, name) for name, text in printed.items()}
    assert {one.quantity: digits(one.printed) for one in results} == expected
    assert {one.row for one in results} == {row["row"]}
    assert {one.table for one in results} == {table}
    assert {str(one.resolution) for one in results} == {str(row["input"][-1])}
    assert {one.model for one in results} <= set(zoo_names())
    assert len({one.model for one in results}) == 1


@each("row", FACTS)
def test_a_row_is_judged(row):
    for one in claimed()[row["id"]]:
        assert one.source
        if (one.id, one.quantity) in ERRATA:
            assert (one.verdict, bool(one.note)) == ("erratum", True)
        elif (one.id, one.quantity) in CLOSE:
            assert one.verdict == "close"
        elif one.quantity in ("top1", "map") or one.quantity.startswith("latency_pixel"):
            assert one.verdict == "not computable"
        else:
            assert one.verdict == "reproduced", one


def test_rows_stand_in_the_printed_order():
    for table in NAMES.values():
        printed = [row["id"] for row in FACTS if NAMES[row["table"]] == table]
        assert list(printed_tables()[table].rows) == printed
    order = [one for one in check_all(load(name) for name in zoo_names()).results if one.id]
    ids = list(dict.fromkeys(one.id for one in order if one.table in NAMES.values()))
    facts = [row["id"] for row in FACTS if row["id"] in ids]
    by_table = sorted(
        facts, key=lambda name: list(printed_tables()).index(claimed()[name][0].table)
    )
    assert ids == by_table


def test_a_table_has_one_name_and_a_name_is_one_table():
    results = [one for group in claimed().values() for one in group]
    unnamed: set[tuple[str | None, str | None]] = set()
    for one in results:
        table = printed_tables().get(one.table or "")
        if table is None:
            unnamed.add((one.table, one.source))
        else:
            # "…, table 4" under whatever name a claim's file gives the paper
            assert f"(arXiv:{table.arxiv}), table {table.number}" in (one.source or "")
    assert unnamed
    for names in zip(*unnamed, strict=True):
        assert len(set(names)) == len(names), "one table by two names: see printed_tables.yaml"
    for table in printed_tables().values():
        assert len(set(table.rows)) == len(table.rows)
        assert len(set(table.columns)) == len(table.columns)
