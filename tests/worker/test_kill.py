"""A process killed at any moment loses nothing that it accepted and counts nothing twice."""

import subprocess
import sys
from pathlib import Path

from service.domain.segment import Outcome
from service.domain.vocabulary import SegmentStatus, SubjectKind
from service.ledger.standing import counters_of
from service.streams.findings.repository import current_findings
from service.streams.repository import summarise
from tests.worker.stream_world import ANCHOR, STREAM, TENANT, World, filled, open_world

SEGMENTS = 30

SENDER = f"""
import sys, threading
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from tests.worker.stream_world import filled, open_world
from tests.worker.test_kill import words
with open_world(Path(sys.argv[1])) as world:
    threading.Thread(target=world.worker.run, daemon=True).start()
    for seq in range({SEGMENTS}):
        world.say(seq, words(seq))
        print(seq, flush=True)
    threading.Event().wait()
"""


def words(seq: int) -> str:
    """A violation in every third segment, cut by the boundary in every sixth."""
    return filled(
        "低价" if seq % 6 == 1 else "全网最" if seq % 6 == 0 else "加我微信", at=0 if seq % 6 else 97
    )


def _send_and_kill(folder: Path, after: int) -> int:
    """Run a service that sends and works; kill it after its `after`-th receipt. Returns the receipts seen."""
    command = [sys.executable, "-c", SENDER, str(folder), str(Path(__file__).parents[2])]
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    assert process.stdout is not None
    seen = [process.stdout.readline() for _ in range(after)]
    process.kill()
    seen += process.stdout.read().splitlines()
    process.wait()
    return len([line for line in seen if line.strip()])


def _view(world: World) -> tuple[list[object], object]:
    read = world.storage.database.read
    located = read(lambda c: current_findings(c, TENANT, STREAM))
    findings = [(o.finding.stream_start_ms, o.finding.text, o.finding.verdict) for o in located]
    return findings, read(lambda c: counters_of(c, TENANT, SubjectKind.ANCHOR, ANCHOR.id))


def test_everything_accepted_is_done_once(tmp_path: Path) -> None:
    receipts = _send_and_kill(tmp_path / "killed", after=9)
    with open_world(tmp_path / "killed") as world:
        assert world.say(receipts - 1, words(receipts - 1)).outcome is Outcome.REPEAT
        for seq in range(SEGMENTS):  # the platform sends again what it has no answer to
            world.say(seq, words(seq))
        world.work()
        assert all(world.current(seq).status is SegmentStatus.DONE for seq in range(SEGMENTS))
        summary = world.storage.database.read(lambda c: summarise(c, TENANT, STREAM))
        assert summary.segments == {"accepted": 0, "done": SEGMENTS, "failed": 0}
        survived = _view(world)
    with open_world(tmp_path / "calm") as world:
        for seq in range(SEGMENTS):
            world.say(seq, words(seq))
        world.work()
        assert _view(world) == survived
