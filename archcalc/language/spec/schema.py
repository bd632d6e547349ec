"""The parts of a spec file other than its rows, as pydantic models."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictInt,
    StrictStr,
    WithJsonSchema,
    model_validator,
)

from archcalc.base.errors import InvalidNumber, shorten
from archcalc.base.limits import CHANNELS, SIDE, WIDTH
from archcalc.base.number import parse_width
from archcalc.base.units import Figure
from archcalc.language.spec.rounding import Rounding
from archcalc.language.spec.yaml_tree import source_text

ID_PATTERN = r"^[A-Za-z0-9_.-]{1,64}$"
_SIZE = re.compile(r"\s*([0-9]{1,8})\s*[x×]\s*([0-9]{1,8})\s*[x×]\s*([0-9]{1,8})\s*")
_SQUARE = re.compile(r"([0-9]{1,8})\s*(?:\^2|²)")

Size = tuple[int, int, int]
"""(channels, height, width), printed as height x width x channels."""


def parse_size(value: Any) -> Size:
    """Read "224x224x3" or "224²x3" (height, width, channels) as (channels, height, width).

    Raises ValueError for anything else, and for sizes beyond the limits.
    """
    text = _SQUARE.sub(r"\1x\1", value) if isinstance(value, str) else ""
    match = _SIZE.fullmatch(text)
    if match is None:
        raise ValueError("a size such as 224x224x3 (height x width x channels)")
    height, width, channels = map(int, match.groups())
    if not (1 <= height <= SIDE and 1 <= width <= SIDE and 1 <= channels <= CHANNELS):
        raise ValueError(f"sides from 1 to {SIDE} and channels from 1 to {CHANNELS}")
    return channels, height, width


def _text(value: Any) -> Any:
    is_text = isinstance(value, (int, float, str)) and value is not True
    return source_text(value) if is_text else value


def _figure(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        raise ValueError("a figure such as 569M, 4.2M, 70.6")
    text = source_text(value)
    Figure.parse(text)
    return text


def _width(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise ValueError("a width multiplier such as 0.75")
    try:
        parse_width(value)
    except InvalidNumber:
        expected = f"a width multiplier above 0 and at most {WIDTH}, of four decimals"
        raise ValueError(expected) from None
    return float(value)


def _once(names: list[str]) -> list[str]:
    twice = [name for index, name in enumerate(names) if name in names[:index]]
    if twice:
        raise ValueError(f"each name once; '{shorten(twice[0])}' is given twice")
    return names


Names = Annotated[list[StrictStr], AfterValidator(_once)]
"""Names of columns, parameters or inputs."""
Text = Annotated[str, BeforeValidator(_text), Field(max_length=10_000)]
"""A text; a number is read as its digits, as written."""
Printed = Annotated[str, BeforeValidator(_figure), WithJsonSchema({"type": ["string", "number"]})]


def _scalar(value: Any) -> Any:
    if isinstance(value, (str, int, float)):
        return value
    raise ValueError("a number, a text, true or false")


ParamValue = Annotated[
    Any,
    BeforeValidator(_scalar),
    WithJsonSchema({"type": ["string", "number", "boolean"]}),
]
Id = Annotated[str, BeforeValidator(_text), Field(pattern=ID_PATTERN)]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Paper(_Model):
    """The paper that prints the table."""

    title: Text
    arxiv: Text | None = None
    table: Text | None = None
    url: Text | None = None
    year: StrictInt | None = None


class Claim(_Model):
    """Figures that a paper prints for one variant, as text, which keeps their precision."""

    id: Id | None = None
    table: Text | None = Field(None, description="its table, where `from` does not say")
    label: Text | None = Field(None, description="the printed name of the row")
    width: Annotated[float, BeforeValidator(_width)] = 1.0
    resolution: Annotated[StrictInt, Field(ge=1, le=SIDE)] | None = None
    set: dict[str, Any] | None = Field(None, description="transforms of the net")
    param: dict[StrictStr, ParamValue] = Field(
        default_factory=dict, description="parameters that its table uses, where not the file's own"
    )
    row: Text | None = Field(None, description="id of a row, or an operator such as conv 1x1")
    madds: Printed | None = None
    params: Printed | None = None
    madds_share: Printed | None = None
    params_share: Printed | None = None
    top1: Printed | None = None
    top5: Printed | None = None
    map: Printed | None = None
    latency: dict[str, Printed] = Field(default_factory=dict)
    top1_delta: Printed | None = Field(None, description="points against its table's first row")
    latency_delta: Printed | None = Field(None, description="% against its table's first row")
    convention: Text = "paper"
    source: Text | None = Field(None, alias="from")
    erratum: dict[str, Text] = Field(default_factory=dict)
    note: Text | None = None

    @property
    def figures(self) -> dict[str, str]:
        """Printed text by quantity, in a fixed order; absent ones are left out."""
        named = {name: getattr(self, name) for name in QUANTITIES}
        figures = {name: text for name, text in named.items() if text is not None}
        figures |= {f"latency_{phone}": text for phone, text in self.latency.items()}
        deltas = {name: getattr(self, name) for name in DELTAS}
        return figures | {name: text for name, text in deltas.items() if text is not None}

    @model_validator(mode="after")
    def _figures_fit(self) -> Claim:
        if not self.figures:
            known = ", ".join((*QUANTITIES, "latency", *DELTAS))
            raise ValueError(f"a figure: one of {known}")
        for quantity, text in self.figures.items():
            if Figure.parse(text).value < 0 and quantity not in DELTAS:
                raise ValueError(f"{quantity} of at least 0, not '{text}'")
            units = _UNITS_OF.get(quantity, _UNITS_OF.get(quantity.split("_")[0], ()))
            if Figure.parse(text).unit not in units:
                shown = ", ".join(unit or "none" for unit in units)
                raise ValueError(f"{quantity} in one of its units ({shown}), not '{text}'")
            if quantity.endswith("_share") and self.row is None:
                raise ValueError(f"the row that {quantity} is of")
        for quantity in DELTAS:
            own = [self.top1] if quantity == "top1_delta" else list(self.latency.values())
            if quantity in self.figures and (len(own) != 1 or own[0] is None):
                name = quantity.removesuffix("_delta")
                raise ValueError(f"the one {name} that {quantity} is the difference of")
        for quantity in self.erratum:
            if quantity not in self.figures:
                raise ValueError(f"an erratum of a figure of this claim, not of '{quantity}'")
        return self


_COUNTS = ("", "K", "M", "B", "G", "T", "Ki", "Mi", "Gi")
_UNITS_OF: dict[str, tuple[str, ...]] = {
    "madds": _COUNTS,
    "params": _COUNTS,
    "madds_share": ("", "%"),
    "params_share": ("", "%"),
    "top1": ("", "%"),
    "top5": ("", "%"),
    "map": ("", "%"),
    "latency": ("", "ms"),
    "top1_delta": ("", "%"),
    "latency_delta": ("", "%"),
}
QUANTITIES = ("madds", "params", "madds_share", "params_share", "top1", "top5", "map")
DELTAS = ("top1_delta", "latency_delta")
"""Differences from the first row of the table, printed with their sign."""


class BlockSpec(_Model):
    """A composite of wiring only: its parameters, its inputs and its rows."""

    columns: Names = Field(default_factory=list, description="its parameters")
    inputs: Names = Field(default_factory=lambda: ["in"], min_length=1, max_length=64)
    rows: list[Any] = Field(min_length=1)
    note: Text | None = None


class Reading(_Model):
    """Another reading of a paper: the parts of the spec that differ under it."""

    convention: Text | None = None
    rows: dict[StrictStr, dict[str, Any] | list[Any]] = Field(
        default_factory=dict,
        description="by id: other cells and keywords, or the rows in its place",
    )
    defaults: dict[StrictStr, dict[StrictStr, Any]] = Field(default_factory=dict)
    params: dict[StrictStr, ParamValue] = Field(default_factory=dict)
    rounding: Rounding | None = None
    set: dict[str, Any] = Field(default_factory=dict, description="transforms of the net")

    @model_validator(mode="after")
    def _reads_something(self) -> Reading:
        if not any(getattr(self, name) for name in Reading.model_fields):
            raise ValueError(f"one of {', '.join(Reading.model_fields)}")
        return self


class Pitfall(_Model):
    """Something easily misread in the paper; the net is counted again under that reading."""

    what: Text = Field(description="what is misread, and what holds, in plain words")
    row: Text | None = Field(None, description="id of the row, where `instead` names none")
    width: Annotated[float, BeforeValidator(_width)] = 1.0
    resolution: Annotated[StrictInt, Field(ge=1, le=SIDE)] | None = None
    convention: Text = "paper"
    instead: Reading


def known_keywords(path: Sequence[int | str]) -> list[str]:
    """Return the keywords that are known at a path of a document."""
    models: dict[str, type[BaseModel]] = {
        "paper": Paper,
        "claims": Claim,
        "blocks": BlockSpec,
        "rounding": Rounding,
        "pitfalls": Reading if "instead" in path else Pitfall,
    }
    model = models.get(str(path[0]), SpecDocument) if path else SpecDocument
    return [field.alias or name for name, field in model.model_fields.items()]


class SpecDocument(_Model):
    """A spec file; its rows are read by `expand`."""

    archcalc: Literal[1] = Field(description="version of the spec language")
    name: Annotated[StrictStr, Field(pattern=ID_PATTERN)]
    title: Text | None = None
    note: Text | None = None
    paper: Paper | None = None
    input: Annotated[
        Size,
        BeforeValidator(parse_size),
        WithJsonSchema({"type": "string", "description": "height x width x channels"}),
    ]
    params: dict[StrictStr, ParamValue] = Field(default_factory=dict)
    rounding: Rounding | None = None
    defaults: dict[StrictStr, dict[StrictStr, Any]] = Field(default_factory=dict)
    blocks: dict[StrictStr, BlockSpec] = Field(default_factory=dict)
    columns: Names | None = None
    rows: list[Any] = Field(min_length=1)
    outputs: list[StrictStr] | None = Field(None, min_length=1)
    widths: dict[StrictStr, Annotated[StrictInt, Field(ge=1, le=CHANNELS)]] = Field(
        default_factory=dict, description="fixed widths of channel groups"
    )
    claims: list[Claim] = Field(default_factory=list)
    pitfalls: list[Pitfall] = Field(default_factory=list)
