"""The export is exact: used rows say what training heard, unused rows can never be said."""

from pathlib import Path

import pytest
import torch
import whisper

from training.asr.config import Config, Network
from training.asr.convert import renamed
from training.asr.export import export_openai
from training.asr.model import Trainee
from training.asr.tables import Tables
from training.asr.vocabulary import FULL_SIZE, Vocabulary

NETWORK = Network(width=64, heads=2, encoder_layers=1, decoder_layers=2)


@pytest.fixture(scope="module")
def tables() -> Tables:
    return Tables(Vocabulary.of(["今天下单", "明天发货"]), ("a",), ("今",))


def test_unmodified_whisper_gives_the_trained_logits(tables: Tables, tmp_path: Path) -> None:
    torch.manual_seed(0)
    model = Trainee(NETWORK, len(tables.vocabulary.rows), 1, 1).eval()
    torch.save({"average": model.state_dict()}, tmp_path / "checkpoint.pt")
    target = tmp_path / "openai.pt"
    export_openai(Config(network=NETWORK), tmp_path / "checkpoint.pt", tables, target)
    assert target.stat().st_size < 2_000_000, "the unused rows take no room"

    loaded = whisper.load_model(str(target), device="cpu")
    features = torch.randn(1, 80, 3000)
    tokens = torch.arange(6)[None]
    rows = torch.tensor(tables.vocabulary.rows)
    with torch.no_grad():
        logits = loaded(features, rows[tokens])
        expected = model(features, tokens, 0.0).logits
    assert torch.allclose(logits[..., rows], expected, atol=0.02)  # weights are stored in half precision
    unused = torch.ones(FULL_SIZE, dtype=torch.bool)
    unused[rows] = False
    assert torch.allclose(logits[..., unused], torch.tensor(NETWORK.unused_logit), atol=1e-2)
    assert logits[..., rows].min() > NETWORK.unused_logit


def test_word_times_come_from_the_guided_layers(tables: Tables) -> None:
    model = Trainee(NETWORK, len(tables.vocabulary.rows), 1, 1)
    heads = model.whisper.alignment_heads.to_dense()
    assert heads[model.first_guided :].all()
    assert not heads[: model.first_guided].any()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("decoder.ln.weight", "model.decoder.layer_norm.weight"),
        ("encoder.ln_post.bias", "model.encoder.layer_norm.bias"),
        ("decoder.blocks.1.cross_attn.query.weight", "model.decoder.layers.1.encoder_attn.q_proj.weight"),
        ("decoder.blocks.0.cross_attn_ln.weight", "model.decoder.layers.0.encoder_attn_layer_norm.weight"),
        ("decoder.blocks.0.attn_ln.weight", "model.decoder.layers.0.self_attn_layer_norm.weight"),
        ("encoder.blocks.0.attn.out.weight", "model.encoder.layers.0.self_attn.out_proj.weight"),
        ("encoder.blocks.0.mlp.2.bias", "model.encoder.layers.0.fc2.bias"),
        ("encoder.blocks.0.mlp_ln.bias", "model.encoder.layers.0.final_layer_norm.bias"),
        ("decoder.positional_embedding", "model.decoder.embed_positions.weight"),
    ],
)
def test_names_of_weights_in_transformers(name: str, expected: str) -> None:
    assert renamed(name) == expected
