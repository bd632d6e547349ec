"""What is easily misread in a net's paper, each with the figures before and after."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, ClassVar, Literal

from archcalc.base.names import VariantName, table_name
from archcalc.base.tables import Record, Table
from archcalc.base.units import Figure, percent_change
from archcalc.cost.claims.judge import check
from archcalc.cost.claims.pitfalls import Reread, count_pitfalls
from archcalc.cost.claims.printed import is_own
from archcalc.cost.claims.results import ClaimResult, grouped
from archcalc.cost.counting.table import CostTable, count
from archcalc.language.conventions.convention import CONVENTIONS
from archcalc.language.graph.build import build
from archcalc.language.spec.document_rows import named_rows, plain_copy
from archcalc.language.spec.schema import DELTAS
from archcalc.language.spec.spec import Spec

RemarkKind = Literal["convention", "pitfall", "note", "misprint", "close", "differs", "truncated"]
COUNTS = ("madds", "params")


@dataclass(frozen=True)
class Change:
    """One figure before and after.

    Of a claim: ``printed``, then ``counted``. Else ``counted``, then ``instead``, under the other
    reading; ``printed`` where a paper prints the other reading's figure.
    """

    net: str
    quantity: str
    convention: str
    counted: int | float | None
    instead: int | None = None
    printed: str | None = None
    where: str = ""

    @property
    def difference(self) -> int | None:
        """How much more the other reading costs."""
        return None if self.instead is None else self.instead - int(self.counted or 0)

    @property
    def difference_percent(self) -> float | None:
        """Change from the first figure to the second in percent; None for a difference."""
        if self.quantity in DELTAS:
            return None
        before: Any = self.counted
        after: Any = self.instead
        if after is None and self.printed is not None:
            before, after = Figure.parse(self.printed).value, self.counted
        if after is None or before is None:
            return None
        return percent_change(before, after, 4)


@dataclass(frozen=True)
class Remark:
    """A remark on a paper: where it applies, and the figures that it changes, if any."""

    kind: RemarkKind
    what: str
    places: tuple[str, ...] = ()
    """Tables, or tables with the printed names of rows in them."""
    rows: tuple[str, ...] = ()
    """Ids of rows of the spec."""
    changes: tuple[Change, ...] = ()

    @property
    def where(self) -> str:
        """Its places and rows in one line."""
        if self.kind == "convention" or self.rows:
            named = [f"row{'s' if len(self.rows) > 1 else ''} {', '.join(self.rows)}"]
            return ", ".join([*self.places, *(named if self.rows else [])])
        return _few(self.places)


@dataclass(frozen=True)
class Explanation(Table):
    """What is easily misread in the paper of one net."""

    kind: ClassVar[str] = "explain"
    table: CostTable
    remarks: tuple[Remark, ...]
    more: bool = False
    """Whether there are claims from other sources than papers, which are left out here."""

    @property
    def title(self) -> str:
        return f"{self.table.title}: what is easily misread"

    def records(self) -> list[Record]:
        """Return one record a figure; a remark without figures has one too."""
        return [
            {
                "kind": remark.kind,
                "what": remark.what,
                "where": (change.where if change else "") or remark.where,
                "model": change.net if change else self.table.net.title,
                "quantity": change.quantity if change else None,
                "convention": change.convention if change else None,
                "printed": change.printed if change else None,
                "counted": change.counted if change else None,
                "instead": change.instead if change else None,
                "difference_percent": change.difference_percent if change else None,
            }
            for remark in self.remarks
            for change in (remark.changes or (None,))
        ]

    def notes(self) -> Sequence[str]:
        """Return the command that checks figures from other sources, if there are some."""
        name = self.table.net.name
        return [f"archcalc check {name}: every printed figure, READMEs included"] * self.more


@lru_cache(maxsize=64)
def explain(spec: Spec) -> Explanation:
    """Return what is easily misread in ``spec``'s paper.

    Its ``pitfalls``, counted under the other reading too; and the remarks of its claims and
    rows: conventions, misprints, truncated or close figures, unstated settings. Claims on other
    sources than papers are left out.

    Raises SpecError for a pitfall whose other reading is invalid or changes nothing.
    """
    rereads = count_pitfalls(spec)
    results = check(spec)
    papers = [one for one in results if _is_of_a_paper(one)]
    explained = {row for reread in rereads for row in reread.rows}
    remarks = (
        *_conventions(spec, results),
        *(_pitfall(spec, reread, results) for reread in rereads),
        *_rows(spec, "note", explained),
        *_notes(papers),
        *_rows(spec, "erratum", explained),
        *_claims(papers, "misprint"),
        *_claims(papers, "close"),
        *_claims(papers, "differs"),
        *_claims(papers, "truncated"),
    )
    return Explanation(count(build(spec)), remarks, more=len(papers) < len(results))


def _conventions(spec: Spec, results: Sequence[ClaimResult]) -> Iterator[Remark]:
    """Yield the claims' conventions that give other figures than the usual one."""
    usual = count(build(spec))
    for name in dict.fromkeys(one.convention for one in results if one.computed is not None):
        table = count(build(spec), name)
        changes = _changes(usual, table, name)
        if changes:
            own = [one for one in results if one.convention == name]
            places = tuple(dict.fromkeys(one.table or one.source or "a claim" for one in own))
            about = f"{name}: {CONVENTIONS[name].about}"
            yield Remark("convention", about, places, changes=changes)


def _changes(counted: CostTable, instead: CostTable, convention: str) -> tuple[Change, ...]:
    return tuple(
        Change(
            counted.net.title,
            name,
            convention,
            getattr(counted, name),
            instead=getattr(instead, name),
        )
        for name in COUNTS
        if getattr(counted, name) != getattr(instead, name)
    )


def _pitfall(spec: Spec, reread: Reread, results: Sequence[ClaimResult]) -> Remark:
    """Return a pitfall, with the printed figures that its other reading reproduces."""
    convention = reread.pitfall.instead.convention or reread.pitfall.convention
    net = reread.counted.net
    variant = net.width, net.resolution
    off = [r for r in results if r.match is None and (r.width, r.resolution) == variant]
    changes = []
    for change in _changes(reread.counted, reread.instead, convention):
        figures = [Figure.parse(r.printed) for r in off if r.quantity == change.quantity]
        printed = [f.text for f in figures if change.instead and f.matches(change.instead)]
        changes.append(replace(change, printed=printed[0] if printed else None))
    return Remark(
        "pitfall", reread.pitfall.what, _table_of(spec, reread.rows), reread.rows, tuple(changes)
    )


def _rows(spec: Spec, key: Literal["note", "erratum"], explained: set[str]) -> Iterator[Remark]:
    """Yield the notes or errata of rows without a pitfall; each text once."""
    texts: dict[str, list[str]] = {}
    for named in named_rows(plain_copy(spec.document)):
        text = dict(named.row.cells()).get(key)
        if text is not None and named.id not in explained:
            texts.setdefault(str(text), []).append(named.id)
    for text, rows in texts.items():
        kind: RemarkKind = "note" if key == "note" else "misprint"
        yield Remark(kind, text, _table_of(spec, rows), tuple(rows))


def _table_of(spec: Spec, rows: Sequence[str]) -> tuple[str, ...]:
    """Return the paper's table for a remark on its rows."""
    name = table_name(spec.paper.table) if spec.paper else None
    return (name,) if name and rows else ()


def _notes(results: Sequence[ClaimResult]) -> Iterator[Remark]:
    """Yield the notes of claims on correct figures, such as what "FLOPs" means there."""
    texts: dict[str, dict[str, None]] = {}
    for one in results:
        if one.verdict == "reproduced" and one.note:
            texts.setdefault(one.note, {})[f"{one.table}, {one.row}"] = None
    for text, places in texts.items():
        yield Remark("note", text, tuple(places))


def _few(places: Sequence[str]) -> str:
    return f"{places[0]} and {len(places) - 1} more" if len(places) > 1 else "".join(places)


def _claims(results: Sequence[ClaimResult], kind: RemarkKind) -> Iterator[Remark]:
    """Yield the printed figures of one kind, grouped by cause."""
    causes: dict[tuple[str, str], list[Change]] = {}
    for group in grouped(results):
        name = group.table.name
        for one in group.results:
            if _kind(one) != kind:
                continue
            # truncation is grouped over all tables, other causes within one
            cause = ("", "") if kind == "truncated" else (one.note or "", name)
            change = Change(
                net=str(VariantName.of(one.model, width=None if one.width == 1 else one.width)),
                quantity=one.quantity,
                convention=one.convention,
                counted=one.computed,
                printed=one.printed,
                where=f"{name}, {one.row}",
            )
            causes.setdefault(cause, []).append(change)
    for (what, _), changes in causes.items():
        places = tuple(dict.fromkeys(change.where for change in changes))
        yield Remark(kind, what, places, changes=tuple(changes))


def _is_of_a_paper(one: ClaimResult) -> bool:
    source = (one.source or "table").lower()
    return "arxiv:" in source or is_own(source)


def _kind(one: ClaimResult) -> RemarkKind | None:
    if one.match == "truncated":
        return "truncated"
    kinds: dict[str, RemarkKind] = {"erratum": "misprint", "close": "close", "differs": "differs"}
    return kinds.get(one.verdict)
