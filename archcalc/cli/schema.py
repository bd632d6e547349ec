"""``archcalc schema``: the JSON Schema of spec files."""

from __future__ import annotations

from archcalc.cli._options import Files, Force
from archcalc.cli._output import tell, write_out

EXAMPLE = "archcalc schema -o archcalc.schema.json"


def schema(output: Files = None, force: Force = False) -> None:
    """Print the JSON Schema of spec files, for editors."""
    from archcalc.formats import write_bytes
    from archcalc.formats._ours import guard
    from archcalc.formats.json import to_json
    from archcalc.spec.json_schema import json_schema

    text = to_json(json_schema())
    for path in output or ():
        guard(path, text.encode(), force=force)
    written = [write_bytes(text.encode(), path) for path in output or ()]
    if not written:
        write_out(text)
    for path in written:
        tell(f"wrote {path}")
