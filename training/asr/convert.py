"""The openai-whisper file → a CTranslate2 folder that unmodified faster-whisper loads offline."""

from pathlib import Path
from tempfile import TemporaryDirectory

import torch
from ctranslate2.converters import TransformersConverter
from torch import Tensor
from transformers import (
    GenerationConfig,
    WhisperConfig,
    WhisperFeatureExtractor,
    WhisperForConditionalGeneration,
)

from training.asr.tokenizer_json import build
from training.asr.vocabulary import tokenizer

_RENAMED = (
    ("decoder.ln.", "decoder.layer_norm."),
    ("ln_post", "layer_norm"),
    ("token_embedding", "embed_tokens"),
    ("positional_embedding", "embed_positions.weight"),
    ("blocks", "layers"),
    ("mlp_ln", "final_layer_norm"),
    ("mlp.0", "fc1"),
    ("mlp.2", "fc2"),
    ("cross_attn_ln", "encoder_attn_layer_norm"),
    ("cross_attn", "encoder_attention"),
    ("attn_ln", "self_attn_layer_norm"),
    (".attn.", ".self_attn."),
    ("encoder_attention", "encoder_attn"),
    (".query.", ".q_proj."),
    (".key.", ".k_proj."),
    (".value.", ".v_proj."),
    ("attn.out.", "attn.out_proj."),
)
"""openai-whisper's names → transformers', in this order."""

_BLANK = 220
"""Token of a single space; decoders forbid it as the first word."""


def renamed(name: str) -> str:
    """The name of a weight in transformers' Whisper."""
    for old, new in _RENAMED:
        name = name.replace(old, new)
    return f"model.{name}"


def convert(source: Path, target: Path, quantization: str) -> None:
    """Write the weights, their config, the vocabulary and both tokenizer files into `target`."""
    with TemporaryDirectory() as folder:
        _save_transformers(source, Path(folder))
        build().save(f"{folder}/tokenizer.json", pretty=False)
        converter = TransformersConverter(folder, copy_files=["tokenizer.json", "preprocessor_config.json"])
        converter.convert(str(target), quantization=quantization, force=True)


def _save_transformers(source: Path, folder: Path) -> None:
    checkpoint = torch.load(source, weights_only=True)
    dims: dict[str, int] = checkpoint["dims"]
    model = WhisperForConditionalGeneration(_config(dims))
    weights: dict[str, Tensor] = {renamed(n): w.float() for n, w in checkpoint["model_state_dict"].items()}
    weights["proj_out.weight"] = weights["model.decoder.embed_tokens.weight"]
    model.load_state_dict(weights)
    model.generation_config = _generation(dims)
    model.save_pretrained(folder)
    WhisperFeatureExtractor(feature_size=dims["n_mels"]).save_pretrained(folder)


def _config(dims: dict[str, int]) -> WhisperConfig:
    eot = tokenizer().eot
    return WhisperConfig(
        vocab_size=dims["n_vocab"], num_mel_bins=dims["n_mels"], d_model=dims["n_audio_state"],
        encoder_layers=dims["n_audio_layer"], encoder_attention_heads=dims["n_audio_head"],
        decoder_layers=dims["n_text_layer"], decoder_attention_heads=dims["n_text_head"],
        encoder_ffn_dim=4 * dims["n_audio_state"], decoder_ffn_dim=4 * dims["n_text_state"],
        max_source_positions=dims["n_audio_ctx"], max_target_positions=dims["n_text_ctx"],
        decoder_start_token_id=tokenizer().sot, bos_token_id=eot, eos_token_id=eot, pad_token_id=eot,
    )  # fmt: skip


def _generation(dims: dict[str, int]) -> GenerationConfig:
    """Whisper's decoding rules; word times come from every head of the second half of the decoder: those that
    training guides and openai-whisper takes by default."""
    marks = tokenizer()
    layers = range(dims["n_text_layer"] // 2, dims["n_text_layer"])
    languages = zip(marks.all_language_codes, marks.all_language_tokens, strict=True)
    never = (marks.transcribe, marks.translate, marks.sot, marks.sot_prev, marks.sot_lm, marks.no_speech)
    return GenerationConfig(
        decoder_start_token_id=marks.sot,
        bos_token_id=marks.eot, eos_token_id=marks.eot, pad_token_id=marks.eot,
        max_length=dims["n_text_ctx"], is_multilingual=True,
        lang_to_id={f"<|{code}|>": token for code, token in languages},
        task_to_id={"transcribe": marks.transcribe, "translate": marks.translate},
        no_timestamps_token_id=marks.no_timestamps, prev_sot_token_id=marks.sot_prev,
        max_initial_timestamp_index=50, return_timestamps=False,
        suppress_tokens=[*marks.non_speech_tokens, *never], begin_suppress_tokens=[_BLANK, marks.eot],
        alignment_heads=[[layer, head] for layer in layers for head in range(dims["n_text_head"])],
    )  # fmt: skip
