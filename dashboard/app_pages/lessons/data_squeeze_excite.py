"""Squeeze-and-excite on a real feature map: every number between the map and the scaled one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from archcalc import build
from archcalc.base.tables import Record
from archcalc.studies.lessons import SqueezeExciteRun, digit, se_blocks, squeeze_excite
from dashboard.shell.fields import choice_field, key_field, whole_field
from dashboard.shell.nets import zoo_spec

MODELS = (
    "mobilenet_v3_small",
    "mobilenet_v3_large",
    "mnasnet_a1",
    "mnasnet_small",
    "efficientnet_b0",
    "se_resnet50",
    "se_inception",
)
"""Every net of the zoo that has squeeze-and-excite."""

MODEL = choice_field("se_net", MODELS)
BLOCK = key_field("se_block")
"""Which block, by its id; "" for the first."""
DIGIT = whole_field("se_digit", 0, 0, 9)
SEED = whole_field("se_seed", 0, 0, 99)

FIELDS = (MODEL, BLOCK, DIGIT, SEED)


@lru_cache(maxsize=len(MODELS))
def blocks_of(model: str) -> tuple[str, ...]:
    """Return the ids of a net's squeeze-and-excite blocks, in the order in which they run."""
    return tuple(block.name for block in se_blocks(build(zoo_spec(model))))


def chosen(model: str, block: str) -> str:
    """Return the block to show: the first where the net has no such one."""
    names = blocks_of(model)
    return block if block in names else names[0]


@lru_cache(maxsize=32)
def run_of(model: str, block: str, index: int, seed: int) -> SqueezeExciteRun:
    """Run the net on a digit up to the block; imports torch and scikit-learn."""
    return squeeze_excite(build(zoo_spec(model)), digit(index), block=block, seed=seed)


def bars(run: SqueezeExciteRun, step: str) -> list[Record]:
    """Return a record a bar of a step: "z" and "s" have one a channel, "hidden" one a unit."""
    values: Sequence[float] = getattr(run.values, step).tolist()
    return [{"channel": index, "value": value} for index, value in enumerate(values)]
