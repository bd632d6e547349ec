"""Chapters without their pictures."""

from __future__ import annotations

from unittest.mock import MagicMock

import pytest


@pytest.fixture
def undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the drawing out, which costs more than all else together."""
    monkeypatch.setattr("archcalc.reporting.figures.figure", lambda _: MagicMock())
    monkeypatch.setattr("archcalc.reporting.figures.to_svg", lambda _: "<svg/>")
