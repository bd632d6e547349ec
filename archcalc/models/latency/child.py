"""The measuring process of `apart`: reads a request from stdin, writes steps and result to stdout.

A line of stdout is a JSON object with one key: "step" (sent before it begins), then "table" (its
`to_dict`) or "error" (a message). All other output goes to stderr.
"""

from __future__ import annotations

import json
import os
import pickle
import sys
from typing import Any

from archcalc.base.errors import ArchcalcError
from archcalc.models.latency.isolation import keep_freed_memory


def main() -> None:
    """Run the measurement requested on stdin."""
    out = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())

    def send(key: str, value: Any) -> None:
        print(json.dumps({key: value}), file=out, flush=True)

    # only the parent writes here, and runs the same code
    request = pickle.load(sys.stdin.buffer)  # noqa: S301
    keep_freed_memory()  # allowed in a process of its own; timings are steadier
    try:
        table = request.measure(lambda text: send("step", text))
    except ArchcalcError as error:
        send("error", str(error))
        return
    except MemoryError:
        send("error", "this machine has not enough memory for this")
        return
    send("table", table.to_dict())


if __name__ == "__main__":
    main()
