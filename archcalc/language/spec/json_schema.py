"""The JSON Schema of spec files, generated from the registries, for completion in editors.

It covers every operator, block and column. It accepts more than `load`: a schema cannot check
shapes, references and widths, and a row may call a block of its own file.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from archcalc.base.limits import REPEAT
from archcalc.language.blocks import CALLABLE
from archcalc.language.spec.columns import COLUMNS, OPERATOR_COLUMNS
from archcalc.language.spec.json_keywords import (
    TEXT,
    Schema,
    call_pattern,
    checked_call,
    keywords,
    name_pattern,
    or_parameter,
    universal,
)
from archcalc.language.spec.operators import ALIASES, keyword_names
from archcalc.language.spec.schema import SpecDocument

DIALECT = "https://json-schema.org/draft/2020-12/schema"
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
    "rows": "rows in order: cells under the columns with keywords after them, or keywords alone",
    "outputs": "ids of the rows whose values the net returns; default: the last row",
    "widths": "fixed widths of channel groups",
    "claims": "figures that papers print",
    "pitfalls": "what is easily misread, each with another reading that is counted too",
}


def json_schema() -> Schema:
    """Return the JSON Schema (draft 2020-12) of a spec file, as plain data."""
    schema = SpecDocument.model_json_schema()
    definitions: Schema = schema.pop("$defs")
    for name in ("Claim", "Paper", "Pitfall"):
        definitions[name] = _wider_texts(definitions[name])
    for properties in (schema["properties"], definitions["BlockSpec"]["properties"]):
        for name in properties.keys() & {"title", "note"}:
            properties[name] = _wider_texts(properties[name])
    for name, about in _ABOUT.items():
        schema["properties"][name]["description"] = about
    schema["properties"]["rows"]["items"] = {"$ref": "#/$defs/row"}
    definitions["BlockSpec"]["properties"]["rows"]["items"] = {"$ref": "#/$defs/row"}
    definitions["Reading"]["properties"]["rows"]["additionalProperties"] = {
        "if": {"type": "array"},
        "then": {"items": {"$ref": "#/$defs/row"}},
        "else": {"type": "object", "minProperties": 1},
    }
    definitions["Reading"]["minProperties"] = 1
    schema["properties"]["columns"] = {
        "description": _ABOUT["columns"],
        "type": ["array", "null"],
        "items": {"anyOf": [{"enum": list(COLUMNS)}, {"type": "string"}]},
    }
    schema["properties"]["defaults"] = _defaults()
    definitions |= _rows()
    for name, cls in CALLABLE.items():
        definitions[f"keywords of {name}"] = keywords(cls, definitions)
    described = {
        "$schema": DIALECT,
        "title": "archcalc spec",
        "description": "A convolutional network as the table that its paper prints.",
    }
    whole: Schema = _tidy(schema | described | {"$defs": dict(sorted(definitions.items()))})
    return whole


def _rows() -> Schema:
    """Return the definitions of rows: cells, keywords and repeated groups."""
    everywhere = universal()
    known = [
        {
            "if": {"required": ["op"], "properties": {"op": {"pattern": call_pattern(cls)}}},
            "then": checked_call(name),
        }
        for name, cls in CALLABLE.items()
    ]
    is_extends = {"required": ["extends"]}
    is_group = {"anyOf": [{"required": ["rows"]}, {"required": ["repeat"]}]}
    return {
        "row": {
            "if": {"type": "array"},
            "then": {"$ref": "#/$defs/cells"},
            "else": {
                "type": "object",
                "if": is_group,
                "then": {"$ref": "#/$defs/group"},
                "else": {
                    "if": is_extends,
                    "then": {"$ref": "#/$defs/extends"},
                    "else": {"$ref": "#/$defs/keywords"},
                },
            },
        },
        "extends": {
            "description": "rows taken over from another spec: a backbone",
            "type": "object",
            "additionalProperties": False,
            "required": ["extends"],
            "properties": {
                "extends": {
                    "description": "a name of the zoo, a path, or an inline spec",
                    "type": ["string", "object"],
                },
                "after": {**TEXT, "description": "id of the row after which they begin"},
                "through": {**TEXT, "description": "id of the last of them"},
                "from": {"description": "id of the row that they run on", "type": "string"},
                "note": TEXT,
            },
        },
        "cells": {
            "description": "cells in the order of the columns; a mapping of keywords may be last",
            "type": "array",
            "minItems": 1,
            "items": {
                "if": {"type": "object"},
                "then": {"properties": everywhere},
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
            "properties": everywhere | {name: {"type": "string"} for name in OPERATOR_COLUMNS},
            "anyOf": [{"required": [name]} for name in OPERATOR_COLUMNS],
            "allOf": known,
        },
        "group": {
            "description": "rows that run several times, one after another",
            "type": "object",
            "additionalProperties": False,
            "required": ["repeat", "rows"],
            "properties": {
                "repeat": or_parameter({"type": "integer", "minimum": 1, "maximum": REPEAT}),
                "rows": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/row"}},
                "note": TEXT,
            },
        },
    }


def _defaults() -> Schema:
    return {
        "description": _ABOUT["defaults"],
        "type": "object",
        "additionalProperties": {"type": "object"},
        "properties": {name: {"type": "object"} for name in (*CALLABLE, "pool")},
        "patternProperties": {
            name_pattern(cls): {
                "$ref": f"#/$defs/keywords of {name}",
                "propertyNames": {"enum": sorted({*keyword_names(cls), *ALIASES})},
            }
            for name, cls in CALLABLE.items()
        },
    }


def _wider_texts(schema: Any) -> Any:
    """Accept a number where a text is expected: it is read as its digits."""
    if isinstance(schema, list):
        return [_wider_texts(item) for item in schema]
    if not isinstance(schema, Mapping):
        return schema
    wider = {key: _wider_texts(value) for key, value in schema.items()}
    return wider | TEXT if wider.get("type") == "string" and "enum" not in wider else wider


def _tidy(schema: Any, *, named: bool = False) -> Any:
    """Drop pydantic's titles and defaults, which only repeat the names.

    ``named``: the keys are names from the file, one of which may be "title".
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
