"""Languages hold the same messages with the same fields."""

from __future__ import annotations

import re

import pytest

from archcalc.base.errors import ArchcalcError, UnknownName
from archcalc.base.messages import HTML_LANG, LANGUAGES, fields, messages

OTHERS = [name for name in LANGUAGES if name != "en"]


@pytest.mark.parametrize("language", OTHERS)
def test_no_message_is_missing(language: str) -> None:
    english, other = messages("en").texts, messages(language).texts
    assert sorted(english) == sorted(other)


@pytest.mark.parametrize("language", OTHERS)
def test_messages_have_the_same_fields(language: str) -> None:
    english, other = messages("en").texts, messages(language).texts
    assert {k: fields(text) for k, text in english.items()} == {
        k: fields(text) for k, text in other.items()
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_says_something(language: str) -> None:
    texts = messages(language).texts
    assert texts
    assert all(isinstance(text, str) and text.strip() for text in texts.values())
    assert language in HTML_LANG


def test_names_are_texts() -> None:
    # "on" and "no" are truth values to YAML, and 1 is a number
    assert not [key for key in messages("en").texts if re.search(r"\.(True|False|None|[0-9])", key)]


def test_unknown_names() -> None:
    with pytest.raises(UnknownName, match="en, zh"):
        messages("xx")
    with pytest.raises(ArchcalcError, match=r"no message .report\.nonsense."):
        messages("en")("report.nonsense")
