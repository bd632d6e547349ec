"""Starting the server: one process, this machine only, until it is interrupted."""

from __future__ import annotations

import socket
import threading
import time
import tomllib
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.convertors import StringConvertor, register_url_convertor
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from archcalc.output import palette
from archcalc.output.render import fonts

_LATE = ("numpy", "PIL.Image", "streamlit.emojis")
"""What streamlit imports only when a first page has a picture or an icon: 0.15 s."""
FOLDER = Path(__file__).parent
ADDRESS = "127.0.0.1"
_COLOURS = ("BLUE", "ORANGE", "GREEN", "PINK", "SKY", "VERMILION", "MADDS", "PARAMS")


def serve(port: int, ready: Callable[[], None]) -> None:
    """Serve the dashboard on a free port; returns after an interrupt.

    ``ready`` is called once the port answers.
    """
    # Chinese in letters of our own, which a browser fetches only where it shows any
    letters = Mount("/letters", StaticFiles(directory=Path(fonts.__file__).parent))
    register_url_convertor("page", _PageName())
    pages = [Route(path, _document) for path in ("/", "/{name:page}")]
    for beside in (_warm_up, lambda: _tell_when_ready(port, ready)):
        threading.Thread(target=beside, daemon=True).start()
    _scan_no_packages()
    # the server finds a config file of its own beside the command that was called, not this one
    config = {**packaged_options(), "server.address": ADDRESS, "server.port": port}
    st.App(FOLDER.parent / "app.py", routes=[letters, *pages]).run(config=config)


class _PageName(StringConvertor):
    regex = "[^/.]+"


async def _document(_: Request) -> HTMLResponse:
    return HTMLResponse(styled_document(), headers={"Cache-Control": "no-cache"})


@cache
def styled_document() -> str:
    """Return Streamlit's own document with the style sheet, whose colours are the palette's.

    A sheet that the script sent would come after the first tables: until then these are as wide as
    they like. At the end of the body it comes after the rules that Streamlit adds to the head.
    """
    document = (Path(st.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    colours = "; ".join(f"--{name.lower()}: {getattr(palette, name)}" for name in _COLOURS)
    sheet = (FOLDER / "style.css").read_text(encoding="utf-8")
    before, end, after = document.rpartition("</body>")
    return f"{before}<style>:root {{ {colours} }}\n{sheet}</style>{end}{after}"


def packaged_options() -> dict[str, Any]:
    """Return the options of `config.toml`, by their dotted names."""
    text = (FOLDER / "config.toml").read_text(encoding="utf-8")
    return dict(_flat(tomllib.loads(text)))


def _flat(table: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in table.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{before}{name}.")
        else:
            yield f"{before}{name}", value


def _scan_no_packages() -> None:
    """Let the server not read every installed package's description: 0.4 s before it answers.

    It looks for components that packages bring; the pages use none but their own.
    """
    from streamlit.components.v2 import component_manager

    manager: Any = component_manager.BidiComponentManager
    manager.discover_and_register_components = lambda *_, **__: None


def _warm_up() -> None:
    """Do what the first visitor would wait for, while the server and the browser start."""
    from dashboard.shell.choice import Choice
    from dashboard.shell.nets import table_of, titles
    from dashboard.shell.pages import page_module, page_names

    for module in filter(find_spec, _LATE):
        import_module(module)
    page_module(page_names()[0])
    titles()
    table_of(Choice(), {})


def _tell_when_ready(port: int, ready: Callable[[], None]) -> None:
    while True:
        try:
            socket.create_connection((ADDRESS, port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            break
    ready()
