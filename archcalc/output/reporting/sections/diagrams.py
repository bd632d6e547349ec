"""Drawings of the net and of every kind of its blocks."""

from __future__ import annotations

from archcalc.base.document import Block, FigureBlock, FigureRow, Heading, Note, Section, Text
from archcalc.base.errors import ArchcalcError
from archcalc.output.drawing import BlockKind, Drawing, block_kinds, draw
from archcalc.output.reporting.drawings import drawn, is_small, side_by_side
from archcalc.output.reporting.sections import SectionKind
from archcalc.output.reporting.subject import Subject

_MOST = 6
"""Maximum drawings of blocks in a report: no net of the zoo has more kinds."""
_NAMED = 8
_HALF = 520.0
"""Maximum width of two drawings side by side, in pixels: that of most blocks."""


def make(subject: Subject) -> Section:
    """Return the architecture and its blocks; unreadable drawings are listed instead."""
    t, net = subject.t, subject.net
    command = f"archcalc draw {net.name}"
    whole = draw(net)
    figure = _figure(subject, whole, t("report_diagrams.net", net=net.title))
    note = ""
    if figure is None:
        note = t("report_diagrams.too_large", command=command)
    elif isinstance(figure, FigureBlock) and is_small(whole):
        note = t("report_diagrams.as_file", command=command)
    blocks: list[Block] = [*([figure] if figure else []), *([Note(note)] if note else [])]
    kinds = block_kinds(net)
    figures = {kind.block: _kind(subject, kind) for kind in kinds[:_MOST]}
    if any(figures.values()):
        blocks += [Heading(t("report_diagrams.blocks")), Text(t("report_diagrams.alike"))]
        blocks += side_by_side([one for one in figures.values() if one])
    left_out = [kind.block for kind in kinds if not figures.get(kind.block)]
    if left_out:
        command = f"{command} --block {left_out[0]} -o block.svg"
        names = ", ".join(left_out[:_NAMED]) + (" …" if left_out[_NAMED:] else "")
        blocks.append(Note(t("report_diagrams.left_out", blocks=names, command=command)))
    return Section("diagrams", t("report_diagrams.title"), blocks)


def _kind(subject: Subject, kind: BlockKind) -> FigureBlock | FigureRow | None:
    key = "report_diagrams.block" if len(kind.blocks) == 1 else "report_diagrams.kind"
    caption = subject.t(key, block=kind.block, number=len(kind.blocks))
    drawing = draw(subject.net, block=kind.block)
    return _figure(subject, drawing, caption, halved=True)


def _figure(
    subject: Subject, drawing: Drawing, caption: str, *, halved: bool = False
) -> FigureBlock | FigureRow | None:
    """Return a drawing, ``halved`` where half a page is enough; None for one that is too large."""
    try:
        half = halved and drawing.layout.width <= _HALF
        captions = caption, subject.t("report_diagrams.continued")
        return drawn(drawing, captions, share=0.5 if half else 1.0)
    except ArchcalcError:  # too many boxes
        return None


SECTION = SectionKind("diagrams", {"net": 25}, make)
