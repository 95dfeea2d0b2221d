"""One writer, group commit, savepoints; what a future confirmed is on disk."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Connection, func, insert, select
from sqlalchemy.exc import IntegrityError, OperationalError

from service.errors import BozhengError
from service.storage.database import Database
from service.storage.tables import tenants


def add(name: str) -> Callable[[Connection], str]:
    def job(connection: Connection) -> str:
        connection.execute(insert(tenants).values(id=name, name=name, home_platform="[]", created_at=0))
        return name

    return job


def count(database: Database) -> int:
    return database.read(lambda c: c.execute(select(func.count()).select_from(tenants)).scalar_one())


def test_writes_from_many_threads_all_land(tmp_path: Path) -> None:
    with closing(Database(tmp_path / "db")) as database:
        futures: list[Future[str]] = []

        def write(worker: int) -> None:
            futures.extend(database.write(add(f"{worker}-{i}")) for i in range(25))

        threads = [threading.Thread(target=write, args=(w,)) for w in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len({f.result(10) for f in futures}) == 200 == count(database)


def test_a_refused_job_leaves_no_trace_in_its_batch(tmp_path: Path) -> None:
    with closing(Database(tmp_path / "db")) as database:
        gate = threading.Event()
        database.write(lambda c: gate.wait(5))  # so that the next three wait together

        def half_then_fail(connection: Connection) -> None:
            add("half")(connection)
            raise KeyError("a defect")

        good, bad, twice = database.write(add("a")), database.write(half_then_fail), database.write(add("a"))
        after = database.write(add("b"))
        gate.set()
        assert (good.result(5), after.result(5)) == ("a", "b")
        with pytest.raises(KeyError):
            bad.result(5)
        with pytest.raises(IntegrityError):
            twice.result(5)
        assert count(database) == 2


def test_readers_cannot_write(tmp_path: Path) -> None:
    with closing(Database(tmp_path / "db")) as database, pytest.raises(OperationalError):
        database.read(add("a"))


def test_a_refusing_disk_is_a_plain_refusal(tmp_path: Path) -> None:
    with closing(Database(tmp_path / "db")) as database:
        database.write(lambda c: c.exec_driver_sql("PRAGMA max_page_count = 1")).result()
        futures = [database.write(add(f"{i}" * 5_000)) for i in range(3)]
        for future in futures:
            with pytest.raises(BozhengError) as refused:
                future.result(5)
            assert refused.value.problem.code == "storage.unavailable"
        assert count(database) == 0
        database.write(lambda c: c.exec_driver_sql("PRAGMA max_page_count = 100000")).result()
        assert database.write(add("a")).result(5) == "a"


def test_every_commit_is_synchronous(tmp_path: Path) -> None:
    with closing(Database(tmp_path / "db")) as database:
        pragmas = ("journal_mode", "synchronous", "foreign_keys")
        found = database.write(lambda c: [c.exec_driver_sql(f"PRAGMA {p}").scalar_one() for p in pragmas])
        assert found.result() == ["wal", 2, 1]


def test_what_a_future_confirmed_survives_a_kill(tmp_path: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path; from sqlalchemy import insert\n"
        "from service.storage.database import Database; from service.storage.tables import tenants\n"
        "d = Database(Path(sys.argv[1]))\n"
        "for i in range(10**6):\n"
        "    row = insert(tenants).values(id=str(i), name='', home_platform='[]', created_at=0)\n"
        "    d.write(lambda c: c.execute(row)).result(); print(i, flush=True)\n"
    )
    process = subprocess.Popen([sys.executable, "-c", code, tmp_path / "db"], stdout=subprocess.PIPE)
    assert process.stdout is not None
    for _ in range(5):
        process.stdout.readline()
    os.kill(process.pid, signal.SIGKILL)
    confirmed = 5 + len(process.stdout.read().splitlines())
    process.wait()
    with closing(Database(tmp_path / "db")) as database:
        assert confirmed <= count(database) <= confirmed + 1


def test_another_schema_is_refused(tmp_path: Path) -> None:
    with closing(Database(tmp_path / "db")) as database:
        database.write(lambda c: c.exec_driver_sql("PRAGMA user_version = 99")).result()
    with pytest.raises(BozhengError) as refused:
        Database(tmp_path / "db")
    assert refused.value.problem.code == "storage.foreign_schema"


def test_closing_finishes_what_is_queued(tmp_path: Path) -> None:
    database = Database(tmp_path / "db")
    futures = [database.write(add(str(i))) for i in range(50)]
    database.close()
    assert all(f.done() for f in futures)
    with pytest.raises(RuntimeError):
        database.write(add("late"))
