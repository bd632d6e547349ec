"""Chapters without their pictures."""

from __future__ import annotations

import pytest


@pytest.fixture
def undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the drawing out, which costs more than all else together."""
    monkeypatch.setattr("archcalc.reporting.figures.figure", lambda picture: picture)
    monkeypatch.setattr("archcalc.reporting.figures.to_svg", lambda _: "<svg/>")
