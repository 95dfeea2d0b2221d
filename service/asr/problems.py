"""Refusals of the speech room."""

from service.errors import ProblemType

DEMO_MODEL_IN_PRODUCTION = ProblemType(
    code="asr.demo_model_in_production",
    status=503,
    title_en="The speech model is a demonstration model",
    title_zh="语音模型只是演示模型",
    advice_en="It understands only its synthetic voices. Set BOZHENG_ASR__MODEL to a converted Whisper "
    "model, or BOZHENG_ENV=demo.",
    advice_zh="它只听得懂合成语音。请把 BOZHENG_ASR__MODEL 指向转换好的 Whisper 模型，"
    "或改用 BOZHENG_ENV=demo。",
)
ENGINE_MISSING = ProblemType(
    code="asr.engine_missing",
    status=503,
    title_en="The speech engine is not installed",
    title_zh="语音引擎没有安装",
    advice_en="Run `make whisper` (openai-whisper without its CUDA baggage, and torch for the CPU), or set "
    "BOZHENG_ASR__ENGINE=faster-whisper.",
    advice_zh="请运行 `make whisper`（安装 openai-whisper 与 CPU 版 torch），"
    "或设 BOZHENG_ASR__ENGINE=faster-whisper。",
)
COMPUTE_TYPE_UNSUPPORTED = ProblemType(
    code="asr.compute_type_unsupported",
    status=503,
    title_en="This machine cannot run the speech model in that number format",
    title_zh="本机不支持这种语音模型数值格式",
    advice_en="Set BOZHENG_ASR__COMPUTE_TYPE to int8 or float32.",
    advice_zh="请把 BOZHENG_ASR__COMPUTE_TYPE 设为 int8 或 float32。",
)
MODEL_UNREADABLE = ProblemType(
    code="asr.model_unreadable",
    status=503,
    title_en="The speech model cannot be loaded",
    title_zh="语音模型无法加载",
    advice_en="Point BOZHENG_ASR__MODEL at a folder made for the engine: model.bin and tokenizer.json for "
    "faster-whisper, one .pt file for openai-whisper.",
    advice_zh="请把 BOZHENG_ASR__MODEL 指向该引擎的模型目录：faster-whisper 需要 model.bin 与 "
    "tokenizer.json，openai-whisper 需要一个 .pt 文件。",
)
OUTROS_BROKEN = ProblemType(
    code="asr.outros_broken",
    status=503,
    title_en="The list of invented closing lines cannot be read",
    title_zh="片尾语清单无法读取",
    advice_en="Mend lexicons/asr_outros.yaml: two lists, fingerprints and closings, of regular expressions.",
    advice_zh="请修正 lexicons/asr_outros.yaml：fingerprints 与 closings 两个正则表达式列表。",
)
