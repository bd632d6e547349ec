"""``archcalc dashboard``: serves the pages to this machine's browser."""

from __future__ import annotations

import importlib
import importlib.util
import socket
import sys
import webbrowser
from pathlib import Path
from typing import Annotated, Any

import typer

from archcalc.base.errors import ArchcalcError, MissingPackage
from archcalc.cli._output import print_err

EXAMPLE = "archcalc dashboard --port 8600 --no-browser"

ADDRESS = "127.0.0.1"
FIRST_PORT = 8501
_PORTS = 100
"""Number of ports tried by default."""


def dashboard(
    *,
    port: Annotated[
        int | None,
        typer.Option(
            "--port", metavar="P", min=1, max=65535, help="By default the first free from 8501 on."
        ),
    ] = None,
    browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help="Open it in a browser.")
    ] = True,
) -> None:
    """Explore costs in a browser. Ctrl-C ends it."""
    if importlib.util.find_spec("streamlit") is None:
        raise MissingPackage("the dashboard", "streamlit", "dashboard")
    chosen = _free_port(port)
    address = f"http://{ADDRESS}:{chosen}"

    def ready() -> None:
        print_err(f"the dashboard: {address} (Ctrl-C ends it)")
        if browser:
            webbrowser.open(address)

    _package("shell.serve").serve(chosen, ready)


def folder() -> Path:
    """Return the folder of the pages: in the package, or beside it in a checkout."""
    package = Path(__file__).parents[1]
    found = [package / "_dashboard", package.parent / "dashboard"]
    for one in found:
        if (one / "app.py").is_file():
            return one
    raise ArchcalcError("the dashboard's pages were not installed with archcalc")


def _package(module: str) -> Any:
    """Import a file of the pages' folder, as the package ``dashboard`` in either place."""
    place = folder()
    spec = importlib.util.spec_from_file_location(
        "dashboard", place / "__init__.py", submodule_search_locations=[str(place)]
    )
    if spec is None or spec.loader is None:
        raise ArchcalcError(f"{place}: no Python package")
    package = importlib.util.module_from_spec(spec)
    sys.modules["dashboard"] = package
    spec.loader.exec_module(package)
    return importlib.import_module(f"dashboard.{module}")


def _free_port(wanted: int | None) -> int:
    """Return a free port; raises ArchcalcError."""
    for port in [wanted] if wanted else range(FIRST_PORT, FIRST_PORT + _PORTS):
        if _is_free(port):
            return port
    what = f"port {wanted} is" if wanted else f"ports {FIRST_PORT} to {FIRST_PORT + _PORTS - 1} are"
    raise ArchcalcError(f"--port: {what} in use or not allowed; name another")


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        # as the server binds it: a port released a moment ago is free
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, port))
        except OSError:
            return False
    return True
