"""Messages on quantities, conventions, places and reasons."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from archcalc.base.document import Note
from archcalc.base.messages import Messages
from archcalc.base.names import paper_place, phone_name, table_name
from archcalc.cost.claims.printed import PrintedTable
from archcalc.cost.claims.results import (
    NO_FIRST_ROW,
    NOT_THERE,
    ON_A_PHONE,
    OTHER_PARAMETERS,
    TRAINED,
)
from archcalc.language.conventions.convention import Convention
from archcalc.language.spec.schema import DELTAS, Paper
from archcalc.studies.budgets.budget import COLUMN_OF, Budget, limit_text

_PLACE = re.compile(r"\b(?P<kind>table|figure|section) (?P<number>[0-9]{1,4})\b", re.IGNORECASE)
_REASONS = {
    TRAINED: "training",
    ON_A_PHONE: "phone",
    OTHER_PARAMETERS: "parameters",
    NO_FIRST_ROW: "first_row",
    NOT_THERE: "not_there",
}
_ERRATUM = "erratum, "
"""Prefix of errata in `Table.notes`."""


def quantity_words(t: Messages, quantity: str) -> str:
    """Return the head of a column of printed figures: "MAdds", "top-1", "Pixel 1"."""
    kind, _, phone = quantity.partition("_")
    if kind == "latency" and quantity not in DELTAS:
        return t("quantity.latency", phone=phone_name(phone))
    return t(f"quantity.{quantity}")


def convention_words(t: Messages, convention: Convention) -> str:
    """Return what a convention counts."""
    key = f"convention.{convention.name}"
    return t(key) if key in t else convention.about


def reason_words(t: Messages, reason: str) -> str:
    """Return why a figure cannot be computed; the message of an error is not translated."""
    return t(f"report_claims.reason_{_REASONS[reason]}") if reason in _REASONS else reason


def place_words(t: Messages, place: str) -> str:
    """Return a place such as "MobileNetV2 (arXiv:1801.04381), table 4" with its table in words."""
    return _PLACE.sub(lambda m: t(f"place.{m['kind'].lower()}", number=m["number"]), place)


def table_words(t: Messages, table: PrintedTable) -> str:
    """Return the name of a printed table with the title of its paper."""
    whole = table.title if table.name in table.title else f"{table.name} · {table.title}"
    return place_words(t, whole)


def paper_words(t: Messages, paper: Paper) -> str:
    """Return a paper's title, its arXiv number or address, and its table."""
    place = paper_place(paper.arxiv, paper.url)
    parts = (paper.title, place, paper_table_words(t, paper))
    return t("table.comma").join(part for part in parts if part)


def paper_table_words(t: Messages, paper: Paper) -> str:
    """Return the table of a paper in words: "table 2", "Figures 2 and 4"."""
    return place_words(t, table_name(paper.table) or "")


def sentences(t: Messages, *texts: str) -> str:
    """Join sentences: Chinese has no space between them."""
    return ("" if t.language == "zh" else " ").join(filter(None, texts))


def budget_words(t: Messages, budget: Budget) -> str:
    """Return the limits of a budget: "at most 150M MAdds, 20.0 ms latency"."""
    limits = t("table.comma").join(
        f"{limit_text(name, limit)} {t(f'table.{COLUMN_OF[name]}')}"
        for name, limit in budget.limits.items()
    )
    return t("search.at_most", limits=limits) if limits else t("search.no_limit")


def note_of(text: str) -> Note:
    """Return a line of `Table.notes` as a note; one that begins with "erratum, " is an erratum."""
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
