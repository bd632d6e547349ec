"""Finding a spec: a name of the zoo, or a path."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

import yaml

from archcalc.base.errors import ArchcalcError, UnknownName
from archcalc.base.limits import FILE_BYTES
from archcalc.language.spec.spec import Spec


def zoo_names() -> list[str]:
    """Return the names of the nets that come with archcalc, sorted."""
    files = resources.files("archcalc.language").joinpath("zoo").iterdir()
    return sorted(file.name.removesuffix(".yaml") for file in files if file.name.endswith(".yaml"))


@lru_cache(maxsize=1)
def zoo_titles() -> dict[str, str]:
    """Return the title of every net of the zoo, by name: of each file one line is read."""
    titles = {}
    for name in zoo_names():
        lines = _zoo_file(name).read_text(encoding="utf-8").splitlines()
        titles[name] = next(line for line in lines if line.startswith("title: "))
    return {name: str(yaml.safe_load(line)["title"]) for name, line in titles.items()}


def find(source: str | Path | Spec) -> Spec:
    """Return the spec of a zoo name or of a YAML file, with its rows not looked at yet.

    Raises UnknownName for a name that is neither, ArchcalcError for a file that cannot be read,
    SpecError for one that is no spec.
    """
    if isinstance(source, Spec):
        return source
    text = str(source)
    in_zoo = isinstance(source, str) and text in zoo_names()
    return _from_zoo(text) if in_zoo else _from_file(text)


@lru_cache(maxsize=64)
def _from_zoo(name: str) -> Spec:
    return Spec(_zoo_file(name).read_bytes(), f"{name}.yaml")


def _zoo_file(name: str) -> Traversable:
    return resources.files("archcalc.language").joinpath("zoo", f"{name}.yaml")


def _from_file(text: str) -> Spec:
    path = Path(text)
    try:
        with path.open("rb") as file:
            # one byte more than the limit tells that a file is too large without reading it all
            return Spec(file.read(FILE_BYTES + 1), text)
    except FileNotFoundError:
        if "/" in text or path.suffix in (".yaml", ".yml"):
            raise ArchcalcError(f"{text}: no such file") from None
        raise UnknownName("model", text, zoo_names()) from None
    except IsADirectoryError:
        raise ArchcalcError(f"'{text}' is a folder; expected a name of the zoo or a file") from None
    except OSError as error:
        raise ArchcalcError(f"{text}: {error.strerror or error}") from None
    except ValueError as error:  # a path with a NUL
        raise ArchcalcError(f"{text!r}: {error}") from None
