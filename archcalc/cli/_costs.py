"""Remarks below the numbers of a screen."""

from __future__ import annotations

from collections.abc import Sequence

from archcalc.cli._screen import Screen


def show_notes(notes: Sequence[str], screen: Screen) -> None:
    """Show what a reader must see beside the numbers; errata are marked."""
    if not notes:
        return
    screen.blank()
    for note in notes:
        erratum = note.startswith("erratum")
        screen.items([("†" if erratum else "·", note)], "yellow" if erratum else "dim")
