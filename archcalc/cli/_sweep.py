"""Runs a sweep from its options, and prints and writes it piece by piece."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, product

from archcalc.base.document import Section
from archcalc.base.errors import ArchcalcError
from archcalc.base.messages import messages
from archcalc.cli._bundles import Sweeping
from archcalc.cli._model import params_of, spec_of
from archcalc.cli._options import TABLE
from archcalc.cli._output import Output, print_err, show_section, write_out
from archcalc.cli._progress import sweeping
from archcalc.cost.scaling.alpha_rho import AgainstClosedForm, closed_form
from archcalc.cost.scaling.columns import ColumnTable
from archcalc.cost.scaling.digest import Digest
from archcalc.cost.scaling.grid import Grid
from archcalc.cost.scaling.ranges import parse_range
from archcalc.cost.scaling.sweeping import CHUNK, chunks
from archcalc.language.conventions.convention import convention_named
from archcalc.language.graph.build import Prune, build, graph_of
from archcalc.language.spec.spec import Spec
from archcalc.output.files.ours import guard
from archcalc.output.formats._sink import Head, Sink
from archcalc.output.formats._stream import beginning, files
from archcalc.output.formats._text_sinks import text_sink
from archcalc.output.present.grid import digest_blocks, reason_blocks, sweep_title

PRINTED = "printed"
"""The value of ``--set`` that leaves a net as its paper prints it."""


def run(models: Sequence[str], wanted: Sweeping, output: Output) -> None:
    """Run the sweep: write all files and print, in one pass.

    Raises ArchcalcError for conflicting options.
    """
    if wanted.layers and wanted.closed_form:
        raise ArchcalcError("--layers, --closed-form: α²ρ² is of whole nets; give one of them")
    t = messages(output.language)
    params = params_of(wanted.param)
    specs = [spec_of(model).with_params(**params) for model in models]
    count, pieces = chunks(
        specs,
        widths=parse_range(wanted.widths, "--widths"),
        resolutions=wanted.resolutions and parse_range(wanted.resolutions, "--resolutions"),
        prunes=prunes_of(wanted.prunes or ()),
        sets=sets_of(wanted.sets or ()),
        convention=wanted.convention,
        multiple=wanted.multiple,
        **vars(wanted.counting),
        size=_piece(wanted, specs),
    )
    first = next(pieces)
    convention = convention_named(wanted.convention)
    title = sweep_title(t, [spec.name for spec in specs], count, convention, wanted.counting.batch)
    if wanted.layers:
        title += f" · {t('grid.by_layer')}"
    table = _view(wanted, first)
    heads = {name: t(f"grid.{name}") for name in table.columns}
    head = Head(title, table.columns, table.notes(), heads)
    digest = Digest(
        [name for name, kind in head.columns.items() if kind is not str and name not in _CHOICES],
        furthest="difference_percent" if wanted.closed_form else None,
    )
    paths = output.paths or ()
    for path in paths:
        guard(path, beginning(path, head), force=output.force)
    with files(paths, head) as sinks, sweeping(count) as advance:
        printed: Sink | None = None
        if output.format != TABLE:
            printed = text_sink(output.format, head, write_out)
        for grid in chain([first], pieces):
            for batch in _view(wanted, grid).batches():
                for sink in (*sinks, *([printed] if printed else [])):
                    sink.write(batch)
                digest.add(batch)
            advance(len(grid))
        if printed:
            printed.end()
    if output.format == TABLE:
        blocks = digest_blocks(t, head.columns, digest, convention)
        extreme = digest.extreme
        if extreme is not None and len(specs) == 1 and not wanted.sets:
            net = build(specs[0], width=extreme["width"], resolution=extreme["resolution"])
            blocks += reason_blocks(t, closed_form(net))
        show_section(Section("sweep", head.title, blocks), output.language)
    for path in paths:
        print_err(f"wrote {path}")


_CHOICES = ("width", "resolution", "prune")


def _view(wanted: Sweeping, grid: Grid) -> ColumnTable:
    """Return the requested table of a piece."""
    if wanted.layers:
        return grid.by_layer()
    return AgainstClosedForm(grid) if wanted.closed_form else grid


def _piece(wanted: Sweeping, specs: Sequence[Spec]) -> int:
    """Return the variants of one piece, which bounds the memory."""
    if not wanted.layers:
        return CHUNK
    layers = max(len(graph_of(spec).nodes) for spec in specs)
    return max(1, CHUNK // layers)


def prunes_of(values: Sequence[str]) -> list[Prune]:
    """Read ``--prunes 0:0.5:0.1``, or ``--prunes stage_2=0,0.5 --prunes stage_3=0.25``.

    >>> prunes_of(["stage_2=0,0.5", "stage_3=0.25"])
    [{'stage_2': '0', 'stage_3': '0.25'}, {'stage_2': '0.5', 'stage_3': '0.25'}]
    """
    if not values:
        return [0]
    if len(values) == 1 and "=" not in values[0]:
        return list(parse_range(values[0], "--prunes"))
    named: dict[str, list[str]] = {}
    for value in values:
        name, equals, text = value.partition("=")
        if not (name and equals):
            raise ArchcalcError(
                f"--prunes: one range for all, or NAME=RANGE such as stage_2=0:0.5:0.1; "
                f"not '{value}'"
            )
        if name in named:
            raise ArchcalcError(f"--prunes: '{name}' is given twice")
        named[name] = parse_range(text, f"--prunes {name}")
    return [dict(zip(named, shares, strict=True)) for shares in product(*named.values())]


def sets_of(values: Sequence[str]) -> list[str]:
    """Read ``--set``: alternatives are separated by "/", and several transforms combine.

    >>> sets_of(["act=printed/relu", "se=on"])
    ['se=on', 'act=relu,se=on']
    """
    alternatives = []
    for value in (part for text in values for part in text.split(",")):
        name, equals, texts = value.strip().partition("=")
        if not (name and equals and all(texts.split("/"))):
            raise ArchcalcError(f"--set: expected NAME=VALUE such as act=relu, not '{value}'")
        alternatives.append(
            ["" if text == PRINTED else f"{name}={text}" for text in texts.split("/")]
        )
    return [",".join(filter(None, chosen)) for chosen in product(*alternatives)]
