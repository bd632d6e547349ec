"""A model of one's own: a text that is read safely, its faults by row, its counts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from archcalc import ArchcalcError, CostTable, Spec, SpecError, build, count, load, zoo_names
from archcalc.base.errors import Problem, shorten
from archcalc.base.limits import FILE_BYTES, ID_CHARACTERS
from archcalc.base.names import size_text
from archcalc.base.tables import Record
from archcalc.base.units import format_exact
from archcalc.language.spec.sheet import Sheet, row_lines, row_numbers, sheet_of, with_sheet
from archcalc.language.spec.yaml import read
from archcalc.language.spec.yaml_write import write
from dashboard.shell.fields import choice_field
from dashboard.shell.nets import zoo_spec

if TYPE_CHECKING:
    import pandas as pd

BLANK = "blank"

_BLANK = """\
archcalc: 1
name: my_net
input: 224x224x3
rounding: {method: divisible, divisor: 8, min: 8}
defaults:
  conv: {bn: true, act: relu, pad: same}
  dwconv: {bn: true, act: relu, pad: same}
columns: [operator, out, s]
rows:
- [conv2d 3x3, 16, 2]
- [dwconv 3x3, ~, 2]
- [conv2d 1x1, 32, 1]
- [avgpool, ~, ~, {global: true}]
- [linear, 1000, ~, {scale: false}]
"""

START = choice_field("start", (BLANK, *zoo_names()), "mobilenet_v2")
"""The net that a person begins with."""

WAY = choice_field("way", ("table", "text"))
"""How it is edited."""

FIELDS = (START, WAY)

MOST_ROWS = 300
"""Rows that a table is edited with; longer specs are edited as text."""

MOST_OWN = 8
"""Models that one session keeps for the other pages."""

_PRINTED = ("input", "output", "resolution")
"""Columns that only say what a paper prints of each row: of a net that is changed they are not."""

_REMARKS = ("use", "erratum", "note")


def start_text(name: str) -> str:
    """Return a net of the zoo as the beginning of another: its rows, without what is printed of it.

    It costs what the zoo's net costs. Printed sizes, figures and misprints are left out: a row
    that is changed would be held against them.
    """
    if name == BLANK:
        return _BLANK
    document = zoo_spec(name).document
    left_out = ("claims", "pitfalls", "paper", "title", "note")
    columns = document.get("columns")
    own: dict[str, Any] = {k: v for k, v in document.items() if k not in left_out}
    own["name"] = f"my_{name}"[:ID_CHARACTERS]
    own["rows"] = [_unprinted(row, columns) for row in document["rows"]]
    if columns:
        own["columns"] = [column for column in columns if column not in _PRINTED]
    return write(own)


def _unprinted(row: Any, columns: Sequence[str] | None) -> Any:
    """Return a row with the cells that are used, without those that only say what is printed."""
    if isinstance(row, Mapping):
        if "rows" in row:
            return {**row, "rows": [_unprinted(one, columns) for one in row["rows"]]}
        return {k: v for k, v in row.items() if k not in (*_PRINTED, *_REMARKS)}
    *cells, last = row
    keywords = dict(last) if isinstance(last, Mapping) else {}
    named = dict(zip(columns or (), cells if keywords else row, strict=False))
    named |= keywords.get("use", {})
    rest = {k: v for k, v in keywords.items() if k not in (*_PRINTED, *_REMARKS)}
    kept = [value for name, value in named.items() if name not in _PRINTED]
    return [*kept, rest] if rest else kept


def _yaml(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise ArchcalcError(f"line {line}: not a text in UTF-8") from None


READERS: Mapping[str, Callable[[bytes], str]] = {"yaml": _yaml, "yml": _yaml}
"""What a file is made a spec's text by, by its suffix. What imports models adds its own here."""


def read_upload(data: bytes, file: str) -> str:
    """Return the text of a spec of what was uploaded; nothing is written anywhere.

    Raises ArchcalcError for a file that is too large, of another kind or no text.
    """
    name, suffix = shorten(file), file.rpartition(".")[2].lower()
    if suffix not in READERS:
        kinds = ", ".join(f".{kind}" for kind in READERS)
        raise ArchcalcError(f"{name}: a file of one of the kinds {kinds}")
    if len(data) > FILE_BYTES:
        raise ArchcalcError(
            f"{name}: at most {format_exact(FILE_BYTES)} bytes, not {format_exact(len(data))}"
        )
    try:
        return READERS[suffix](data)
    except ArchcalcError as error:
        raise ArchcalcError(f"{name}: {error}") from None


@dataclass(frozen=True)
class Examined:
    """What is known of a text: its costs, or its faults with their lines."""

    text: str
    table: CostTable | None
    problems: tuple[Problem, ...] = ()

    @property
    def spec(self) -> Spec | None:
        """The spec, where it is one."""
        return None if self.table is None else self.table.net.spec


@lru_cache(maxsize=16)
def examine(text: str, convention: str = "paper", dtype: str = "f32") -> Examined:
    """Read a text as a spec and count it at width 1 and its own resolution."""
    try:
        table = count(build(load(safe_spec(text))), convention, dtype=dtype)
    except SpecError as error:
        return Examined(text, None, error.problems)
    except ArchcalcError as error:
        return Examined(text, None, (Problem(_FILE, 1, "", str(error)),))
    return Examined(text, table)


_FILE = "model.yaml"
"""What a text is called in its errors, and in nothing else."""


def safe_spec(text: str) -> Spec:
    """Return the spec of a text that a stranger may have written; raises SpecError.

    It reads no file of this machine: rows may extend nets of the zoo, and specs in place.
    """
    problems = [
        Problem(_FILE, line, f"extends '{shorten(value)}'", "a name of the zoo, or a spec in place")
        for line, value in _extended(read(text, _FILE))
        if value not in zoo_names()
    ]
    if problems:
        raise SpecError(problems)
    return Spec(text, _FILE)


def _extended(tree: Any) -> Iterator[tuple[int, str]]:
    """Yield what rows anywhere in a document extend by name, with its line."""
    if isinstance(tree, Mapping):
        for key, value in tree.items():
            if key == "extends" and not isinstance(value, Mapping):
                yield getattr(tree, "lines", {}).get(key, 1), str(value)
            yield from _extended(value)
    elif isinstance(tree, list):
        for item in tree:
            yield from _extended(item)


def editable(text: str) -> tuple[Mapping[str, Any], Sheet] | None:
    """Return a text's document and its rows as a sheet; None where it has none to edit."""
    try:
        document = read(text, _FILE)
    except SpecError:
        return None
    rows = document.get("rows")
    if not isinstance(rows, list) or len(rows) > MOST_ROWS:
        return None
    return document, sheet_of(document)


def frame(sheet: Sheet) -> pd.DataFrame:
    """Return a sheet as a frame of texts, its rows numbered from 1."""
    import pandas as pd

    made = pd.DataFrame(list(sheet.rows), columns=list(sheet.columns), dtype="object")
    made.index = pd.RangeIndex(1, len(made) + 1)
    return made


def sheet_of_frame(made: pd.DataFrame, base: Sheet) -> Sheet:
    """Return a frame that was edited as a sheet with the columns of ``base``."""
    rows = [
        tuple(value if isinstance(value, str) else "" for value in row)
        for row in made[list(base.columns)].itertuples(index=False, name=None)
    ]
    return Sheet(base.columns, tuple(rows), base.header)


def edited(document: Mapping[str, Any], sheet: Sheet, **head: str) -> str:
    """Return the text of a document with the rows of a sheet, and other parts of its head."""
    return with_sheet({**document, **head}, sheet)


_BESIDE = ("state", "output", "madds", "params")


@dataclass(frozen=True)
class Beside:
    """What stands beside one row of a sheet: its faults, or what it costs and puts out."""

    faults: tuple[str, ...] = ()
    madds: int | None = None
    params: int | None = None
    output: str = ""

    def to_dict(self) -> Record:
        """Return the record of a table; the first column says whether the row is faultless."""
        words = "✗ " + "; ".join(self.faults) if self.faults else "✓" if self.output else ""
        return dict(zip(_BESIDE, (words, self.output, self.madds, self.params), strict=True))


def beside(sheet: Sheet, examined: Examined) -> list[Beside]:
    """Return what stands beside each row of the sheet that the text was made of."""
    found = [Beside() for _ in sheet.rows]
    if examined.table is None:
        for index, lines in zip(sheet.kept(), row_lines(examined.text), strict=False):
            own = [fault_text(one) for one in examined.problems if one.line in lines]
            found[index] = Beside(faults=tuple(own))
        return found
    for index, numbers in zip(sheet.kept(), row_numbers(examined.table.net.spec), strict=True):
        layers = [layer for layer in examined.table.layers if layer.node.row in numbers]
        if layers:
            found[index] = Beside(
                madds=sum(layer.madds for layer in layers),
                params=sum(layer.params for layer in layers),
                output=size_text(layers[-1].output),
            )
    return found


def beside_frame(found: Sequence[Beside]) -> pd.DataFrame:
    """Return what stands beside the rows as a frame, numbered as they are."""
    import pandas as pd

    made = pd.DataFrame.from_records([one.to_dict() for one in found], columns=list(_BESIDE))
    made = made.astype({"madds": "Int64", "params": "Int64"})
    made.index = pd.RangeIndex(1, len(made) + 1)
    return made


def fault_text(problem: Problem) -> str:
    """Return what a fault says, without its place."""
    return str(Problem("", 0, problem.cell, problem.expected)).removeprefix(":0: ")


@dataclass(frozen=True)
class Fault:
    """A fault for people: its line, its row in the sheet (from 1, or None), what is expected."""

    line: int
    row: int | None
    text: str
    source: str
    """The line of the text that it stands in."""


def faults(examined: Examined, sheet: Sheet | None) -> list[Fault]:
    """Return the faults of a text in the order of its lines; ``sheet``: what it was made of."""
    lines = examined.text.splitlines()
    places = list(zip(sheet.kept(), row_lines(examined.text), strict=False)) if sheet else []
    return [
        Fault(
            one.line,
            next((index + 1 for index, own in places if one.line in own), None),
            fault_text(one),
            shorten(lines[one.line - 1].strip(), 90) if one.line <= len(lines) else "",
        )
        for one in examined.problems
    ]
