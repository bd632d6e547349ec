"""Measuring in a separate process, one at a time, while the calling program goes on.

A server in the same process, or a second measurement, would disturb the timing. So a `Bench` runs
one measurement at a time in a process of its own, and refuses others meanwhile.
"""

from __future__ import annotations

import atexit
import json
import os
import pickle
import subprocess
import sys
import tempfile
import threading
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, Generic

from archcalc.base.errors import ArchcalcError
from archcalc.models.latency.request import Made, Measurable

_TAIL = 2000
"""Characters of the last output of a process that failed."""


class Measurement(Generic[Made]):
    """One measurement, running or finished; thread-safe to read."""

    def __init__(self, request: Measurable[Made]) -> None:
        self.request: Measurable[Made] = request
        self.begun: tuple[str, ...] = ()
        """The steps begun so far; the last one is running."""
        self.table: Made | None = None
        self.error = ""
        """Why there is no table; "" while it runs, and where there is one."""
        self.cancelled = False
        self._said = tempfile.TemporaryFile()  # noqa: SIM115  # closed by the thread
        self._process = _start(self._said)
        self._thread = threading.Thread(target=self._follow, daemon=True)
        self._thread.start()

    @property
    def is_running(self) -> bool:
        """Whether its process is running."""
        return self._thread.is_alive()

    @property
    def share_done(self) -> float:
        """Share of the finished steps, from 0 to 1."""
        return min(1.0, max(0, len(self.begun) - 1) / self.request.steps)

    def cancel(self) -> None:
        """Kill it; its bench is free as soon as `is_running` is false."""
        if self._thread.is_alive():
            self.cancelled = True
            self._process.kill()

    def wait(self, seconds: float | None = None) -> None:
        """Wait for its end."""
        self._thread.join(seconds)

    def _follow(self) -> None:
        process = self._process
        with process, self._said:
            assert process.stdin is not None
            assert process.stdout is not None
            with suppress(BrokenPipeError), process.stdin as stdin:  # it may have crashed
                stdin.write(pickle.dumps(self.request))
            for line in process.stdout:
                self._receive(json.loads(line))
            code = process.wait()
            if self.table is None and not self.error and not self.cancelled:
                self._said.seek(0)
                last = self._said.read().decode(errors="replace").strip()[-_TAIL:]
                self.error = f"the measuring process ended with code {code}\n{last}".strip()

    def _receive(self, message: dict[str, Any]) -> None:
        if "step" in message:
            self.begun = (*self.begun, message["step"])
        elif "table" in message:
            self.table = self.request.read(message["table"])
        else:
            self.error = message["error"]


class Bench:
    """Runs one measurement at a time: `running`."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last: Measurement[Any] | None = None
        atexit.register(self.close)

    @property
    def running(self) -> Measurement[Any] | None:
        """The running measurement, or None."""
        last = self._last
        return last if last is not None and last.is_running else None

    def start(self, request: Measurable[Made]) -> Measurement[Made]:
        """Start a measurement; raises ArchcalcError while another is running."""
        with self._lock:
            running = self.running
            if running is not None:
                title = running.request.title
                raise ArchcalcError(f"one measurement at a time: {title} is being measured")
            started = self._last = Measurement(request)
            return started

    def close(self) -> None:
        """Cancel the running measurement."""
        running = self.running
        if running is not None:
            running.cancel()
            running.wait()


def _start(said: IO[bytes]) -> subprocess.Popen[bytes]:
    root = str(Path(__file__).parents[3])
    paths = [root, *filter(None, [os.environ.get("PYTHONPATH")])]
    return subprocess.Popen(
        [sys.executable, "-m", "archcalc.models.latency.child"],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=said,
    )
