"""The message catalogue: every sentence that readers see, by language.

A language is a folder and an area a file: ``report.totals`` is ``totals`` of ``report.yaml``.
All languages hold the same messages, with the same ``{fields}``. Numbers, units, names of papers
and the texts of specs (titles, notes, errata) are not translated.
"""

from __future__ import annotations

import string
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

from archcalc.base.errors import ArchcalcError, UnknownName

LANGUAGES: Mapping[str, str] = MappingProxyType({"en": "English", "zh": "简体中文"})
"""The languages, each by its own name for itself."""

HTML_LANG: Mapping[str, str] = MappingProxyType({"en": "en", "zh": "zh-Hans"})
"""The ``lang`` attribute of a page."""


@dataclass(frozen=True)
class Messages:
    """The messages of one language: ``t("report.totals")``, ``t("page.table", number=3)``."""

    language: str
    texts: Mapping[str, str]

    def __call__(self, key: str, /, **values: Any) -> str:
        """Return a message with its fields filled in; raises ArchcalcError for an unknown one."""
        text = self.texts.get(key)
        if text is None:
            raise ArchcalcError(f"no message '{key}' in the catalogue '{self.language}'")
        return text.format_map(values) if values else text

    def word(self, area: str, name: str) -> str:
        """Return the message of a name, such as a verdict's; the name where there is none."""
        return self.texts.get(f"{area}.{name}", name)

    def __contains__(self, key: str) -> bool:
        return key in self.texts


@cache
def messages(language: str = "en") -> Messages:
    """Return the messages of a language: "en" or "zh"; raises UnknownName."""
    if language not in LANGUAGES:
        raise UnknownName("language", language, LANGUAGES)
    import yaml

    texts: dict[str, str] = {}
    folder = resources.files("archcalc.base").joinpath("messages", language)
    for file in sorted(folder.iterdir(), key=lambda one: one.name):
        area, dot, suffix = file.name.rpartition(".")
        if not dot or suffix != "yaml":
            continue
        entries = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        for name, text in entries.items():
            texts[f"{area}.{name}"] = text
    return Messages(language, MappingProxyType(texts))


def fields(text: str) -> set[str]:
    """Return the names of the fields of a message."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
