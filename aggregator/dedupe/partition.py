"""Articles and how two of them are alike -> stories: the partition of a set.

First what is one text: repeats, and near copies of a story's first text. Then average linkage: the
two stories whose articles are, on the average over all pairs between them, most likely the same
are joined, as long as that is more likely than not. One pair alone joins no two stories of many
articles; where any link suffices, news in eight languages come out with a pairwise F1 of .64-.81.

What comes out depends on the set and on when its articles were first seen, not on the order in
which they were compared.
"""

import heapq
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import product

from aggregator.model import Likeness, Link, Verdict

#: What counts of a pair that nothing speaks for: the log odds of pairs that are not kept are
#: below `aggregator.dedupe.comparing.LEAST`. Between -3 and -8 the figures of the benchmark do
#: not change; with -6 and less a copy of a copy needs more than that to be of the story.
ABSENT = -8.0

#: What must speak for two single articles being one story, in log odds: one comparison errs more
#: often than many do on the average. Of the sample web's 212 articles, all of one field, 16 pairs
#: are joined wrongly without it and 2 with it; on the benchmark's streams it costs .005 of F1.
ALONE = 2.0

#: No pair counts for more than this, or less: a single copy would outweigh all others.
MOST = 6.0


def partition(
    order: Sequence[str], likenesses: Sequence[Likeness], links: Sequence[Link] = ()
) -> list[Verdict]:
    """Return the story that each article belongs to, in the same order.

    *order* has the articles as they were first seen: a story's id is its first article's. *links*
    are editors' decisions, in order: pairs that are together or apart whatever else speaks for
    or against it. Where they contradict one another the later one holds.
    """
    there = {article_id: at for at, article_id in enumerate(order)}
    pairs = {
        (there[each.one], there[each.other]): each
        for each in likenesses
        if each.one in there and each.other in there
    }
    held = _held(links, there)
    groups = _Groups(len(order), _torn(held))
    groups.join_repeats(pairs)
    groups.join_copies(pairs)
    groups.join_stories(pairs)
    for linked in _linked(held):
        groups.hold(linked)
    return [_verdict(at, order, groups, pairs) for at in range(len(order))]


class _Groups:
    """Articles by their places in the order, in groups that are named by their first."""

    def __init__(self, number: int, torn: Iterable[tuple[int, int]]) -> None:
        self.of = list(range(number))
        self.members = {each: [each] for each in range(number)}
        #: The article that each one repeats or copies, itself if none: they have one voice.
        self.voice = list(range(number))
        self._torn = set(torn)
        self._apart: dict[int, set[int]] = {each: set() for each in range(number)}
        for one, other in self._torn:
            self._apart[one].add(other)
            self._apart[other].add(one)

    def join_repeats(self, pairs: Mapping[tuple[int, int], Likeness]) -> None:
        """Join what is one article at several places."""
        for (one, other), likeness in sorted(pairs.items()):
            if likeness.bond == "repeat":
                self._join(one, other)

    def join_copies(self, pairs: Mapping[tuple[int, int], Likeness]) -> None:
        """Join each text with the first of the story that it is most like.

        To be like a later copy is not enough, for then each text would be a copy of any other in
        so many steps. What repeats the first by its link alone tells it anew, and counts as it.
        """
        originals: dict[int, list[tuple[float, int]]] = {}
        leads = set(self.members)
        for (one, other), likeness in pairs.items():
            first, later = sorted((one, other))
            if likeness.bond == "copy":
                originals.setdefault(later, []).append((-likeness.odds, first))
            elif likeness.bond == "repeat" and "same text" not in likeness.evidence:
                leads |= {later} if first in self.members else set()
        for later in sorted(originals):
            if self.of[later] != later:
                continue
            for _, first in sorted(originals[later]):
                if first in leads and self._join(first, later):
                    leads.discard(later)
                    break

    def join_stories(self, pairs: Mapping[tuple[int, int], Likeness]) -> None:
        """Join what most likely tells one story, the likeliest first."""
        between = _Between(self, pairs)
        heap = [offer for one in self.members for offer in between.offers(one) if offer[1] == one]
        heapq.heapify(heap)
        while heap:
            average, one, other = heapq.heappop(heap)
            current = one in self.members and between.average(one, other) == -average
            if current and other not in self._apart[one]:
                self._merge(one, other)
                between.merge(one, other)
                for offer in between.offers(one):
                    heapq.heappush(heap, offer)

    def hold(self, linked: Collection[int]) -> None:
        """Join the groups of articles that editors hold together.

        Comes last: what was joined to each of them goes along. Where others of their groups are
        held apart, the articles themselves leave them.
        """
        parts = [self.members.pop(group) for group in {self.of[each] for each in linked}]
        every = [each for part in parts for each in part]
        if self._torn.isdisjoint(product(every, every)):
            self._name(every)
            return
        for part in parts:
            self._name([each for each in part if each not in linked])
        self._name(linked)

    def _name(self, articles: Collection[int]) -> None:
        """Make articles that are in no group any more a group of their own."""
        if articles:
            first, *_ = ordered = sorted(articles)
            self.members[first] = ordered
            for each in ordered:
                self.of[each] = first

    def _join(self, one: int, other: int) -> bool:
        """Join two articles' groups unless editors hold them apart; tell whether they are one."""
        group, another = sorted((self.of[one], self.of[other]))
        if another in self._apart[group]:
            return False
        if group != another:
            self._merge(group, another)
        first, later = sorted((self.voice[one], self.voice[other]))
        self.voice = [first if each == later else each for each in self.voice]
        return True

    def _merge(self, one: int, other: int) -> None:
        one, other = sorted((one, other))
        moved = self.members.pop(other)
        self.members[one] += moved
        for each in moved:
            self.of[each] = one
        for third in self._apart.pop(other):
            self._apart[third].discard(other)
            self._apart[third].add(one)
            self._apart[one].add(third)


class _Between:
    """What speaks for each two groups being one: the sum over pairs, and how many were compared.

    Copies of one text speak with one voice: what the clearest of them says, unless one is known
    to be another's edition.
    """

    def __init__(self, groups: _Groups, pairs: Mapping[tuple[int, int], Likeness]) -> None:
        best: dict[tuple[int, int], float] = {}
        for (one, other), likeness in pairs.items():
            # A copy of a copy says nothing here: it was no copy of the first.
            if groups.of[one] != groups.of[other] and likeness.bond == "story":
                voices = groups.voice[one], groups.voice[other]
                odds = max(-MOST, min(MOST, likeness.odds))
                key = min(voices), max(voices)
                if best.get(key) != -MOST:
                    best[key] = odds if odds == -MOST else max(odds, best.get(key, odds))
        self._sums: dict[int, dict[int, tuple[float, int]]] = {each: {} for each in groups.members}
        for (one, other), odds in sorted(best.items()):
            one, other = groups.of[one], groups.of[other]
            total, number = self._sums[one].get(other, (0.0, 0))
            self._sums[one][other] = self._sums[other][one] = (total + odds, number + 1)
        self._voices = {
            key: len({groups.voice[each] for each in ids}) for key, ids in groups.members.items()
        }

    def offers(self, one: int) -> Iterator[tuple[float, int, int]]:
        """Yield the joins with a group that more speaks for than against."""
        for other in self._sums[one]:
            average = self.average(one, other)
            alone = self._voices[one] == self._voices[other] == 1
            if average is not None and average > (ALONE if alone else 0):
                yield -average, min(one, other), max(one, other)

    def average(self, one: int, other: int) -> float | None:
        """Return what speaks for two groups, pair by pair; None where nothing was compared."""
        if other not in self._sums[one]:
            return None
        total, number = self._sums[one][other]
        pairs = self._voices[one] * self._voices[other]
        # Rounded, for a sum in another order differs in its last digits.
        return round((total + ABSENT * (pairs - number)) / pairs, 9)

    def merge(self, one: int, other: int) -> None:
        """Let what is known of the other group be known of the one."""
        self._voices[one] += self._voices.pop(other)
        for third, (total, number) in self._sums.pop(other).items():
            del self._sums[third][other]
            if third != one:
                before = self._sums[one].get(third, (0.0, 0))
                both = (before[0] + total, before[1] + number)
                self._sums[one][third] = self._sums[third][one] = both


def _verdict(
    at: int, order: Sequence[str], groups: _Groups, pairs: Mapping[tuple[int, int], Likeness]
) -> Verdict:
    """Return an article's place, with the likeness that speaks for it most."""
    first = groups.of[at]
    others = [each for each in groups.members[first] if each != at]
    both = ((other, pairs.get((at, other)) or pairs.get((other, at))) for other in others)
    known = [(other, likeness) for other, likeness in both if likeness]
    repeated = min((o for o, each in known if each.bond == "repeat" and o < at), default=None)
    best = max(known, key=lambda each: (each[1].odds, -each[0]), default=None)
    if repeated is not None:
        best = next((o, each) for o, each in known if o == repeated)
    joined = at != first
    return Verdict(
        article_id=order[at],
        story_id=order[first],
        same_as=None if repeated is None else order[repeated],
        evidence=_evidence(best[1] if best else None) if joined else (),
    )


def _evidence(best: Likeness | None) -> tuple[str, ...]:
    """Return why an article is of its story: what nothing speaks for, editors put there."""
    return best.evidence if best and best.odds > 0 else ("an editor",)


def _held(links: Sequence[Link], there: Mapping[str, int]) -> list[tuple[int, int, bool]]:
    """Return the links that hold, by places: a later one overrules earlier ones."""
    held: list[tuple[int, int, bool]] = []
    for link in reversed(links):
        if link.one in there and link.other in there and link.one != link.other:
            new = (there[link.one], there[link.other], link.together)
            if _agree([*held, new]):
                held.append(new)
    return held


def _agree(links: Sequence[tuple[int, int, bool]]) -> bool:
    """Tell whether no two articles are held together and apart."""
    group = {each: number for number, ids in enumerate(_linked(links)) for each in ids}
    return all(
        together or one not in group or group[one] != group.get(other)
        for one, other, together in links
    )


def _linked(links: Sequence[tuple[int, int, bool]]) -> list[set[int]]:
    """Return the articles that are held together, directly or by others."""
    groups: list[set[int]] = []
    for one, other, together in links:
        if together:
            touched = [ids for ids in groups if one in ids or other in ids]
            groups = [ids for ids in groups if ids not in touched]
            groups.append({one, other}.union(*touched))
    return groups


def _torn(links: Sequence[tuple[int, int, bool]]) -> Iterator[tuple[int, int]]:
    """Yield the pairs that are held apart, with all that is held together with either."""
    groups = _linked(links)
    for one, other, together in links:
        if not together:
            ones = next((ids for ids in groups if one in ids), {one})
            others = next((ids for ids in groups if other in ids), {other})
            yield from product(ones, others)
            yield from product(others, ones)
