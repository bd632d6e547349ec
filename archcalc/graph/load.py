"""Finding a spec: a name of the zoo, or a path."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources
from pathlib import Path

from archcalc.errors import ArchcalcError, UnknownName
from archcalc.limits import FILE_BYTES
from archcalc.spec.spec import Spec


def zoo_names() -> list[str]:
    """Return the names of the nets that come with archcalc, sorted."""
    files = resources.files("archcalc").joinpath("zoo").iterdir()
    return sorted(file.name.removesuffix(".yaml") for file in files if file.name.endswith(".yaml"))


def load(source: str | Path | Spec) -> Spec:
    """Return the spec of a zoo name such as "mobilenet_v2", or of a YAML file.

    Raises UnknownName for a name that is neither, SpecError for a file with faults (every fault
    that one pass can tell, each with its line).
    """
    from archcalc.graph.build import graph_of

    if isinstance(source, Spec):
        return source
    text = str(source)
    spec = _from_zoo(text) if isinstance(source, str) and text in zoo_names() else _from_file(text)
    graph_of(spec)  # tells the faults of rows and printed cells, and is kept for later
    return spec


@lru_cache(maxsize=64)
def _from_zoo(name: str) -> Spec:
    file = resources.files("archcalc").joinpath("zoo", f"{name}.yaml")
    return Spec(file.read_bytes(), f"{name}.yaml")


def _from_file(text: str) -> Spec:
    path = Path(text)
    try:
        if path.is_dir():
            raise ArchcalcError(f"{text}: is a folder; a spec is a YAML file")
        with path.open("rb") as file:
            # one byte more than the limit tells that a file is too large without reading it all
            return Spec(file.read(FILE_BYTES + 1), text)
    except FileNotFoundError:
        if "/" in text or path.suffix in (".yaml", ".yml"):
            raise ArchcalcError(f"{text}: no such file") from None
        raise UnknownName("model", text, zoo_names()) from None
    except OSError as error:
        raise ArchcalcError(f"{text}: {error.strerror or error}") from None
    except ValueError as error:  # a path with a NUL
        raise ArchcalcError(f"{text!r}: {error}") from None
