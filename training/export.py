"""Trained network → `model.onnx`: inputs (rows, channel), the wide part inside, tables in half precision.

The file keeps its tables and matrices as float16 and casts them once when the session is built, so it is half
as large and runs in float32. (int8 is left for a later, gated step: dynamic quantisation is known to go wrong
silently, optimum#151, onnxruntime#14642.)
"""

from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor, nn

from service.classify.features import WIDTH
from training.network import Network, utterance_of
from training.wide import Table

OPSET = 17
SMALLEST_HALVED = 4096
"""Tensors with fewer numbers stay float32: they weigh nothing, and biases are precise."""


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
    halve(path)


def halve(path: Path) -> None:
    """Store large float32 tensors as float16, each with a cast that is folded when a session starts."""
    model = onnx.load(str(path))
    casts = []
    for tensor in model.graph.initializer:
        if tensor.data_type != TensorProto.FLOAT or int(np.prod(tensor.dims)) < SMALLEST_HALVED:
            continue
        name = tensor.name
        values = numpy_helper.to_array(tensor).astype(np.float16)
        tensor.CopyFrom(numpy_helper.from_array(values, f"{name}.half"))
        casts.append(helper.make_node("Cast", [f"{name}.half"], [name], to=TensorProto.FLOAT))
    for at, cast in enumerate(casts):
        model.graph.node.insert(at, cast)
    onnx.checker.check_model(model)
    onnx.save(model, str(path))
