"""Refusals of this room."""

from service.errors import ProblemType

KEY_INVALID = ProblemType(
    "key.invalid",
    401,
    "The API key is not valid",
    "API 密钥无效",
    "Send Authorization: Bearer with a key made by `bozheng keys create`; a revoked key stays refused.",
    "请在 Authorization: Bearer 中使用 `bozheng keys create` 生成的密钥；已吊销的密钥不再有效。",
)
TENANT_NOT_FOUND = ProblemType(
    "tenant.not_found",
    404,
    "There is no such tenant",
    "没有这个租户",
    "Create the tenant first, or correct its id.",
    "请先创建租户，或更正租户编号。",
)
TENANT_INVALID = ProblemType(
    "tenant.invalid",
    422,
    "The tenant's id cannot be used",
    "租户编号不可用",
    "Use 1 to 64 of the characters a-z, 0-9, - and _.",
    "请使用 1 至 64 个字符：a-z、0-9、- 与 _。",
)
KEY_NOT_FOUND = ProblemType(
    "key.not_found",
    404,
    "There is no such key",
    "没有这个密钥",
    "Check the key id (the part between the first and the second underscore).",
    "请检查密钥编号（第一个与第二个下划线之间的部分）。",
)
