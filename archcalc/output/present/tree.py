"""A net as a tree of rows, blocks and layers, with each one's share of the MAdds."""

from __future__ import annotations

from archcalc.base.document import Cell, Column, Section, TableBlock, Tone
from archcalc.base.messages import Messages
from archcalc.output.drawing.tree import Tree


def present(tree: Tree, t: Messages) -> Section:
    """Return one row per line of the tree; lines without MAdds are dim."""
    columns = [
        Column(t("table.layer"), wide=True),
        Column(t("table.op"), wide=True),
        Column(t("table.output"), numeric=True),
        Column(t("table.madds"), numeric=True, priority=1),
    ]
    rows = []
    for line in tree.lines():
        tone: Tone = "" if line.share else "dim"
        texts = (line.branch + line.name, line.what, line.size, line.share)
        rows.append([Cell(text, tone=tone) for text in texts])
    return Section("tree", f"{tree.title} · {tree.summary}", [TableBlock("", columns, rows)])
