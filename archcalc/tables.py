"""What every result table offers: the JSON object, flat records, a data frame, a notebook view."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING, Any

from archcalc.errors import MissingPackage

if TYPE_CHECKING:
    import pandas as pd

Record = dict[str, Any]


class Table(ABC):
    """A result. Subclasses are frozen: a table is a fact about one net under one convention."""

    @property
    @abstractmethod
    def title(self) -> str:
        """One line that says what the table is of, and under which convention."""

    @abstractmethod
    def to_dict(self) -> Any:
        """Return the very object that the command's ``--format json`` prints."""

    @abstractmethod
    def records(self) -> list[Record]:
        """Return flat rows of plain values, all with the same keys: what csv and Markdown hold."""

    def summary(self) -> Sequence[str]:
        """Return lines that a file gives above the table; a screen has its own. None by default."""
        return ()

    def notes(self) -> Sequence[str]:
        """Return lines that a reader must see beside the numbers; none by default."""
        return ()

    def to_frame(self) -> pd.DataFrame:
        """Return `records` as a pandas data frame."""
        try:
            import pandas as pd
        except ImportError:
            raise MissingPackage("to_frame()", "pandas", "frames") from None
        return pd.DataFrame.from_records(self.records())

    def _repr_html_(self) -> str:
        records = self.records()
        heads = "".join(f"<th>{escape(str(name))}</th>" for name in (records[0] if records else ()))
        rows = "".join(
            "<tr>" + "".join(f"<td>{escape(_cell(v))}</td>" for v in record.values()) + "</tr>"
            for record in records
        )
        notes = "".join(f"<p>{escape(note)}</p>" for note in self.notes())
        caption = f"<caption>{escape(self.title)}</caption>"
        return (
            f"<table>{caption}<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>{notes}"
        )


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)
