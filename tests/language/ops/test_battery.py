"""Every rule of every operator against torch, a count by hand, arrays and formulas."""

from __future__ import annotations

import dataclasses
import itertools
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import formulas
import numpy as np
import torch
from torch import nn
from torch.utils.flop_counter import FlopCounterMode

from archcalc.base.number import Formula
from archcalc.language.ops import OPERATORS, IntShape
from archcalc.language.ops._terms import WORK_TERMS
from archcalc.language.ops._torch_crops import crop_grid
from archcalc.language.ops.conv import Conv
from archcalc.language.ops.linear import Linear
from archcalc.language.ops.norm import Norm
from tests.each import each
from tests.language.ops.cases import CASES, Case

ALL = [case for cases in CASES.values() for case in cases]
cases = each("case", ALL)


def test_every_operator_has_cases_and_every_case_its_operator() -> None:
    assert set(CASES) == set(OPERATORS)
    for name, listed in CASES.items():
        assert listed, name
        assert {type(case.op) for case in listed} == {OPERATORS[name]}


@cases
def test_shape_and_parameters_are_those_of_the_torch_module(case: Case) -> None:
    output = shape_of(case)
    module = module_of(case)
    made = module(*[torch.zeros(2, *shape) for shape in case.inputs])
    assert tuple(made.shape) == (2, *output)
    if case.op.kernel_size(case.inputs) and not getattr(case.op, "whole", False):
        assert case.op.kernel_size(case.inputs) == case.op.kernel
    terms = case.op.terms(case.inputs, output)
    held = sum(parameter.numel() for parameter in module.parameters())
    assert terms.weights + terms.biases + terms.norm_params == held
    biased = sum(p.numel() for name, p in module.named_parameters() if name.endswith("bias"))
    shifts = terms.norm_params // 2 if isinstance(case.op, Norm) else 0
    assert terms.biases + shifts == biased


@cases
def test_multiply_adds_are_those_of_a_loop(case: Case) -> None:
    terms = case.op.terms(case.inputs, shape_of(case))
    module = module_of(case).double().eval()
    if not isinstance(module, nn.Conv2d | nn.Linear):
        return  # the next test counts what other modules multiply, and that most do not
    images = [torch.rand(1, *shape, dtype=torch.double) for shape in case.inputs]
    loop = convolve if isinstance(module, nn.Conv2d) else apply_linear
    result, multiplications = loop(case, module, images[0][0].numpy())
    # The loop computes what torch computes, so it made the multiplications that there are.
    np.testing.assert_allclose(result, module(*images)[0].detach().numpy(), rtol=1e-9)
    assert terms.conv + terms.linear == multiplications
    assert terms.bias == (result.size if module.bias is not None else 0)


@cases
def test_multiply_adds_are_those_that_torch_counts(case: Case) -> None:
    with torch.device("meta"), torch.no_grad(), FlopCounterMode(display=False) as counter:
        module_of(case).eval()(*[torch.empty(1, *shape) for shape in case.inputs])
    terms = case.op.terms(case.inputs, shape_of(case))
    assert 2 * (terms.conv + terms.linear) == counter.get_total_flops()


def test_a_crop_of_a_whole_map_of_its_size_is_the_map() -> None:
    image = torch.rand(1, 2, 3, 5)
    grid = crop_grid(torch.tensor([[0.0, 0.0, 1.0, 1.0]]), (3, 5))
    torch.testing.assert_close(nn.functional.grid_sample(image, grid, align_corners=False), image)


WORK = {
    "activation": ("activation", 1), "avg_pool": ("pool", 1), "max_pool": ("pool", 1),
    "multiply": ("multiply", 1), "norm": ("norm", 1), "l2_norm": ("multiply", 1),
    "roi_pool": ("resample", 1), "softmax": ("softmax", 1),
}  # fmt: skip
"""What an operator without weights does once for each element that its torch module makes."""


@cases
def test_work_on_elements_is_that_of_what_the_module_makes(case: Case) -> None:
    terms = case.op.terms(case.inputs, shape_of(case))
    images = [torch.zeros(1, *shape) for shape in case.inputs]
    made, first = module_of(case).eval()(*images).numel(), images[0].numel()
    expected = {"bias": made} if getattr(case.op, "bias", False) else {}
    if case.op.name in WORK:
        expected = {WORK[case.op.name][0]: made}
    if case.op.name == "add":
        expected = {"add": (len(images) - 1) * made}  # one addition for each further map
    if getattr(case.op, "whole", False):  # a pool over the whole map reads each element once
        expected = {"global_pool" if case.op.name == "avg_pool" else "pool": first}
    found = {name: getattr(terms, name) for name in WORK_TERMS if name not in ("conv", "linear")}
    assert {name: value for name, value in found.items() if value} == expected


@cases
def test_arrays_give_what_ints_give(case: Case) -> None:
    variations = list(varied(case))
    inputs = [
        tuple(np.array([v.inputs[i][d] for v in variations], dtype=np.int64) for d in range(3))
        for i in range(len(case.inputs))
    ]
    channels = np.array([variation.channels for variation in variations], dtype=np.int64)
    output = case.op.shape(inputs, channels)
    together = [*output, *dataclasses.astuple(case.op.terms(inputs, output))]
    for index, variation in enumerate(variations):
        alone = results(variation)
        assert [int(np.broadcast_to(a, channels.shape)[index]) for a in together] == alone


@cases
def test_formulas_give_what_ints_give(case: Case) -> None:
    names = (f"{column}1" for column in "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    inputs = [tuple(Formula(next(names)) for _ in range(3)) for _ in case.inputs]
    channels = Formula(next(names))
    output = case.op.shape(inputs, channels)
    written = [*output, *dataclasses.astuple(case.op.terms(inputs, output))]
    compiled = [compile_formula(str(item)) for item in written]
    for variation in varied(case):
        cells = [*itertools.chain(*inputs), channels]
        numbers = [*itertools.chain(*variation.inputs), variation.channels]
        values = dict(zip(map(str, cells), numbers, strict=True))
        assert [call(values) for call in compiled] == results(variation)


def shape_of(case: Case) -> IntShape:
    case.op.check(case.inputs, case.channels)
    return case.op.shape(case.inputs, case.channels)


def module_of(case: Case) -> nn.Module:
    torch.manual_seed(0)
    return case.op.module(case.inputs, shape_of(case))


def results(case: Case) -> list[int]:
    """Return shape and terms as plain ints."""
    output = shape_of(case)
    values = [*output, *dataclasses.astuple(case.op.terms(case.inputs, output))]
    assert all(type(value) is int for value in values), "an int rule gives ints"
    return values


def varied(case: Case) -> Iterator[Case]:
    """Yield the case at several widths and sizes: one grid point each.

    Channels grow in proportion, so that groups still divide them; a map of one pixel stays one,
    and a side that is cut into blocks stays a multiple of theirs.
    """
    step = getattr(case.op, "block", 1)
    for times, more in ((1, 0), (2, 1), (1, 2), (3, 5), (8, 0)):
        inputs = tuple(
            (c * times, *(side + more * step if (h, w) != (1, 1) else side for side in (h, w)))
            for c, h, w in case.inputs
        )
        yield Case(case.op, inputs, case.channels * times)


@cache
def compile_formula(text: str) -> Any:
    """Return a function from cell values to the value of a formula."""
    if re.fullmatch(r"\d+", text):
        return lambda _: int(text)
    compiled = formulas.Parser().ast(f"={text}")[1].compile()
    cells = [str(name) for name in compiled.inputs]

    def call(values: dict[str, int]) -> int:
        value = float(np.asarray(compiled(*[values[cell] for cell in cells])).item())
        assert value.is_integer()
        return int(value)

    return call


def convolve(case: Case, module: nn.Conv2d, image: np.ndarray) -> tuple[np.ndarray, int]:
    """Convolve by the definition, one multiplication at a time, and count them.

    As everyone's convention has it, a multiplication with a padded zero is one.
    """
    op = case.op
    assert isinstance(op, Conv)
    weight = module.weight.detach().numpy()
    bias = np.zeros(len(weight)) if module.bias is None else module.bias.detach().numpy()
    filters, depth, tall, wide = weight.shape
    before = [
        padding_before(size, (k - 1) * op.dilation + 1, op.stride, op.pad)
        for size, k in zip(image.shape[1:], (tall, wide), strict=True)
    ]
    _, height, width = shape_of(case)
    result = np.zeros((filters, height, width)) + bias[:, None, None]
    count = 0
    for n, y, x, m, i, j in itertools.product(
        *map(range, (filters, height, width, depth, tall, wide))
    ):
        channel = n * (image.shape[0] // depth) // filters * depth + m
        row = y * op.stride + i * op.dilation - before[0]
        column = x * op.stride + j * op.dilation - before[1]
        inside = 0 <= row < image.shape[1] and 0 <= column < image.shape[2]
        result[n, y, x] += weight[n, m, i, j] * (image[channel, row, column] if inside else 0)
        count += 1
    return result, count


def apply_linear(case: Case, module: nn.Linear, image: np.ndarray) -> tuple[np.ndarray, int]:
    """Multiply by the definition, one multiplication at a time, and count them."""
    assert isinstance(case.op, Linear)
    weight = module.weight.detach().numpy()
    bias = np.zeros(len(weight)) if module.bias is None else module.bias.detach().numpy()
    result = bias.copy()
    count = 0
    for n, row in enumerate(weight):
        for factor, value in zip(row, image.ravel(), strict=True):
            result[n] += factor * value
            count += 1
    return result[:, None, None], count


def padding_before(size: int, extent: int, stride: int, pad: str | int) -> int:
    """Return the pixels before a side, from the words of the spec language."""
    if pad == "valid":
        return 0
    if isinstance(pad, int):
        return pad
    if pad == "same" and extent % 2:
        return extent // 2
    # TensorFlow's "SAME": as little as ⌈size / stride⌉ windows need, the odd pixel after.
    windows = (size + stride - 1) // stride
    return max((windows - 1) * stride + extent - size, 0) // 2
