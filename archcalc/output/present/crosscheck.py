"""Our multiply-adds and those of other counters, layer by layer."""

from __future__ import annotations

from collections.abc import Iterator

from archcalc.base.document import EMPTY, Cell, Column, Note, Section, TableBlock, Tone
from archcalc.base.messages import Messages
from archcalc.base.names import size_text
from archcalc.base.units import format_exact
from archcalc.language.graph import Net
from archcalc.models.nets.crosscheck_table import TOOLS, CrosscheckRow, CrosscheckTable
from archcalc.output.present.costs import below_blocks

_EQUAL: dict[bool | None, tuple[str, Tone]] = {
    True: ("equal", "dim"),
    False: ("differs", "bad"),
    None: ("unknown", "warning"),
}


def present(table: CrosscheckTable, t: Messages, *, net: Net | None = None) -> Section:
    """Return the counts of every layer, the differences of the totals, and whether all agree.

    ``net``: the counted net, if known; its layers are below their blocks.
    """
    agreed = Note(
        t("crosscheck.agree" if table.equal else "crosscheck.disagree"),
        "plain" if table.equal else "warning",
    )
    *_, channels, height, width = (1, 1, *table.input)
    size = size_text((channels, height, width))
    return Section(
        "crosscheck",
        t("crosscheck.title", net=table.model, size=size),
        [layers_table(t, table, net), *_differences(t, table), agreed],
    )


def layers_table(t: Messages, table: CrosscheckTable, net: Net | None = None) -> TableBlock:
    """Return one row per layer, the totals last."""
    groups: dict[int, str] = {}
    labels = [row.id for row in table.layers]
    if net is not None:
        groups, labels = below_blocks(net, [(row.id,) for row in table.layers])
    total = [Cell(format_exact(table.totals[tool]), strong=True) for tool in TOOLS]
    return TableBlock(
        "",
        [
            Column(t("table.layer"), wide=True),
            Column(t("table.op"), wide=True, priority=1),
            *(Column(name, numeric=True) for name in TOOLS.values()),
            Column(t("crosscheck.verdict"), short=""),
        ],
        [_row(t, row, label) for row, label in zip(table.layers, labels, strict=True)],
        [[Cell(t("table.total")), EMPTY, *total, EMPTY]],
        groups=groups,
    )


def _row(t: Messages, row: CrosscheckRow, label: str) -> list[Cell]:
    word, tone = _EQUAL[row.equal]
    own: Tone = tone if row.equal is False else ""
    counts = (row.ours, row.fvcore, row.flopcounter)
    return [
        Cell(label, tone=own),
        Cell(row.op, tone=own),
        *(EMPTY if one is None else Cell(format_exact(one), tone=own) for one in counts),
        Cell(t(f"crosscheck.{word}"), tone=tone),
    ]


def _differences(t: Messages, table: CrosscheckTable) -> Iterator[Note]:
    """Yield each tool's difference by term, and the operators that it does not count."""
    comma = t("table.comma")
    for tool, terms in table.differences.items():
        difference = format_exact(table.totals[tool] - table.totals["ours"])
        parts = comma.join(f"{name} {format_exact(n)}" for name, n in terms.items() if n)
        text = f"{TOOLS[tool]} − {TOOLS['ours']} = {difference}"
        yield Note(f"{text}: {parts}" if parts else text)
    for tool, names in table.uncounted.items():
        if names:
            listed = comma.join(f"{name} ({number})" for name, number in names.items())
            yield Note(t("crosscheck.uncounted", tool=TOOLS[tool], names=listed))
    if table.at_least:
        yield Note(t("crosscheck.at_least"), "warning")
