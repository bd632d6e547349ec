"""``archcalc measure``: measured latency, whole and layer by layer."""

from __future__ import annotations

from typing import Annotated

import typer

from archcalc.cli._bundles import Variant
from archcalc.cli._options import Batch, Model, complete_runtime
from archcalc.cli._output import Output

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
    variant: Variant,
    output: Output,
) -> None:
    """Measure latency with torch, whole and layer by layer."""
    from archcalc.cli._model import net_of
    from archcalc.cli._progress import stepping
    from archcalc.models.latency import QUICK, STANDARD, keep_freed_memory
    from archcalc.models.latency import measure as measure_net
    from archcalc.models.latency.measured import Measured
    from archcalc.models.latency.request import STEPS

    net = net_of(model, variant)
    keep_freed_memory()  # allowed in a process of its own; timings are steadier
    runtimes = {name.strip() for name in runtime.split(",")} - {""}
    with stepping(STEPS * len(runtimes), "building the net") as step:
        latency = measure_net(
            net,
            runtime=runtime,
            threads=threads,
            batch=batch,
            layers=layers is not False,
            schedule=QUICK if quick else STANDARD,
            progress=step,
        )
    output.emit(Measured(net, latency), layers=bool(layers))
