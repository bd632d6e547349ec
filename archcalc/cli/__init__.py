"""The command line, one command a file, without arithmetic.

A file of this folder without a leading underscore is a command of its name; so is its function,
with the options as parameters. Options that go together are one parameter, a bundle of
`_bundles`. ``EXAMPLE`` ends its ``--help``.

Exit codes: 0, done; 1, a budget is exceeded or a check failed; 2, an error, reported on stderr.
"""

from __future__ import annotations

import importlib
import os
import pkgutil
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Annotated

import typer

from archcalc.base.errors import ArchcalcError, BudgetExceeded
from archcalc.cli._bundles import flat

FAILED = 1
ERROR = 2
INTERRUPTED = 130
BROKEN_PIPE = 141


def main(args: Sequence[str] | None = None) -> int:
    """Run one command (``sys.argv``'s by default) and return its exit code.

    An ArchcalcError becomes lines on stderr; any other exception is a bug and keeps its
    traceback.
    """
    from archcalc.cli._output import ReaderGone, print_err

    try:
        with _orderly_end():
            given = list(sys.argv[1:] if args is None else args)
            _application(*given[:1])(args=given, prog_name="archcalc")
    except SystemExit as done:
        return done.code if isinstance(done.code, int) else int(done.code is not None)
    except ArchcalcError as error:
        print_err(str(error), style="red")
        return FAILED if isinstance(error, BudgetExceeded) else ERROR
    except KeyboardInterrupt:
        return INTERRUPTED
    except (ReaderGone, BrokenPipeError):
        # What is still buffered must not fail again when Python flushes at exit.
        devnull = os.open(os.devnull, os.O_WRONLY)
        os.dup2(devnull, sys.stdout.fileno())
        os.close(devnull)
        return BROKEN_PIPE
    return 0


@contextmanager
def _orderly_end() -> Iterator[None]:
    """Turn a request to terminate into an exception, so that unfinished files are removed."""

    def end(number: int, _frame: object) -> None:
        raise SystemExit(128 + number)

    before = {}
    if threading.current_thread() is threading.main_thread():
        for name in ("SIGTERM", "SIGHUP"):  # Windows has no SIGHUP
            number = getattr(signal, name, None)
            if number is not None and signal.getsignal(number) is signal.SIG_DFL:
                before[number] = signal.signal(number, end)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@cache
def _application(wanted: str = "") -> Callable[..., object]:
    """Return the application with the wanted command only, if there is one, else with all.

    One command alone does not import the packages of the others.
    """
    app = typer.Typer(
        name="archcalc",
        help="Exact costs of convolutional networks, from the table printed in the paper.",
        epilog="Example: archcalc count mobilenet_v2 --width 0.75",
        no_args_is_help=True,
        rich_markup_mode=None,  # plain help: quick, and the same when it is piped
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_global_options)
    files = [info.name for info in pkgutil.iter_modules([str(Path(__file__).parent)])]
    # list_ and import_: Python has those names itself
    commands = {file.rstrip("_"): file for file in files if not file.startswith("_")}
    for name in [wanted] if wanted in commands else commands:
        module = importlib.import_module(f"archcalc.cli.{commands[name]}")
        epilog = f"Example: {module.EXAMPLE}"
        app.command(name, epilog=epilog)(flat(getattr(module, commands[name])))
    # not the app itself, which would rebuild the command at each call and format tracebacks
    return typer.main.get_command(app)


def _print_version(wanted: bool) -> None:
    if wanted:
        from archcalc._version import __version__
        from archcalc.cli._output import write_out

        write_out(f"archcalc {__version__}\n")
        raise typer.Exit


def _global_options(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version."
        ),
    ] = False,
) -> None:
    """Exact costs of convolutional networks, from the table printed in the paper."""
