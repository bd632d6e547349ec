"""What Budget keeps in the URL, and its limits: their stops, their texts, why nothing fits."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count
from typing import Any

from archcalc import ArchcalcError, Budget, Frontier
from archcalc.studies.budgets.budget import COLUMN_OF, limit_text
from dashboard.kit.measured import read_way
from dashboard.shell.choice import read_model
from dashboard.shell.fields import Field, choice_field, names_field

LIMITS = ("madds", "params", "weight_bytes", "peak_memory")
"""The limits on what is counted, as `Budget` names them."""

COSTS = tuple(COLUMN_OF[name] for name in LIMITS)

_DECIMAL = (1, 1.25, 1.5, 2, 2.5, 3, 4, 5, 6, 8)
_BINARY = (1, 1.25, 1.5, 1.75)


def write_limit(name: str, value: float) -> str:
    """Write a limit as `Budget.parse` reads it, to its last digit: "150M", "4MiB", "149999999"."""
    return limit_text(name, value).removesuffix(" bytes").replace(",", "").replace(" ", "")


def _limit_field(name: str) -> Field:
    def read(text: str) -> Any:
        return Budget.parse({name: text}, prefix="").limits[name]

    return Field(f"max_{name}", None, read, lambda value: write_limit(name, value))


LIMIT = {name: _limit_field(name) for name in (*LIMITS, "latency")}
"""The field of each limit; None is no limit."""


def read_phone(text: str) -> str:
    """Read the name of a phone as claims write it; whether any has it is seen where it is shown.

    Or a way of measuring on this machine: "here:folded:1".
    """
    way = read_way(text)
    if way is not None:
        return way.text
    if not (text.isascii() and text.isalnum() and len(text) <= 40):
        raise ArchcalcError(f"phone: a name such as pixel1, not '{text[:40]}'")
    return text


NETS = names_field("nets", read_model)
"""The nets that take part; none named: all of which an accuracy is published."""

PHONE = Field("phone", "", read_phone)
"""Whose times a latency limit is held against: a phone's, this machine's; "" for none."""

COST = choice_field("cost", COSTS)
"""What the front is against."""

KNOWN = choice_field("accuracy", ("any", "published"))
SHOWN = choice_field("show", ("fits", "front"))

FIELDS = (*LIMIT.values(), NETS, PHONE, COST, KNOWN, SHOWN)


def budget_of(limits: Mapping[str, Any], phone: str) -> Budget:
    """Return the budget of some limits; without a phone there is no time to hold one against."""
    kept = {name: limit for name, limit in limits.items() if name != "latency" or phone}
    return Budget(**kept)


def stops(name: str, costs: Any, chosen: float | None) -> list[float]:
    """Return the stops of a slider from the least to the most of ``costs``, and 0 for no limit.

    Round ones, about ten to each power of ten (or four to each of two, for bytes); a chosen limit
    that is none of them is one more. The least stop lets something fit, the last one everything.
    """
    known = [float(cost) for cost in costs if cost > 0]
    found = {chosen} if chosen else set()
    if known:
        base, parts = (2, _BINARY) if name in ("weight_bytes", "peak_memory") else (10, _DECIMAL)
        least, most = min(known), max(known)
        for value in _round(base, parts, least, whole=name != "latency"):
            found.add(value)
            if value >= most:
                break
    return [*sorted(found), 0]


def _round(base: int, parts: tuple[float, ...], least: float, *, whole: bool) -> Any:
    """Yield round numbers in rising order, from the first that is at least ``least``."""
    for power in count(0 if whole else -2):
        for part in parts:
            value = part * base**power if power >= 0 else part / base**-power
            if value >= least and (not whole or value == int(value)):
                yield int(value) if whole else value


def reasons(every: Frontier, fits: Frontier) -> list[tuple[str, float | None, str]]:
    """Return (limit, least cost, which variant has it) for limits below all that takes part.

    The least time is None where nothing that takes part was timed.
    """
    limits = fits.budget.limits
    found: list[tuple[str, float | None, str]] = [
        (name, least, which) for name, (least, which) in fits.least.items() if least > limits[name]
    ]
    if "latency" in limits:
        least, which = quickest(every)
        if least is None or least > limits["latency"]:
            found.append(("latency", least, which))
    return found


def quickest(found: Frontier) -> tuple[float | None, str]:
    """Return the least time that a choice has, and which has it; None where none has any."""
    times = found.choices.latency
    timed = (times > 0).nonzero()[0]
    if not len(timed):
        return None, ""
    index = int(timed[times[timed].argmin()])
    return float(times[index]), found.choices.net(index, found.candidates).title
