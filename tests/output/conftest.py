"""Pages without their fonts."""

from __future__ import annotations

import pytest

from archcalc.output.render.fonts import Embedded, share_out
from archcalc.output.render.html import page as html


@pytest.fixture
def unlettered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the fonts out, but for which characters they lack; `monkeypatch.undo` brings them."""
    monkeypatch.setattr(html, "embed", lambda text: Embedded("", share_out(text)[1]))
