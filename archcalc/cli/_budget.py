"""The budget gate of ``archcalc count``."""

from __future__ import annotations

from archcalc.base.errors import ArchcalcError
from archcalc.base.units import parse_bytes, parse_count
from archcalc.cost.counting.gate import Limit


def limits_of(
    *,
    madds: str | None = None,
    params: str | None = None,
    weight_bytes: str | None = None,
    peak_memory: str | None = None,
) -> list[Limit]:
    """Read the ``--max-…`` options; raises ArchcalcError for what is no count."""
    options = (
        ("madds", "MAdds", "--max-madds", madds, _count),
        ("params", "parameters", "--max-params", params, _count),
        ("weight_bytes", "bytes of weights", "--max-weight-bytes", weight_bytes, parse_bytes),
        (
            "peak_memory_bytes",
            "bytes of peak memory",
            "--max-peak-memory",
            peak_memory,
            parse_bytes,
        ),
    )
    limits = []
    for total, words, option, text, parse in options:
        if text is not None:
            try:
                limits.append(Limit(total, words, parse(text), text))
            except ValueError as error:
                raise ArchcalcError(f"{option}: expected {error}") from None
    return limits


def _count(text: str) -> int:
    try:
        return parse_count(text)
    except ValueError:
        raise ValueError(f"a count such as 300M or 3400000, not '{text}'") from None
