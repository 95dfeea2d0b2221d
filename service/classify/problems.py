"""Refusals of the classifier room."""

from service.errors import ProblemType

MODEL_UNFIT = ProblemType(
    code="classify.model_unfit",
    status=503,
    title_en="The text classifier's files do not fit this version of the service",
    title_zh="文本分类模型的文件与当前版本不匹配",
    advice_en="Train and export the model again with `make train`, or restore the folder from the release.",
    advice_zh="请用 make train 重新训练并导出模型，或从发布包恢复该目录。",
)
