"""The other counters, each run as its users run it: module and image → (MACs, parameters)."""

from __future__ import annotations

import copy
import warnings
from collections.abc import Callable, Mapping

import torch
from torch import nn

Figures = tuple[int, int | None]
"""Multiply-adds and parameters as the tool prints them; None where it prints no parameters."""


def _ptflops(backend: str | None) -> Callable[[nn.Module, torch.Tensor], Figures]:
    def run(module: nn.Module, image: torch.Tensor) -> Figures:
        import ptflops

        return ptflops.get_model_complexity_info(
            module,
            tuple(image.shape[1:]),
            as_strings=False,
            print_per_layer_stat=False,
            input_constructor=lambda _: image,
            **({} if backend is None else {"backend": backend}),
        )

    return run


def _thop(module: nn.Module, image: torch.Tensor) -> Figures:
    import thop

    macs, params = thop.profile(module, inputs=(image,), verbose=False)
    return _whole(macs), _whole(params)


def _torchinfo(module: nn.Module, image: torch.Tensor) -> Figures:
    import torchinfo

    summary = torchinfo.summary(module, input_data=image, verbose=0, device=image.device)
    return summary.total_mult_adds, summary.total_params


def _torchprofile(module: nn.Module, image: torch.Tensor) -> Figures:
    import torchprofile

    return torchprofile.profile_macs(module, image), None


def _calflops(module: nn.Module, image: torch.Tensor) -> Figures:
    import calflops

    _, macs, params = calflops.calculate_flops(
        module, args=[image], print_results=False, output_as_string=False
    )
    return macs, params


TOOLS: Mapping[str, Callable[[nn.Module, torch.Tensor], Figures]] = {
    "ptflops": _ptflops(None),
    "ptflops:pytorch": _ptflops("pytorch"),
    "ptflops:aten": _ptflops("aten"),
    "thop": _thop,
    "torchinfo": _torchinfo,
    "torchprofile": _torchprofile,
    "calflops": _calflops,
}
"""By the name of the convention that reproduces it."""


def printed(tool: str, module: nn.Module, image: torch.Tensor) -> Figures:
    """Return what ``tool`` prints for ``module`` in eval mode on ``image``.

    Works on a copy, since some leave hooks and buffers behind; what they warn of is theirs:
    operators without a rule, deprecated calls of torch.
    """
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")
        return TOOLS[tool](copy.deepcopy(module).eval(), image)


def _whole(figure: float) -> int:
    assert figure == int(figure)
    return int(figure)
