"""What every result table offers: a JSON object, flat records, a data frame, text, HTML."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, ClassVar

from archcalc.base.errors import MissingPackage

if TYPE_CHECKING:
    import pandas as pd

Record = dict[str, Any]
RecordBatch = Mapping[str, Sequence[Any]]
"""Records, by column."""
SHOWN = 60
"""Rows of a table that a notebook shows."""


class Table(ABC):
    """A result; subclasses are frozen dataclasses."""

    kind: ClassVar[str] = "records"
    """The file of `archcalc.output.present` that lays it out for readers."""

    @property
    @abstractmethod
    def title(self) -> str:
        """One line: what the table is of, and under which convention."""

    @abstractmethod
    def records(self) -> list[Record]:
        """Return flat rows of plain values, all with the same keys, as in a CSV file."""

    def to_dict(self) -> Any:
        """Return the object that the command's ``--format json`` prints: the records, or more."""
        return self.records()

    def summary(self) -> Sequence[str]:
        """Return the lines above the table in a file; none by default."""
        return ()

    def notes(self) -> Sequence[str]:
        """Return the remarks shown with the numbers; none by default."""
        return ()

    def to_frame(self) -> pd.DataFrame:
        """Return `records` as a pandas data frame; raises MissingPackage without pandas."""
        try:
            import pandas as pd
        except ImportError:
            raise MissingPackage("to_frame()", "pandas", "frames") from None
        return pd.DataFrame.from_records(self.records())

    def __str__(self) -> str:
        return text_of(self)

    def _repr_html_(self) -> str:
        return html_of(self)


@dataclass(frozen=True)
class Records(Table):
    """Given records under a title."""

    name: str
    rows: Sequence[Record]
    remarks: Sequence[str] = ()

    @property
    def title(self) -> str:
        return self.name

    def records(self) -> list[Record]:
        return list(self.rows)

    def notes(self) -> Sequence[str]:
        return self.remarks


def text_of(result: Any) -> str:
    """Return a result as a command prints it, as plain text.

    This and `html_of` alone import from a higher floor, `archcalc.output`, and only when called.
    """
    screen = import_module("archcalc.output.render.screen")
    return str(screen.screen_text(_presented(result))).rstrip("\n")


def html_of(result: Any) -> str:
    """Return a result, a net or a spec as a notebook shows it: HTML without scripts."""
    fragment = import_module("archcalc.output.render.html.fragment")
    return str(fragment.notebook_html(_presented(result, most=SHOWN)))


def _presented(result: Any, **options: Any) -> Any:
    return import_module("archcalc.output.present").present(result, **options)


def is_number(value: Any) -> bool:
    """Return whether a cell holds a number."""
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def numeric_columns(records: Sequence[Record]) -> dict[str, bool]:
    """Return for each column whether it holds numbers and nothing else."""
    if not records:
        return {}
    return {
        name: any(is_number(record[name]) for record in records)
        and all(record[name] is None or is_number(record[name]) for record in records)
        for name in records[0]
    }
