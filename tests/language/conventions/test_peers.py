"""The conventions of other tools: equal to the counts of the tools themselves.

All work on real tensors: on the meta device torch runs a linear layer through its own Python, where
ptflops counts it a second time, and torchprofile cannot trace at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
import torch
from torch import nn

from archcalc import CONVENTIONS, ArchcalcError, Net, Spec, build, check, count, to_torch, zoo_names
from archcalc.base.errors import ShapeError
from archcalc.language.conventions.convention import kind_of
from archcalc.language.conventions.peers import PEERS
from archcalc.language.ops import OPERATORS, IntShape, Operator, Terms
from archcalc.language.ops.norm import L2Norm
from archcalc.language.ops.pool import Pool
from benchmarks.mobilenet_v2 import MobileNetV2
from tests.cost.counting.plain import own, plain
from tests.each import each
from tests.language.conventions.tools import TOOLS, Figures, printed
from tests.language.ops.cases import CASES, Case
from tests.zoo import PAIR, few

tools = each("tool", TOOLS)


@pytest.fixture(autouse=True)
def one_thread() -> Iterator[None]:
    """The maps are tiny: more threads only wait for one another."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


class Probe(nn.Module):
    """One operator on an image; its further inputs are constants."""

    def __init__(self, case: Case, output: IntShape) -> None:
        super().__init__()
        self.op = own(case.op.module(case.inputs, output))
        self.others = [torch.zeros(1, *shape) for shape in case.inputs[1:]]
        self.none = nn.Parameter(torch.zeros(0))  # calflops asks every model for a parameter

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.op(x, *self.others)


def ours(tool: str, case: Case, output: IntShape) -> Figures:
    convention, terms = CONVENTIONS[tool], case.op.terms(case.inputs, output)
    madds = convention.madds(case.op, case.inputs, output, terms)
    return madds, convention.params(terms) - unseen(tool, case.op, terms)


def unseen(tool: str, op: Operator, terms: Terms) -> int:
    """Return the parameters that thop leaves out: those of a module that is none of torch's."""
    return terms.norm_params if tool == "thop" and isinstance(op, L2Norm) else 0


def both(found: Figures, expected: Figures) -> tuple[Figures, Figures]:
    """Return the figures to compare: without parameters where the tool prints none."""
    return found, expected if found[1] is not None else (expected[0], None)


def test_every_peer_is_run() -> None:
    assert set(TOOLS) == set(PEERS) <= set(CONVENTIONS)
    assert CONVENTIONS["ptflops"].operators == CONVENTIONS["ptflops:pytorch"].operators


@pytest.mark.parametrize("every", [9, pytest.param(1, marks=pytest.mark.slow)])
@each("tool", TOOLS)
def test_operators_one_by_one(tool: str, every: int) -> None:
    """All cases are slow; each time one of nine of an operator, and so at least one."""
    for case in [case for name in OPERATORS for case in CASES[name][::every]]:
        if beyond_torch(case.op):
            continue
        output = case.op.shape(case.inputs, case.channels)
        module, image = Probe(case, output).eval(), torch.zeros(1, *case.inputs[0])
        module(image)
        found, expected = both(printed(tool, module, image), ours(tool, case, output))
        assert found == expected, case


def beyond_torch(op: Operator) -> bool:
    """Return whether a pool pads more than half its window: torch's own pools refuse that."""
    if not isinstance(op, Pool) or op.kernel is None or not isinstance(op.pad, int):
        return False
    return 2 * op.pad > min(op.kernel)


def test_no_row_is_for_an_operator_that_is_not() -> None:
    """An unused row would be checked against no tool."""
    kinds = {kind_of(case.op) for cases in CASES.values() for case in cases}
    for peer in PEERS.values():
        assert set(peer.table) <= kinds


def small(name: str) -> Net:
    """Build a net of the zoo at the first of a few sizes that its maps allow."""
    for side in (32, 64, 128, 192):
        try:
            return build(name, resolution=side)
        except ShapeError:
            continue
    return build(name)


@pytest.mark.parametrize("name", few(zoo_names(), of=PAIR))
def test_nets_of_the_zoo(name: str) -> None:
    net = small(name)
    with torch.device("meta"):  # random weights would take longer than the rest
        module = plain(to_torch(net).eval())
    module.to_empty(device="cpu")
    image = torch.zeros(1, *net.input_shape)
    with torch.no_grad():
        for values in module.state_dict().values():
            values.zero_()
        module(image)
    for tool in [tool for tool in TOOLS if tool != "ptflops"]:  # which is ptflops:pytorch
        table = count(net, tool)
        missed = sum(unseen(tool, layer.node.op, layer.terms) for layer in table.layers)
        totals = table.madds, table.params - missed
        found, expected = both(printed(tool, module, image), totals)
        assert found == expected, tool


@tools
def test_a_module_written_by_hand(tool: str) -> None:
    """MobileNetV2 as one writes it for torch, with torchvision's layers; nothing of ours in it."""
    written = MobileNetV2(0.5)
    module = nn.Sequential(
        written.features, nn.AdaptiveAvgPool2d(1), nn.Flatten(), written.classifier
    )
    table = count(build("mobilenet_v2", width=0.5, resolution=96), tool)
    found, expected = both(
        printed(tool, module, torch.zeros(1, 3, 96, 96)), (table.madds, table.params)
    )
    assert found == expected


HEADS = """
archcalc: 1
name: heads
input: 8x8x3
defaults:
  conv: {bn: true, act: relu}
rows:
- {id: a, op: conv 3x3, out: 4}
- {id: b, op: conv 1x1, out: 2, count: 5}
- {id: c, op: linear, out: 3}
"""


@tools
def test_what_runs_several_times_for_one_image(tool: str) -> None:
    net = build(Spec(HEADS))
    found, _ = printed(tool, plain(to_torch(net)), torch.zeros(1, 3, 8, 8))
    assert found == count(net, tool).madds


@tools
def test_a_claim_may_be_what_a_tool_printed(tool: str) -> None:
    found, _ = printed(tool, plain(to_torch(build(Spec(HEADS)))), torch.zeros(1, 3, 8, 8))
    claim = f"claims:\n- {{madds: '{found}', convention: '{tool}', from: its output}}\n"
    (result,) = check(Spec(HEADS + claim))
    assert (result.verdict, result.computed, result.convention) == ("reproduced", found, tool)


@tools
def test_an_operator_without_a_row_is_an_error(tool: str) -> None:
    class Novel(Operator):
        name = "novel"

        def terms(self, inputs: Sequence[IntShape], output: IntShape) -> Terms:
            return Terms(multiply=output[0])

        def module(self, inputs: Sequence[IntShape], output: IntShape) -> nn.Module:
            raise NotImplementedError

    shape = (2, 3, 4)
    op = Novel()
    with pytest.raises(ArchcalcError, match=f"convention {tool}: .* 'novel'"):
        CONVENTIONS[tool].madds(op, [shape], shape, op.terms([shape], shape))


@pytest.mark.parametrize("tool", ["ptflops", "thop"])
def test_some_tools_do_not_count_a_subclass(tool: str) -> None:
    """Why the nets above are made of torch's own classes; where this fails, `plain` may go."""
    net = build(Spec(HEADS))
    given = printed(tool, to_torch(net), torch.zeros(1, 3, 8, 8))[0]
    linear = sum(layer.terms.linear for layer in count(net).layers) * 5
    assert given == count(net, tool).madds - linear - (3 * 5 if tool == "ptflops" else 0)
