"""The words for countries, languages, dates and states that editors are shown."""

from collections.abc import Mapping
from datetime import datetime

from aggregator.flow.queueing import Shelf
from aggregator.model import DecisionKind, Place, TranslationState
from aggregator.text.countries import COUNTRIES
from aggregator.text.languages import LANGUAGES

#: The shelves of the queue in the order they are worked through.
SHELVES: Mapping[Shelf, str] = {
    "all": "All",
    "unreviewed": "Unreviewed",
    "again": "Check again",
    "pinned": "Pinned",
    "approved": "Approved",
    "rejected": "Rejected",
}

STATES: Mapping[TranslationState, str] = {
    TranslationState.UNTRANSLATED: "Untranslated",
    TranslationState.DOUBTED: "Doubted translation",
    TranslationState.MACHINE: "Machine translation",
    TranslationState.MEMORY: "Human translation",
    TranslationState.EDITED: "Edited",
    TranslationState.ORIGINAL: "Original words",
}

#: What was decided, as it stands in a story's history and in notices.
DECISIONS: Mapping[DecisionKind, str] = {
    "approve": "Approved",
    "reject": "Rejected",
    "pin": "Pinned",
    "unpin": "Unpinned",
    "note": "Noted",
    "edit": "Edited",
    "split": "Split off",
    "merge": "Merged with",
    "never": "Never one story with",
    "always": "Always one story with",
    "undo": "Undone",
}

#: What is decided, as it stands on a button.
KINDS: Mapping[DecisionKind, str] = {
    "approve": "Approve",
    "reject": "Reject",
    "pin": "Pin",
    "unpin": "Unpin",
    "note": "Add the note",
    "undo": "Undo",
}


def country_name(code: str) -> str:
    """Return a country's English name, or its code in capitals when we have no name for it."""
    return COUNTRIES[code].name if code in COUNTRIES else code.upper()


def language_name(code: str) -> str:
    """Return a language's English name, or its code when we have no name for it."""
    return LANGUAGES[code].name if code in LANGUAGES else code


def lines(text: str) -> list[str]:
    """Return the lines that hold anything."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def moment(at: datetime) -> str:
    """Return a time to the minute, in UTC: editors sit in several countries."""
    return f"{at:%Y-%m-%d %H:%M} UTC"


def own_day(place: Place) -> str:
    """Return the day of an article on the clock of its source."""
    return f"{place.local:%Y-%m-%d}"


def web_address(url: str) -> str:
    """Return the address if it is an http(s) one, else ""; no other may become a link."""
    return url if url.lower().startswith(("http://", "https://")) else ""
