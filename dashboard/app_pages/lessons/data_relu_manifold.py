"""The spiral of MobileNet V2's Figure 1 behind a ReLU: one draw of T, and what many draws say."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from archcalc.base.tables import Record
from archcalc.studies.lessons import (
    DECODERS,
    ManifoldDraw,
    ManifoldStudy,
    embed,
    manifold_study,
    spiral,
)
from dashboard.shell.fields import choice_field, whole_field

CHANNELS = (2, 3, 5, 15, 30)
"""The m of the paper's figure."""

POINTS, DRAWS = 200, 25

DRAW = whole_field("spiral_t", 1, 1, 1000)
"""Which random T, from 1."""
TURNS = whole_field("spiral_turns", 2, 1, 6)
BACK = choice_field("spiral_back", tuple(DECODERS))
ACT = choice_field("spiral_act", ("relu", "none"))

FIELDS = (DRAW, TURNS, BACK, ACT)


@lru_cache(maxsize=64)
def draws(number: int, turns: int, act: str) -> tuple[ManifoldDraw, ...]:
    """Return the spiral through one random T for each m."""
    x = spiral(POINTS, turns=turns)
    return tuple(embed(x, m, draw=number - 1, relu=act == "relu") for m in CHANNELS)


@lru_cache(maxsize=16)
def study(turns: int, act: str) -> ManifoldStudy:
    """Return what many random T do to the spiral."""
    return manifold_study(CHANNELS, draws=DRAWS, points=POINTS, turns=turns, relu=act == "relu")


def panels(taken: Sequence[ManifoldDraw], back: str) -> list[Record]:
    """Return a record a panel, the spiral itself first: its points, its error and what is lost.

    ``points``: x, y, their place t along the spiral from 0 to 1, and whether they are lost.
    ``error`` and ``lost`` are shares from 0 to 1; None of the spiral itself.
    """
    first = taken[0]
    whole: Record = {
        "m": None,
        "points": _points(first.x.tolist(), [False] * first.x.shape[1]),
        "error": None,
        "lost": None,
    }
    return [whole, *(_panel(one, back) for one in taken)]


def _panel(one: ManifoldDraw, back: str) -> Record:
    return {
        "m": len(one.matrix),
        "points": _points(one.back[back].tolist(), one.lost.tolist()),
        "error": one.error[back],
        "lost": one.lost_share,
    }


def _points(plane: list[list[float]], lost: Sequence[bool]) -> list[Record]:
    last = len(lost) - 1
    return [
        {"x": x, "y": y, "t": index / last, "lost": gone}
        for index, (x, y, gone) in enumerate(zip(*plane, lost, strict=True))
    ]
