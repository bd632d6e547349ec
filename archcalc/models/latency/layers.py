"""Times every layer inside a pass of the whole net, by consecutive time stamps.

The forward of each layer (`nets.fold_norm.is_leaf`) is wrapped so that both clocks are read when
it ends. A layer's time is its stamp minus the previous one: the end of one is the start of the
next, so the layers add up to the pass. Hence

- functional work between two layers (an addition in a forward, a reshape) is in the time of the
  layer after it;
- functional work after the last layer is an entry of its own, "rest"; without such work there is
  no such entry, and the few microseconds in which the net returns belong to no layer.

Stamped passes alternate with clean ones, from which follow the overhead of the stamps and whether
the layers add up to a clean pass.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from archcalc.base.errors import ArchcalcError
from archcalc.base.names import sides_text
from archcalc.models.latency.timer import Samples, Stamp
from archcalc.models.nets.fold_norm import is_leaf, layers_and_above

if TYPE_CHECKING:
    from torch import nn

REST = "rest"
ROOT = "module"
"""Name of the layer where the module itself is one."""


@dataclass(frozen=True)
class LayerTiming:
    """One call of one layer: its module path, the index of the call, and its times."""

    path: str
    call: int
    op: str
    samples: Samples


class LayerStamps:
    """Runs stamped passes of a module, which must be private: its layers' forwards are wrapped.

    They are wrapped only during a stamped pass, so that the clean passes use the same weights in
    the same state of the caches.
    """

    def __init__(self, module: nn.Module, read: Callable[[], Stamp]) -> None:
        self.stamped = Samples()
        """Whole passes with stamps."""
        self._read = read
        self._leaves = [
            (path or ROOT, part) for path, part in layers_and_above(module) if is_leaf(part)
        ]
        self._marks: list[tuple[int, Stamp]] = []
        self._forwards = [self._wrap(index) for index in range(len(self._leaves))]
        self._passes: list[tuple[Stamp, list[tuple[int, Stamp]], Stamp]] = []

    def take(self, call: Callable[[], object]) -> None:
        """Run one stamped pass; evaluated later, so as not to disturb the next pass."""
        start, end = self._run(call)
        self.stamped.add(start, end)
        self._passes.append((start, list(self._marks), end))

    def layers(self, *, rest: bool) -> list[LayerTiming]:
        """Return the layers in the order of their calls, with "rest" last if ``rest``.

        Raises ArchcalcError if the passes did not all call the same layers.
        """
        order = [index for index, _ in self._passes[0][1]]
        calls = [Samples() for _ in order]
        tail = Samples()
        for start, marks, end in self._passes:
            if [index for index, _ in marks] != order:
                raise ArchcalcError(
                    "the module calls other layers from pass to pass, so they cannot be matched "
                    "with one another; measure it without layers"
                )
            previous = start
            for samples, (_, stamp) in zip(calls, marks, strict=True):
                samples.add(previous, stamp)
                previous = stamp
            tail.add(previous, end)
        seen: dict[int, int] = {}
        timings = []
        for index, samples in zip(order, calls, strict=True):
            seen[index] = seen.get(index, 0) + 1
            path, module = self._leaves[index]
            timings.append(LayerTiming(path, seen[index], describe_op(module), samples))
        if rest:
            timings.append(LayerTiming(REST, 1, "functional", tail))
        return timings

    def works_after_last_layer(self, call: Callable[[], object]) -> bool:
        """Run one untimed pass; return whether torch does anything after the last layer."""
        from torch.utils._python_dispatch import TorchDispatchMode

        stamps = self
        layers_before_last_op = 0

        class Watch(TorchDispatchMode):  # type: ignore[no-untyped-call]
            def __torch_dispatch__(
                self, func: Any, types: Any, args: Any = (), kwargs: Any = None
            ) -> Any:
                nonlocal layers_before_last_op
                layers_before_last_op = len(stamps._marks)
                return func(*args, **(kwargs or {}))

        with Watch():  # type: ignore[no-untyped-call]
            self._run(call)
        return layers_before_last_op == len(self._marks)

    def _run(self, call: Callable[[], object]) -> tuple[Stamp, Stamp]:
        """Run ``call`` with every layer's forward wrapped; the stamps are in ``_marks``."""
        self._marks.clear()
        originals = [vars(module).get("forward") for _, module in self._leaves]
        try:
            for (_, module), forward in zip(self._leaves, self._forwards, strict=True):
                vars(module)["forward"] = forward
            start = self._read()
            result = call()
            end = self._read()
        finally:
            for (_, module), original in zip(self._leaves, originals, strict=True):
                if original is None:
                    vars(module).pop("forward", None)
                else:
                    vars(module)["forward"] = original
        del result  # freed outside the timed span
        return start, end

    def _wrap(self, index: int) -> Callable[..., object]:
        """Return the forward of a layer with a stamp at its end."""
        # Bound once: work between two layers is in the time of the second.
        forward, read, mark = self._leaves[index][1].forward, self._read, self._marks.append

        def stamped(*args: Any, **kwargs: Any) -> object:
            result = forward(*args, **kwargs)
            mark((index, read()))
            return result

        return stamped


def describe_op(module: nn.Module) -> str:
    """Name a layer's type as archcalc does: "conv 3x3", "dwconv 3x3", else the class's name."""
    from torch import nn

    if not isinstance(module, nn.Conv1d | nn.Conv2d | nn.Conv3d):
        return type(module).__name__
    depthwise = 1 < module.groups == module.in_channels
    return f"{'dwconv' if depthwise else 'conv'} {sides_text(*module.kernel_size)}"
