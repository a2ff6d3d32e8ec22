"""What each day in a text is: of an event, until when to answer, or neither."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from aggregator.model.events import DeadlineKind
from aggregator.normalize.events import cues
from aggregator.normalize.events.fields import Labeled, Sort
from aggregator.normalize.events.times.ranges import Mention

#: "told": a label says that it is the event's; "said": a sentence does.
Role = Literal["told", "session", "said", "deadline", "former", "none"]

#: What the days behind a label are.
_BY_SORT: dict[Sort, Role] = {
    "when": "told",
    "session": "session",
    "deadline": "deadline",
    "other": "none",
}

#: Signs around a day in which the words are looked for that say what it is.
_BEFORE, _AFTER = 60, 48

#: What is longer is no sentence, and words so far away say nothing of a day.
_LONG = 300

_BREAK = re.compile(r"[。!?！？\n]|(?<=[^\s.]{2})\.\s+(?=[A-ZÀ-ɏḀ-Ỹ가-힣\"“])")
_WEEKDAY = re.compile(r"^\s?\([^()\d]{1,14}\)\s?")
_PART = re.compile(r"[,，、;；。\n|]|\.\s")


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A day with what it is."""

    mention: Mention
    role: Role
    kind: DeadlineKind = "registration"  #: of a deadline
    field: Labeled | None = None
    sentence: tuple[int, int] = (0, 0)


class Roles:
    """Decides for one text."""

    def __init__(self, text: str, found: Sequence[Mention], fields: Sequence[Labeled]) -> None:
        """Take a simple text with its days and its labels."""
        self._text = text
        self._found = found
        self._fields = fields
        self._is_post = bool(cues.POST.search(text))
        self._breaks = [
            hit.end()
            for hit in _BREAK.finditer(text)
            if not any(each.start < hit.start() < each.end for each in found)
        ]

    def read(self) -> list[Read]:
        """Return what each day is, in the order of the text."""
        return [self._read(number) for number in range(len(self._found))]

    def _read(self, number: int) -> Read:
        mention = self._found[number]
        field = self._field(mention)
        sentence = self._sentence(mention)
        before, after = self._around(number, sentence)
        role = self._role(mention, field, sentence, (before, after))
        if role in ("told", "session", "said") and self._is_former(before, after):
            role = "former"
        label = field.label if field is not None and role == "deadline" else ""
        kind = self._kind(label, before, after)
        return Read(mention=mention, role=role, kind=kind, field=field, sentence=sentence)

    def _role(
        self,
        mention: Mention,
        field: Labeled | None,
        sentence: tuple[int, int],
        around: tuple[str, str],
    ) -> Role:
        """Return what a day is, but for those that no longer count."""
        before, after = around
        if cues.ARRIVAL.match(after):
            return "none"
        if field is not None and field.sort in _BY_SORT:
            return _BY_SORT[field.sort]
        if self._is_deadline(mention, before, after):
            return "deadline"
        if cues.UNTIL_BEHIND.match(after) and not mention.is_range:
            return "none"
        return self._said(mention, sentence)

    def _field(self, mention: Mention) -> Labeled | None:
        return next((each for each in self._fields if each.start <= mention.start < each.end), None)

    def _sentence(self, mention: Mention) -> tuple[int, int]:
        at = bisect_right(self._breaks, mention.start)
        start = self._breaks[at - 1] if at else 0
        end = self._breaks[at] if at < len(self._breaks) else len(self._text)
        return max(start, mention.start - _LONG), min(end, mention.end + _LONG)

    def _around(self, number: int, sentence: tuple[int, int]) -> tuple[str, str]:
        """Return the words before and behind a day, up to the next days and out of brackets."""
        mention = self._found[number]
        start, end = sentence
        if number:
            start = max(start, min(self._found[number - 1].end, mention.start))
        if number + 1 < len(self._found):
            end = min(end, self._found[number + 1].start)
        before = self._text[max(start, mention.start - _BEFORE) : mention.start]
        after = self._text[mention.end : min(max(end, mention.end), mention.end + _AFTER)]
        return before, after

    def _is_deadline(self, mention: Mention, before: str, after: str) -> bool:
        """Tell whether people are asked to answer until the day."""
        near, behind = _last_part(before), _first_part(after)
        if cues.UNTIL_BEHIND.match(after):
            around = f"{before} {behind}"
            return bool(cues.ANSWER.search(around if not mention.is_range else near + behind))
        if mention.is_range and cues.ANSWER.search(near) and not cues.HELD.search(near):
            return True
        if cues.CLOSED.search(near):
            return True
        if not cues.UNTIL.search(near):
            return False
        if mention.is_range and cues.HELD.search(near):
            return False
        return bool(cues.ANSWER.search(near) or cues.ANSWER.search(behind))

    def _said(self, mention: Mention, sentence: tuple[int, int]) -> Role:
        words = self._text[slice(*sentence)]
        if self._is_post or cues.NOT_HELD.search(words):
            return "none"
        if mention.is_bare and mention.begins is None:
            return "none"
        is_held = any(
            words_of.search(words) for words_of in (cues.HELD, cues.MOVED, cues.CANCELLED)
        )
        return "said" if is_held else "none"

    def _is_former(self, before: str, after: str) -> bool:
        behind = cues.FORMER_BEHIND.match(_WEEKDAY.sub("", after).lstrip())
        return bool(cues.FORMER.search(_PART.split(before)[-1]) or behind)

    def _kind(self, label: str, before: str, after: str) -> DeadlineKind:
        if self._is_post:
            return "applications"
        for words in (label, _last_part(before), before, _first_part(after)):
            if cues.PAPERS.search(words):
                return "papers"
            if words and (words == label or cues.ANSWER.search(words)):
                return "registration"
        return "registration"


def _last_part(words: str) -> str:
    parts = [part for part in _PART.split(words) if part.strip()]
    return parts[-1] if parts else ""


def _first_part(words: str) -> str:
    return _PART.split(words.lstrip(" ,，、"), maxsplit=1)[0]
