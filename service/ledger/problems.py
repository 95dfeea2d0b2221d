"""Refusals of this room."""

from service.errors import ProblemType

ANCHOR_NOT_FOUND = ProblemType(
    "anchor.not_found",
    404,
    "There is no such anchor",
    "没有这位主播",
    "Register the anchor with PUT /v1/anchors/{id} first, or correct the id.",
    "请先用 PUT /v1/anchors/{id} 登记主播，或更正编号。",
)
CHAIN_BROKEN = ProblemType(
    "ledger.chain_broken",
    500,
    "The ledger's hash chain does not hold",
    "账本哈希链不完整",
    "An entry was changed or removed outside the service. Keep the data folder and compare it with a backup.",
    "有记录在服务之外被更改或删除。请保留数据目录并与备份比对。",
)
