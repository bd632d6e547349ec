"""Remarks beside numbers: errata marked, conventions in the reader's language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from archcalc.base.document import Note
from archcalc.base.messages import Messages
from archcalc.language.conventions.convention import Convention
from archcalc.output.present.words import convention_words

_ERRATUM = "erratum, "


def note_of(text: str) -> Note:
    """Return a line of `Table.notes` as a note; what begins with "erratum, " is one."""
    if text.startswith(_ERRATUM):
        return Note(text.removeprefix(_ERRATUM), "erratum")
    return Note(text)


def convention_note(t: Messages, convention: Convention) -> Note:
    """Return what a convention counts."""
    return Note(convention_words(t, convention), label=convention.name)


def errata_notes(errata: Mapping[str, str]) -> Iterator[Note]:
    """Yield the errata of rows, each with the row that it is of."""
    for row, text in errata.items():
        yield Note(text, "erratum", row)
