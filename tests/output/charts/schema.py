"""Vega-Lite's own JSON Schema, as the Altair that Streamlit installs ships it."""

from __future__ import annotations

import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest


@cache
def _validator() -> Any:
    jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not installed")
    found = find_spec("altair")
    if found is None or found.origin is None:
        pytest.skip("altair, which holds the schema, is not installed")
    path = Path(found.origin).with_name("vegalite") / "v6/schema/vega-lite-schema.json"
    schema = json.loads(path.read_bytes())
    return jsonschema.Draft7Validator({**schema, "$ref": "#/definitions/TopLevelLayerSpec"})


def valid(spec: dict[str, Any]) -> dict[str, Any]:
    """Return a chart that is valid and whose layers refer to its datasets; fails otherwise."""
    # the schema says nothing of records, and would take long over them
    _validator().validate({**spec, "datasets": {name: [] for name in spec["datasets"]}})
    assert {data["name"] for data in _found(spec, "data")} == set(spec["datasets"])
    return spec


def _found(spec: Any, key: str) -> list[Any]:
    if isinstance(spec, list):
        return [found for one in spec for found in _found(one, key)]
    if not isinstance(spec, dict):
        return []
    own = [spec[key]] if key in spec else []
    return own + [f for name, one in spec.items() if name != "datasets" for f in _found(one, key)]
