"""Chapters without their pictures, pages without their fonts."""

from __future__ import annotations

from unittest.mock import MagicMock

import pytest

from archcalc.output.render.fonts import Embedded, share_out
from archcalc.output.render.html import page as html


@pytest.fixture
def undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the drawing out, which costs more than all else together."""
    monkeypatch.setattr("archcalc.output.reporting.figures.figure", lambda _: MagicMock())
    monkeypatch.setattr("archcalc.output.reporting.figures.to_svg", lambda _: "<svg/>")


@pytest.fixture
def unlettered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the fonts out, but for which characters they lack; `monkeypatch.undo` brings them."""
    monkeypatch.setattr(html, "embed", lambda text: Embedded("", share_out(text)[1]))
