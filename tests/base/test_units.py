"""Figures as text and back, exactly as papers print them."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archcalc.base.units import (
    Figure,
    format_bytes,
    format_count,
    format_decimal,
    format_exact,
    format_fixed,
    format_ms,
    format_percent,
    format_quantity,
    format_signed,
    format_signed_percent,
    parse_count,
    percent,
    percent_change,
)
from tests.each import each

UNITS = {
    "": 1, "%": 1, "ms": 1, "K": 10**3, "M": 10**6, "B": 10**9, "G": 10**9, "T": 10**12,
    "Ki": 2**10, "Mi": 2**20, "Gi": 2**30,
}  # fmt: skip


@each(
    ("text", "value", "places"),
    [
        ("569M", 569 * 10**6, 0),
        ("4.2M", Fraction(42, 10) * 10**6, 1),
        ("94.86%", Fraction(9486, 100), 2),
        ("75ms", 75, 0),
        ("159Ki", 159 * 1024, 0),
        (" 1.50 B ", Fraction(3, 2) * 10**9, 2),
        (".5", Fraction(1, 2), 1),
        ("-.7%", Fraction(-7, 10), 1),
        ("+20%", 20, 0),
        ("70.", 70, 0),
    ],
)
def test_reads_what_papers_print(text, value, places):
    figure = Figure.parse(text)
    assert (figure.value, figure.places, figure.text) == (value, places, text.strip())


@each(
    "text",
    ["", "M", "-", "1e6", "1,000", "5X", "5m", "1.2.3", "nan", "inf", "½", "٣", "5 M s", "--5",
     "1" * 16, "0." + "1" * 10, "5\n6"],
)  # fmt: skip
def test_refuses_everything_else(text):
    with pytest.raises(ValueError, match="figure"):
        Figure.parse(text)


@each(
    ("text", "exact", "match"),
    [
        ("569M", 568_740_352, "rounded"),
        ("300M", 300_774_272, "truncated"),
        ("3.4M", 3_470_760, "truncated"),
        ("3.5M", 3_470_760, "rounded"),
        ("3.50M", 3_470_760, None),  # a printed zero is a digit
        ("4.2M", 4_231_976, "rounded"),
        ("4M", 4_500_000, "rounded"),  # a half may have gone either way
        ("5M", 4_500_000, "rounded"),
        ("4M", 4_999_999, "truncated"),
        ("4M", 5_000_000, None),
        ("4M", 3_499_999, None),
        ("575M", 568_740_352, None),
        ("0", 0, "rounded"),
        ("-3", Fraction(-35, 10), "rounded"),
    ],
)
def test_matches_at_the_printed_precision(text, exact, match):
    assert Figure.parse(text).matches(exact) == match


counts = st.integers(0, 10**15 - 10)  # a figure has at most 15 digits
places_and_units = st.tuples(st.integers(0, 6), st.sampled_from(sorted(UNITS)))


@given(counts, places_and_units)
def test_a_figure_matches_what_it_was_rounded_from(exact, precision):
    places, unit = precision
    steps = Fraction(exact, UNITS[unit]) * 10**places
    rounded, cut = int(steps + Fraction(1, 2)), int(steps)
    for printed in {rounded, cut}:
        figure = Figure.parse(_decimal(printed, places) + unit)
        expected = "rounded" if abs(steps - printed) <= Fraction(1, 2) else "truncated"
        assert figure.matches(exact) == expected
    for other in (rounded + 2, cut - 2):
        assert other < 0 or Figure.parse(_decimal(other, places) + unit).matches(exact) is None


def _decimal(steps: int, places: int) -> str:
    digits = str(steps).rjust(places + 1, "0")
    return f"{digits[:-places]}.{digits[-places:]}" if places else digits


@given(counts, st.integers(1, 6))
def test_a_formatted_count_reads_back_at_its_precision(exact, digits):
    text = format_count(exact, digits)
    assert Figure.parse(text).matches(exact) == "rounded"
    assert len(re.sub(r"\D", "", text)) >= min(digits, len(str(exact)))
    number = text.rstrip("KMBT")
    assert float(number) <= 1000
    if exact < 1000:
        assert text == str(exact)


@given(st.integers(0, 999))
def test_a_count_below_a_thousand_reads_back_exactly(exact):
    assert parse_count(format_count(exact)) == exact
    assert parse_count(str(exact)) == exact


@given(counts)
def test_every_digit_is_kept(exact):
    assert int(format_exact(exact).replace(",", "")) == exact


@each(
    ("exact", "text"),
    [
        (0, "0"), (999, "999"), (1000, "1.00K"), (568_740_352, "569M"), (4_231_976, "4.23M"),
        (15_346_630_656, "15.3B"), (2 * 10**12, "2.00T"), (-4_231_976, "-4.23M"),
        (12_345_678, "12.3M"), (1_005, "1.01K"),
    ],
)  # fmt: skip
def test_counts_for_people(exact, text):
    assert format_count(exact) == text


@each(
    ("size", "text"),
    [(0, "0 B"), (1023, "1023 B"), (1024, "1.00 KiB"), (4_231_976, "4.04 MiB"),
     (2**30, "1.00 GiB")],
)  # fmt: skip
def test_bytes_for_people(size, text):
    assert format_bytes(size) == text


@each(
    ("share", "text"),
    [(94.857, "94.86%"), (Fraction(1, 3), "0.33%"), (100, "100.00%"), (Fraction(5, 1000), "0.01%")],
)
def test_shares_for_people(share, text):
    assert format_percent(share) == text
    assert Figure.parse(format_percent(share)).matches(Fraction(share)) == "rounded"


@each(
    ("milliseconds", "text"),
    [(0.1234, "0.123"), (1, "1.00"), (12.346, "12.35"), (123.4, "123")],
)
def test_times_for_people(milliseconds, text):
    assert format_ms(milliseconds) == text


@each(("text", "value"), [("300M", 300_000_000), ("3.4M", 3_400_000), ("42", 42), ("2Ki", 2048)])
def test_reads_counts(text, value):
    assert parse_count(text) == value


@each("text", ["-1", "1.5", "75ms", "20%", "many", ""])
def test_refuses_what_is_no_count(text):
    with pytest.raises(ValueError, match="such as"):
        parse_count(text)


def test_differences_are_of_the_printed_value():
    assert Figure.parse("219M").difference_percent(216_589_760) == pytest.approx(-1.1006, abs=1e-4)
    assert Figure.parse("0").difference_percent(5) is None


@given(st.integers(1, 160_000))
def test_a_width_of_four_places_is_written_exactly(scaled):
    assert Fraction(format_decimal(scaled / 10_000)) == Fraction(scaled, 10_000)


@given(st.fractions(-1000, 1000), st.integers(0, 4))
def test_fixed_places_are_the_nearest_and_halves_go_away_from_zero(value, places):
    text = format_fixed(value, places)
    assert len(text.partition(".")[2]) == places
    step = Fraction(1, 10**places)
    assert abs(Fraction(text) - value) <= step / 2
    if abs(Fraction(text) - value) == step / 2:
        assert abs(Fraction(text)) > abs(value)


@each(("value", "text"), [(3, "+3.00%"), (-0.125, "-0.13%"), (0, "+0.00%"), (None, "")])
def test_differences_carry_their_sign(value, text):
    assert format_signed_percent(value) == text


def test_a_quantity_of_bytes_is_written_in_bytes():
    assert format_quantity("weight_bytes", 4_231_976) == "4.04 MiB"
    assert format_quantity("madds", 4_231_976) == "4.23M"
    assert (format_signed(4096), format_signed(-4096)) == ("+4,096", "-4,096")


@given(st.integers(1, 10**15).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_shares_of_a_whole_add_up(parts):
    part, whole = parts
    rest = percent(whole - part, whole)
    assert percent(part, whole) + rest == pytest.approx(100)
    assert percent_change(whole, part) == pytest.approx(percent(part, whole) - 100)
    assert percent(part, 0) is None


def test_shares_of_records_are_rounded():
    assert (percent(1, 3, 4), percent_change(3, 4, 4)) == (33.3333, 33.3333)
