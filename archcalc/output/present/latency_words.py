"""Translates the English notes of a latency table to a report's language."""

from __future__ import annotations

import re

from archcalc.base.messages import Messages

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

_CLOCK = re.compile(r"(?P<clock>wall|cpu) clock: (?P<reason>.*)", re.DOTALL)


def saying(t: Messages, text: str) -> str:
    """Return a translated note of a latency table; an unknown one is unchanged."""
    clock = _CLOCK.fullmatch(text)
    if clock:
        reason = saying(t, clock["reason"])
        return t("report_latency.by_clock", clock=clock["clock"], reason=reason)
    for name, pattern in _SAYINGS.items():
        found = re.fullmatch(pattern, text, re.DOTALL)
        if found:
            return t(f"report_latency.{name}", **found.groupdict())
    return text
