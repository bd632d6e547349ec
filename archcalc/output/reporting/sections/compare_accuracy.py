"""Published accuracy against cost, for all variants of the nets' specs."""

from __future__ import annotations

from archcalc.base.document import Section, Text
from archcalc.output.charts import accuracy
from archcalc.output.reporting.figures import picture_block
from archcalc.output.reporting.sections import SectionKind
from archcalc.output.reporting.subject import Subject
from archcalc.studies.budgets.compared import published_variants


def make(subject: Subject) -> Section | None:
    """Return top-1 against MAdds and against parameters; None where none is published."""
    t = subject.t
    records = published_variants(subject.nets, **subject.counting)
    records = [record for record in records if record["madds"] and record["params"]]
    if not records:
        return None
    by_madds = accuracy(records)
    frame = by_madds.frame
    front = frame[frame["front"]]["name"]
    nets = ", ".join(by_madds.order)
    count = len(records)
    figures = [
        picture_block(
            picture,
            t(f"report_compare_accuracy.{name}"),
            t(
                "report_compare_accuracy.alt",
                quantity=t(f"table.{name}"),
                count=count,
                nets=nets,
            ),
            0.85,
            3.4,
        )
        for name, picture in (("madds", by_madds), ("params", accuracy(records, "params")))
    ]
    return Section(
        "accuracy",
        t("report_compare_accuracy.title"),
        [
            Text(t("report_compare_accuracy.about", count=count)),
            figures[0],
            Text(t("report_compare_accuracy.front", names=", ".join(front))),
            figures[1],
        ],
    )


SECTION = SectionKind("compare_accuracy", {"comparison": 20}, make)
