"""The few rules of style that the theme has no option for."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import streamlit as st


@cache
def _style() -> str:
    text = (Path(__file__).parent / "style.css").read_text(encoding="utf-8")
    return f"<style>{text}</style>"


def apply_style() -> None:
    """Add the rules to the page."""
    st.html(_style())
