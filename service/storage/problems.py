"""Refusals of this room."""

from service.errors import ProblemType

LOCKED = ProblemType(
    "storage.locked",
    503,
    "Another process owns this data folder",
    "数据目录正被另一个进程使用",
    "Stop the other service or write through its HTTP API; give a second service its own data folder.",
    "请停止另一个服务，或通过它的 HTTP 接口写入；第二个服务请使用另一个数据目录。",
)
UNAVAILABLE = ProblemType(
    "storage.unavailable",
    503,
    "The record cannot be written now",
    "暂时无法写入记录",
    "Nothing was kept. Send the same request again; look at the disk of the data folder if it persists.",
    "本次内容未保存。请重发同一请求；若仍失败，请检查数据目录所在磁盘。",
)
FOREIGN_SCHEMA = ProblemType(
    "storage.foreign_schema",
    503,
    "The data folder was written by another version",
    "数据目录由其他版本写入",
    "Start the version that wrote it, or begin with an empty data folder.",
    "请使用写入它的版本启动，或使用空的数据目录。",
)
