"""A printed table as the page Papers shows it: what is printed, computed, and said of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlencode

from archcalc import CONVENTIONS, ClaimResult, build, explain
from archcalc.base.document import Block, TableBlock
from archcalc.base.messages import Messages
from archcalc.output.present.claims import claim_table
from archcalc.output.present.explain import remark_blocks
from archcalc.output.present.words import place_words
from archcalc.output.reporting.lecture import about_words, is_shown, key_of
from archcalc.output.reporting.sections.printed_table import table_of
from archcalc.output.reporting.subject import Subject
from dashboard.app_pages.papers.data_papers import Entry, claims
from dashboard.kit.downloads import Download, of_table
from dashboard.shell.choice import COMMON, FIELD, LANGUAGE, Choice
from dashboard.shell.fields import write_all
from dashboard.shell.nets import zoo_spec


def heading(t: Messages, entry: Entry) -> str:
    """Return the name of a table and what it is about: "V1 table 6: Width multiplier"."""
    name = place_words(t, entry.name)
    about = entry.title if entry.layers else ""
    if entry.group is not None and is_shown(entry.group.table):
        about = about_words(t, entry.group.table)
    return t("dashboard_papers.heading", table=name, about=about) if about else name


def what_to_see(t: Messages, entry: Entry) -> str:
    """Return what a table of the lecture shows, in a sentence or two; "" for another."""
    if entry.group is None:
        return t("dashboard_papers.see_layers")
    return t(f"report_lecture.see_{key_of(entry.group.table)}") if _is_shown(entry) else ""


def block_of(t: Messages, entry: Entry) -> TableBlock:
    """Return the table: printed and computed side by side, verdicts, errata and notes below.

    A row's first cell leads to its variant in Explore, where there is one.
    """
    if entry.group is None:
        return table_of(Subject("net", [build(zoo_spec(entry.layers))], language=t.language))
    table = claim_table(t, entry.group)
    rows = [
        [replace(row[0], link=_link(results[0], t.language)), *row[1:]]
        for row, results in zip(table.rows, entry.group.rows, strict=True)
    ]
    return replace(table, rows=rows)


def files_of(entries: Sequence[Entry]) -> list[Download]:
    """Return the figures of some tables in every format."""
    return of_table(claims(entries), "printed against computed")


def explanation(t: Messages, net: str) -> list[Block]:
    """Return what is easily misread in a net's paper; empty where nothing is."""
    return list(remark_blocks(t, explain(zoo_spec(net)), claims=False))


def address(entry: Entry) -> str:
    """Return the paper's address; "" for what has none."""
    return f"https://arxiv.org/abs/{entry.arxiv}" if entry.arxiv else ""


def _is_shown(entry: Entry) -> bool:
    return entry.group is not None and is_shown(entry.group.table)


def _link(one: ClaimResult, language: str) -> str:
    spec = zoo_spec(one.model)
    own = [claim for claim in spec.claims if claim.id == one.id]
    # a claim with parameters of its own is of no variant that knobs can make
    if not own or any(claim.param or claim.set != own[0].set for claim in own):
        return ""
    reference = spec.input[1]
    side = None if one.resolution == reference else one.resolution
    convention = one.convention if one.convention in CONVENTIONS else "paper"
    sets = ",".join(f"{name}={value}" for name, value in (own[0].set or {}).items())
    choice = Choice(one.model, one.width, side, convention=convention, set=sets)
    values = {field.name: field.default for field in COMMON}
    values |= {name: getattr(choice, name) for name in FIELD} | {LANGUAGE.name: language}
    return f"./?{urlencode(write_all(COMMON, values))}"
