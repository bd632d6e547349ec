"""Every message is used, and every message that is asked for exists."""

from __future__ import annotations

import ast
import re
from functools import cache

from archcalc.base.messages import LANGUAGES, messages
from tests.imports import ROOT

FOLDERS = ("archcalc", "dashboard")
CALLED = {"t", "messages"}
OF_A_PAGE = {"say", "says"}
"""Calls whose key is of the area of the page: ``say("title")``."""
WRITTEN = re.compile(r"""["']([a-z][\w.]*\.)?([a-z]\w*)?["'](\s*~)?""")
"""A text of a template: whole, or with a value behind it."""


@cache
def trees() -> dict[str, ast.Module]:
    files = [file for folder in FOLDERS for file in (ROOT / folder).rglob("*.py")]
    return {str(file.relative_to(ROOT)): ast.parse(file.read_text()) for file in files}


@cache
def templates() -> str:
    return "".join(
        file.read_text() for folder in FOLDERS for file in (ROOT / folder).rglob("*.html")
    )


def pattern(node: ast.AST) -> str | None:
    """Return a text of the source as a pattern, each of its values a group; None for no text."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return re.escape(node.value)
    if isinstance(node, ast.JoinedStr):
        parts = (
            re.escape(str(one.value)) if isinstance(one, ast.Constant) else "(.+)"
            for one in node.values
        )
        return "".join(parts)
    return None


@cache
def patterns() -> list[re.Pattern[str]]:
    """Return the texts that may be keys; those of a page without its area, and of ``word``."""
    found: set[str] = set()
    for name, tree in trees().items():
        for node in ast.walk(tree):
            text = pattern(node)
            if text and len(text) < 80 and text != r"(.+)\.(.+)" and not re.search(r"\s", text):
                found.add(text)
                if name.startswith("dashboard") and not text.startswith("("):
                    found.add(rf"dashboard_\w+\.{text}")
            if isinstance(node, ast.Call) and called(node) == "word":
                found.add(f"{pattern(node.args[0])}\\.(.+)")
    for area, key, more in WRITTEN.findall(templates()):
        text = re.escape(area) + key + ("(.+)" if more else "")
        found |= {text, rf"dashboard_\w+\.{text}"}
    found -= {"(.+)", r"dashboard_(.+)\.(.+)", r"dashboard_\w+\.(.+)", r"dashboard_\w+\."}
    return [re.compile(text) for text in sorted(found)]


@cache
def words() -> set[str]:
    """Return the words of the sources: only they can be the values in a key."""
    found = {
        word
        for tree in trees().values()
        for node in ast.walk(tree)
        for text in (
            getattr(node, "value", None), getattr(node, "id", None), getattr(node, "attr", None),
            getattr(node, "arg", None), getattr(node, "name", None),
        )
        if isinstance(text, str)
        for word in re.findall(r"\w+", text)
    }  # fmt: skip
    data = [*(ROOT / "archcalc").rglob("*.yaml"), *(ROOT / "archcalc").rglob("*.py")]
    names = {file.stem for file in data if "messages" not in file.parts}
    return found | names | set(re.findall(r"\w+", templates()))


def called(node: ast.Call) -> str:
    if isinstance(node.func, ast.Call):
        return called(node.func)
    return getattr(node.func, "id", None) or getattr(node.func, "attr", "")


@cache
def asked() -> list[tuple[str, str]]:
    """Return the file and the key of each message that is asked for by its whole name."""
    found: list[tuple[str, str]] = []
    for name, tree in trees().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and called(node) in CALLED and node.args:
                key = node.args[0]
                if isinstance(key, ast.Constant) and "." in str(key.value):
                    found.append((name, key.value))
            page = re.search(r"app_pages/(\w+)/", name)
            if isinstance(node, ast.Call) and called(node) in OF_A_PAGE and page:
                keys = [key.value for key in node.args if isinstance(key, ast.Constant)]
                found += [(name, f"dashboard_{page[1]}.{key}") for key in keys]
    keys = re.findall(r"""\bt\(["']([\w.]+)["'][,)]""", templates())
    return [*found, *(("a template", key) for key in keys)]


def is_used(key: str) -> bool:
    return any(
        found is not None and all(set(re.findall(r"\w+", one)) <= words() for one in found.groups())
        for found in (one.fullmatch(key) for one in patterns())
    )


def test_every_message_that_is_asked_for_exists() -> None:
    for language in LANGUAGES:
        texts = messages(language).texts
        assert [(name, key) for name, key in asked() if key not in texts] == []


def test_every_message_is_used() -> None:
    assert [key for key in messages("en").texts if not is_used(key)] == []


def test_words_of_reports_are_only_of_reports() -> None:
    """A word that a command or a page shows too is one of tables."""
    elsewhere = {
        f"{name}: {key}"
        for name, key in asked()
        if key.startswith("report.") and "output/reporting" not in name
    }
    assert not elsewhere
