"""Net → torch module: outputs, names and seeds."""

from __future__ import annotations

import copy
import pickle

import pytest
import torch
from torch import fx, nn

from archcalc.base.errors import ShapeError
from archcalc.language.ops.activation import Activation
from archcalc.language.ops.add import Add
from archcalc.language.ops.conv import Conv
from archcalc.language.ops.linear import Linear
from archcalc.language.ops.norm import Norm
from archcalc.language.ops.pool import AvgPool
from archcalc.language.spec.calls import INPUT
from archcalc.models.nets.build import Provenance, provenance, to_torch
from tests.each import each
from tests.models.nets.by_hand import layer, mixed, net_of

POINT = Conv(kernel=(1, 1))


def images(net_input: tuple[int, int, int], batch: int = 2) -> torch.Tensor:
    return torch.rand(batch, *net_input, generator=torch.Generator().manual_seed(1))


def test_every_layer_gives_the_shape_of_its_rule() -> None:
    net = mixed()
    module = to_torch(net)
    paths = {origin.id: path for path, origin in provenance(module).items()}
    assert list(paths) == [node.id for node in net.graph.nodes]
    seen: dict[str, tuple[int, ...]] = {}
    for name, path in paths.items():

        def keep(_: nn.Module, __: object, output: torch.Tensor, name: str = name) -> None:
            seen[name] = tuple(output.shape)

        module.get_submodule(path).register_forward_hook(keep)
    result = module(images(net.input_shape, 3))
    assert seen == {name: (3, *net.shapes[name]) for name in paths}
    assert result.shape == (3, 7)


def test_names_are_those_of_the_rows_and_do_not_depend_on_the_seed() -> None:
    module = to_torch(mixed())
    keys = list(module.state_dict())
    assert keys[0] == "stem.1.conv.weight"
    assert "sep.1.se.squeeze.bias" in keys
    assert keys == list(to_torch(mixed(), seed=5).state_dict())
    calls = [node.target for node in module.graph.nodes if node.op == "call_module"]
    assert calls[:-1] == list(provenance(module))
    assert 'getattr(self.sep, "1").se.scale(' in module.code
    assert type(module).__name__ == "by_hand"


def test_provenance_has_row_block_and_operator() -> None:
    module = to_torch(mixed())
    assert isinstance(module, fx.GraphModule)
    origin = provenance(module)["sep.1.depthwise.conv"]
    assert origin == Provenance(
        "sep.1.depthwise.conv", 0, "sep", "sep.1", "dwconv 3x3", "by_hand", (3, 17, 19)
    )
    (node,) = [n for n in module.graph.nodes if n.target == "sep.1.depthwise.conv"]
    assert node.meta["provenance"] == origin
    assert provenance(nn.Conv2d(1, 1, 1)) == {}


@each("way", [copy.deepcopy, lambda m: pickle.loads(pickle.dumps(m)), "traced"])
def test_a_copy_gives_the_same_output_and_keeps_its_provenance(way: object) -> None:
    net = mixed()
    module = to_torch(net).eval()
    if way == "traced":

        class Layers(fx.Tracer):
            def is_leaf_module(self, m: nn.Module, module_qualified_name: str) -> bool:
                return next(m.children(), None) is None

        other = fx.GraphModule(module, Layers().trace(module))
    else:
        other = way(module)
    assert torch.equal(other(images(net.input_shape)), module(images(net.input_shape)))
    assert provenance(other) == provenance(module)
    assert list(other.state_dict()) == list(module.state_dict())


def test_plain_tracing_keeps_the_output() -> None:
    net = mixed()
    module = to_torch(net).eval()
    traced = fx.symbolic_trace(module)
    assert torch.equal(traced(images(net.input_shape)), module(images(net.input_shape)))


def test_a_seed_decides_the_weights_and_the_global_state_does_not() -> None:
    net = mixed()
    torch.manual_seed(3)
    before = torch.get_rng_state()
    first = to_torch(net).state_dict()
    assert torch.equal(before, torch.get_rng_state())
    torch.manual_seed(4)
    same, other = to_torch(net).state_dict(), to_torch(net, seed=1).state_dict()
    assert all(torch.equal(value, same[key]) for key, value in first.items())
    assert not torch.equal(first["stem.1.conv.weight"], other["stem.1.conv.weight"])


def test_initial_weights() -> None:
    wide = net_of(
        layer("a.1.conv", Conv(kernel=(3, 3)), INPUT, 64),
        layer("b.1.conv", Conv(kernel=(5, 5), depthwise=True), "a.1.conv", 64),
        layer("b.1.norm", Norm(), "b.1.conv", 64),
        layer("c.1.linear", Linear(), "b.1.norm", 10),
    )
    weights = to_torch(wide).state_dict()
    assert weights["a.1.conv.weight"].std().item() == pytest.approx((2 / (64 * 9)) ** 0.5, rel=0.1)
    # one filter reaches one channel: 25 outputs
    assert weights["b.1.conv.weight"].std().item() == pytest.approx((2 / 25) ** 0.5, rel=0.1)
    assert weights["c.1.linear.weight"].std().item() == pytest.approx(0.01, rel=0.1)
    for name in ("a.1.conv.bias", "b.1.conv.bias", "b.1.norm.bias", "c.1.linear.bias"):
        assert not weights[name].any()
    assert (weights["b.1.norm.weight"] == 1).all()


def test_it_trains_forward_and_backward() -> None:
    net = mixed()
    module = to_torch(net)
    assert module.training
    loss = nn.functional.cross_entropy(module(images(net.input_shape)), torch.tensor([0, 1]))
    loss.backward()
    for name, parameter in module.named_parameters():
        assert parameter.grad is not None, name
        assert parameter.grad.isfinite().all(), name


def test_several_outputs_come_by_name() -> None:
    net = net_of(
        layer("body.1.conv", POINT, INPUT, 4),
        layer("map.1.conv", POINT, "body.1.conv", 6),
        layer("vector.1.linear", Linear(), "body.1.conv", 5),
        outputs=["map.1.conv", "vector.1.linear"],
    )
    module = to_torch(net)
    shapes = {name: tuple(value.shape) for name, value in module(images(net.input_shape)).items()}
    assert shapes == {"map": (2, 6, 17, 19), "vector": (2, 5)}
    restored = pickle.loads(pickle.dumps(module))
    assert list(restored(images(net.input_shape))) == ["map", "vector"]


def test_maps_of_one_pixel_are_vectors_only_where_every_size_gives_one() -> None:
    net = net_of(layer("a.1.conv", POINT, INPUT, 4), input_shape=(3, 1, 1))
    assert to_torch(net)(torch.rand(2, 3, 1, 1)).shape == (2, 4, 1, 1)
    net = net_of(
        layer("a.1.pool", AvgPool(whole=True), INPUT, 3),
        layer("a.1.conv", POINT, "a.1.pool", 4),
        layer("a.1.act", Activation(kind="relu"), "a.1.conv", 4),
    )
    assert to_torch(net)(images(net.input_shape)).shape == (2, 4)


def test_a_part_that_runs_several_times_gets_each_image_as_often() -> None:
    net = net_of(
        layer("body.1.conv", POINT, INPUT, 4),
        layer("rois.1.conv", POINT, "body.1.conv", 6, count=3),
        layer("rois.1.act", Activation(kind="relu"), "rois.1.conv", 6, count=3),
        layer("more.1.conv", POINT, "rois.1.act", 2, count=6),
    )
    module = to_torch(net).eval()
    x = images(net.input_shape)
    result = module(x)
    assert result.shape == (12, 2, 17, 19)
    assert torch.equal(result[:6], result[:1].expand(6, -1, -1, -1))
    assert torch.allclose(result[6:], module(x[1:])[:1], atol=1e-6)
    assert len(provenance(module)) == 4


def test_inputs_of_unlike_counts_are_repeated_alike() -> None:
    relu = Activation(kind="relu")
    net = net_of(
        layer("a.1.act", relu, INPUT, 3),
        layer("b.1.act", relu, "a.1.act", 3, count=2),
        layer("c.1.add", Add(), ["a.1.act", "b.1.act"], 3, count=6),
    )
    x = images(net.input_shape)
    assert torch.equal(to_torch(net)(x), 2 * x.repeat_interleave(6, 0))


def test_a_count_must_divide() -> None:
    net = net_of(
        layer("a.1.conv", POINT, INPUT, 4, count=2),
        layer("b.1.conv", POINT, "a.1.conv", 4, count=3),
    )
    with pytest.raises(ShapeError, match=r"b\.1\.conv runs 3 times an image, its input"):
        to_torch(net)


def test_it_is_built_where_torch_builds() -> None:
    with torch.device("meta"):
        module = to_torch(mixed())
    assert {value.device.type for value in module.state_dict().values()} == {"meta"}
    assert module(torch.empty(2, 3, 17, 19, device="meta")).shape == (2, 7)
    torch.set_default_dtype(torch.float64)
    try:
        assert to_torch(mixed())(torch.rand(2, 3, 17, 19)).dtype == torch.float64
    finally:
        torch.set_default_dtype(torch.float32)
