"""`export`: writes an object to a file; the suffix chooses the format and the content."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archcalc.base.errors import ArchcalcError, known_names
from archcalc.base.tables import Table
from archcalc.cost.counting.paper_rows import with_costs
from archcalc.cost.counting.table import CostTable, count
from archcalc.language.graph import Net
from archcalc.language.graph.build import build
from archcalc.language.loading import load
from archcalc.language.spec.paper_table import paper_table
from archcalc.language.spec.spec import Spec
from archcalc.output.drawing.drawing import Drawing
from archcalc.output.exporting.pictures import PICTURES, picture_of
from archcalc.output.exporting.spec_file import spec_file
from archcalc.output.files.ours import guard, sealed
from archcalc.output.formats import format_names, format_of, write_bytes
from archcalc.output.formats.json import to_json

if TYPE_CHECKING:
    from archcalc.output.charts import Picture

    Thing = Spec | Net | Table | Drawing | Picture | str | Path

REPORTS = ("html", "pdf")
SPECS = ("yaml", "yml")


class ExportWarning(UserWarning):
    """A file cannot hold everything of its object."""


@dataclass(frozen=True)
class ExportOptions:
    """How a spec or a net is counted, and the language of a report."""

    convention: str = "paper"
    batch: int = 1
    dtype: str = "f32"
    language: str = "en"
    costs: bool = True
    """Whether a paper's table has columns of MAdds and params."""

    def paper(self, net: Net) -> Table:
        """Return the paper's own table of a net."""
        return with_costs(self.count(net)) if self.costs else paper_table(net.spec)

    def count(self, net: Net) -> CostTable:
        """Return the cost of a net."""
        return count(net, self.convention, batch=self.batch, dtype=self.dtype)


def export(
    thing: Thing,
    path: str | Path,
    *,
    force: bool = False,
    convention: str = "paper",
    batch: int = 1,
    dtype: str = "f32",
    language: str = "en",
    costs: bool = True,
) -> Path:
    """Write ``thing`` to ``path`` in the format of its suffix, and return the path.

    ``thing``: a Spec (or its name or path), a Net, any table, such as a CostTable or a Grid, a
    chart's Picture or a Drawing.

    - .csv .json .md .parquet .tex: a Spec's table in the paper's layout with the costs of its
      rows, a Net's layers, a table's records. tex and md have the errata below the table.
    - .xlsx: a workbook; for a Spec, a Net or a CostTable with live formulas.
    - .svg .png: the architecture, or the chart of a Grid, of stages or types, of a search.
    - .yaml: a spec file that builds this net again, with the widths of a pruned one.
    - .html .pdf: a report on a Spec, a Net or a CostTable, in ``language`` "en" or "zh".

    ``convention``, ``batch`` and ``dtype``: how a Spec or a Net is counted. ``costs``: whether a
    paper's table has columns of MAdds and params. ``force``: overwrite files that archcalc did not
    write. What a file cannot hold is reported as an ExportWarning. Raises ArchcalcError for a
    suffix that the object does not support and where writing fails, MissingPackage.
    """
    counting = ExportOptions(convention, batch, dtype, language, costs)
    if isinstance(thing, (str, Path)):
        thing = load(thing)
    suffix = suffix_of(thing, path)
    if suffix in REPORTS:
        return _report(thing, path, counting, force=force)
    guard(path, force=force)
    if suffix in PICTURES:
        made = _picture(thing, suffix)
    elif suffix in SPECS:
        made = _spec(thing, Path(path))
    else:
        made = _table(thing, path, counting)
    guard(path, made.data, force=force)
    written = write_bytes(made.data, path)
    for remark in made.remarks:
        warnings.warn(f"{path}: {remark}", ExportWarning, stacklevel=2)
    return written


def suffix_of(thing: Thing, path: str | Path) -> str:
    """Return the suffix without its dot; raises ArchcalcError unless the object supports it."""
    suffix = Path(path).suffix.lower().removeprefix(".")
    known = sorted(suffixes_of(thing))
    if suffix not in known:
        dotted = [f".{name}" for name in known]
        what = f"a {type(thing).__name__} is not written as '.{suffix}'"
        text = what if suffix else "a suffix is needed"
        raise ArchcalcError(f"{path}: {text}{known_names(f'.{suffix}', dotted)}")
    if suffix in format_names():
        format_of(path)  # raises MissingPackage before anything is computed
    return suffix


def suffixes_of(thing: Thing) -> set[str]:
    """Return the suffixes that an object supports."""
    if isinstance(thing, (Spec, Net, CostTable)):
        return {*format_names(), *PICTURES, *SPECS, *REPORTS}
    if isinstance(thing, Table):
        return {*format_names(), *PICTURES}
    if isinstance(thing, Drawing):
        return {*PICTURES, "json"}
    if type(thing).__name__ == "Picture":
        return set(PICTURES)
    raise ArchcalcError(
        f"export: a Spec, a Net, a table, a Picture or a Drawing, not a {type(thing).__name__}"
    )


@dataclass(frozen=True)
class Made:
    """A file before it is written, with the remarks on what it lacks."""

    data: bytes
    remarks: tuple[str, ...] = ()


def _table(thing: Any, path: str | Path, counting: ExportOptions) -> Made:
    if isinstance(thing, Drawing):
        return Made(to_json(thing.to_dict()).encode())
    chosen = format_of(path)
    table = thing
    if isinstance(thing, Spec):
        net = build(thing)
        table = counting.count(net) if chosen.name == "xlsx" else counting.paper(net)
    elif isinstance(thing, Net):
        table = counting.count(thing)
    return Made(chosen.encode(table, counting.language))


def _picture(thing: Any, suffix: str) -> Made:
    picture = picture_of(build(thing) if isinstance(thing, Spec) else thing, suffix)
    return Made(picture.data, (picture.lacking,) if picture.lacking else ())


def _spec(thing: Any, path: Path) -> Made:
    file = spec_file(thing.net if isinstance(thing, CostTable) else thing, path)
    return Made(sealed(file.text, "yaml").encode(), file.remarks)


def _report(thing: Any, path: str | Path, counting: ExportOptions, *, force: bool) -> Path:
    from archcalc.output.reporting.report import report

    if isinstance(thing, CostTable):
        counting = ExportOptions(thing.convention.name, thing.batch, thing.dtype, counting.language)
        thing = thing.net
    (written, *_) = report(
        thing,
        path,
        language=counting.language,
        convention=counting.convention,
        batch=counting.batch,
        dtype=counting.dtype,
        force=force,
    )
    return written
