"""The contents of a net's files, by name, for ``archcalc export --table``."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from archcalc.base.errors import ArchcalcError, UnknownName, known_names
from archcalc.language.graph import Net
from archcalc.output.drawing.drawing import draw
from archcalc.output.exporting.export import REPORTS, SPECS, ExportOptions
from archcalc.output.exporting.pictures import PICTURES
from archcalc.output.formats import format_names


@dataclass(frozen=True)
class ExportKind:
    """One content: its records, its pictures, or a document with its own suffix."""

    about: str
    make: Callable[[Net, ExportOptions], Any]
    tables: bool = True
    pictures: bool = False
    others: Sequence[str] = ()

    def suffixes(self) -> list[str]:
        """Return the suffixes of its files, without their dots."""
        names = format_names() if self.tables else []
        return [*names, *(PICTURES if self.pictures else ()), *self.others]


def _claims(net: Net, _counting: ExportOptions) -> Any:
    from archcalc.cost.claims.judge import check_all

    return check_all([net.spec])


def _sweep(net: Net, counting: ExportOptions) -> Any:
    from archcalc.cost.scaling.sweeping import sweep
    from archcalc.cost.scaling.usual import usual_resolutions, usual_widths

    return sweep(
        net.spec,
        widths=usual_widths(net),
        resolutions=usual_resolutions(net),
        convention=counting.convention,
        batch=counting.batch,
        dtype=counting.dtype,
    )


def _by(key: str) -> Callable[[Net, ExportOptions], Any]:
    return lambda net, counting: counting.count(net).by(key)


KINDS: Mapping[str, ExportKind] = MappingProxyType(
    {
        "paper": ExportKind(
            "the paper's own table, with what its rows cost",
            lambda net, counting: counting.paper(net),
        ),
        "layer": ExportKind("every layer", lambda net, counting: counting.count(net)),
        "block": ExportKind("sums by block", _by("block")),
        "row": ExportKind("sums by row", _by("row")),
        "op": ExportKind("sums by type of layer", _by("op"), pictures=True),
        "stage": ExportKind("sums by stage", _by("stage"), pictures=True),
        "claims": ExportKind("printed against computed", _claims),
        "sweep": ExportKind("costs by width and resolution", _sweep, pictures=True),
        "drawing": ExportKind(
            "the architecture",
            lambda net, _counting: draw(net),
            tables=False,
            pictures=True,
            others=("json",),
        ),
        "spec": ExportKind("a spec file", lambda net, _counting: net, tables=False, others=SPECS),
        "report": ExportKind(
            "a report", lambda net, counting: counting.count(net), tables=False, others=REPORTS
        ),
    }
)
"""By the name in ``--table``."""

_BY_SUFFIX: Mapping[str, str] = MappingProxyType(
    {
        "csv": "layer",
        "json": "layer",
        "md": "paper",
        "parquet": "layer",
        "tex": "paper",
        "xlsx": "layer",
        **dict.fromkeys(PICTURES, "drawing"),
        **dict.fromkeys(SPECS, "spec"),
        **dict.fromkeys(REPORTS, "report"),
    }
)


def kind_of(path: str | Path, name: str | None = None) -> ExportKind:
    """Return the kind for a path, or the named kind.

    Without a name: layers for data, the paper's table for documents, the drawing for pictures.
    Raises UnknownName, and ArchcalcError for a suffix that the kind does not support.
    """
    suffix = Path(path).suffix.lower().removeprefix(".")
    if name is None:
        known = [
            one for one in _BY_SUFFIX if one in {s for k in KINDS.values() for s in k.suffixes()}
        ]
        if suffix not in known:
            what = f"unknown suffix '.{suffix}'" if suffix else "a suffix is needed"
            dotted = [f".{one}" for one in known]
            raise ArchcalcError(f"{path}: {what}{known_names(f'.{suffix}', dotted)}")
        name = _BY_SUFFIX[suffix]
    if name not in KINDS:
        raise UnknownName("table", name, KINDS)
    kind = KINDS[name]
    if suffix not in kind.suffixes():
        ways = ", ".join(f".{one}" for one in sorted(kind.suffixes()))
        raise ArchcalcError(f"{path}: --table {name} is written as {ways}")
    return kind
