"""``archcalc measure``: measured latency, whole and layer by layer."""

from __future__ import annotations

from typing import Annotated

import typer

from archcalc.cli._options import (
    Batch,
    Files,
    Force,
    Format,
    Lang,
    Model,
    Multiple,
    Param,
    Prune,
    Resolution,
    Set,
    Width,
    complete_runtime,
)
from archcalc.cli._output import TABLE, Output

EXAMPLE = "archcalc measure mobilenet_v2 --runtime folded,eager --layers"

Runtime = Annotated[
    str,
    typer.Option(
        "--runtime",
        metavar="NAME[,NAME…]",
        help="What runs the net; `archcalc runtimes` lists them.",
        autocompletion=complete_runtime,
    ),
]
Layers = Annotated[
    bool | None,
    typer.Option(
        "--layers/--no-layers",
        help="Print the layers; do not even time them. Without either they are timed, not printed.",
        show_default=False,
    ),
]
Threads = Annotated[int, typer.Option("--threads", metavar="N", help="Threads of torch.")]
Quick = Annotated[
    bool, typer.Option("--quick", help="A few passes only: for a first look, not for a report.")
]


def measure(
    model: Model,
    *,
    runtime: Runtime = "folded",
    layers: Layers = None,
    threads: Threads = 1,
    batch: Batch = 1,
    quick: Quick = False,
    width: Width = None,
    resolution: Resolution = None,
    prune: Prune = None,
    multiple: Multiple = 8,
    param: Param = None,
    set_: Set = None,
    format_: Format = TABLE,
    output: Files = None,
    force: Force = False,
    lang: Lang = "en",
) -> None:
    """Measure latency with torch, whole and layer by layer."""
    from archcalc.cli._model import net_of
    from archcalc.cli._progress import measuring
    from archcalc.models.latency import QUICK, STANDARD, keep_freed_memory
    from archcalc.models.latency import measure as measure_net
    from archcalc.models.latency.measured import Measured

    chosen = Output.of(format_, output, force=force, language=lang)
    net = net_of(
        model,
        width=width,
        resolution=resolution,
        prune=prune,
        multiple=multiple,
        param=param,
        sets=set_,
    )
    keep_freed_memory()  # this process is ours, and steadier for it
    with measuring(runtime) as step:
        latency = measure_net(
            net,
            runtime=runtime,
            threads=threads,
            batch=batch,
            layers=layers is not False,
            schedule=QUICK if quick else STANDARD,
            progress=step,
        )
    chosen.emit(Measured(net, latency), layers=bool(layers))
