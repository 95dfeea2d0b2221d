"""Trained network → `model.onnx`: inputs (rows, channel), the wide part inside, stored small.

Only the storage is reduced: tables are kept in eight bits and matrices in sixteen, and both are restored to
float32 when a session starts, so that arithmetic is float32 throughout. (int8 arithmetic is left for a later,
gated step: dynamic quantisation is known to go wrong silently, optimum#151, onnxruntime#14642.)
"""

from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import NodeProto, TensorProto, helper, numpy_helper
from torch import Tensor, nn

from service.classify.features import WIDTH
from training.network import Network, utterance_of
from training.wide import Table

OPSET = 17
SMALLEST_SHRUNK = 4096
"""Tensors with fewer numbers stay float32: they weigh nothing, and biases stay exact."""
INT8_MAX = 127


class Exported(nn.Module):
    """The network with its wide part: what `model.onnx` computes for one text."""

    def __init__(self, network: Network, table: Table) -> None:
        super().__init__()
        self.network = network
        self.table = nn.Embedding.from_pretrained(torch.from_numpy(table))

    def forward(self, rows: Tensor, channel: Tensor) -> tuple[Tensor, Tensor]:
        """rows (1, length, WIDTH) int32, zero where padded; channel (1) int64. Logits: characters (1, length,
        items + subtypes + 1), utterance (1, 2 · (items + 1)): of the network, then of its linear part."""
        rows = rows.long()
        mask = (rows[..., 0] > 0).to(torch.float32)
        wide = self.table(rows[..., 2:]).sum(2)
        spans, subtypes, lawful, whole = self.network(rows, wide, channel, mask)
        each = torch.cat([spans, subtypes, lawful[..., None]], dim=-1)
        return each, torch.cat([whole, utterance_of(wide, mask)], dim=-1)


def export(network: Network, table: Table, path: Path) -> None:
    """Write the ONNX file; `table` (n-grams + 1, items + 1) is the wide part."""
    module = Exported(network, table).eval()
    rows = torch.ones(1, 32, WIDTH, dtype=torch.int32)
    torch.onnx.export(
        module,
        (rows, torch.zeros(1, dtype=torch.int64)),
        str(path),
        input_names=["rows", "channel"],
        output_names=["characters", "whole"],
        dynamic_axes={"rows": {1: "length"}, "characters": {1: "length"}},
        opset_version=OPSET,
        dynamo=False,
    )
    shrink(path)


def shrink(path: Path) -> None:
    """Store embedding tables as int8 with a scale per column, other large tensors as float16, each with the
    nodes that restore float32; ONNX Runtime folds them once, when a session starts."""
    model = onnx.load(str(path))
    tables = {node.input[0] for node in model.graph.node if node.op_type == "Gather"}
    restored: list[NodeProto] = []
    for tensor in list(model.graph.initializer):
        if tensor.data_type != TensorProto.FLOAT or int(np.prod(tensor.dims)) < SMALLEST_SHRUNK:
            continue
        values, name = numpy_helper.to_array(tensor), tensor.name
        model.graph.initializer.remove(tensor)
        if name in tables and values.ndim == 2:
            scale = np.maximum(np.abs(values).max(axis=0), 1e-8).astype(np.float32) / INT8_MAX
            packed = np.rint(values / scale).astype(np.int8)
            model.graph.initializer.append(numpy_helper.from_array(scale, f"{name}.scale"))
            restored.append(_cast(f"{name}.packed", f"{name}.plain"))
            restored.append(helper.make_node("Mul", [f"{name}.plain", f"{name}.scale"], [name]))
        else:
            packed = values.astype(np.float16)
            restored.append(_cast(f"{name}.packed", name))
        model.graph.initializer.append(numpy_helper.from_array(packed, f"{name}.packed"))
    for at, node in enumerate(restored):
        model.graph.node.insert(at, node)
    onnx.checker.check_model(model)
    onnx.save(model, str(path))


def _cast(source: str, target: str) -> NodeProto:
    return helper.make_node("Cast", [source], [target], to=TensorProto.FLOAT)
