"""Finds specs: the zoo, and files."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

import yaml

from archcalc.base.errors import ArchcalcError, UnknownName
from archcalc.base.limits import FILE_BYTES


def zoo_names() -> list[str]:
    """Return the names of the nets that come with archcalc, sorted."""
    files = resources.files("archcalc.language").joinpath("zoo").iterdir()
    return sorted(file.name.removesuffix(".yaml") for file in files if file.name.endswith(".yaml"))


@lru_cache(maxsize=1)
def zoo_titles() -> dict[str, str]:
    """Return the title of every net of the zoo, by name; reads one line of each file."""
    titles = {}
    for name in zoo_names():
        lines = zoo_file(name).read_text(encoding="utf-8").splitlines()
        titles[name] = next(line for line in lines if line.startswith("title: "))
    return {name: str(yaml.safe_load(line)["title"]) for name, line in titles.items()}


def zoo_file(name: str) -> Traversable:
    """Return the YAML file of a net of the zoo."""
    return resources.files("archcalc.language").joinpath("zoo", f"{name}.yaml")


def read_file(name: str) -> bytes:
    """Return the bytes of a spec file, cut off beyond the size limit.

    Raises ArchcalcError for a file that cannot be read, UnknownName for an unknown name of a net.
    """
    path = Path(name)
    try:
        with path.open("rb") as file:
            # one byte above the limit shows that a file is too large without reading all of it
            return file.read(FILE_BYTES + 1)
    except FileNotFoundError:
        if "/" in name or path.suffix in (".yaml", ".yml"):
            raise ArchcalcError(f"{name}: no such file") from None
        raise UnknownName("model", name, zoo_names()) from None
    except IsADirectoryError:
        raise ArchcalcError(f"'{name}' is a folder; expected a name of the zoo or a file") from None
    except OSError as error:
        raise ArchcalcError(f"{name}: {error.strerror or error}") from None
    except ValueError as error:  # a path with a NUL
        raise ArchcalcError(f"{name!r}: {error}") from None
