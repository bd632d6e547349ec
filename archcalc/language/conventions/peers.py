"""What other counters print, operator by operator.

Other counters treat operators differently: ptflops counts a ReLU twice and a hard-swish not at all.
So each has a table: kind of operator → quantity → how often it counts. A quantity is a term of
`Terms`, or "input" (elements of the first input), "output" (elements of the output) or "pixels" (of
the output). An empty row: the tool counts nothing.

The tables hold for a model in eval mode whose layers are torch's own modules (`nn.Conv2d`,
`nn.Linear`, `nn.ReLU` …) and whose sums, products and concatenations are written ``a + b``,
``a * b`` and `torch.cat`, as torchvision writes them. thop and ptflops's pytorch backend look a
module up by its exact type: for a subclass, or a function called in its place, they print other
figures, and on the meta device ptflops's counts a linear layer twice. Where they print parameters,
these are all learnable scalars; torchprofile prints none, and thop leaves out those of modules
outside torch, such as SSD's L2 norm.

Read from the sources of ptflops 0.7.5, thop 0.1.1, torchinfo 1.8.0, torchprofile 0.1.0 and calflops
0.3.2; test_peers.py checks that the counts are equal to those of these packages, on torch 2.13.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

Table = Mapping[str, Mapping[str, int]]
"""Kind of operator → quantity → how often it counts."""


class Peer(NamedTuple):
    """A tool: its description and its table."""

    about: str
    table: Table


ACTIVATIONS = (
    "relu",
    "relu6",
    "sigmoid",
    "swish",
    "hard_sigmoid",
    "hard_swish",
    "tanh",
    "leaky_relu",
)
POOLS = ("avg_pool", "max_pool", "global avg_pool", "global max_pool")
_KINDS = (
    "conv",
    "linear",
    "norm",
    "l2_norm",
    *ACTIVATIONS,
    *POOLS,
    "add",
    "multiply",
    "softmax",
    "roi_pool",
)


def _table(rows: Table) -> Table:
    """Return a table with an empty row for every kind that ``rows`` leaves out."""
    assert rows.keys() <= set(_KINDS)
    return {kind: rows.get(kind, {}) for kind in _KINDS}


_WEIGHTS: Table = {"conv": {"conv": 1}, "linear": {"linear": 1}}
_WEIGHTS_AND_BIASES: Table = {
    "conv": {"conv": 1, "bias": 1},
    "linear": {"linear": 1, "bias": 1},
}

# The modules of MODULES_MAPPING are hooked, and the functions of FUNCTIONAL_MAPPING patched: what
# is in both counts twice, since the module calls the function. nn.ReLU6 calls F.hardtanh, and
# nn.SiLU is no hooked module: once each. A pool counts its input, not its output.
_PTFLOPS = _table(
    {
        **_WEIGHTS_AND_BIASES,
        "norm": {"norm": 2},
        "relu": {"activation": 2},
        "relu6": {"activation": 1},
        "swish": {"activation": 1},
        "leaky_relu": {"activation": 1},
        **{pool: {"input": 2} for pool in POOLS},
        "softmax": {"softmax": 1},
    }
)

PEERS: Mapping[str, Peer] = MappingProxyType(
    {
        "ptflops": Peer(
            "as ptflops prints by default, with its pytorch backend: paper, biases, 2 for each "
            "element that is normalised, passed through ReLU or read by a pool, 1 for ReLU6, leaky "
            "ReLU, swish and softmax",
            _PTFLOPS,
        ),
        "ptflops:pytorch": Peer(
            "as ptflops prints with its pytorch backend: the same as ptflops",
            _PTFLOPS,
        ),
        "ptflops:aten": Peer(
            "as ptflops prints with its aten backend: paper and biases",
            _table(_WEIGHTS_AND_BIASES),
        ),
        "thop": Peer(
            "as thop prints (MACs): paper, 4 for each element normalised, 1 for each that an "
            "average pool makes and each that a global one reads, 3C - 1 for each pixel of "
            "softmax; no biases",
            _table(
                {
                    **_WEIGHTS,
                    "norm": {"norm": 4},
                    "avg_pool": {"output": 1},
                    # h · w additions and 1 division for each output
                    "global avg_pool": {"input": 1, "output": 1},
                    # C exponentials, C - 1 additions and C divisions for each pixel
                    "softmax": {"output": 3, "pixels": -1},
                }
            ),
        ),
        "torchinfo": Peer(
            "as torchinfo prints (mult-adds): paper and biases; a norm once for each of its "
            "parameters, whatever the size of its map",
            _table(
                {
                    **_WEIGHTS_AND_BIASES,
                    "norm": {"norm_params": 1},
                    "l2_norm": {"norm_params": 1},
                }
            ),
        ),
        "torchprofile": Peer(
            "as torchprofile prints (MACs): paper, 1 for each element that is normalised, "
            "multiplied by a gate or made by an average pool, 4 for each interpolated; no biases",
            _table(
                {
                    **_WEIGHTS,
                    "norm": {"norm": 1},
                    "l2_norm": {"multiply": 1},
                    "multiply": {"multiply": 1},
                    "leaky_relu": {"activation": 1},
                    "roi_pool": {"resample": 4},
                    "avg_pool": {"output": 1},
                    "global avg_pool": {"output": 1},
                }
            ),
        ),
        "calflops": Peer(
            "as calflops prints under MACs: paper; its FLOPs are not twice that, but also count "
            "biases, norms, activations and pools",
            _table(_WEIGHTS),
        ),
    }
)
"""Every peer by the name of its convention."""
