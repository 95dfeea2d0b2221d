"""Tens of thousands of distinct things to say, from seven sources mixed by `TextMix`.

natural: runs of clauses of the training utterances · crossed: clauses of different utterances joined ·
chain: a walk over word pairs seen in the utterances · salad: frequent dictionary words of jieba ·
characters: single ones by frequency · numbers: prices, quantities, telephones · script: the demonstration
talk and clips, whole, mixed with other clauses, or with a word exchanged.
The utterances of the development and test splits are never read.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import jieba
import yaml

from training.asr.config import TextMix
from training.asr.verbalise import DIGITS, SPOKEN_DIGITS, cardinal, clauses, digit_by_digit
from training.data import load

SCRIPT = Path(__file__).with_name("script.yaml")
COMMA = "，"
CHAIN_END = ""
SHORT = 4
"""Shortest text, characters."""

PRICE_ENDS = (
    "块",
    "块钱",
    "元",
    "块九",
    "块八",
    "折",
    "件",
    "单",
    "盒",
    "斤",
    "包",
    "瓶",
    "个",
    "天",
    "年",
    "分钟",
    "毫升",
)
PHONE_LEADS = ("打我电话", "电话是", "手机号", "拨打", "微信同号", "联系", "客服电话", "号码是")


def script_texts() -> list[str]:
    """Every sentence of the demonstration talk and of the test clips."""
    script = yaml.safe_load(SCRIPT.read_text("utf-8"))
    talk = [line["text"] for line in script["talk"] if "text" in line]
    return [*talk, *(clip["text"] for clip in script["clips"].values())]


def frequent_words(count: int) -> tuple[list[str], list[int]]:
    """The `count` most frequent Chinese words of jieba's dictionary with their frequencies."""
    with Path(jieba.__file__).with_name("dict.txt").open(encoding="utf-8") as lines:
        rows = [(word, int(number)) for word, number, *_ in map(str.split, lines)]
    rows = [row for row in rows if all("\u4e00" <= char <= "\u9fff" for char in row[0])]
    rows.sort(key=lambda row: (-row[1], row[0]))
    return [word for word, _ in rows[:count]], [number for _, number in rows[:count]]


@dataclass(frozen=True, slots=True)
class Material:
    """What the sources draw from. `next_words` maps a word to the words that followed it."""

    utterances: tuple[tuple[str, ...], ...]
    clauses: tuple[str, ...]
    script: tuple[tuple[str, ...], ...]
    next_words: dict[str, tuple[str, ...]]
    words: tuple[str, ...]
    word_weights: tuple[float, ...]
    characters: tuple[str, ...]
    character_weights: tuple[float, ...]

    @classmethod
    def gather(cls, mix: TextMix) -> "Material":
        """Read the training split, the script and jieba's dictionary."""
        utterances = [tuple(clauses(line.text)) for line in load("train")]
        utterances = [u for u in utterances if u]
        words, counts = frequent_words(mix.words)
        script = tuple(tuple(text.split(COMMA)) for text in script_texts())
        characters: Counter[str] = Counter()
        for word, count in zip(words, counts, strict=True):
            characters.update(dict.fromkeys(word, count))
        return cls(
            tuple(utterances),
            tuple(dict.fromkeys(clause for u in utterances for clause in u)),
            script,
            _followers([*utterances, *script]),
            tuple(words),
            tuple(count**mix.word_power for count in counts),
            tuple(characters),
            tuple(count**mix.character_power for count in characters.values()),
        )

    def alphabet(self) -> set[str]:
        """Every character that a text can hold."""
        script = {clause for sentence in self.script for clause in sentence}
        return set().union(*self.clauses, *script, *self.words, DIGITS, SPOKEN_DIGITS, "十百千万")


def _followers(utterances: list[tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    following: dict[str, list[str]] = defaultdict(list)
    for utterance in utterances:
        before = CHAIN_END
        for clause in utterance:
            for word in jieba.cut(clause):
                following[before].append(word)
                before = word
        following[before].append(CHAIN_END)
    return {word: tuple(after) for word, after in following.items()}


class TextSource:
    """An endless, seeded stream of texts of Chinese characters and full-width commas."""

    def __init__(self, mix: TextMix, seed: int, material: Material | None = None) -> None:
        self._mix = mix
        self._random = random.Random(seed)
        self._material = material or Material.gather(mix)
        self._sources: tuple[tuple[Callable[[], list[str]], float], ...] = (
            (self._natural, mix.natural),
            (self._crossed, mix.crossed),
            (self._chain, mix.chain),
            (self._salad, mix.salad),
            (self._characters, mix.characters),
            (self._numbers, mix.numbers),
            (self._script, mix.script),
        )

    def __iter__(self) -> Iterator[str]:
        makers = [maker for maker, _ in self._sources]
        shares = [share for _, share in self._sources]
        while True:
            parts = self._random.choices(makers, shares)[0]()
            text = fit(parts, self._mix.max_chars, self._random)
            if len(text) >= SHORT:
                yield text

    def _natural(self) -> list[str]:
        utterance = self._random.choice(self._material.utterances)
        start = self._random.randrange(len(utterance))
        return list(utterance[start : start + self._random.choice((1, 2, 3, 4))])

    def _crossed(self) -> list[str]:
        return self._random.choices(self._material.clauses, k=self._random.choice((1, 2, 2, 3)))

    def _chain(self) -> list[str]:
        return ["".join(self._walk(self._random.randint(5, 24)))]

    def _walk(self, length: int) -> Iterator[str]:
        word = self._random.choice(self._material.next_words[CHAIN_END])
        while length > 0:
            length -= len(word)
            yield word if _is_han(word) else ""
            if self._random.random() < 0.08:
                word = self._word()
            after = self._material.next_words.get(word, ())
            word = (
                self._random.choice(after) if after else self._random.choice(list(self._material.next_words))
            )

    def _salad(self) -> list[str]:
        sizes = self._random.choice(((3,), (4,), (5,), (6,), (3, 3), (2, 4)))
        return ["".join(self._word() for _ in range(size)) for size in sizes]

    def _word(self) -> str:
        return self._random.choices(self._material.words, self._material.word_weights)[0]

    def _characters(self) -> list[str]:
        material = self._material
        picked = self._random.choices(
            material.characters, material.character_weights, k=self._random.randint(4, 12)
        )
        return ["".join(picked)]

    def _numbers(self) -> list[str]:
        if self._random.random() < 0.25:
            digits = "1" + "".join(self._random.choices("0123456789", k=self._random.choice((5, 7, 10, 10))))
            return [self._random.choice(PHONE_LEADS) + digit_by_digit(digits)]
        lead = self._random.choice(self._material.clauses)[-8:]
        amount = cardinal(int(10 ** self._random.uniform(0, 4)))
        return [lead + amount + self._random.choice(PRICE_ENDS), self._random.choice(self._material.clauses)]

    def _script(self) -> list[str]:
        sentence = list(self._random.choice(self._material.script))
        dice = self._random.random()
        if dice < 0.5:
            return sentence
        if dice < 0.75:
            sentence.insert(
                self._random.choice((0, len(sentence))), self._random.choice(self._material.clauses)
            )
            return sentence
        words = list(jieba.cut(self._random.choice(sentence)))
        words[self._random.randrange(len(words))] = self._word()
        return ["".join(words)]


def fit(parts: list[str], limit: int, dice: random.Random) -> str:
    """Join clauses, with a comma or (one time in four) none, to at most `limit` characters."""
    text = ""
    for part in parts:
        glue = COMMA if text and dice.random() < 0.75 else ""
        text += glue + part
    return text[:limit].strip(COMMA)


def _is_han(text: str) -> bool:
    return all("\u4e00" <= char <= "\u9fff" for char in text)
