"""``archcalc schema``: the JSON Schema of spec files."""

from __future__ import annotations

from archcalc.cli._options import Files, Force
from archcalc.cli._output import print_err, write_out

EXAMPLE = "archcalc schema -o archcalc.schema.json"


def schema(output: Files = None, force: Force = False) -> None:
    """Print the JSON Schema of spec files, for editors."""
    from archcalc.language.spec.json_schema import json_schema
    from archcalc.output.files.ours import guard
    from archcalc.output.formats import write_bytes
    from archcalc.output.formats.json import to_json

    text = to_json(json_schema())
    for path in output or ():
        guard(path, text.encode(), force=force)
    written = [write_bytes(text.encode(), path) for path in output or ()]
    if not written:
        write_out(text)
    for path in written:
        print_err(f"wrote {path}")
