"""The remarks that results carry in English, in the language of a reader."""

from __future__ import annotations

import re
from functools import cache

from archcalc.base.messages import Messages
from archcalc.base.names import COSTS
from archcalc.language.conventions.convention import CONVENTIONS
from archcalc.output.present.words import convention_words

_SAYINGS = {
    "core_free": r"CPU/wall was (?P<ratio>[\d.]+): the core was free",
    "busy": r"CPU/wall was (?P<ratio>[\d.]+), below (?P<least>[\d.]+): the machine was busy with "
    "other work, so CPU time is reported",
    "threads": r"the CPU clock of one thread does not see the work of (?P<threads>\d+)",
    "elsewhere": r"the work is on (?P<device>\S+), which no CPU clock sees",
    "leaked": r"threads leaked: the process used (?P<ratio>[\d.]+) times the CPU time that "
    r"(?P<threads>\d+) threads? can account for",
    "faults": r"(?P<faults>\d+) page faults a pass: the C allocator gives memory back and takes it "
    r"again, .*keep_freed_memory\(\) stops that",
    "open": r"the layers do not add up to the pass \((?P<closure>\S+)%\): .*measure again",
    "pinned": r"pinned to core (?P<core>\d+)",
    "not_pinned_threads": r"not pinned: (?P<threads>\d+) threads",
    "not_pinned_system": r"not pinned: this system cannot",
    "not_pinned_refused": r"not pinned: refused \((?P<why>.*)\)",
}
"""Notes of `archcalc.models.latency`, by message."""
_OF = r"accuracy of (?P<net>.+): (?P<number>\d+) published top-1 figures?"
_SEARCHED = {
    "ranked_madds": r"ranked by MAdds, the most first: too little is published for an "
    r"interpolation",
    "ranked_top1": r"ranked by top-1, published or interpolated as stated; equal ones by MAdds",
    "ranked_unknown": r"ranked by top-1, published or interpolated as stated; equal ones by MAdds; "
    r"(?P<number>\d+) of unknown accuracy come last, by MAdds",
    "accuracy_of": _OF,
    "accuracy_few": rf"{_OF}, too few for an interpolation",
    "accuracy_fit": rf"{_OF}; between them a regression \((?P<form>.+), of (?P<link>.+)\); its "
    r"leave-one-out error is (?P<mean>\S+) points on average, (?P<worst>\S+) at worst",
    "best_published": r"the best published that fits: (?P<net>.+), (?P<top1>\S+)%",
    "same_net": r"(?P<net>\S+): (?P<one>.+) is the same net as (?P<other>.+), and takes part once",
    "no_width": r"(?P<net>.+) has no width multiplier: it takes part at width 1",
    "no_side": r"(?P<net>.+): no such net at (?P<sides>.+) pixels: a map does not fit",
    "no_split": r"(?P<net>.+): no such net at width (?P<widths>.+): groups do not divide its "
    r"channels",
    "measured": r"latency measured on (?P<number>\d+), in ranked order; those below it were not",
}
"""Notes and remarks of a search, by message."""
_EQUAL = {
    "itself": r"no answer: it would be the variant itself",
    "no_width": r"no answer: (?P<net>.+) has no width multiplier",
    "not_square": r"no answer: the input of (?P<net>.+) is (?P<size>\S+), and only squares are "
    r"tried",
    "no_change": r"does not change (?P<cost>.+)",
    "none_near": r"no value comes near to equal (?P<cost>.+)",
    "as_printed": r"(?P<match>nearest|not above|nearest, not above) is the net as printed"
    r"(?P<off>.*): left out",
    "no_other": r"no other of the zoo comes within (?P<percent>\S+) % of equal cost",
    "left_out": r"(?P<number>\S+) of (?P<all>\S+) values are left out as impossible: at "
    r"(?P<value>\S+), (?P<why>.+)",
}
"""Remarks on one change of a variant, by message; the message of an error is not translated."""
_COMPUTED = (
    r"MAdds and params are computed, all copies of a row together: (?P<net>[^;]+); (?P<about>.+)"
)
_CHANGE = re.compile(r"(?P<change>width|resolution|prune|net): (?P<remark>.+)", re.DOTALL)

_CLOCK = re.compile(r"(?P<clock>wall|cpu) clock: (?P<reason>.*)", re.DOTALL)


def saying(t: Messages, text: str) -> str:
    """Return a remark in the words of ``t``; an unknown one is unchanged."""
    clock = _CLOCK.fullmatch(text)
    if clock:
        reason = saying(t, clock["reason"])
        return t("report_latency.by_clock", clock=clock["clock"], reason=reason)
    changed = _CHANGE.fullmatch(text)
    if changed:
        remark = saying(t, changed["remark"])
        return t("equivalent.remark", change=t(f"equivalent.{changed['change']}"), remark=remark)
    for key, pattern in _patterns().items():
        found = pattern.fullmatch(text)
        if found:
            return t(key, **{name: _word(t, name, one) for name, one in found.groupdict().items()})
    return text


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    areas = {"report_latency": _SAYINGS, "search": _SEARCHED, "equivalent": _EQUAL}
    areas["printed"] = {"computed": _COMPUTED}
    return {
        f"{area}.{name}": re.compile(pattern, re.DOTALL)
        for area, patterns in areas.items()
        for name, pattern in patterns.items()
    }


def _word(t: Messages, name: str, value: str) -> str:
    """Return a value of a remark: a cost, a match and a convention have words of their own."""
    if name == "cost":
        return next((t(f"table.{cost}") for cost, said in COSTS.items() if said == value), value)
    if name == "match":
        return t(f"equivalent.{value.replace(', ', '_')}")
    if name == "about":
        known = (one for one in CONVENTIONS.values() if one.about == value)
        return next((convention_words(t, one) for one in known), value)
    return value
