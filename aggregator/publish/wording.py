"""The words for countries, languages, dates and trust that readers are shown."""

import unicodedata
from datetime import date, datetime
from zoneinfo import ZoneInfo

from aggregator.model import Article, Entry, Place, Standing, Translation, TranslationState
from aggregator.text.countries import COUNTRIES
from aggregator.text.languages import LANGUAGES, UNKNOWN

#: Short names of the states, for labels.
STATES = {
    TranslationState.ORIGINAL: "Original words",
    TranslationState.EDITED: "Edited translation",
    TranslationState.MEMORY: "Human translation",
    TranslationState.MACHINE: "Machine translation",
    TranslationState.DOUBTED: "Doubted translation",
    TranslationState.UNTRANSLATED: "Untranslated",
}

# From the most to the least trusted; STATES is in this order.
_DOUBT = tuple(STATES)

_REVIEWS = {
    "unreviewed": "unreviewed",
    "approved": "approved by an editor",
    "rejected": "rejected by an editor",
}

# Not strftime: its month names follow the process' locale.
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def country_name(code: str) -> str:
    """Return a country's English name, or its code in capitals when we have no name for it."""
    return COUNTRIES[code].name if code in COUNTRIES else code.upper()


def language_name(code: str) -> str:
    """Return a language's English name, or its code when we have no name for it."""
    if code == UNKNOWN:
        return "another language"
    return LANGUAGES[code].name if code in LANGUAGES else code


def trust(entry: Entry) -> TranslationState:
    """Return the state of the least trusted text that the entry shows."""
    shown = [text.state for text in (entry.title, entry.summary) if text.text.strip()]
    return max(shown, key=_DOUBT.index, default=entry.title.state)


def trust_line(entry: Entry) -> str:
    """Return the sentence that says how far an entry may be trusted: who wrote it, who checked.

    Title and summary are named apart when they came about differently.
    """
    article = entry.story.lead.article
    title = _how(entry.title, language_name(article.language_of("title")))
    summary = _how(entry.summary, language_name(article.language_of("summary")))
    standing = _review(entry.story.standing)
    if title == summary or not entry.summary.text.strip():
        return f"{title[0].upper()}{title[1:]}, {standing}."
    title, summary = title.replace(": ", " "), summary.replace(": ", " ")
    return f"Title: {title}; summary: {summary}; {standing}."


def _how(text: Translation, language: str) -> str:
    """Return how a text came about, as a phrase in lower case."""
    match text.state:
        case TranslationState.ORIGINAL:
            return f"original in {language}"
        case TranslationState.UNTRANSLATED:
            return f"untranslated: {language} original"
        case TranslationState.DOUBTED:
            return f"{language} original: its machine translation waits for an editor's look"
        case TranslationState.MEMORY:
            return f"human translation from {language}{_through(text)} (translation memory)"
        case TranslationState.EDITED:
            return f"translation from {language}{_through(text)}, edited by a person"
        case TranslationState.MACHINE:
            engine = " ".join(("", "by", text.engine, text.version)) if text.engine else ""
            return f"machine translation{engine.rstrip()} from {language}{_through(text)}"


def _through(text: Translation) -> str:
    return f" through {language_name(text.via)}" if text.via else ""


def _review(standing: Standing) -> str:
    """Return what editors said, as a phrase in lower case."""
    again = ", but the source has changed since" if standing.check_again else ""
    return _REVIEWS[standing.review] + again


def headline(entry: Entry) -> str:
    """Return the entry's title; never blank: feeds refuse such a title, and a link needs words."""
    return entry.title.text if entry.title.text.strip() else "(untitled)"


def local(place: Place, moment: datetime) -> datetime:
    """Return a moment on the clock of the place's source.

    An article dated 12 March in Tokyo was published on the 11th in UTC; readers are shown the 12th.
    """
    return moment.astimezone(ZoneInfo(place.source.timezone))


def dated(article: Article) -> bool:
    """Tell whether the source itself dated the article."""
    return article.dated_by != "first-seen"


def day_name(moment: date) -> str:
    """Return a day as "12 March 2026"."""
    return f"{moment.day} {_MONTHS[moment.month - 1]} {moment.year}"


def brief(text: str, width: int = 300) -> str:
    """Return the text's first *width* columns, cut where a word ends, with an ellipsis.

    Wide characters (CJK) count as two columns: they say more each. Marks above or below
    a letter count none.
    """
    columns = 0
    for at, char in enumerate(text):
        if unicodedata.category(char) != "Mn":
            columns += 2 if unicodedata.east_asian_width(char) in "WF" else 1
        if columns > width:
            head = text[:at]
            word = head.rfind(" ", len(head) * 3 // 4)
            return (head[:word] if word > 0 else head).rstrip(" ,.;:、。，") + "…"
    return text


def web_address(url: str) -> str:
    """Return the address if it is an http(s) one, else ""; no other may become a link."""
    return url if url.lower().startswith(("http://", "https://")) else ""
