"""``archcalc draw``: a net or one of its blocks as a tree, or as SVG."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from archcalc.base.errors import ArchcalcError, UnknownName
from archcalc.cli._bundles import Variant
from archcalc.cli._options import Force, Lang, Model, beginning
from archcalc.cli._output import print_err, show_section, write_out

EXAMPLE = "archcalc draw mobilenet_v2 --block bottleneck_3.2 -o block.svg"

_FORMATS = ("tree", "svg", "json")


def _complete(incomplete: str) -> list[str]:
    return beginning(incomplete, _FORMATS)


def draw(
    model: Model,
    *,
    block: Annotated[
        str | None,
        typer.Option(
            "--block",
            metavar="ID",
            help="The layers of one block, or of several: dwconv_2,conv_3.",
        ),
    ] = None,
    variant: Variant,
    format_: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="|".join(_FORMATS),
            help="What is printed; without it, and without -o, a tree.",
            autocompletion=_complete,
        ),
    ] = None,
    output: Annotated[
        list[Path] | None,
        typer.Option(
            "-o", "--output", metavar="FILE", help="Write FILE.svg or FILE.png. Repeatable."
        ),
    ] = None,
    force: Force = False,
    lang: Lang = "en",
) -> None:
    """Draw the architecture, or one block, as SVG or as a tree."""
    from archcalc.cli._model import net_of
    from archcalc.output.drawing import draw as draw_net
    from archcalc.output.exporting.pictures import picture_of
    from archcalc.output.files.ours import guard
    from archcalc.output.formats import write_bytes
    from archcalc.output.formats.json import to_json
    from archcalc.output.present import present

    if format_ not in (None, *_FORMATS):
        raise UnknownName("format", str(format_), _FORMATS)
    for path in output or ():
        if path.suffix.lower() not in (".svg", ".png"):
            raise ArchcalcError(f"{path}: a picture is written as .svg or .png")
        guard(path, force=force)
    net = net_of(model, variant)
    drawing = draw_net(net, block=block)
    pictures = [picture_of(drawing, path.suffix.lower()[1:]) for path in output or ()]
    written = [
        write_bytes(picture.data, path)
        for picture, path in zip(pictures, output or (), strict=True)
    ]
    if format_ == "svg":
        write_out(drawing.svg)
    elif format_ == "json":
        write_out(to_json(drawing.to_dict()))
    elif format_ == "tree" or not written:
        show_section(present(drawing.tree, lang), lang)
    for path, picture in zip(written, pictures, strict=True):
        print_err(f"wrote {path}")
        if picture.lacking:
            print_err(f"{path}: {picture.lacking}")
