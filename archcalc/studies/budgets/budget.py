"""`Budget`: upper limits on counts, bytes and measured latency."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from archcalc.base.errors import ArchcalcError
from archcalc.base.names import COSTS
from archcalc.base.units import (
    Figure,
    format_bytes,
    format_count,
    format_exact,
    format_ms,
    parse_bytes,
    parse_count,
)

COLUMN_OF = {
    "madds": "madds",
    "params": "params",
    "weight_bytes": "weight_bytes",
    "peak_memory": "peak_memory_bytes",
    "latency": "latency_ms",
}
"""The column of a record that each limit is compared with."""


@dataclass(frozen=True)
class Budget:
    """Upper limits, each inclusive; None is no limit.

    ``weight_bytes`` and ``peak_memory`` in bytes; ``latency`` in milliseconds, measured on
    finalists and never derived from a count.

    Raises ArchcalcError for a limit that is not above 0.
    """

    madds: int | None = None
    params: int | None = None
    weight_bytes: int | None = None
    peak_memory: int | None = None
    latency: float | None = None

    def __post_init__(self) -> None:
        for name, limit in self.limits.items():
            if expected := _problem(name, limit):
                raise ArchcalcError(f"budget: {name}: {expected}")

    @classmethod
    def parse(cls, texts: Mapping[str, str | None], prefix: str = "budget: ") -> Budget:
        """Read texts such as {"madds": "150M", "peak_memory": "4MiB", "latency": "20ms"}.

        ``prefix``: put before the limit's name in errors, "--max-" on the command line.

        Raises ArchcalcError for any other text.

        >>> Budget.parse({"madds": "150M", "weight_bytes": "4MiB", "latency": "20ms"}).limits
        {'madds': 150000000, 'weight_bytes': 4194304, 'latency': 20.0}
        """
        limits: dict[str, Any] = {}
        for name, text in texts.items():
            if name not in COLUMN_OF:
                raise ArchcalcError(f"budget: no limit '{name}' (known: {', '.join(COLUMN_OF)})")
            if text is not None:
                shown = name.replace("_", "-") if prefix.startswith("--") else name
                try:
                    limits[name] = _READERS[name](text)
                except ValueError as error:
                    raise ArchcalcError(f"{prefix}{shown}: expected {error}") from None
                if expected := _problem(name, limits[name]):
                    raise ArchcalcError(f"{prefix}{shown}: {expected}")
        return cls(**limits)

    @property
    def limits(self) -> dict[str, int | float]:
        """The given limits, by name."""
        named = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: limit for name, limit in named.items() if limit is not None}

    def met_by(self, record: Mapping[str, Any]) -> bool:
        """Return whether a record is within every limit: counts, bytes and ``latency_ms``.

        A latency that was not measured (None, or no such key) is not within a limit.
        """
        for name, limit in self.limits.items():
            found = record.get(COLUMN_OF[name])
            if found is None or found > limit:
                return False
        return True

    def used_by(self, record: Mapping[str, Any]) -> dict[str, float]:
        """Return a record's costs in percent of each limit, where it has that cost."""
        found = {name: record.get(COLUMN_OF[name]) for name in self.limits}
        return {
            name: 100 * cost / self.limits[name] for name, cost in found.items() if cost is not None
        }

    def __str__(self) -> str:
        """Return the limits in words: "at most 150M MAdds, 20.0 ms latency"."""
        texts = [
            f"{limit_text(name, limit)} {COSTS[COLUMN_OF[name]]}"
            for name, limit in self.limits.items()
        ]
        return f"at most {', '.join(texts)}" if texts else "no limit"


def _problem(name: str, limit: Any) -> str | None:
    """Return what was expected of an invalid limit; None for a valid one."""
    kinds = (int, float) if name == "latency" else (int,)
    # a bool is an int in Python; a text is not a number before `parse`
    if type(limit) in kinds and 0 < limit < float("inf"):
        return None
    kind = "milliseconds" if name == "latency" else "a whole number"
    return f"{kind} above 0, not {limit!r}"


def limit_text(name: str, value: float) -> str:
    """Write a cost with its unit: a count, bytes or milliseconds."""
    if name == "latency":
        return f"{_trimmed(format_ms(value))} ms"
    whole = int(value)
    if name in ("madds", "params"):
        short = _trimmed(format_count(whole, digits=6))
        # a limit is quoted exactly: 149,999,999 is not 150M
        return short if _is_exactly(short, whole) else format_exact(whole)
    short = _trimmed(format_bytes(whole))
    exact = _is_exactly(short.removesuffix("B").replace(" ", ""), whole)
    return short if exact else f"{format_exact(whole)} bytes"


def least_text(name: str, value: float) -> str:
    """Write an exact cost with its quantity: "5,117,440 MAdds"."""
    if name == "latency":
        return f"{format_ms(value)} ms"
    unit = "bytes of " if name in ("weight_bytes", "peak_memory") else ""
    return f"{format_exact(int(value))} {unit}{COSTS[COLUMN_OF[name]]}"


def parse_ms(text: str) -> float:
    """Read a time: "20ms", "20" (milliseconds).

    Raises ValueError.
    """
    try:
        figure = Figure.parse(text.strip().replace(" ", ""))
    except ValueError:
        figure = None
    if figure is None or figure.unit not in ("", "ms") or figure.value <= 0:
        raise ValueError(f"a time such as 20ms, not '{text}'")
    return float(figure.value)


def _trimmed(text: str) -> str:
    """Strip trailing zeros of a fraction: 150.000M → 150M."""
    return re.sub(r"\.?0+(?=[^0-9.]|$)", "", text) if "." in text else text


def _is_exactly(text: str, value: int) -> bool:
    return Figure.parse(text).value == value


_READERS = {
    "madds": parse_count,
    "params": parse_count,
    "weight_bytes": parse_bytes,
    "peak_memory": parse_bytes,
    "latency": parse_ms,
}
