"""When and how an address is asked again: how it was asked so far, answer -> next state. Pure."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

from aggregator.model import Answer, Fetched, NotModified, Poll, Postponed, Request, Unfetched
from aggregator.text.waits import read_wait

#: Seconds. Publishers ask readers for no more than once an hour, and common readers keep to it.
MIN_INTERVAL_S = 3600

#: Seconds. A daily run at the same hour always finds it due, whatever second the last run got to
#: it; what publishes once a month may have news today.
MAX_INTERVAL_S = 12 * 3600

#: The newest dates tell how often a source publishes now, not how often it did years ago; two have
#: one gap, which is no rhythm.
RHYTHM_DATES, RHYTHM_LEAST = 10, 3

#: Some servers say "not modified" whatever happened: so often a request has no conditions.
WHOLE_AFTER, WHOLE_REQUESTS = timedelta(days=7), 50

#: The wait after the second failure; each further one doubles it. The first failure has none: most
#: are over by the next run.
BACKOFF = timedelta(minutes=10)

#: A little less than a day, so that a daily run at the same hour finds it due. So many doublings
#: reach it, however the jitter falls: 10 min * 2**8 * 0.8 > 23 h.
BACKOFF_MAX = timedelta(hours=23)
BACKOFF_DOUBLINGS = 8

#: Share of the wait, up or down: what failed together is not asked together again. Below a third,
#: so that a later wait is never shorter than an earlier one.
JITTER = 0.2

#: Two answers that a source is gone count as two when they are so far apart: a slip of its owner
#: lasts minutes.
GONE_APART = timedelta(hours=1)

#: After so many failures in a row an article goes without its page or file: they are many, and old
#: ones go for good. A source is asked once a day for as long as it is listed.
OF_ARTICLE = frozenset({"page", "attachment"})
PAGE_FAILURES = 5

#: robots.txt is kept for a day: https://www.rfc-editor.org/rfc/rfc9309#section-2.4
ROBOTS_WAIT = timedelta(days=1)

#: For "429 Too Many Requests" that doesn't say how long.
TOO_MANY_WAIT = timedelta(minutes=10)


def rhythm_s(published: Sequence[datetime]) -> int | None:
    """Return the median gap, in seconds, between a source's newest distinct dates.

    None where there are too few to tell. The median, since one summer break is no rhythm.
    """
    newest = sorted(set(published), reverse=True)[:RHYTHM_DATES]
    if len(newest) < RHYTHM_LEAST:
        return None
    return int(median((later - earlier).total_seconds() for later, earlier in pairwise(newest)))


def interval_s(poll: Poll, rhythm: int | None) -> int:
    """Return the seconds between two asks of an address that answers.

    What server and document ask for comes first, then half of the source's own rhythm. Whoever
    asks for less than the least interval asks for nothing: "fresh for five minutes" is no wish.
    """
    wished = max(poll.max_age_s or 0, poll.refresh_s or 0)
    if wished < MIN_INTERVAL_S:
        wished = (rhythm or 0) // 2
    return min(max(wished, MIN_INTERVAL_S), MAX_INTERVAL_S)


def due_at(poll: Poll, rhythm: int | None) -> datetime | None:
    """Return the moment from which the address may be asked; None: at once.

    Where the last attempt failed, only the wait after it counts. Whether the address was given up
    is not looked at.
    """
    if poll.failures or poll.asked is None:
        return poll.not_before
    return _latest(poll.asked + timedelta(seconds=interval_s(poll, rhythm)), poll.not_before)


def is_due(poll: Poll | None, rhythm: int | None, now: datetime, *, early: bool) -> bool:
    """Is the address to be asked now?

    `early`: a person asks, for whom no wait is kept and nothing was given up. What was asked in the
    future was asked by a clock that was wrong.
    """
    if poll is None or early:
        return True
    wrong_clock = poll.asked is not None and poll.asked > now
    due = due_at(poll, rhythm)
    return not poll.stopped and (due is None or now >= due or wrong_clock)


def host_wait(answer: Unfetched, now: datetime) -> datetime | None:
    """Return until when the answer wants the whole host left alone; None: it doesn't say.

    Only 429 (too many requests) and 503 (unavailable) speak for more than their address.
    """
    return _wished_wait(answer, now) if answer.status in {429, 503} else None


def is_whole(poll: Poll | None, now: datetime) -> bool:
    """Is the address to be asked without conditions this time?"""
    if poll is None or poll.whole is None:
        return True
    return now - poll.whole >= WHOLE_AFTER or poll.conditional >= WHOLE_REQUESTS


def address(poll: Poll | None, url: str, now: datetime) -> str:
    """Return where to ask: where the address permanently redirects, else the address itself.

    A redirect that was taken back heals: whole requests, and those after a failure, go to the
    address itself.
    """
    if poll is None or poll.failures or is_whole(poll, now):
        return url
    return poll.moved_to or url


def after(poll: Poll | None, answer: Answer, now: datetime) -> Poll:
    """Return what is remembered after an answer; what wasn't asked stays as it is."""
    request = answer.request
    before = poll or Poll(source_id=request.source_id, url=request.url)
    match answer:
        case Fetched() | NotModified():
            return _answered(before, answer, now)
        case Unfetched():
            return _failed(before, answer, now)
        case Postponed():
            return before


def refreshed(poll: Poll, refresh_s: int | None) -> Poll:
    """Return the state with how seldom the document, now that it was read, asks to be fetched."""
    return replace(poll, refresh_s=_capped(refresh_s))


def _answered(poll: Poll, answer: Fetched | NotModified, now: datetime) -> Poll:
    whole = _was_whole(poll, answer.request)
    fresh = replace(poll, asked=now, failures=0, gone=0, not_before=None, stopped="")
    return replace(
        fresh,
        whole=now if whole else poll.whole,
        conditional=0 if whole else poll.conditional + 1,
        max_age_s=_max_age_s(poll, answer),
        moved_to=_moved_to(poll, answer),
    )


def _was_whole(poll: Poll, request: Request) -> bool:
    """Was the address itself asked, without conditions?

    A server without validators is always asked without. If that counted where the address
    redirects to, nobody would ever look whether it still does.
    """
    return not (request.etag or request.last_modified or _is_elsewhere(poll, request))


def _is_elsewhere(poll: Poll, request: Request) -> bool:
    return bool(poll.moved_to) and request.at == poll.moved_to


def _max_age_s(poll: Poll, answer: Fetched | NotModified) -> int | None:
    # "Not modified" updates what it names and leaves the rest as it was:
    # https://www.rfc-editor.org/rfc/rfc9111#section-4.3.4
    if isinstance(answer, NotModified) and answer.max_age_s is None:
        return poll.max_age_s
    return _capped(answer.max_age_s)


def _capped(seconds: int | None) -> int | None:
    """Return as much as matters; a server may say more seconds than a database's integer holds."""
    return None if seconds is None else min(max(seconds, 0), MAX_INTERVAL_S)


def _moved_to(poll: Poll, answer: Fetched | NotModified) -> str:
    request = answer.request
    if _is_elsewhere(poll, request):
        moved = answer.moved_to or poll.moved_to
    elif request.at in {"", request.url}:
        moved = answer.moved_to or ""
    else:
        moved = ""  # asked with parameters: those of this one request are in the new address too
    return "" if moved == request.url else moved


def _failed(poll: Poll, answer: Unfetched, now: datetime) -> Poll:
    gone = _gone(poll, answer, now)
    failed = replace(poll, asked=now, failures=poll.failures + 1, gone=gone, moved_to="")
    # A wait that was not over, since a person asked before, still stands.
    waits = (poll.not_before, _backoff(failed, answer, now), _wished_wait(answer, now))
    stopped = poll.stopped or _why_stopped(failed, answer, now)
    return replace(failed, not_before=_latest(*waits), stopped=stopped)


def _gone(poll: Poll, answer: Unfetched, now: datetime) -> int:
    """Return how often in a row the answer was "gone"; a page that is not found is gone, too."""
    of_article = answer.request.role in OF_ARTICLE
    if answer.status != 410 and not (of_article and answer.status == 404):
        return 0
    again_too_soon = poll.gone and poll.asked and now - poll.asked < GONE_APART
    return poll.gone if again_too_soon and not of_article else poll.gone + 1


def _why_stopped(poll: Poll, answer: Unfetched, now: datetime) -> str:
    """Return why the address is not asked any more, in one sentence; "" if it is."""
    if poll.gone >= 2:
        said = "gone" if answer.status == 410 else "not found"
        return f"The server said twice that it is {said}, the last time on {now:%Y-%m-%d}"
    if answer.request.role in OF_ARTICLE and poll.failures >= PAGE_FAILURES:
        return f"It failed {poll.failures} times in a row, the last time on {now:%Y-%m-%d}"
    return ""


def _backoff(poll: Poll, answer: Unfetched, now: datetime) -> datetime | None:
    """Return until when a failure, which `poll` counts already, puts its address off."""
    wait = timedelta(0)
    if poll.failures > 1:
        doubled = BACKOFF * 2 ** min(poll.failures - 2, BACKOFF_DOUBLINGS)
        wait = min(doubled * _jitter(poll), BACKOFF_MAX)
    if poll.gone == 1 and answer.request.role not in OF_ARTICLE:
        wait = max(wait, GONE_APART)  # so that the next answer counts
    if answer.error == "DisallowedError":
        wait = ROBOTS_WAIT
    return now + wait if wait else None


def _jitter(poll: Poll) -> float:
    """Return a factor around 1 that is always the same for the same failure."""
    seed = repr((poll.source_id, poll.url, poll.failures)).encode()
    share = int.from_bytes(hashlib.blake2b(seed, digest_size=8).digest()) / 2**64
    return 1 - JITTER + 2 * JITTER * share


def _wished_wait(answer: Unfetched, now: datetime) -> datetime | None:
    """Return until when the server wants to be left alone; None: it doesn't say."""
    told = read_wait(answer.retry_after, now)
    return now + TOO_MANY_WAIT if told is None and answer.status == 429 else told


def _latest(*moments: datetime | None) -> datetime | None:
    return max((moment for moment in moments if moment is not None), default=None)
