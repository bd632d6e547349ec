"""An icicle: the net, its stages, its blocks and its layers, each as wide as what it costs.

HTML, with its figures as attributes: `linked.js` shows them and reports which block was clicked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from archcalc.base.messages import Messages
from archcalc.base.tables import Record
from archcalc.output.palette import NODES, of_stage
from dashboard.app_pages.explore.data_icicle import LEVELS, Piece
from dashboard.kit.html import filled


def icicle(t: Messages, pieces: Sequence[Piece], *, words: Mapping[str, str], about: str) -> str:
    """Return the chart of `data_icicle.icicle`.

    ``words``: the names of the four levels, of "op" and of "count"; ``about``: it in a sentence.
    """
    whole = pieces[0].value
    stages = 1 + max(piece.stage for piece in pieces)
    levels = [
        (words[name], [_box(one, whole, stages, words) for one in pieces if one.level == level])
        for level, name in enumerate(LEVELS)
    ]
    return filled(__file__, "icicle.html", t, levels=levels, about=about)


def _box(piece: Piece, whole: int, stages: int, words: Mapping[str, str]) -> Record:
    record = piece.to_dict()
    tip = [f"{words[LEVELS[piece.level]]} {piece.key}"]
    if piece.kind:
        tip.append(f"{words['op']}: {piece.label}")
    tip.append(f"{words['count']}: {record['count']} ({record['percent']})")
    return {
        "left": 100 * piece.left / whole,
        "width": 100 * (piece.right - piece.left) / whole,
        "paper": _paper(piece, stages),
        "block": piece.block,
        "key": piece.key,
        "label": piece.label,
        "tip": "\n".join(tip),
    }


def _paper(piece: Piece, stages: int) -> str:
    if piece.level == 0:
        return NODES["input"][0]
    return NODES[piece.kind][0] if piece.kind else of_stage(piece.stage, stages)
