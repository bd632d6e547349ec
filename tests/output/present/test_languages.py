"""A result laid out in Chinese has no English sentence; laid out in English, its own remarks."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
import yaml

import archcalc
from archcalc.base.messages import messages
from archcalc.cost.claims.judge import check_all
from archcalc.output.present import present
from archcalc.output.present.remarks import saying
from tests.output.results import NET, every_kind

SENTENCE = re.compile(r"\b[a-z]{2,} [a-z]+ [a-z]{2,}\b")
"""Three lower-case words in a row."""
OPERATORS = {"global avg pool", "fully connected layer"}
"""Names of operators, as a spec has them."""


def texts(part: Any) -> Iterator[str]:
    """Yield what a reader sees of a section, of its blocks and cells."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, Mapping):
        yield from (text for one in part.values() for text in texts(one))
    elif isinstance(part, (list, tuple)):
        yield from (text for one in part for text in texts(one))
    elif dataclasses.is_dataclass(part):
        seen = (one.name for one in dataclasses.fields(part) if one.name not in ("id", "svg"))
        yield from (text for name in seen for text in texts(getattr(part, name)))


def quoted() -> set[str]:
    """Return the texts of the spec and of its claims, which are not translated."""
    spec = archcalc.load(NET)
    notes = {one.remark for one in check_all([spec]).results}
    return {*texts(yaml.safe_load(spec.to_yaml())), *notes, *OPERATORS} - {""}


def test_no_english_sentence_is_left_in_chinese() -> None:
    quotes = sorted(filter(SENTENCE.search, quoted()), key=len, reverse=True)
    allowed = re.compile("|".join(map(re.escape, quotes)))
    left = {
        (kind, text)
        for kind, result in every_kind().items()
        for text in texts(present(result, "zh"))
        if SENTENCE.search(allowed.sub("", text))
    }
    assert not left


@pytest.mark.parametrize("kind", ["search", "equivalent", "latency alone"])
def test_remarks_in_english_are_those_of_the_result(kind: str) -> None:
    for note in every_kind()[kind].notes():
        assert saying(messages("en"), note) == note
