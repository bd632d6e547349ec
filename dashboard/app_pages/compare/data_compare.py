"""Nets side by side: which are compared, their blocks in line, published accuracies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from string import ascii_lowercase

from archcalc import CostTable, Net, Spec, zoo_names
from archcalc.base.document import TableBlock
from archcalc.base.names import VariantName
from archcalc.base.tables import Record
from archcalc.base.units import (
    format_exact,
    format_quantity,
    format_signed_percent,
    percent_change,
    unit_of,
)
from archcalc.cost.counting.aligned import AlignedTable, Place
from archcalc.cost.scaling.grid import QUANTITIES
from archcalc.output.charts import accuracy
from archcalc.output.reporting.sections.compare_totals import make as totals_section
from archcalc.output.reporting.subject import Subject
from archcalc.studies.budgets.compared import published_variants
from dashboard.kit.downloads import Download, of_reports, of_table
from dashboard.shell.choice import OWN, Choice, fitted, read_choice
from dashboard.shell.fields import Field, choice_field
from dashboard.shell.nets import net_of, spec_of, table_of

NONE = "none"

LETTERS = ascii_lowercase[:4]
"""What the compared nets are called: the first is the chosen variant."""


def _read(text: str) -> Choice | None:
    return None if text == NONE else replace(read_choice(text), convention="paper", dtype="f32")


def _write(choice: Choice | None) -> str:
    return NONE if choice is None else choice.text


OTHERS = tuple(
    Field(letter, Choice("mobilenet_v1") if letter == "b" else None, _read, _write)
    for letter in LETTERS[1:]
)
"""The variants beside the chosen one; they are counted as it is. None: a place that is free."""

SHOWN = choice_field("rows", ("all", "apart"))
"""All rows, or those in which the nets differ."""

COST = choice_field("scatter", QUANTITIES)
"""What accuracy is shown against."""

FIELDS = (*OTHERS, SHOWN, COST)

MOST_ROWS = 400
"""Rows of a table that a page shows; more are in its files."""


def compared(
    first: Choice, others: Sequence[Choice | None], own: Mapping[str, Spec]
) -> dict[str, CostTable]:
    """Return the cost tables by their letters, all counted as the first; each variant once."""
    found: dict[str, Choice] = {}
    for letter, one in zip(LETTERS, (first, *others), strict=True):
        if one is not None:
            alike = replace(one, convention=first.convention, dtype=first.dtype)
            fit = fitted(alike, has_width=spec_of(alike, own).rounding is not None)
            if fit not in found.values():
                found[letter] = fit
    return {letter: table_of(one, own) for letter, one in found.items()}


def totals_table(tables: Sequence[CostTable], language: str) -> TableBlock:
    """Return the totals side by side, as the report of a comparison has them."""
    blocks = totals_section(_subject(tables, language)).blocks
    return next(block for block in blocks if isinstance(block, TableBlock))


def rows(aligned: AlignedTable, shown: str) -> list[Place]:
    """Return the places to show: all, or those where a net differs from the first."""
    if shown == "all":
        return list(aligned.places)
    same = (None, "same")
    return [p for p in aligned.places if any(_status(p, i) not in same for i in _others(aligned))]


def statuses(aligned: AlignedTable) -> list[Counter[str]]:
    """Return for each net after the first how many of its blocks are the same, changed …"""
    return [
        Counter(filter(None, (_status(place, i) for place in aligned.places)))
        for i in _others(aligned)
    ]


def hidden_change(place: Place, letter: str) -> str:
    """Write what a changed block has other layers for, where nothing else that is shown differs."""
    index = LETTERS.index(letter) - 1
    pair = place.pairs[index] if index >= 0 else None
    if pair is None or pair.status != "changed":
        return ""
    record = pair.to_dict()
    shown = ("op", "output", "madds", "params")
    return "" if any(record[f"{n}_a"] != record[f"{n}_b"] for n in shown) else pair.change


def above_text(first: int | None, other: int | None) -> str:
    """Write by how many percent a count lies above the first's; "" where nothing is to be said."""
    if not first or other is None or first == other:
        return ""
    return format_signed_percent(percent_change(first, other), 1)


@dataclass(frozen=True)
class Points:
    """Variants with a published accuracy, and the unit of their costs ("M", "MiB").

    A record has ``x`` in that unit, ``top1`` in percent, ``exact`` and ``amount`` (the cost in
    words), ``name``, ``source``, ``front`` (no other variant is better in both), ``letter`` (""
    unless it is compared), and ``choice``, which `read_choice` reads.
    """

    unit: str
    records: Sequence[Record]

    @property
    def front(self) -> list[str]:
        """The names of those that no other beats, the cheapest first."""
        front = [record for record in self.records if record["front"]]
        return list(dict.fromkeys(one["name"] for one in sorted(front, key=lambda one: one["x"])))


def points(tables: Mapping[str, CostTable], cost: str, models: Mapping[str, str]) -> Points:
    """Return every variant of the zoo, and of the compared models, whose accuracy is published.

    ``models``: the model of each letter as a choice names it. What costs nothing is left out: it
    has no place on a logarithmic axis.
    """
    some = next(iter(tables.values()))
    found = list(_zoo_published(some.convention.name, some.dtype))
    for letter, table in tables.items():
        if models[letter].startswith(OWN):
            own = published_variants([table.net], convention=some.convention, dtype=some.dtype)
            found += [{**record, "key": models[letter]} for record in own]
    records = [record for record in found if record[cost]]
    if not records:
        return Points("", ())
    frame = accuracy(records, cost).frame
    front = set(frame[frame["front"]]["name"])
    letters = {_key(models[letter], table.net): letter for letter, table in tables.items()}
    # the unit of the middle one: of the largest, most of the others would begin with "0.0"
    unit = unit_of(cost, [sorted(record[cost] for record in records)[len(records) // 2]])
    return Points(
        unit.name,
        [
            {
                "x": record[cost] / unit.size,
                "top1": record["top1"],
                "exact": format_exact(record[cost]),
                "amount": format_quantity(cost, record[cost]),
                "name": (name := str(VariantName.of_record(record))),
                "source": record["source"],
                "front": name in front,
                "letter": letters.get(
                    (record["key"], record["width"], str(record["resolution"])), ""
                ),
                "choice": Choice(record["key"], record["width"], record["resolution"]).text,
            }
            for record in records
        ],
    )


def placed(others: Sequence[Choice | None], choice: Choice) -> int:
    """Return which of the others a new choice takes the place of: the first free one, or the last.

    Where it is among them already, its own.
    """
    if choice in others:
        return others.index(choice)
    return others.index(None) if None in others else len(others) - 1


def downloads(aligned: AlignedTable, language: str) -> list[Download]:
    """Return the aligned blocks as tables, and the report of the comparison as HTML and PDF."""
    titles = [table.net.title for table in aligned.tables]
    name = " and ".join(titles)
    files = of_table(aligned, name)
    if len(set(titles)) < len(titles):  # in a report nothing would tell them apart
        return files
    return [
        *(one for one in files if one.suffix not in ("html", "pdf")),
        *of_reports(aligned.tables, f"comparison of {name}", language),
    ]


@lru_cache(maxsize=16)
def _zoo_published(convention: str, dtype: str) -> tuple[Record, ...]:
    found = []
    for name in zoo_names():
        net = net_of(Choice(name), {})
        records = published_variants([net], convention=convention, dtype=dtype)
        found += [{**record, "key": name} for record in records]
    return tuple(found)


def _key(model: str, net: Net) -> tuple[str, float, str]:
    # figures are published of nets as they are printed
    return ("" if net.prune or net.spec.sets else model), net.width, str(net.resolution)


def _others(aligned: AlignedTable) -> range:
    return range(len(aligned.tables) - 1)


def _status(place: Place, index: int) -> str | None:
    pair = place.pairs[index]
    return None if pair is None else pair.status


def _subject(tables: Sequence[CostTable], language: str) -> Subject:
    first = tables[0]
    return Subject(
        kind="comparison",
        nets=[table.net for table in tables],
        convention=first.convention.name,
        batch=first.batch,
        dtype=first.dtype,
        language=language,
    )
