"""Another task: the layers after the features are replaced."""

from __future__ import annotations

from typing import Any, ClassVar

from archcalc.base.limits import CHANNELS
from archcalc.language.transforms._base import Transform
from archcalc.language.transforms._edit import Editor

_OUTPUTS = {
    "classes": (1, "softmax"),
    "multilabel": (1, "sigmoid"),
    "embedding": (1, None),
    "regression": (1, None),
    "landmarks": (2, None),
}
"""Outputs per requested unit (a landmark has two coordinates), and the activation."""


class Head(Transform):
    """Replace the classifier: its last layer with weights and what follows.

    ``classes:k`` fine-grained classes with softmax; ``multilabel:k`` face attributes, each with
    a sigmoid; ``embedding:d`` features; ``regression:d`` plain outputs; ``landmarks:n`` points
    of two coordinates.
    """

    name: ClassVar[str] = "head"
    values: ClassVar[str] = "|".join(f"{kind}:N" for kind in _OUTPUTS)
    about: ClassVar[str] = "the task: what replaces the classifier"
    of_extended: ClassVar[bool] = False

    def edit(self, editor: Editor, value: Any) -> None:
        """Apply it; raises ValueError for another form, or a net without a classifier."""
        kind, _, text = str(value).partition(":")
        if kind not in _OUTPUTS or not text.isdecimal() or not 1 <= int(text[:9]) <= CHANNELS:
            raise ValueError(f"expected one of {self.values}")
        if editor.document.get("outputs"):
            raise ValueError("the net has several outputs, not one classifier")
        each, after = _OUTPUTS[kind]
        rows = editor.document["rows"]
        classifier = self._classifier(editor, rows)
        del rows[classifier:]
        # The head is linear with a bias, whatever the spec's defaults.
        own = {"act": "none", "bias": True}
        head = {
            "id": self._free_id(editor),
            "op": "linear",
            "out": each * int(text),
            "scale": False,
            **{k: v for k, v in own.items() if editor.default("linear", k) is not None},
        }
        rows.append(head)
        if after is not None:
            rows.append({"op": after})

    @staticmethod
    def _free_id(editor: Editor) -> str:
        taken = {str(value) for row in editor.rows() for name, value in row.cells() if name == "id"}
        ids = ("head", *(f"head_{number}" for number in range(2, len(taken) + 3)))
        return next(name for name in ids if name not in taken)

    @staticmethod
    def _classifier(editor: Editor, rows: list[Any]) -> int:
        """Return the index of the last row with weights."""
        columns = editor.document.get("columns") or []
        for index in range(len(rows) - 1, 0, -1):
            (row, *rest) = list(Editor({"rows": [rows[index]], "columns": columns}).rows())
            if rest or row.op not in ("linear", "conv", "softmax", "activation"):
                break
            if row.op == "conv" and not _gives_features(editor, rows[:index], columns):
                break  # over a whole map: a head would flatten a map, not features
            if row.op in ("linear", "conv"):
                return index
        raise ValueError("no classifier at the net's end")


def _gives_features(editor: Editor, rows: list[Any], columns: list[str]) -> bool:
    """Return whether one of ``rows`` outputs a vector: a global pool or a linear layer."""
    for row in Editor({"rows": rows, "columns": columns}).rows():
        stated = row.where("global")
        default = editor.default(row.op, "global")
        pools = stated[1] if stated is not None else default
        if row.op == "linear" or pools is True:
            return True
    return False
