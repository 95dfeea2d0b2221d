"""What the demonstration does and shows, step by step, through the public API alone."""

import json
from collections import Counter
from importlib.resources import files
from typing import Any

import httpx2
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from service.cli.render import clock, law
from service.domain.account import Role

STREAM = "demo-live-1"
ANCHORS = {"a": "anchor-lin", "b": "anchor-zhou"}
_STYLES = {"violation": "bold red", "suspected": "yellow", "needs_evidence": "cyan", "exempt": "green"}


class Story:
    """One run of the demonstration."""

    def __init__(self, client: httpx2.Client, console: Console, keys: dict[str, str]) -> None:
        self.client = client
        self.console = console
        self.keys = keys
        self.stage_ms: Counter[str] = Counter()
        data = files("service.cli") / "demo_data"
        self.talk: dict[str, Any] = json.loads((data / "talk.json").read_text(encoding="utf-8"))
        self.danmu = json.loads((data / "danmu.json").read_text(encoding="utf-8"))["messages"]
        self.data = data

    def tell(self) -> None:
        """Run every step; raises httpx2.HTTPStatusError with the service's answer if one goes wrong."""
        self.declare()
        self.feed()
        self.show_timeline()
        self.review()
        self.show_cost()
        self.say_next()

    def declare(self) -> None:
        """Two anchors and a stream with both of them."""
        for anchor, name in zip(ANCHORS.values(), ("林小满", "周一诺"), strict=True):
            self._call("PUT", f"/v1/anchors/{anchor}", json={"name": name})
        body = {
            "platform": "demo",
            "title": "荞麦面专场",
            "operator_id": "room-operator",
            "merchant_id": "noodle-shop",
            "speakers": [{"id": a, "role": "anchor"} for a in ANCHORS.values()],
            "products": [{"id": "noodles", "title": "荞麦面", "category": "普通食品"}],
        }
        self._call("PUT", f"/v1/streams/{STREAM}", json=body)
        self.console.print(f"[bold]Stream {STREAM}[/] declared with {' and '.join(ANCHORS.values())}\n")

    def feed(self) -> None:
        """Every segment when it is complete and every danmu when it was sent, in the order of stream time."""
        segments = self.talk["segments"]
        arrivals = [(s["offset_ms"] + s["duration_ms"], "segment", i, s) for i, s in enumerate(segments)]
        arrivals += [(m["at_ms"], "message", i, m) for i, m in enumerate(self.danmu)]
        for _, kind, number, item in sorted(arrivals, key=lambda a: a[:3]):
            answer = self._send_audio(number, item) if kind == "segment" else self._send_danmu(number, item)
            self._show_answer(answer)

    def _send_audio(self, seq: int, segment: dict[str, Any]) -> dict[str, Any]:
        meta = {"seq": seq, "offset_ms": segment["offset_ms"], "product_id": "noodles"}
        speakers = self._speakers(segment)
        if len(speakers) == 1:
            meta["speaker_id"] = ANCHORS[speakers.pop()]
        audio = (self.data / segment["file"]).read_bytes()
        return self._call(
            "POST",
            f"/v1/streams/{STREAM}/segments",
            files={"audio": (segment["file"], audio)},
            data={"meta": json.dumps(meta)},
        )

    def _speakers(self, segment: dict[str, Any]) -> set[str]:
        start, end = segment["offset_ms"], segment["offset_ms"] + segment["duration_ms"]
        return {s["anchor"] for s in self.talk["sentences"] if s["start_ms"] < end and s["end_ms"] > start}

    def _send_danmu(self, number: int, message: dict[str, Any]) -> dict[str, Any]:
        body = {
            "channel": "danmu",
            "message_id": f"dm-{number}",
            "text": message["text"],
            "author_id": message["author_id"],
            "offset_ms": message["at_ms"],
        }
        return self._call("POST", f"/v1/streams/{STREAM}/segments", json=body)

    def _show_answer(self, answer: dict[str, Any]) -> None:
        for stage, ms in answer["timings_ms"].items():
            self.stage_ms[stage] += ms
        changed = f", {len(answer['revisions'])} earlier changed" if answer["revisions"] else ""
        found = sum(f["verdict"] != "exempt" for f in answer["findings"])
        heard = answer["text"] or "(no speech)"
        self.console.print(
            f"[dim]{answer['channel']:>6} {answer['key']:<5}[/] {answer['verdict']:<6} {found} found{changed}"
            f"  [dim]{escape(heard)}[/]"
        )

    def show_timeline(self) -> None:
        """Everything that stands at the end, in stream order."""
        stream = self._call("GET", f"/v1/streams/{STREAM}")
        self.console.print(f"\n[bold]Findings of {STREAM}[/]")
        for located in stream["timeline"]:
            for line in _block(located["channel"], located["finding"]):
                self.console.print(line, soft_wrap=True)

    def review(self) -> None:
        """A moderator confirms the first case of the first anchor; the anchor's counters move."""
        anchor = ANCHORS["a"]
        before = self._call("GET", f"/v1/anchors/{anchor}")["counters"]
        page = self._call(
            "GET",
            "/v1/cases",
            Role.MODERATOR,
            params={"status": "pending", "kind": "violation", "subject_id": anchor},
        )
        if not page["cases"]:
            raise RuntimeError(f"nothing was found of {anchor}: the demonstration talk was not understood")
        case = page["cases"][0]
        body = {"decision": "confirm", "reason": "words_suffice", "note": "heard it myself"}
        self._call("POST", f"/v1/cases/{case['id']}/decision", Role.MODERATOR, json=body)
        after = self._call("GET", f"/v1/anchors/{anchor}")["counters"]
        self.console.print(f"\nA moderator confirms case {case['id']}: {case['subtype']} {case['texts']}")
        table = Table(title=f"Counters of {anchor}", title_justify="left", show_edge=False)
        table.add_column("")
        for name in before:
            table.add_column(name, justify="right")
        table.add_row("before", *(str(n) for n in before.values()))
        table.add_row("after", *(f"[bold]{n}[/]" if n != before[k] else str(n) for k, n in after.items()))
        self.console.print(table)

    def show_cost(self) -> None:
        """Milliseconds of the worker per stage, for the whole talk."""
        total = sum(self.stage_ms.values())
        seconds = sum(s["duration_ms"] for s in self.talk["segments"]) / 1000
        self.console.print(f"\nTime spent on {seconds:.0f} s of audio and {len(self.danmu)} messages:")
        for stage, ms in self.stage_ms.most_common():
            self.console.print(f"  {stage:<12} {ms:8.0f} ms  {ms / total:5.1%}")

    def say_next(self) -> None:
        """What to try now."""
        self.console.print(
            "\nNext:\n"
            "  .venv/bin/bozheng check '家人们这个价全网最低，加我微信'\n"
            "  .venv/bin/bozheng check service/cli/demo_data/talk-02.ts\n"
            "  .venv/bin/bozheng keys create --role platform --label me\n"
            "  make serve        # then see docs/api.md"
        )

    def _call(self, method: str, path: str, role: Role = Role.PLATFORM, **arguments: Any) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {self.keys[role]}", "Prefer": "wait=60"}
        response = self.client.request(method, path, headers=headers, **arguments)
        if response.is_error:
            self.console.print(f"[red]{method} {path}: {response.status_code}[/] {escape(response.text)}")
        response.raise_for_status()
        answer: dict[str, Any] = response.json()
        return answer


def _block(channel: str, finding: dict[str, Any]) -> list[str]:
    """One finding: when and whose, the words with the span marked, why and which law."""
    start, end = finding["stream_start_ms"], finding["stream_end_ms"]
    times = f"{clock(start)}–{clock(end)}" if start is not None and end is not None else "no time"
    words = finding["evidence_context"].replace(finding["text"], f"【{finding['text']}】", 1)
    reasons = [f"{r['source']} {r['id']}" for r in finding["reasons"]]
    reasons += [finding["exemption_code"]] if finding["exemption_code"] else []
    subject = finding["subject"]
    style = _STYLES[finding["verdict"]]
    return [
        f"{times} [{style}]{finding['verdict']}[/] [bold]{finding['subtype']}[/]"
        f" [dim]{channel}, {subject['kind']} {escape(subject['id'])}[/]",
        f"    words  {escape(words)}",
        f"    why    {escape('; '.join(dict.fromkeys(reasons)))}",
        f"    law    {law(finding['legal_basis'])}",
    ]
