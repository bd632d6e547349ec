"""The widgets of a variant, whichever on a page it is: model, width, resolution, prune ratio, sets.

A slider has stops; a value from a link is one more among them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Protocol

import streamlit as st

from archcalc import Spec
from archcalc.base.units import format_decimal
from dashboard.shell.choice import FIELD, Choice
from dashboard.shell.fields import LONGEST
from dashboard.shell.here import Here
from dashboard.shell.nets import reference_of

_HUNDREDTHS = 100


class Tie(Protocol):
    """What ties a widget to one part of a choice, by its name.

    ``shown``: what the widget shows; ``taken``: the part's value for the widget's.
    """

    def __call__(
        self, name: str, shown: Any, taken: Callable[[Any], Any] = ..., /
    ) -> dict[str, Any]:
        """Return the widget's key and what happens when it is moved."""


def model_box(here: Here, choice: Choice, tie: Tie) -> None:
    """Show the models of the zoo and of this session."""
    names = here.models
    st.selectbox(
        here.t("dashboard.model"),
        list(names),
        format_func=names.__getitem__,
        **tie("model", choice.model),
    )


def width_slider(here: Here, spec: Spec, choice: Choice, tie: Tie) -> None:
    """Show the width multiplier; ``choice`` is one that its model can have."""
    has_width = spec.rounding is not None
    st.select_slider(
        here.t("dashboard.width"),
        widths(choice.width),
        format_func=format_decimal,
        disabled=not has_width,
        help=None if has_width else here.t("dashboard.no_width", model=spec.title),
        **tie("width", choice.width),
    )


def resolution_slider(here: Here, spec: Spec, choice: Choice, tie: Tie) -> None:
    """Show the input side; the reference side is stored as None."""
    side = reference_of(spec)
    st.select_slider(
        here.t("dashboard.resolution"),
        resolutions(side, choice.resolution),
        **tie(
            "resolution",
            side if choice.resolution is None else choice.resolution,
            lambda value: None if value == side else value,
        ),
    )


def prune_slider(here: Here, ratio: float, tie: Tie) -> None:
    """Show the one prune ratio of a whole net."""
    st.select_slider(
        here.t("dashboard.prune"),
        prunes(ratio),
        format_func=format_decimal,
        **tie("prune", ratio),
    )


def set_box(here: Here, choice: Choice, tie: Tie) -> None:
    """Show the transforms as a text."""
    st.text_input(
        here.t("dashboard.set"),
        placeholder="act=relu,se=off",
        max_chars=LONGEST,
        **tie("set", choice.set, FIELD["set"].parse),
    )


def widths(chosen: float) -> list[float]:
    """Return width multipliers from 0.1 to 2, in steps of 0.05."""
    return _with(chosen, (hundredths / _HUNDREDTHS for hundredths in range(10, 201, 5)))


def prunes(chosen: float) -> list[float]:
    """Return prune ratios from 0 to 0.9, in steps of 0.05."""
    return _with(chosen, (hundredths / _HUNDREDTHS for hundredths in range(0, 91, 5)))


def resolutions(reference: int | str, chosen: int | str | None) -> list[int | str]:
    """Return sides from 32 pixels to twice the reference, in steps of 32; the reference too.

    A size that is not square comes last.
    """
    most = 2 * _side(reference)
    sides: set[int | str] = {*range(32, most + 1, 32), reference}
    if chosen is not None:
        sides.add(chosen)
    return sorted(sides, key=lambda side: (isinstance(side, str), _side(side)))


def _side(size: int | str) -> int:
    return size if isinstance(size, int) else int(size.partition("x")[0])


def _with(chosen: float, stops: Iterable[float]) -> list[float]:
    return sorted({chosen, *stops})
