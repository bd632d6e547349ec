"""Composes the Document of a Subject: title and chapters."""

from __future__ import annotations

from archcalc._version import __version__
from archcalc.base.document import Document
from archcalc.base.names import paper_place
from archcalc.language.graph import Net
from archcalc.output.present.words import convention_words, paper_table_words
from archcalc.output.reporting.sections import sections_of
from archcalc.output.reporting.subject import Subject

_SEPARATOR = " · "
_MOST_NAMES = 4


def document_of(subject: Subject) -> Document:
    """Return the whole report on ``subject``."""
    t = subject.t
    if subject.kind == "net":
        title, kicker = subject.net.spec.title, t("page.net_kicker")
        subtitle = _SEPARATOR.join([*_variant(subject.net), *_paper(subject)])
    elif subject.kind == "comparison":
        title, kicker = _names(subject), t("page.comparison_kicker", count=len(subject.nets))
        subtitle = _SEPARATOR.join(net.title for net in subject.nets[:_MOST_NAMES])
        subtitle += " …" if len(subject.nets) > _MOST_NAMES else ""
    else:
        title, kicker = t("page.lecture_title"), t("page.lecture_kicker")
        subtitle = t("page.lecture_about", count=len(subject.nets))
    convention = subject.cost.convention
    return Document(
        title=title,
        subtitle=subtitle,
        language=subject.language,
        sections=sections_of(subject),
        footer=t("page.footer", version=__version__, convention=convention.name),
        kicker=kicker,
        stated=t(
            "page.stated",
            convention=convention.name,
            about=convention_words(t, convention),
            batch=subject.batch,
            dtype=subject.dtype,
        ),
    )


def _variant(net: Net) -> list[str]:
    """Return the net's variant name and its input."""
    channels, height, width = net.input_shape
    return [net.title, f"{height} × {width} × {channels}"]


def _paper(subject: Subject) -> list[str]:
    """Return the paper and table of the net."""
    paper = subject.net.spec.paper
    if paper is None:
        return []
    place = paper_place(paper.arxiv, paper.url)
    text = f"{paper.title} ({place})" if place else paper.title
    if paper.table:
        text += f", {paper_table_words(subject.t, paper)}"
    return [text]


def _names(subject: Subject) -> str:
    """Return the nets' titles, or their number where they are too many."""
    titles = list(dict.fromkeys(net.spec.title for net in subject.nets))
    if len(titles) > _MOST_NAMES:
        return subject.t("page.comparison_many", count=len(subject.nets))
    *first, last = titles
    t = subject.t
    return t("page.and").join([t("page.comma").join(first), last] if first else [last])
