"""``archcalc search``: the most accurate variant within a budget, and the front."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import typer
from typer.models import OptionInfo

from archcalc.base.errors import ArchcalcError, shorten
from archcalc.cli._bundles import Counting, Variant
from archcalc.cli._options import Convention, Multiple, Param, complete_model, limit
from archcalc.cli._output import Output, print_err

EXAMPLE = "archcalc search mobilenet_v2 --max-madds 100M"

_LINES = 10
"""Choices printed by default; files have all of them."""

Models = Annotated[
    list[str],
    typer.Argument(
        metavar="MODEL",
        help="Names of the zoo or spec files; the best of all of them is found.",
        autocompletion=complete_model,
    ),
]


def _limit(option: str, what: str, example: str) -> OptionInfo:
    return limit(option, f"At most so many {what}.", example)


Widths = Annotated[
    str | None,
    typer.Option(
        "--widths", metavar="RANGE", help="Width multipliers; default 0.25:1.4:0.05, or a list."
    ),
]
Resolutions = Annotated[
    str | None,
    typer.Option(
        "--resolutions",
        metavar="RANGE",
        help="Input sides; default 96:224:32 and the net's own.",
    ),
]
Prunes = Annotated[
    list[str] | None,
    typer.Option(
        "--prunes",
        metavar="[NAME=]RANGE",
        help="Shares of the channels to cut after width, as for sweep; their accuracy is unknown.",
    ),
]
Sets = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="NAME=VALUE[/VALUE...]",
        help="Transforms, as for sweep: act=printed/relu.",
    ),
]
Nearest = Annotated[
    str | None,
    typer.Option(
        "--nearest",
        metavar="MODEL",
        help="Also name the choice nearest to a net, such as mobilenet_v3_large@0.75.",
        autocompletion=complete_model,
    ),
]
Top = Annotated[
    int | None,
    typer.Option(
        "--top", metavar="N", min=1, help="Give N choices; 10 are printed, files have all."
    ),
]
Finalists = Annotated[
    int | None,
    typer.Option("--finalists", metavar="N", help="Measure at most N for --max-latency; 20."),
]


@dataclass(frozen=True)
class FreeStages:
    """A search over the widths of single stages; raises ArchcalcError for options without it."""

    wanted: Annotated[
        bool,
        typer.Option("--stages", help="Cut each stage by itself: most MAdds for least --against."),
    ] = False
    against: Annotated[
        str | None,
        typer.Option(
            "--against",
            metavar="COST",
            help="With --stages: params, weight_bytes …; default peak_memory_bytes.",
        ),
    ] = None
    seed: Annotated[
        int | None, typer.Option("--seed", metavar="N", help="With --stages: of chance; default 0.")
    ] = None

    def __post_init__(self) -> None:
        for name in ("against", "seed"):
            if getattr(self, name) is not None and not self.wanted:
                raise ArchcalcError(f"--{name}: only with --stages")


def search(
    models: Models,
    *,
    max_madds: Annotated[str | None, _limit("--max-madds", "MAdds", "150M")] = None,
    max_params: Annotated[str | None, _limit("--max-params", "parameters", "3.5M")] = None,
    max_weight_bytes: Annotated[
        str | None, _limit("--max-weight-bytes", "bytes of weights", "4MiB")
    ] = None,
    max_peak_memory: Annotated[
        str | None, _limit("--max-peak-memory", "bytes of live activations", "2MiB")
    ] = None,
    max_latency: Annotated[
        str | None, _limit("--max-latency", "milliseconds, measured here on the best", "20ms")
    ] = None,
    widths: Widths = None,
    resolutions: Resolutions = None,
    prunes: Prunes = None,
    set_: Sets = None,
    nearest: Nearest = None,
    top: Top = None,
    finalists: Finalists = None,
    stages: FreeStages,
    convention: Convention = "paper",
    multiple: Multiple = 8,
    param: Param = None,
    counting: Counting,
    output: Output,
) -> None:
    """Find the most accurate variant within a budget.

    Accuracy is as published, or interpolated between published figures; each says which it is.
    The exit code is 1 where nothing fits.
    """
    from archcalc.cli._model import net_of, params_of, spec_of
    from archcalc.cli._sweep import prunes_of, sets_of
    from archcalc.language.transforms import transform
    from archcalc.studies.budgets.budget import Budget
    from archcalc.studies.budgets.searching import WIDTHS
    from archcalc.studies.budgets.searching import search as search_for
    from archcalc.studies.budgets.stage_search import stages as free_stages

    budget = Budget.parse(
        {
            "madds": max_madds,
            "params": max_params,
            "weight_bytes": max_weight_bytes,
            "peak_memory": max_peak_memory,
            "latency": max_latency,
        },
        prefix="--max-",
    )
    specs = [spec_of(model).with_params(**params_of(param)) for model in dict.fromkeys(models)]
    options = {"convention": convention, "multiple": multiple, **vars(counting)}
    sets = sets_of(set_ or ())
    if finalists is not None and max_latency is None:
        raise ArchcalcError("--finalists: only with --max-latency, which measures them")
    if stages.wanted:
        if len(specs) > 1 or len(sets) > 1 or prunes or nearest is not None:
            raise ArchcalcError("--stages: of one net, without --prunes and --nearest")
        front = free_stages(
            transform(specs[0], sets[0]),
            budget,
            width=_one_value("--widths", widths) or 1,
            resolution=_one_value("--resolutions", resolutions),
            against="peak_memory_bytes" if stages.against is None else stages.against,
            seed=stages.seed or 0,
            **options,
        )
        output.emit(front.head(top), lines=top or _LINES)
        _ = front.best
        return
    if max_latency is not None:
        from archcalc.models.latency import keep_freed_memory

        keep_freed_memory()  # allowed in a process of its own; timings are steadier
    found = search_for(
        specs,
        budget,
        widths=WIDTHS if widths is None else widths,
        resolutions=resolutions,
        prunes=prunes_of(prunes or ()),
        sets=sets,
        finalists=20 if finalists is None else finalists,
        progress=lambda name: print_err(f"measuring {name}"),
        **options,
    )
    if nearest is not None:
        found = found.beside(net_of(nearest, Variant()))
    output.emit(found.head(top), lines=top or _LINES)
    _ = found.best  # raises where nothing fits: exit code 1


def _one_value(option: str, text: str | None) -> str | None:
    """Read an option of which ``--stages`` takes one value, where a search takes a range."""
    if text is None:
        return None
    from archcalc.cost.scaling.ranges import parse_range

    values = parse_range(text, option)
    if len(values) > 1:
        what = option.removeprefix("--").removesuffix("s")
        raise ArchcalcError(f"{option}: --stages takes one {what}, not '{shorten(text)}'")
    return values[0]
