"""The few rules of style that the theme has no option for."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import streamlit as st

from archcalc.base.messages import Messages
from archcalc.output import palette

_COLOURS = ("BLUE", "ORANGE", "GREEN", "PINK", "SKY", "VERMILION", "MADDS", "PARAMS")


@cache
def _style() -> str:
    """Return the style sheet, with the palette's colours as its variables."""
    colours = "; ".join(f"--{name.lower()}: {getattr(palette, name)}" for name in _COLOURS)
    sheet = (Path(__file__).parent / "style.css").read_text(encoding="utf-8")
    return f":root {{ {colours} }}\n{sheet}"


def apply_style(t: Messages) -> None:
    """Add the rules to the page; the button that opens the sidebar is named in words."""
    words = t("dashboard.knobs").replace('"', "")
    opener = f'[data-testid="stExpandSidebarButton"]::after {{ content: "{words}"; }}'
    st.html(f"<style>{_style()}{opener}</style>")
