"""Writes a spec document as YAML: one row a line, in flow style, never wrapped."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TypeGuard

from archcalc.base.errors import shorten
from archcalc.language.spec.yaml_tree import plain_scalar, source_text

# A longer mapping (the widths of a pruned net) has one entry a line.
_FLOW_ENTRIES = 8

# The parser accepts 1024 characters before a ':' unless '? ' announces that a key comes.
_KEY_CHARACTERS = 1000

# Text that reads back unquoted in any position: no indicator of YAML in front, and no flow
# indicator, ': ' or ' #' later.
_PLAIN = re.compile(
    r"(?!---|\.\.\.)"
    r"""(?:[^ \-?:,\[\]{}#&*!|>'"%@`]|-(?=[^ ,\[\]{}]))"""
    r"(?:[^:#,\[\]{}]|:(?=[^ ,?\[\]{}])|(?<! )#)*(?<! )"
)
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}
_LETTERS = {2: "x", 4: "u", 8: "U"}


def write(document: Mapping[str, object]) -> str:
    """Return a spec document as text that reads back as an equal one.

    Takes mappings, lists, tuples, str, int, float, bool and None; numbers that were read keep
    their source text. Raises TypeError for any other value, ValueError for lone surrogates and
    integers beyond `limits.INTEGER_DIGITS`.
    """
    return "".join(f"{line}\n" for line in _mapping(document, 0)) or "{}\n"


def write_value(value: object) -> str:
    """Return one value in flow style, on one line; arguments and errors as `write`."""
    return _flow(value)


def _mapping(mapping: Mapping[str, object], depth: int) -> Iterator[str]:
    """Yield the lines of a mapping in block style; `depth`: the collections around it."""
    for name, value in mapping.items():
        head = f"{_key(name)}:"
        if len(head) > _KEY_CHARACTERS:
            yield f"? {head[:-1]}"
            head = ":"
        if _is_table(value):
            yield head
            for item in value:
                yield from _item(item, depth)
        elif isinstance(value, Mapping) and _is_block(value, depth):
            yield head
            for line in _mapping(value, depth + 1):
                yield f"  {line}"
        else:
            yield f"{head} {_flow(value)}"


def _item(item: object, depth: int) -> Iterator[str]:
    """Yield the lines of one item of a table: one, or several for a group of rows."""
    if isinstance(item, Mapping) and _is_table(item.get("rows")):
        for number, line in enumerate(_mapping(item, depth + 1)):
            yield f"  {line}" if number else f"- {line}"
    else:
        yield f"- {_flow(item)}"


def _is_table(value: object) -> TypeGuard[list[object] | tuple[object, ...]]:
    """Return whether a value is a list of rows, claims or the like, written one a line."""
    return isinstance(value, list | tuple) and any(
        isinstance(item, Mapping | list | tuple) for item in value
    )


def _is_block(mapping: Mapping[str, object], depth: int) -> bool:
    """Return whether a mapping has its entries one a line: blocks, defaults, many widths."""
    if depth == 0 and any(isinstance(value, Mapping) and value for value in mapping.values()):
        return True
    return len(mapping) > _FLOW_ENTRIES or _is_table(mapping.get("rows"))


def _flow(value: object) -> str:
    """Return a value in flow style, on one line."""
    if isinstance(value, Mapping):
        entries = ((_key(name), _flow(item)) for name, item in value.items())
        texts = (
            f"{key}: {text}" if len(key) < _KEY_CHARACTERS else f"? {key} : {text}"
            for key, text in entries
        )
        return f"{{{', '.join(texts)}}}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_flow, value))}]"
    if isinstance(value, str):
        return _string(value) if isinstance(plain_scalar(value), str) else f'"{value}"'
    if isinstance(value, int | float | None):
        # Python's names of non-finite numbers lack YAML's dot.
        text = re.sub("^(-?)(?=inf|nan)", r"\1.", source_text(value))
        if isinstance(plain_scalar(text), str):
            raise ValueError(f"{shorten(text)} has more digits than a number in a spec may have")
        return text
    raise TypeError(f"a spec holds no {type(value).__name__}")


def _key(name: object) -> str:
    """Return a key, which always reads as a text; only null must be quoted."""
    text = source_text(name)
    return f'"{text}"' if text == "<<" or plain_scalar(text) is None else _string(text)


def _string(text: str) -> str:
    """Return a text, quoted where it would not read back unquoted."""
    if text.isprintable() and _PLAIN.fullmatch(text):
        return text
    return f'"{"".join(map(_escape, text))}"'


def _escape(character: str) -> str:
    """Return a character as it is written between double quotes."""
    if character in _ESCAPES or character.isprintable():
        return _ESCAPES.get(character, character)
    code = ord(character)
    if 0xD800 <= code < 0xE000:
        raise ValueError(f"U+{code:04X} is a lone surrogate, not a character")
    digits = 2 if code < 0x100 else 4 if code < 0x10000 else 8
    return f"\\{_LETTERS[digits]}{code:0{digits}X}"
