"""``archcalc report``: reports as self-contained HTML and as PDF."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from archcalc.cli._bundles import Counting, Variant
from archcalc.cli._options import (
    Convention,
    Force,
    beginning,
    complete_language,
    complete_model,
    listed,
)
from archcalc.cli._output import print_err

EXAMPLE = "archcalc report my_net.yaml --no-latency -o my_net.html"


def complete_engine(incomplete: str) -> list[str]:
    """Engines that make PDF."""
    from archcalc.output.reporting.engines import engines

    return beginning(incomplete, engines())


def complete_formats(incomplete: str) -> list[str]:
    """Formats of reports, after those that are listed already."""
    from archcalc.output.reporting.report import FORMATS

    return listed(incomplete, FORMATS)


def report(
    models: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="MODEL",
            help="Names of the zoo or spec files; NAME@WIDTH-RESOLUTION, NAME+act=relu for a "
            "variant. Several are compared too; without any, the whole lecture.",
            autocompletion=complete_model,
            show_default=False,
        ),
    ] = None,
    *,
    output: Annotated[
        Path,
        typer.Option(
            "-o",
            "--output",
            metavar="DIR|FILE",
            help="Folder of the reports; or one file, X.html or X.pdf.",
        ),
    ] = Path(),
    language: Annotated[
        str,
        typer.Option(
            "--lang",
            metavar="en|zh",
            help="Language of the reports.",
            autocompletion=complete_language,
        ),
    ] = "en",
    format_: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="html,pdf",
            help="What is written into the folder.",
            autocompletion=complete_formats,
        ),
    ] = "html,pdf",
    latency: Annotated[
        bool | None,
        typer.Option(
            "--latency/--no-latency",
            help="Measure latency with torch; without either, where torch is installed.",
            show_default=False,
        ),
    ] = None,
    quick: Annotated[
        bool, typer.Option("--quick", help="Measure a few passes only: for a first look.")
    ] = False,
    convention: Convention = "paper",
    variant: Variant,
    counting: Counting,
    pdf_engine: Annotated[
        str | None,
        typer.Option(
            "--pdf-engine",
            metavar="weasyprint|chromium",
            help="What makes the PDF; without it, the first that is there.",
            autocompletion=complete_engine,
        ),
    ] = None,
    force: Force = False,
) -> None:
    """Write reports on nets or the lecture, as HTML and PDF."""
    from archcalc.cli._model import net_of
    from archcalc.cli._progress import stepping
    from archcalc.cli._report import Job, formats_of, is_measured, measured, names_of, subjects_of
    from archcalc.output.reporting.pdf import NoPdfEngine
    from archcalc.output.reporting.report import Targets, is_file

    formats = formats_of(format_)
    nets = [net_of(model, variant) for model in dict.fromkeys(models or ())]
    subjects = subjects_of(
        nets,
        each=not is_file(output),
        language=language,
        convention=convention,
        **vars(counting),
    )
    jobs = [
        Job(
            subject,
            Targets.of(output, name, formats=formats, force=force, pdf_engine=pdf_engine),
        )
        for subject, name in zip(subjects, names_of(subjects), strict=True)
    ]
    timed = nets if is_measured(latency) else []
    written: list[Path] = []
    said: list[str] = []  # until the bar is gone
    try:
        with stepping(len(timed) + sum(job.steps for job in jobs), "reading") as step:
            latencies = (
                measured(timed, batch=counting.batch, quick=quick, step=step) if timed else {}
            )
            for job in jobs:
                written.extend(job.with_latency(latencies).write(step, said))
    finally:
        for line in said:
            print_err(line, style="yellow")
        for path in written:
            print_err(f"wrote {path}")
    lacking = [job.targets.lacking for job in jobs if job.targets.lacking]
    if lacking:
        raise NoPdfEngine(f"{lacking[0]}; the HTML is written")
