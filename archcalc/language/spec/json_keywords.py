"""JSON Schema of keywords: the universal ones, and those of each operator and block."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from archcalc.base.limits import COUNT, REPEAT, WIDTH
from archcalc.language.blocks import CALLABLE, SPELLINGS
from archcalc.language.ops import Operator
from archcalc.language.ops.activation import ACTIVATIONS, Activation
from archcalc.language.spec.columns import OPERATOR_COLUMNS
from archcalc.language.spec.operators import ALIASES, keyword_names
from archcalc.language.spec.schema import ID_PATTERN

Schema = dict[str, Any]

TEXT: Schema = {"type": ["string", "number"]}
_PARAMETER: Schema = {"type": "string", "pattern": r"\$[A-Za-z_]", "description": "a parameter"}


def universal() -> Schema:
    """Return the keywords that every row may have."""
    size = {"type": "string", "description": "printed size, height x width x channels: asserted"}
    return {
        "id": {**TEXT, "pattern": _anchored(ID_PATTERN), "description": "name of the row"},
        "from": {
            "description": "ids of the rows that it reads; default: the row above",
            "anyOf": [
                {"type": "string"},
                {"type": "array", "minItems": 1, "items": {"type": "string"}},
            ],
        },
        "n": or_parameter({"type": "integer", "minimum": 1, "maximum": REPEAT}, "copies"),
        "count": or_parameter(
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
        "use": {"type": "object", "description": "cells to read instead of the printed ones"},
        "input": size,
        "output": size,
    }


def checked_call(name: str) -> Schema:
    """Restrict a row that calls ``name`` to its keywords."""
    cls = CALLABLE[name]
    own = set(keyword_names(cls))
    if issubclass(cls, Operator) and _makes_channels(cls):
        own.add("out")
    # columns without a meaning of their own, and those whose "-" any operator may have
    always = {*OPERATOR_COLUMNS, "filter", "patch", "s", "stride", "act", "NL", "se", "SE"}
    names = {*universal(), *own, *always, *(a for a, keyword in ALIASES.items() if keyword in own)}
    return {"$ref": f"#/$defs/keywords of {name}", "propertyNames": {"enum": sorted(names)}}


def _makes_channels(cls: type[Operator]) -> bool:
    """Return whether an operator may need ``out``, which is not a field."""
    try:
        return cls.model_construct().channel_rule == "new"
    except AttributeError:  # it depends on a field without a default
        return True


def keywords(cls: Any, definitions: Schema) -> Schema:
    """Return the keywords of an operator or block, by their own names and the papers'."""
    own = cls.model_json_schema(by_alias=True)
    definitions |= {
        name: _each_property(part, _keyword) for name, part in own.pop("$defs", {}).items()
    }
    properties = {name: _keyword(name, part) for name, part in own["properties"].items()}
    for alias, name in ALIASES.items():
        if name in properties:
            properties[alias] = properties[name]
    return {"description": own.get("description", ""), "type": "object", "properties": properties}


def _keyword(name: str, schema: Schema) -> Schema:
    """Return the schema of a keyword: its value or a parameter's name, never null."""
    about = schema.get("description", "")
    branches = [one for one in schema.get("anyOf", [schema]) if one != {"type": "null"}]
    if name in ("act", "gate"):
        aliases = "|".join(_any_case(alias) for alias in (*Activation.presets, "re", "hs"))
        known = {"enum": [*ACTIVATIONS, "RE", "HS", "none"]}
        branches = [known, {"type": "string", "pattern": f"^({aliases})$"}]
    elif name == "se":
        branches = [*branches, {"enum": ["none", "✓", True]}]
    return {"anyOf": [*branches, _PARAMETER], **({"description": about} if about else {})}


def or_parameter(schema: Schema, about: str = "") -> Schema:
    return {"anyOf": [schema, _PARAMETER], **({"description": about} if about else {})}


def call_pattern(cls: Any) -> str:
    """Return the pattern of ``op``: a spelling, then a kernel, NBN or SE."""
    return f"^\\s*({_spellings(cls)})([\\s,()]+(k?[0-9]+[x×][0-9]+|NBN|SE))*[\\s,()]*$"


def name_pattern(cls: Any) -> str:
    return f"^\\s*({_spellings(cls)})\\s*$"


def _spellings(cls: Any) -> str:
    """Return a pattern of every spelling, ignoring case, spaces, underscores and hyphens."""
    return "|".join(
        r"[\s_-]*".join(map(_any_case, name))
        for name, spelling in SPELLINGS.items()
        if spelling.cls is cls
    )


def _any_case(text: str) -> str:
    # editors' regular expressions refuse an escape that is not needed
    return "".join(f"[{c}{c.upper()}]" if c.isalpha() else "[_-]" if c in "_-" else c for c in text)


def _anchored(pattern: str) -> str:
    return f"^{pattern.strip('^$')}$"


def _each_property(schema: Schema, change: Callable[[str, Schema], Schema]) -> Schema:
    properties = schema.get("properties", {})
    return {**schema, "properties": {name: change(name, part) for name, part in properties.items()}}
