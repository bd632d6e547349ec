"""Options common to several commands, with their completion."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer
from typer.models import OptionInfo

TABLE = "table"
"""The ``--format`` for people."""


def complete_model(incomplete: str) -> list[str]:
    """Names of the zoo, and spec files."""
    from archcalc.language.spec.find import zoo_names

    files = (str(path) for path in Path().glob("*.y*ml"))
    return beginning(incomplete, [*zoo_names(), *sorted(files)])


def complete_convention(incomplete: str) -> list[tuple[str, str]]:
    """Conventions with what they count."""
    from archcalc.language.conventions.convention import CONVENTIONS

    return [(name, CONVENTIONS[name].about) for name in beginning(incomplete, CONVENTIONS)]


def complete_key(incomplete: str) -> list[str]:
    """What layers can be summed by."""
    from archcalc.cost.counting.layer import KEYS

    return beginning(incomplete, KEYS)


def complete_dtype(incomplete: str) -> list[str]:
    """Types of weights and activations."""
    from archcalc.cost.counting.layer import DTYPES

    return beginning(incomplete, DTYPES)


def complete_language(incomplete: str) -> list[tuple[str, str]]:
    """Languages, each with its own name for itself."""
    from archcalc.base.messages import LANGUAGES

    return [(name, LANGUAGES[name]) for name in beginning(incomplete, LANGUAGES)]


def complete_format(incomplete: str) -> list[str]:
    """Formats of stdout."""
    from archcalc.output.formats import text_names

    return beginning(incomplete, [TABLE, *text_names()])


def complete_runtime(incomplete: str) -> list[str]:
    """Runtimes, after those that are listed already."""
    from archcalc.models.latency.runtimes import runtime_names

    return listed(incomplete, runtime_names())


def complete_set(incomplete: str) -> list[tuple[str, str]]:
    """Transforms with what they change, then the values of one."""
    from archcalc.language.transforms import TRANSFORMS

    name, equals, _ = incomplete.partition("=")
    if not equals:
        return [(f"{one}=", TRANSFORMS[one].about) for one in beginning(name, TRANSFORMS)]
    values = TRANSFORMS[name].values.split("|") if name in TRANSFORMS else []
    whole = [f"{name}={value.removesuffix('N')}" for value in values if value not in ("N", "…")]
    return [(one, "") for one in beginning(incomplete, whole)]


def beginning(incomplete: str, names: Iterable[str]) -> list[str]:
    """Return the names that an incomplete word may become."""
    return [name for name in names if name.startswith(incomplete)]


def listed(incomplete: str, names: Iterable[str]) -> list[str]:
    """Return what an incomplete list with commas may become by its last name."""
    before, comma, last = incomplete.rpartition(",")
    return [f"{before}{comma}{name}" for name in beginning(last, names)]


def limit(option: str, words: str, example: str) -> OptionInfo:
    """Return an option that takes the most of a cost; ``words`` are its help."""
    info: OptionInfo = typer.Option(option, metavar=example, help=words)
    return info


_MODEL_HELP = "A name of the zoo or a spec file"
_VARIANT_HELP = f"{_MODEL_HELP}; NAME@WIDTH-RESOLUTION, NAME+act=relu for a variant."

Model = Annotated[
    str, typer.Argument(metavar="MODEL", help=_VARIANT_HELP, autocompletion=complete_model)
]
SpecName = Annotated[
    str, typer.Argument(metavar="MODEL", help=f"{_MODEL_HELP}.", autocompletion=complete_model)
]
SpecNames = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="MODEL",
        help="Names of the zoo or spec files; without any, the whole zoo.",
        autocompletion=complete_model,
        show_default=False,
    ),
]
Width = Annotated[
    str | None, typer.Option("--width", metavar="α", help="Width multiplier, such as 0.75.")
]
Resolution = Annotated[
    str | None,
    typer.Option(
        "--resolution", metavar="PX", help="Side of the input, or height x width: 224x160."
    ),
]
Prune = Annotated[
    list[str] | None,
    typer.Option(
        "--prune",
        metavar="[NAME=]SHARE",
        help="Share of the channels to cut after width; of one group, row or stage_N. Repeatable.",
    ),
]
Multiple = Annotated[
    int, typer.Option("--multiple", metavar="N", help="Pruned widths are multiples of N.")
]
Param = Annotated[
    list[str] | None,
    typer.Option(
        "--param", metavar="NAME=VALUE", help="Another value for a parameter: k=10. Repeatable."
    ),
]
Set = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="NAME=VALUE",
        help="Change the net: act=relu, se=off, conv=full … (list --transforms). Repeatable.",
        autocompletion=complete_set,
    ),
]
Convention = Annotated[
    str,
    typer.Option(
        "--convention",
        metavar="NAME",
        help="What is counted: paper, paper:conv_only, paper:no_norm, paper:weights; or what a "
        "tool prints: fvcore, flopcounter, ptflops, ptflops:pytorch, ptflops:aten, thop, "
        "torchinfo, torchprofile, calflops.",
        autocompletion=complete_convention,
    ),
]
Batch = Annotated[int, typer.Option("--batch", metavar="N", help="Images of one forward pass.")]
Dtype = Annotated[
    str,
    typer.Option(
        "--dtype",
        metavar="f32|f16|int8",
        help="Type of weights and activations, for bytes.",
        autocompletion=complete_dtype,
    ),
]
Force = Annotated[
    bool, typer.Option("--force", help="Overwrite files that archcalc did not write.")
]
Format = Annotated[
    str,
    typer.Option(
        "--format",
        metavar="table|json|csv|md|tex",
        help="What is printed.",
        autocompletion=complete_format,
    ),
]
Files = Annotated[
    list[Path] | None,
    typer.Option(
        "-o",
        "--output",
        metavar="FILE",
        help="Also write FILE, in the format of its suffix. Repeatable.",
    ),
]
Lang = Annotated[
    str,
    typer.Option(
        "--lang",
        metavar="en|zh",
        help="Language of the tables that are printed or written for people.",
        envvar="ARCHCALC_LANG",
        show_envvar=True,
        autocompletion=complete_language,
    ),
]
