"""The demonstration does what it says: the whole path on real sound, over HTTP."""

import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest
from rich.console import Console

from service.cli.demo import demo_keys, running_service
from service.cli.demo_story import STREAM, Story
from service.domain.account import Role

NEAR_MS = 700
"""Slack between a finding and the sentence it was said in: the error of a sentence time (handbook §1.9)."""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Story, list[dict[str, Any]]]]:
    """The story after all segments and danmu were sent, and the stream's time line."""
    folder = tmp_path_factory.mktemp("demo")
    keys = demo_keys(folder)
    with running_service(folder) as (address, _), httpx2.Client(base_url=address, timeout=70) as client:
        story = Story(client, Console(quiet=True), keys)
        story.declare()
        story.feed()
        headers = {"Authorization": f"Bearer {keys[Role.PLATFORM]}"}
        stream = client.get(f"/v1/streams/{STREAM}", headers=headers).json()
        assert stream["segments"] == {"accepted": 0, "done": 14, "failed": 0}
        yield story, [{**one["finding"], "channel": one["channel"]} for one in stream["timeline"]]


def accusations(timeline: list[dict[str, Any]], said: dict[str, Any]) -> list[dict[str, Any]]:
    """Findings of speech, other than exempt ones, that lie in a sentence of the talk."""
    return [
        f
        for f in timeline
        if f["channel"] == "speech"
        and f["verdict"] != "exempt"
        and said["start_ms"] - NEAR_MS <= f["stream_start_ms"]
        and f["stream_end_ms"] <= said["end_ms"] + NEAR_MS
    ]


def labels(finding: dict[str, Any]) -> list[str]:
    """Primary and secondary labels."""
    return [finding["subtype"], *(label["subtype"] for label in finding["secondary"])]


def test_what_is_unlawful_is_found_where_it_was_said(told: tuple[Story, list[dict[str, Any]]]) -> None:
    story, timeline = told
    unlawful = [s for s in story.talk["sentences"] if not s["expect"].startswith("lawful")]
    missed = [
        s["text"]
        for s in unlawful
        if s["expect"] not in {label for f in accusations(timeline, s) for label in labels(f)}
    ]
    assert not missed


def test_what_is_lawful_passes(told: tuple[Story, list[dict[str, Any]]]) -> None:
    story, timeline = told
    spans = [
        (s["start_ms"], s["end_ms"]) for s in story.talk["sentences"] if s["expect"].startswith("lawful")
    ]
    inside = [
        f["text"]
        for f in timeline
        if f["channel"] == "speech"
        and f["verdict"] != "exempt"
        and any(a <= (f["stream_start_ms"] + f["stream_end_ms"]) / 2 <= b for a, b in spans)
    ]
    assert not inside


def test_a_phrase_cut_by_a_boundary_belongs_to_its_first_character(
    told: tuple[Story, list[dict[str, Any]]],
) -> None:
    _, timeline = told
    (finding,) = [f for f in timeline if f["subtype"] == "c.lowest_price" and f["verdict"] != "exempt"]
    assert finding["stream_start_ms"] < 10_000 < finding["stream_end_ms"]
    assert finding["subject"]["id"] == "anchor-lin"


def test_danmu_are_their_authors(told: tuple[Story, list[dict[str, Any]]]) -> None:
    story, timeline = told
    accused = {f["subject"]["id"] for f in timeline if f["channel"] == "danmu" and f["verdict"] != "exempt"}
    assert accused == {m["author_id"] for m in story.danmu if not m["expect"].startswith("lawful")}


def test_the_command_ends_well() -> None:
    command = [sys.executable, "-m", "service", "demo"]
    done = subprocess.run(command, capture_output=True, timeout=180, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "m.add_private" in done.stdout and "Counters of anchor-lin" in done.stdout
