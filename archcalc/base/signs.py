"""Verdicts and statuses as every renderer draws them: a sign, a word, a colour."""

from __future__ import annotations

from collections.abc import Mapping

from archcalc.base.messages import Messages

SIGNS: Mapping[str, str] = {
    "reproduced": "✓",
    "erratum": "†",
    "close": "≈",
    "differs": "✗",
    "not computable": "–",
    "same": "=",
    "changed": "~",
    "removed": "−",
    "added": "+",
}


def words_of(t: Messages, badge: str) -> str:
    """Return the word of a verdict or a status in a language; an unknown one as it is."""
    key = f"verdict.{badge}"
    return t(key) if key in t else badge
