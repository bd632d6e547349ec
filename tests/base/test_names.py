"""Names of variants, read back; and one mark for each verdict there is."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from archcalc.base.names import (
    COSTS,
    MARKS,
    VariantName,
    phone_name,
    resolution_name,
    sides_text,
    size_text,
)
from archcalc.cost.claims.results import VERDICTS
from archcalc.cost.counting.diff import STATUSES
from archcalc.cost.scaling.grid import QUANTITIES
from tests.each import each

words = st.text("abcdefghijklmnopqrstuvwxyz0123456789_", min_size=1, max_size=12)
names = st.text("abcdefghijklmnopqrstuvwxyz0123456789_./-", min_size=1, max_size=20)
sides = st.integers(1, 65_536)


@given(
    names,
    st.dictionaries(words, st.text("abcdefghijklmnopqrstuvwxyz0123456789_:.-", min_size=1)),
    st.none() | st.integers(1, 160_000).map(lambda scaled: scaled / 10_000),
    st.none() | st.tuples(sides, sides),
)
def test_a_written_variant_reads_back(name, sets, width, size):
    resolution = size and resolution_name(*size)
    written = VariantName.of(name, sets, width=width, resolution=resolution)
    read = VariantName.parse(str(written))
    assert read == written
    assert (read.name, dict(one.split("=", 1) for one in read.sets)) == (name, sets)
    assert float(read.width or 1) == (1 if width is None else width)
    assert read.resolution == ("" if resolution is None else str(resolution))


@given(st.text(max_size=30))
def test_any_text_is_a_name_and_reads_back(text):
    assert str(VariantName.parse(text)) == text


@each(
    ("text", "parts"),
    [
        ("mobilenet_v2", ("mobilenet_v2", (), "", "")),
        ("mobilenet_v2@0.75", ("mobilenet_v2", (), "0.75", "")),
        ("mobilenet_v2@0.75-160x224", ("mobilenet_v2", (), "0.75", "160x224")),
        ("a+act=relu+se=on@.5-96", ("a", ("act=relu", "se=on"), ".5", "96")),
        ("me@home.yaml", ("me@home.yaml", (), "", "")),
        ("a+b.yaml", ("a+b.yaml", (), "", "")),
        ("a@-160", ("a@-160", (), "", "")),
        ("a@wide", ("a@wide", (), "", "")),
        ("@0.5", ("@0.5", (), "", "")),
        ("nets/my.yaml+head=classes:7", ("nets/my.yaml", ("head=classes:7",), "", "")),
        ("c++.yaml", ("c++.yaml", (), "", "")),
        ("a+b", ("a+b", (), "", "")),
        ("a+act=", ("a+act=", (), "", "")),
    ],
)
def test_parts_of_a_variant(text, parts):
    assert VariantName.parse(text) == VariantName(*parts)


def test_a_record_names_its_width_and_resolution():
    record = {"model": "a", "set": "act=relu, se=on", "width": 1.0, "resolution": "224x160"}
    assert str(VariantName.of_record(record)) == "a+act=relu+se=on@1-224x160"


def test_sizes_are_written_height_first():
    assert size_text((3, 224, 160)) == "224x160x3"
    assert sides_text(224, 160) == resolution_name(224, 160) == "224x160"
    assert resolution_name(224, 224) == 224


def test_every_verdict_and_status_has_a_mark_of_its_own():
    assert set(MARKS) == {*VERDICTS, *STATUSES}
    assert len({mark.sign for mark in MARKS.values()}) == len(MARKS)


def test_every_cost_has_a_name():
    assert set(QUANTITIES) <= set(COSTS)
    assert phone_name("pixel3") == "Pixel 3"
