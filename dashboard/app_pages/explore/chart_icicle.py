"""An icicle: the net, its stages, its blocks and its layers, each as wide as what it costs.

HTML, with its figures as attributes: `linked.js` shows them and tells which block was clicked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape

from archcalc.output.palette import NODES, of_stage
from dashboard.app_pages.explore.data_icicle import LEVELS, Piece


def icicle(pieces: Sequence[Piece], *, words: Mapping[str, str], about: str) -> str:
    """Return the chart of `views.icicle.icicle`.

    ``words``: the names of the four levels, of "op" and of "count"; ``about``: it in a sentence.
    """
    return "".join(_chart(pieces, words, about))


def _chart(pieces: Sequence[Piece], words: Mapping[str, str], about: str) -> Iterator[str]:
    whole = pieces[0].value
    stages = 1 + max(piece.stage for piece in pieces)
    yield f'<div class="icicle" role="img" aria-label="{escape(about)}">'
    for level, name in enumerate(LEVELS):
        yield f'<b>{escape(words[name])}</b><div class="level">'
        for piece in pieces:
            if piece.level == level:
                yield _box(piece, whole, _paper(piece, stages), words)
        yield "</div>"
    yield "</div>"


def _box(piece: Piece, whole: int, paper: str, words: Mapping[str, str]) -> str:
    left, width = 100 * piece.left / whole, 100 * (piece.right - piece.left) / whole
    place = f"left:{left:.3f}%;width:{width:.3f}%;background:{paper}"
    record = piece.to_dict()
    tip = [f"{words[LEVELS[piece.level]]} {piece.key}"]
    if piece.kind:
        tip.append(f"{words['op']}: {piece.label}")
    tip.append(f"{words['count']}: {record['count']} ({record['percent']})")
    # a label that does not fit goes to a second line, which is not seen
    return (
        f'<div class="piece" style="{place}" data-at="{escape(piece.block)}"'
        f' data-key="{escape(piece.key)}" data-tip="{escape(chr(10).join(tip))}">'
        f"<i></i><span>{escape(piece.label)}</span></div>"
    )


def _paper(piece: Piece, stages: int) -> str:
    if piece.level == 0:
        return NODES["input"][0]
    return NODES[piece.kind][0] if piece.kind else of_stage(piece.stage, stages)
