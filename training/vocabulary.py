"""The model's vocabulary, counted over the training lines."""

from collections import Counter
from collections.abc import Iterable, Sequence

from pypinyin import lazy_pinyin

from service.classify.features import (
    CHARACTER_GRAMS,
    SYLLABLE_GRAMS,
    WORD_GRAMS,
    Vocabulary,
    character_grams,
    cut,
    squeezed,
    word_grams,
)
from service.text.fold import fold

MIN_LINES = 3
"""Least number of training lines with a character or an n-gram: rarer ones would be learnt by heart."""
_SOUNDS_LIKE = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ing", "in"), ("eng", "en"), ("ang", "an"))
"""Initials and finals that Mandarin speech recognition mixes up (handbook §1.9: 近音)."""
_HAN_GB2312 = range(0xB0A1, 0xF7FF)


def build_vocabulary(texts: Iterable[str]) -> Vocabulary:
    """Characters and n-grams frequent in `texts` (raw), with the sound of every common Han character."""
    folded = [fold(text).folded for text in texts]
    counts = Counter(char for text in folded for char in set(text))
    characters = "".join(sorted(char for char, count in counts.items() if count >= MIN_LINES))
    syllables = sound_groups([*common_han(), *counts])
    sounds = Vocabulary.build(characters, syllables, ())
    spoken = [squeezed(text)[1].translate(sounds.spoken) for text in folded]
    words = [word_grams(cut(text)[1]) for text in folded]
    ngrams = [
        *(
            gram
            for length in CHARACTER_GRAMS
            for gram in _frequent(character_grams(t, length) for t in folded)
        ),
        *(
            gram
            for length in SYLLABLE_GRAMS
            for gram in _frequent(character_grams(t, length) for t in spoken)
        ),
        *(gram for role in range(WORD_GRAMS) for gram in _frequent(each[role] for each in words)),
    ]
    return Vocabulary.build(characters, syllables, list(dict.fromkeys(ngrams)))


def _frequent(grams: Iterable[Sequence[str]]) -> list[str]:
    """N-grams found in enough texts, most frequent first."""
    counts: Counter[str] = Counter()
    for one in grams:
        counts.update(set(one) - {""})
    rows = sorted((-count, gram) for gram, count in counts.items() if count >= MIN_LINES)
    return [gram for _, gram in rows]


def sound_groups(characters: Iterable[str]) -> list[str]:
    """Han characters that sound alike, tones and the usual confusions aside; one string a sound, sorted."""
    groups: dict[str, set[str]] = {}
    for char in characters:
        sound = syllable(char)
        if sound:
            groups.setdefault(sound, set()).add(char)
    return ["".join(sorted(groups[sound])) for sound in sorted(groups)]


def syllable(char: str) -> str:
    """Toneless syllable of one Han character with confusable sounds merged; empty for anything else."""
    sound = lazy_pinyin(char, errors="ignore")
    if not sound:
        return ""
    merged = str(sound[0])
    for confused, base in _SOUNDS_LIKE:
        if confused in ("zh", "ch", "sh"):
            merged = base + merged[2:] if merged.startswith(confused) else merged
        elif merged.endswith(confused):
            merged = merged[: -len(confused)] + base
    return merged


def common_han() -> list[str]:
    """The 6,763 Han characters of GB 2312."""
    found = []
    for code in _HAN_GB2312:
        try:
            found.append(code.to_bytes(2, "big").decode("gb2312"))
        except UnicodeDecodeError:
            continue
    return found
