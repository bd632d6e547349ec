"""``archcalc runtimes``: what can run a net to be measured."""

from __future__ import annotations

from dataclasses import dataclass

from archcalc.base.tables import Record, Table
from archcalc.cli._options import Files, Force, Format, Lang
from archcalc.cli._output import TABLE, Output
from archcalc.cli._screen import Column, Grid, Screen

EXAMPLE = "archcalc runtimes"


def runtimes(
    format_: Format = TABLE, output: Files = None, force: Force = False, lang: Lang = "en"
) -> None:
    """List what can run a net to be measured."""
    from archcalc.models.latency.runtimes import get_runtime, runtime_names

    chosen = Output.of(format_, output, force=force, language=lang)
    entries = []
    for name in runtime_names():
        runtime = get_runtime(name)
        # Every runtime starts from a torch module; one that needs more says so.
        needs = tuple(getattr(runtime, "packages", ("torch",)))
        missing = [package for package in needs if not _installed(package)]
        entries.append(
            {
                "runtime": name,
                "summary": runtime.summary,
                "available": not missing,
                "needs": list(needs),
                "missing": missing,
            }
        )
    table = RuntimeTable(tuple(entries))
    chosen.emit(table, lambda screen: _show(table, screen))


@dataclass(frozen=True)
class RuntimeTable(Table):
    """One entry a runtime."""

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


def _installed(package: str) -> bool:
    from importlib.util import find_spec

    return find_spec(package) is not None


def _show(table: RuntimeTable, screen: Screen) -> None:
    grid = Grid((Column("runtime"), Column("available"), Column("what it is", fold=True)))
    for entry in table.entries:
        missing = ", ".join(entry["missing"])
        grid.add(
            entry["runtime"],
            "yes" if entry["available"] else f"no: needs {missing}",
            entry["summary"],
            style=("", "green" if entry["available"] else "red", ""),
        )
    screen.table(grid)
