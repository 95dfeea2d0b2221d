"""Refusals and failures of this room."""

from service.domain.segment import ProblemReport
from service.errors import ProblemType

KEY_CONFLICT = ProblemType(
    "segment.key_conflict",
    409,
    "This key was used for other content",
    "该键已用于其他内容",
    "Send new content under a new seq or message_id; a repeat must carry the same content.",
    "新内容请使用新的 seq 或 message_id；重发必须携带相同内容。",
)
ATTEMPTS_EXHAUSTED = ProblemType(
    "segment.attempts_exhausted",
    500,
    "The segment could not be analysed in three attempts",
    "三次尝试后仍无法分析该片段",
    "The original is kept. Report the segment id; later segments are not held up.",
    "原始内容已保存。请报告该片段编号；后续片段不受影响。",
)
CONTENT_LOST = ProblemType(
    "segment.content_lost",
    500,
    "The kept original could not be read back",
    "无法读回已保存的原始内容",
    "Look at the disk of the data folder; send the audio again under a new seq.",
    "请检查数据目录所在磁盘，并用新的 seq 重新发送音频。",
)


def report(problem: ProblemType, detail: str) -> ProblemReport:
    """A problem type with this segment's detail, as it is kept beside the segment."""
    return ProblemReport(
        code=problem.code,
        status=problem.status,
        title_en=problem.title_en,
        title_zh=problem.title_zh,
        advice_en=problem.advice_en,
        advice_zh=problem.advice_zh,
        detail=detail,
    )
