"""A broken lexicon is refused with place, line, caret and advice; a good one is versioned and dated."""

from datetime import date
from pathlib import Path

import pytest

from service.errors import BozhengError
from service.lexicon.load import load_lexicon
from service.lexicon.problems import LexiconError
from tests.lexicon.folders import Folder

HEAD = "- {id: m.x.a, subtype: m.x, hit: [a], "

BROKEN = [  # entries, place (line:column in m.yaml), start of the message, start of the advice
    (HEAD + "term: [好]}", "4:41", "unknown key 'term'", "did you mean 'terms'?"),
    (HEAD + "terms: [好]", "5:1", "not valid YAML", "quote texts"),
    (HEAD + "terms: [好], terms: [坏]}", "4:53", "key 'terms' is given twice", ""),
    ("- {id: m.x.a, hit: [a], terms: [好]}", "4:5", "the entry lacks subtype", ""),
    (HEAD + "tier: strong}", "4:5", "an entry has exactly one of terms, pattern, near", "this one has none"),
    (
        HEAD + "terms: [好], pattern: 好}",
        "4:5",
        "an entry has exactly one of",
        "this one has terms and pattern",
    ),
    ("- {id: c.x.a, subtype: c.x, hit: [a], terms: [好]}", "4:26", "subtype 'c.x' does not belong", ""),
    ("- {id: m.y.a, subtype: m.x, hit: [a], terms: [好]}", "4:10", "id 'm.y.a' does not start", "write m.x."),
    (HEAD + "terms: [好], tier: sure}", "4:59", "'sure' is not a tier", "known: medium, strong, weak"),
    (HEAD + "terms: [好], tier: strnog}", "4:59", "'strnog' is not a tier", "did you mean 'strong'?"),
    (HEAD + 'terms: ["{wechta}"]}', "4:49", "unknown class {wechta}", "did you mean 'wechat'?"),
    (HEAD + 'pattern: "{wechta}"}', "4:50", "unknown class {wechta}", "did you mean 'wechat'?"),
    (HEAD + 'pattern: "(微信"}', "4:50", "not a regular expression", ""),
    (HEAD + 'pattern: "微.*信"}', "4:50", "a match could have any number of characters", "at most 80"),
    (HEAD + 'pattern: "微.{0,90}信"}', "4:50", "a match could have 92 characters", "at most 80"),
    (HEAD + 'pattern: "微?"}', "4:50", "the pattern matches the empty text", ""),
    (HEAD + 'pattern: "[^,]{2,4}"}', "4:50", "there is no word that every match contains", "put a literal"),
    (HEAD + 'pattern: "(?:微{1,3}信?){1,9}"}', "4:50", "a variable repeat inside a repeat", "flatten"),
    (HEAD + r'pattern: "(微)信\\1"}', "4:50", "back references", ""),
    (HEAD + 'pattern: "微(?=信)"}', "4:50", "back references and lookaround", ""),
    (HEAD + "near: {within: 3}}", "4:47", "near lacks all", "write all"),
    (HEAD + "near: {all: [加]}}", "4:53", "near needs at least two slots", ""),
    (HEAD + "near: {all: [加, 微], within: 99}}", "4:69", "99 is outside 0–40", ""),
    (HEAD + "terms: [好], phonetic: loud}", "4:63", "phonetic is false, true", ""),
    (HEAD + "terms: [好用], phonetic: true}", "4:64", "no term has 3 characters", "give phonetic_context"),
    (HEAD + 'pattern: "好用", phonetic: true}', "4:66", "only terms can be matched by sound", ""),
    (HEAD + "terms: [好], effective: soon}", "4:64", "expected a date like 2026-11-24", ""),
    (
        HEAD + "terms: [好], require: [a+b, 8+]}",
        "4:63",
        "a match could be longer than 80",
        "bound each repeat",
    ),
    (HEAD + "terms: 好}", "4:48", "expected a list", "write [one, two]"),
    (HEAD + 'terms: ["\u200b"]}', "4:49", "'\\u200b' is empty after folding", ""),
    (HEAD + "terms: [好]}\n" + HEAD + "terms: [坏]}", "5:5", "id 'm.x.a' is already used at m.yaml:4", ""),
]


@pytest.mark.parametrize(("entries", "place", "message", "advice"), BROKEN)
def test_says_what_is_wrong_and_where(
    folder: Folder, entries: str, place: str, message: str, advice: str
) -> None:
    path = folder.entries(entries)
    with pytest.raises(LexiconError) as refused:
        folder.load()
    problem = refused.value.problems[0]
    assert f"{problem.place.line}:{problem.place.column}" == place
    assert problem.message.startswith(message)
    assert problem.advice.startswith(advice)
    assert refused.value.detail.startswith(f"{path}:{place}: {message}")


def test_shows_the_line_with_a_caret_and_all_mistakes(folder: Folder) -> None:
    path = folder.entries(HEAD + "terms: [好], teir: weak}\n" + HEAD.replace("m.x.a", "m.x.b") + "terms: 微}")
    with pytest.raises(LexiconError) as refused:
        folder.load()
    assert refused.value.detail == "\n".join(
        [
            f"{path}:4:53: unknown key 'teir'",
            "    4 |   - {id: m.x.a, subtype: m.x, hit: [a], terms: [好], teir: weak}",
            "      |                                                 　   ^",
            "      = did you mean 'tier'?",
            "",
            f"{path}:5:48: expected a list",
            "    5 |   - {id: m.x.b, subtype: m.x, hit: [a], terms: 微}",
            "      |                                                ^",
            "      = write [one, two] or one '- item' a line",
        ]
    )


CLASS_MISTAKES = [
    ("classes: {a: ['{b}'], b: ['{a}']}", "class {a} contains itself"),
    ("classes: {a: []}", "class 'a' has no words"),
    ("classes: {a: ['{nope}']}", "unknown class {nope}"),
    ("classes: {a: [好]}\nfragments: {a: '好'}", "'a' is already a class"),
    ("tiers: {strong: 1.5}", "1.5 is outside 0–1"),
    ("words: {a: [好]}", "unknown key 'words'"),
]


@pytest.mark.parametrize(("content", "message"), CLASS_MISTAKES)
def test_mistakes_in_classes(folder: Folder, content: str, message: str) -> None:
    folder.write("classes.yaml", content)
    with pytest.raises(LexiconError, match=message.replace("{", r"\{")):
        folder.load()


def test_a_file_must_be_utf8_and_named_after_its_item(folder: Folder) -> None:
    (folder.path / "m.yaml").write_bytes(b"item: n\nentries: []\nversion: 1\n")
    (folder.path / "c.yaml").write_bytes(b"item: c\n" + "# 最".encode("gb18030"))
    with pytest.raises(LexiconError) as refused:
        folder.load()
    assert sorted(problem.message for problem in refused.value.problems) == [
        "item must be 'm', like the file's name",
        "not UTF-8",
    ]


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BozhengError, match="no lexicon files here") as refused:
        load_lexicon(tmp_path)
    assert refused.value.problem.code == "lexicon.invalid"


DATED = HEAD + "terms: [好用], effective: 2026-11-01, expires: 2026-12-01}"


@pytest.mark.parametrize(
    ("today", "active"),
    [
        (date(2026, 10, 31), False),
        (date(2026, 11, 1), True),
        (date(2026, 11, 30), True),
        (date(2026, 12, 1), False),
        (None, True),
    ],
)
def test_entries_are_in_force_on_their_days(folder: Folder, today: date | None, active: bool) -> None:
    folder.entries(DATED)
    assert bool(load_lexicon(folder.path, today=today).entries) is active


def test_the_version_names_content_and_what_is_in_force(folder: Folder) -> None:
    folder.entries(DATED)
    first = load_lexicon(folder.path, today=date(2026, 11, 2)).version
    assert load_lexicon(folder.path, today=date(2026, 11, 3)).version == first
    assert load_lexicon(folder.path, today=date(2026, 12, 3)).version != first
    folder.entries(DATED.replace("好用", "好喝"))
    assert load_lexicon(folder.path, today=date(2026, 11, 2)).version != first


def test_defaults_of_a_file_stand_under_every_entry(folder: Folder) -> None:
    folder.write(
        "m.yaml",
        """
        item: m
        version: 1
        defaults: {source: "handbook m", tier: weak}
        entries:
          - {id: m.x.a, subtype: m.x, terms: [好用], hit: [a]}
          - {id: m.x.b, subtype: m.x, terms: [好喝], tier: strong, hit: [a]}
        """,
    )
    assert [(e.source, e.tier.value) for e in folder.load().entries] == [
        ("handbook m", "weak"),
        ("handbook m", "strong"),
    ]
