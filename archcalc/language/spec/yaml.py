"""Reads spec files: text to a tree with line numbers.

The parser's events are processed with an explicit stack, so that deep nesting and alias bombs
are reported before anything is built.
"""

from __future__ import annotations

import re
from typing import Any, Final, NoReturn

import yaml
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    DocumentStartEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
)

from archcalc.base import limits
from archcalc.base.errors import Problem, SpecError, shorten
from archcalc.language.spec.yaml_syntax import TAGS, syntax_message
from archcalc.language.spec.yaml_tree import MarkedDict, MarkedList, plain_scalar, source_text


def read(text: str | bytes, file: str) -> MarkedDict:
    """Parse one spec document; `file` is its name in errors.

    Raises SpecError with every error that one pass finds: anything but one YAML mapping,
    duplicate keys, tags, merge keys, and what exceeds `limits`.
    """
    walk = _Walk(file)
    source = walk.decode(text)
    try:
        for event in yaml.parse(source, Loader=yaml.CSafeLoader):
            walk.take(event)
    except yaml.MarkedYAMLError as error:
        opened = walk.stack[-1].node.line if walk.stack else 1
        line, expected = syntax_message(error, source, opened)
        if all(problem.line != line for problem in walk.problems):  # else it may be its result
            walk.report(line, "", expected)
        raise SpecError(walk.problems) from None
    if walk.root is None:
        walk.fail(1, "", _EMPTY)
    if walk.problems:
        raise SpecError(walk.problems)
    return walk.root


_EMPTY: Final = "the file is empty; expected a spec"
_TOP: Final = "expected a mapping (keys such as 'rows:') at the top level"
# Characters that YAML does not allow, and line ends that only some programs recognise.
_FORBIDDEN = re.compile(
    "[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_TAG_DIRECTIVE = re.compile("^%TAG", re.MULTILINE)


class _Value:
    """A value with its size; a collection while it is filled."""

    __slots__ = ("characters", "closed", "height", "key", "key_line", "node", "nodes")

    def __init__(self, node: Any, nodes: int, characters: int) -> None:
        self.node = node
        self.nodes = nodes  # of a collection: the walk's count at its start, then its size
        self.characters = characters  # likewise
        self.height = 0
        self.closed = False
        self.key: str | None = None  # None for an invalid key: its value is dropped
        self.key_line = 0  # 0 while a mapping waits for a key


class _Walk:
    """The state of reading a file: open collections, counts and problems."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.root: MarkedDict | None = None
        self.stack: list[_Value] = []
        self.anchors: dict[str, _Value] = {}
        self.nodes = 0
        self.characters = 0
        self.documents = 0

    def report(self, line: int, cell: str, expected: str) -> None:
        """Add an error after which reading can go on."""
        self.problems.append(Problem(self.file, line, shorten(cell), expected))
        if len(self.problems) >= limits.PROBLEMS:
            raise SpecError(self.problems)

    def fail(self, line: int, cell: str, expected: str) -> NoReturn:
        """Raise SpecError with an error and those added before it."""
        self.report(line, cell, expected)
        raise SpecError(self.problems)

    def decode(self, text: str | bytes) -> str:
        """Return the text of a file; raises SpecError if too large or unprintable."""
        try:
            data = text.encode() if isinstance(text, str) else text
            if len(data) > limits.FILE_BYTES:
                self.fail(1, "", f"at most {limits.FILE_BYTES} bytes, not {len(data)}")
            source = data.decode("utf-8-sig")
        except (UnicodeEncodeError, UnicodeDecodeError) as error:
            before = text[: error.start]
            before = before if isinstance(before, str) else before.decode()
            self.fail(_last_line(before), "", "not a text in UTF-8")
        if found := _FORBIDDEN.search(source):
            line = _last_line(source[: found.start()])
            character = f"character U+{ord(found[0]):04X}"
            self.fail(line, character, "not printable; write it as an escape in double quotes")
        if found := _TAG_DIRECTIVE.search(source):  # the parser's time is quadratic in them
            self.fail(_last_line(source[: found.start()]), "%TAG", TAGS)
        return source

    def take(self, event: Any) -> None:
        """Process the parser's next event."""
        if isinstance(event, CollectionEndEvent):
            self.close()
            return
        line = event.start_mark.line + 1
        if isinstance(event, NodeEvent):
            if tag := getattr(event, "tag", None):
                self.report(line, tag.replace("tag:yaml.org,2002:", "!!"), TAGS)
            if isinstance(event, ScalarEvent):
                self.scalar(event, line)
            elif isinstance(event, AliasEvent):
                self.alias(event.anchor or "", line)
            else:
                self.open(event, line)
        elif isinstance(event, DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self.fail(line, "", "a second document starts here; a spec is one")

    def scalar(self, event: ScalarEvent, line: int) -> None:
        """Add a scalar; a plain one may be a number or a constant, a quoted one is a text."""
        text, plain = event.value, event.implicit[0]
        value = plain_scalar(text) if plain else text
        if event.anchor:
            part = self.anchors[event.anchor] = _Value(value, 1, len(text))
            part.closed = True
        self.count(line, 1, len(text))
        self.place(value, line, text, plain=plain)

    def alias(self, name: str, line: int) -> None:
        """Add the value of an anchor again, if the tree stays within the limits."""
        part = self.anchors.get(name)
        if part is None or not part.closed:
            expected = "the alias is inside the value that it names"
            if part is None:
                expected = f"no value above is marked &{name}; quote a text that begins with '*'"
            self.report(line, f"*{name}", expected)
            self.place(name, line, name)
            return
        self.count(line, part.nodes, part.characters)
        self.grow(part.height, line)
        self.place(part.node, line, source_text(part.node) if part.height == 0 else "")

    def open(self, event: Any, line: int) -> None:
        """Add an empty collection and enter it."""
        node = MarkedDict(line) if isinstance(event, MappingStartEvent) else MarkedList(line)
        part = _Value(node, self.nodes, self.characters)
        if event.anchor:
            self.anchors[event.anchor] = part
        self.count(line, 1, 0)
        self.grow(1, line)
        if self.stack:
            self.place(node, line)
        elif isinstance(node, MarkedDict):
            self.root = node
        else:
            self.fail(line, "", _TOP)
        self.stack.append(part)

    def close(self) -> None:
        """Leave a collection; from now on its size is known and aliases may name it."""
        part = self.stack.pop()
        part.nodes = self.nodes - part.nodes
        part.characters = self.characters - part.characters
        part.height += 1
        part.closed = True
        if self.stack:
            self.stack[-1].height = max(self.stack[-1].height, part.height)

    def count(self, line: int, nodes: int, characters: int) -> None:
        """Count the next values as if aliases were written out."""
        self.nodes += nodes
        self.characters += characters
        if self.nodes > limits.NODES:
            self.fail(line, "", f"at most {limits.NODES} values, those of aliases included")
        if self.characters > limits.FILE_BYTES:
            self.fail(line, "", f"at most {limits.FILE_BYTES} bytes with aliases written out")

    def grow(self, height: int, line: int) -> None:
        """Check the depth of a collection of `height` levels added here."""
        if len(self.stack) + height > limits.NESTING:
            self.fail(line, "", f"at most {limits.NESTING} levels of nesting")
        if self.stack:
            self.stack[-1].height = max(self.stack[-1].height, height)

    def place(self, value: Any, line: int, text: str = "", *, plain: bool = False) -> None:
        """Put a value, or a key with its source `text`, into the open collection."""
        if not self.stack:
            nothing = value is None
            self.fail(1 if nothing else line, "", _EMPTY if nothing else _TOP)
        part = self.stack[-1]
        node = part.node
        if isinstance(node, MarkedList):
            node.append(value)
            node.lines.append(line)
        elif part.key_line:
            if part.key is not None:
                node[part.key] = value
                node.lines[part.key] = part.key_line
            part.key_line = 0
        else:
            part.key_line = line
            part.key = None
            if value is None or isinstance(value, MarkedDict | MarkedList):
                self.report(line, "", "a key must be a text, not null, a list or a mapping")
            elif plain and text == "<<":
                self.report(
                    line, text, "merge keys are not part of the language; repeat the entries"
                )
            elif text in node:
                self.report(line, text, f"duplicate key, already on line {node.lines[text]}")
            else:
                part.key = text


def _last_line(text: str) -> int:
    """Return the number of the line on which `text` ends, from 1."""
    return len((text + ".").splitlines())
