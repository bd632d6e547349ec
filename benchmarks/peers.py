"""The other counters, each as its users call it: build the model, hand it over, read MAdds."""

from __future__ import annotations

import importlib
import logging
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Analyse = Callable[[Any, Any], float]
"""(module, image) → MAdds."""


@dataclass(frozen=True)
class Peer:
    """A counter, and the devices that it works on.

    On meta tensors nothing is computed, but torch's meta kernels are slow to call: for a net as
    small as MobileNetV2 a peer is often quicker with real tensors. Both are timed, and the quicker
    one counts.
    """

    name: str
    package: str
    devices: tuple[str, ...]
    analyse: Analyse

    def missing(self) -> str | None:
        """Return why it cannot run here, or None."""
        try:
            importlib.import_module(self.package)
        except ImportError as error:
            return f"not installed ({error.name or error})"
        return None

    def count(self, width: float, side: int, device: str) -> float:
        """Build one variant of MobileNetV2 and count it."""
        import torch

        from benchmarks.mobilenet_v2 import MobileNetV2

        with torch.device(device):
            module, image = MobileNetV2(width).eval(), torch.zeros(1, 3, side, side)
        with torch.no_grad():
            return self.analyse(module, image)


def quiet() -> None:
    """Silence what the peers print on every call: warnings of operators that they do not count."""
    warnings.simplefilter("ignore")
    logging.disable(logging.WARNING)


def _fvcore(module: Any, image: Any) -> float:
    from fvcore.nn import FlopCountAnalysis

    return float(FlopCountAnalysis(module, image).total())


def _torchinfo(module: Any, image: Any) -> float:
    import torchinfo

    summary = torchinfo.summary(module, input_data=image, verbose=0, device=image.device)
    return float(summary.total_mult_adds)


def _ptflops(module: Any, image: Any) -> float:
    import ptflops

    macs, _ = ptflops.get_model_complexity_info(
        module,
        tuple(image.shape[1:]),
        as_strings=False,
        print_per_layer_stat=False,
        input_constructor=lambda _: image,
    )
    return float(macs)


def _thop(module: Any, image: Any) -> float:
    import thop

    macs, _ = thop.profile(module, inputs=(image,), verbose=False)
    return float(macs)


def _calflops(module: Any, image: Any) -> float:
    import calflops

    _, macs, _ = calflops.calculate_flops(
        module, args=[image], print_results=False, output_as_string=False
    )
    return float(macs)


def _torchprofile(module: Any, image: Any) -> float:
    import torchprofile

    macs: Any = torchprofile.profile_macs(module, image)
    return float(macs)


def _flop_counter(module: Any, image: Any) -> float:
    from torch.utils.flop_counter import FlopCounterMode

    with FlopCounterMode(display=False) as counter:
        module(image)
    return float(counter.get_total_flops()) / 2


PEERS = (
    Peer("fvcore", "fvcore.nn", ("cpu",), _fvcore),
    Peer("torchinfo", "torchinfo", ("cpu", "meta"), _torchinfo),
    Peer("ptflops", "ptflops", ("cpu", "meta"), _ptflops),
    Peer("thop", "thop", ("cpu", "meta"), _thop),
    Peer("calflops", "calflops", ("cpu", "meta"), _calflops),
    Peer("torchprofile", "torchprofile", ("cpu",), _torchprofile),
    Peer("FlopCounterMode", "torch.utils.flop_counter", ("cpu", "meta"), _flop_counter),
)
