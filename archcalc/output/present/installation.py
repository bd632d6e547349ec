"""Installed and missing packages with their purposes; the runtimes."""

from __future__ import annotations

from collections.abc import Iterator

from archcalc.base.document import Block, Cell, Column, Note, NoteTone, Section, TableBlock
from archcalc.base.installed import ENABLES, DoctorTable
from archcalc.base.messages import Messages
from archcalc.models.latency.runtime_table import RuntimeTable


def present(table: DoctorTable | RuntimeTable, t: Messages) -> Section:
    """Return the packages with what is missing, or the runtimes."""
    if isinstance(table, RuntimeTable):
        return Section("runtimes", t("installation.runtimes"), [runtimes_table(t, table)])
    blocks: list[Block] = [packages_table(t, table), *_missing(t, table), *_of_reports(t, table)]
    return Section("installation", table.title, blocks)


def packages_table(t: Messages, table: DoctorTable, caption: str = "") -> TableBlock:
    """Return one row per package: its version and its extras."""
    heads = ("package", "version", "extra")
    rows = [
        [
            Cell(record["package"]),
            Cell(record["version"])
            if record["version"]
            else Cell(t("installation.missing"), tone="warning"),
            Cell(record["extras"]),
        ]
        for record in table.records()
    ]
    columns = [Column(t(f"installation.{head}"), wide=head == "extra") for head in heads]
    return TableBlock(caption, columns, rows)


def runtimes_table(t: Messages, table: RuntimeTable, caption: str = "") -> TableBlock:
    """Return one row per runtime: its availability and description."""
    rows = []
    for entry in table.entries:
        missing = ", ".join(entry["missing"])
        available = (
            Cell(t("installation.needs", packages=missing), tone="bad")
            if missing
            else Cell(t("installation.yes"), tone="good")
        )
        about = t.texts.get(f"installation.runtime_{entry['runtime']}", entry["summary"])
        rows.append([Cell(entry["runtime"]), available, Cell(about)])
    columns = [
        Column(t("report_latency.runtime")),
        Column(t("installation.available")),
        Column(t("installation.about"), wide=True),
    ]
    return TableBlock(caption, columns, rows)


def _missing(t: Messages, table: DoctorTable) -> Iterator[Note]:
    """Yield for each extra how to install its missing packages, and their purpose."""
    missing: dict[str, list[str]] = {}
    for entry in table.packages:
        if entry["version"] is None:
            for extra in entry["extras"][:1]:
                missing.setdefault(extra, []).append(entry["package"])
    comma = t("table.comma")
    for extra, packages in missing.items():
        text = t(
            "installation.install",
            command=f"pip install 'archcalc[{extra}]'",
            packages=comma.join(packages),
            purpose=t.texts.get(f"installation.extra_{extra}", ENABLES.get(extra, extra)),
        )
        yield Note(text)
    if not missing:
        yield Note(t("installation.nothing_missing"))


def _of_reports(t: Messages, table: DoctorTable) -> Iterator[Note]:
    """Yield the PDF engines and the reports' fonts."""
    for one in table.pdf_engines:
        label = t("installation.pdf_by", engine=one["engine"])
        tone: NoteTone = "plain" if one["available"] else "warning"
        yield Note(one["version"] if one["available"] else one["missing"], tone, label)
    fonts = {
        there: [one["font"] for one in table.fonts if one["available"] is there]
        for there in (True, False)
    }
    comma = t("table.comma")
    yield Note(comma.join(fonts[True]) or t("installation.none"), label=t("installation.fonts"))
    if fonts[False]:
        yield Note(comma.join(fonts[False]), "warning", t("installation.fonts_missing"))
