"""Refusals of this room."""

from service.errors import ProblemType

CASE_NOT_FOUND = ProblemType(
    "case.not_found",
    404,
    "There is no such case",
    "没有这个审核案件",
    "Take case ids from GET /v1/cases.",
    "请使用 GET /v1/cases 返回的案件编号。",
)
ALREADY_DECIDED = ProblemType(
    "case.already_decided",
    409,
    "The case has been decided",
    "案件已有结论",
    "A decision stands until an appeal overturns it. Read the case to see who decided what.",
    "结论在申诉推翻前有效。请查看案件了解由谁作出何种结论。",
)
CASE_WITHDRAWN = ProblemType(
    "case.withdrawn",
    409,
    "Later words took this case back",
    "后续话语已使该案件撤回",
    "There is nothing left to decide; read its notes for the reason.",
    "该案件已无需裁定，原因见案件备注。",
)
REASON_MISMATCH = ProblemType(
    "case.reason_mismatch",
    422,
    "This reason does not go with this decision",
    "该理由与该结论不匹配",
    "Choose a reason code that belongs to the decision (see the API description).",
    "请选择与结论相符的理由代码（见接口说明）。",
)
CURSOR_INVALID = ProblemType(
    "cursor.invalid",
    422,
    "The cursor cannot be read",
    "无法识别的分页游标",
    "Use the `next_cursor` of the page before, unchanged, or start without one.",
    "请原样使用上一页的 `next_cursor`，或不带游标重新开始。",
)
