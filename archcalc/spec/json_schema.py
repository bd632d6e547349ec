"""The JSON Schema of spec files, made from the registries: what editors complete and check with.

It knows every operator, block and column that archcalc has now. It is wider than `load`: shapes,
references and widths cannot be told by a schema, and a row may call a block of its own file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from archcalc.blocks import CALLABLE, SPELLINGS
from archcalc.limits import COUNT, REPEAT, WIDTH
from archcalc.ops import Operator
from archcalc.ops.activation import KINDS, Activation
from archcalc.spec.columns import COLUMNS
from archcalc.spec.schema import ID_PATTERN, Document

DIALECT = "https://json-schema.org/draft/2020-12/schema"
Schema = dict[str, Any]

_ABOUT = {
    "archcalc": "version of the spec language: 1",
    "name": "short name, as in a file name",
    "title": "name for people",
    "note": "anything a reader should know",
    "paper": "where the table is printed",
    "input": "size of the input: height x width x channels, such as 224x224x3",
    "params": "parameters such as k: 1000, which cells name as $k",
    "rounding": "how scaled widths are rounded; without it there is no width multiplier",
    "defaults": "keywords of an operator or block, unless its row says otherwise",
    "blocks": "composites of wiring, by name: their parameters and rows",
    "columns": "header of the paper's table",
    "rows": "rows in order: cells under the columns with keywords behind, or keywords alone",
    "outputs": "ids of the rows whose values the net returns; default: the last row",
    "widths": "fixed widths of channel groups",
    "claims": "figures that papers print",
}
_ALIASES = {"s": "stride", "c": "out", "NL": "act", "SE": "se"}
"""Columns that are other names of keywords."""
_TEXT: Schema = {"type": ["string", "number"]}
_PARAMETER: Schema = {"type": "string", "pattern": r"\$[A-Za-z_]", "description": "a parameter"}
_OPERATOR = ("op", "operator", "type")


def json_schema() -> Schema:
    """Return the JSON Schema (draft 2020-12) of a spec file, as plain data."""
    schema = Document.model_json_schema()
    definitions: Schema = schema.pop("$defs")
    for name in ("Claim", "Paper"):
        definitions[name] = _wider_texts(definitions[name])
    for properties in (schema["properties"], definitions["BlockSpec"]["properties"]):
        for name in properties.keys() & {"title", "note"}:
            properties[name] = _wider_texts(properties[name])
    for name, about in _ABOUT.items():
        schema["properties"][name]["description"] = about
    schema["properties"]["rows"]["items"] = {"$ref": "#/$defs/row"}
    definitions["BlockSpec"]["properties"]["rows"]["items"] = {"$ref": "#/$defs/row"}
    schema["properties"]["columns"] = {
        "description": _ABOUT["columns"],
        "type": ["array", "null"],
        "items": {"anyOf": [{"enum": list(COLUMNS)}, {"type": "string"}]},
    }
    schema["properties"]["defaults"] = _defaults()
    definitions |= _rows()
    for name, cls in CALLABLE.items():
        definitions[f"keywords of {name}"] = _keywords(cls, definitions)
    described = {
        "$schema": DIALECT,
        "title": "archcalc spec",
        "description": "A convolutional network as the table that its paper prints.",
    }
    whole: Schema = _tidy(schema | described | {"$defs": dict(sorted(definitions.items()))})
    return whole


def _rows() -> Schema:
    """Return the definitions of rows: cells, keywords, repeated groups."""
    universal = _universal()
    known = [
        {
            "if": {"required": ["op"], "properties": {"op": {"pattern": _call_pattern(cls)}}},
            "then": _checked_call(name, universal),
        }
        for name, cls in CALLABLE.items()
    ]
    is_group = {"anyOf": [{"required": ["rows"]}, {"required": ["repeat"]}]}
    return {
        "row": {
            "if": {"type": "array"},
            "then": {"$ref": "#/$defs/cells"},
            "else": {
                "type": "object",
                "if": is_group,
                "then": {"$ref": "#/$defs/group"},
                "else": {"$ref": "#/$defs/keywords"},
            },
        },
        "cells": {
            "description": "cells in the order of the columns; a mapping of keywords may be last",
            "type": "array",
            "minItems": 1,
            "items": {
                "if": {"type": "object"},
                "then": {"properties": universal},
                "else": {
                    "anyOf": [
                        {"type": ["string", "number", "boolean", "null"]},
                        {"type": "array", "minItems": 1, "items": {"type": ["string", "number"]}},
                    ]
                },
            },
        },
        "keywords": {
            "description": "a row of keywords alone; op names an operator, a block, or a block "
            "of this file",
            "type": "object",
            "properties": universal | {name: {"type": "string"} for name in _OPERATOR},
            "anyOf": [{"required": [name]} for name in _OPERATOR],
            "allOf": known,
        },
        "group": {
            "description": "rows that run several times, one after another",
            "type": "object",
            "additionalProperties": False,
            "required": ["repeat", "rows"],
            "properties": {
                "repeat": _or_parameter({"type": "integer", "minimum": 1, "maximum": REPEAT}),
                "rows": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/row"}},
                "note": _TEXT,
            },
        },
    }


def _universal() -> Schema:
    """Return the keywords that every row may have."""
    size = {"type": "string", "description": "printed size, height x width x channels: asserted"}
    return {
        "id": {**_TEXT, "pattern": _anchored(ID_PATTERN), "description": "name of the row"},
        "from": {
            "description": "ids of the rows that it reads; default: the row above",
            "anyOf": [
                {"type": "string"},
                {"type": "array", "minItems": 1, "items": {"type": "string"}},
            ],
        },
        "n": _or_parameter({"type": "integer", "minimum": 1, "maximum": REPEAT}, "copies"),
        "count": _or_parameter(
            {"type": "integer", "minimum": 1, "maximum": COUNT},
            "how often everything from here on runs for one image",
        ),
        "scale": {
            "description": "false: no width multiplier; {min: 1.0}: never below its width",
            "anyOf": [
                {"type": "boolean"},
                {
                    "type": "object",
                    "required": ["min"],
                    "additionalProperties": False,
                    "properties": {
                        "min": {"type": "number", "exclusiveMinimum": 0, "maximum": WIDTH}
                    },
                },
                _PARAMETER,
            ],
        },
        "note": {"type": "string", "description": "anything a reader should know"},
        "erratum": {"type": "string", "description": "what the paper misprints in this row"},
        "use": {"type": "object", "description": "cells that stand in for printed ones"},
        "input": size,
        "output": size,
    }


def _checked_call(name: str, universal: Schema) -> Schema:
    """Allow a row that calls ``name`` its keywords, and no other."""
    cls = CALLABLE[name]
    own = set(_keyword_names(cls))
    if issubclass(cls, Operator) and _makes_channels(cls):
        own.add("out")
    # columns that say nothing of their own, and those whose "-" any operator may have
    always = {*_OPERATOR, "filter", "patch", "s", "stride", "act", "NL", "se", "SE"}
    names = {*universal, *own, *always, *(a for a, keyword in _ALIASES.items() if keyword in own)}
    return {"$ref": f"#/$defs/keywords of {name}", "propertyNames": {"enum": sorted(names)}}


def _makes_channels(cls: type[Operator]) -> bool:
    """Tell whether an operator may need ``out``, which is none of its fields."""
    try:
        return cls.model_construct().channel_rule == "new"
    except AttributeError:  # it depends on a field without a default
        return True


def _defaults() -> Schema:
    return {
        "description": _ABOUT["defaults"],
        "type": "object",
        "additionalProperties": {"type": "object"},
        "properties": {name: {"type": "object"} for name in (*CALLABLE, "pool")},
        "patternProperties": {
            _name_pattern(cls): {
                "$ref": f"#/$defs/keywords of {name}",
                "propertyNames": {"enum": sorted({*_keyword_names(cls), *_ALIASES})},
            }
            for name, cls in CALLABLE.items()
        },
    }


def _keywords(cls: Any, definitions: Schema) -> Schema:
    """Return the keywords of an operator or block, by their own names and the papers'."""
    own = cls.model_json_schema(by_alias=True)
    definitions |= {
        name: _each_property(part, _keyword) for name, part in own.pop("$defs", {}).items()
    }
    properties = {name: _keyword(name, part) for name, part in own["properties"].items()}
    for alias, name in _ALIASES.items():
        if name in properties:
            properties[alias] = properties[name]
    return {"description": own.get("description", ""), "type": "object", "properties": properties}


def _keyword_names(cls: Any) -> list[str]:
    return [field.alias or name for name, field in cls.model_fields.items()]


def _keyword(name: str, schema: Schema) -> Schema:
    """Return what a keyword may be in a file: its value, or a parameter's name; never null."""
    about = schema.get("description", "")
    branches = [one for one in schema.get("anyOf", [schema]) if one != {"type": "null"}]
    if name in ("act", "gate"):
        aliases = "|".join(_any_case(alias) for alias in (*Activation.presets, "re", "hs"))
        known = {"enum": [*KINDS, "RE", "HS", "none"]}
        branches = [known, {"type": "string", "pattern": f"^({aliases})$"}]
    elif name == "se":
        branches = [*branches, {"enum": ["none", "✓", True]}]
    return {"anyOf": [*branches, _PARAMETER], **({"description": about} if about else {})}


def _or_parameter(schema: Schema, about: str = "") -> Schema:
    return {"anyOf": [schema, _PARAMETER], **({"description": about} if about else {})}


def _call_pattern(cls: Any) -> str:
    """Match what ``op`` may hold: a spelling, then a kernel or NBN."""
    return f"^\\s*({_spellings(cls)})([\\s,]+([0-9]+[x×][0-9]+|NBN))*\\s*$"


def _name_pattern(cls: Any) -> str:
    return f"^\\s*({_spellings(cls)})\\s*$"


def _spellings(cls: Any) -> str:
    """Match any spelling of a class: case, spaces, underscores and hyphens do not matter."""
    return "|".join(
        r"[\s_-]*".join(map(_any_case, name))
        for name, spelling in SPELLINGS.items()
        if spelling.cls is cls
    )


def _any_case(text: str) -> str:
    return "".join(f"[{c}{c.upper()}]" if c.isalpha() else re.escape(c) for c in text)


def _anchored(pattern: str) -> str:
    return f"^{pattern.strip('^$')}$"


def _wider_texts(schema: Any) -> Any:
    """Let a number stand for a text: it is read as its own digits."""
    if isinstance(schema, list):
        return [_wider_texts(item) for item in schema]
    if not isinstance(schema, Mapping):
        return schema
    wider = {key: _wider_texts(value) for key, value in schema.items()}
    return wider | _TEXT if wider.get("type") == "string" and "enum" not in wider else wider


def _each_property(schema: Schema, change: Callable[[str, Schema], Schema]) -> Schema:
    properties = schema.get("properties", {})
    return {**schema, "properties": {name: change(name, part) for name, part in properties.items()}}


def _tidy(schema: Any, *, named: bool = False) -> Any:
    """Drop pydantic's titles and defaults, which say nothing that the names do not.

    ``named``: the keys are the file's own names, one of which may be "title".
    """
    if isinstance(schema, list):
        return [_tidy(item) for item in schema]
    if not isinstance(schema, Mapping):
        return schema
    names = ("properties", "patternProperties", "$defs")
    dropped = () if named or "$schema" in schema else ("title", "default")
    return {
        key: _tidy(value, named=not named and key in names)
        for key, value in schema.items()
        if key not in dropped
    }
