"""`python -m bench.parse`: prints items a second of ours and of feedparser, in the same run.

With the corpora beside the checkout, it prints as well which share of their feeds is plain, and
why the others are not.
"""

import gc
import io
import json
import statistics
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from time import process_time

import feedparser

from aggregator.errors import ParseError
from aggregator.model import Document, Source
from aggregator.parse import charset, guard, parse, plain
from bench.parse.feeds import KINDS, SITE, Kind

ROUNDS = 9
FEEDS = 8  #: a round
ITEMS = 30  #: a feed

FLOORS = Path(__file__).resolve().parents[1] / "parse_floors.json"
CORPUS = Path(__file__).resolve().parents[2] / "../shared/corpus"

SOURCE = Source(
    id="bench",
    name="bench",
    name_en="bench",
    country="jp",
    language="ja",
    homepage=f"{SITE}/",
    url=f"{SITE}/feed",
    format="rss",
    kinds=("news",),
    timezone="Asia/Tokyo",
)


def ours(kind: Kind, body: bytes) -> int:
    """Read a feed with all that is done to one; give the number of its items."""
    return len(parse(_document(body, kind.content_type), SOURCE).items)


def theirs(kind: Kind, body: bytes) -> int:
    """Read a feed by feedparser alone, every field of it; give the number of its items."""
    found = feedparser.parse(io.BytesIO(body), response_headers={"content-type": kind.content_type})
    for entry in found.entries:
        for name in entry:
            entry[name]
    return len(found.entries)


def rates(kind: Kind, number: int) -> tuple[float, float]:
    """Give the items a second of processor time of both, who take turns at the same feeds."""
    bodies = [kind.write(ITEMS, number * FEEDS + feed) for feed in range(FEEDS)]
    mine, other = (_time(reader, kind, bodies) for reader in (ours, theirs))
    return FEEDS * ITEMS / mine, FEEDS * ITEMS / other


def refusals(corpus: Path) -> Counter[str]:
    """Count the feeds of the corpus by why they are not plain; "" for those that are."""
    manifest = json.loads((corpus / "manifest.json").read_text("utf-8"))
    found: Counter[str] = Counter()
    for row in manifest:
        if row["kind"] == "feeds":
            found[_refusal((corpus / row["file"]).read_bytes())] += 1
    return found


def _refusal(body: bytes) -> str:
    try:
        read = plain.read(guard.guarded(charset.decode(body).text).xml)
    except ParseError as err:
        return str(err)
    return read.why if isinstance(read, plain.Odd) else ""


def _time(reader: Callable[[Kind, bytes], int], kind: Kind, bodies: list[bytes]) -> float:
    gc.collect()  # or one clears up after the other
    began = process_time()
    for body in bodies:
        if reader(kind, body) != ITEMS:
            raise ValueError(f"{reader.__name__} did not read all items of a feed in {kind.name}")
    return process_time() - began


def _document(body: bytes, content_type: str) -> Document:
    return Document(
        source_id=SOURCE.id,
        url=SOURCE.url,
        role="source",
        final_url=SOURCE.url,
        content_type=content_type,
        body=body,
    )


def main() -> int:
    """Print the tables; 1 if one is below its floor."""
    floors = json.loads(FLOORS.read_text("utf-8"))
    low = False
    for kind in KINDS:
        found = [rates(kind, number) for number in range(ROUNDS)]
        ratio = statistics.median(mine / other for mine, other in found)
        low = low or ratio < floors["ratio"]
        mine, other = (statistics.median(column) for column in zip(*found, strict=True))
        print(f"{kind.name:<8} ours {mine:>7,.0f}/s  feedparser {other:>6,.0f}/s  {ratio:.1f}×")
    if CORPUS.is_dir():
        found_odd = refusals(CORPUS)
        share = found_odd[""] / found_odd.total()
        low = low or share < floors["share"]
        print(f"plain are {found_odd.pop('')} feeds of the corpus, {share:.0%}; the others:")
        for why, count in found_odd.most_common():
            print(f"  {count:>3} {why}")
    return int(low)


if __name__ == "__main__":
    sys.exit(main())
