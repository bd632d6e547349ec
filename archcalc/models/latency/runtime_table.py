"""The table of runtimes."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from typing import ClassVar

from archcalc.base.tables import Record, Table
from archcalc.models.latency.runtimes import get_runtime, runtime_names


@dataclass(frozen=True)
class RuntimeTable(Table):
    """One entry per runtime: a description, its packages, and which of them are missing."""

    kind: ClassVar[str] = "installation"
    entries: tuple[Record, ...]

    @property
    def title(self) -> str:
        return "runtimes of archcalc measure"

    def to_dict(self) -> list[Record]:
        return list(self.entries)

    def records(self) -> list[Record]:
        return [
            {**entry, "needs": ", ".join(entry["needs"]), "missing": ", ".join(entry["missing"])}
            for entry in self.entries
        ]


def runtime_table() -> RuntimeTable:
    """Return every runtime, whether its packages are installed or not."""
    return RuntimeTable(tuple(map(_entry, runtime_names())))


def _entry(name: str) -> Record:
    runtime = get_runtime(name)
    # every runtime needs torch; further packages are its own
    needs = tuple(getattr(runtime, "packages", ("torch",)))
    missing = [package for package in needs if find_spec(package) is None]
    return {
        "runtime": name,
        "summary": runtime.summary,
        "available": not missing,
        "needs": list(needs),
        "missing": missing,
    }
