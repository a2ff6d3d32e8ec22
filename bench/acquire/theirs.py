"""The peer: `reader` reads the same feeds to stored entries; prints the seconds as JSON.

Runs with the peer's own Python, which has neither this project nor its packages:
`python theirs.py PORT FEEDS FOLDER ROUNDS WORKERS`
"""

import json
import sys
import time

from reader import make_reader


def main() -> None:
    """Read once cold and then unchanged as often as asked."""
    port, feeds, rounds, workers = (int(sys.argv[place]) for place in (1, 2, 4, 5))
    reader = make_reader(f"{sys.argv[3]}/theirs.db")
    for number in range(feeds):
        reader.add_feed(f"http://127.1.{number // 250}.{number % 250 + 1}:{port}/feed")
    times = []
    for _ in range(1 + rounds):
        began = time.perf_counter()
        reader.update_feeds(scheduled=False, workers=workers)
        times.append({"all": time.perf_counter() - began})
    print(json.dumps({"times": times, "stored": reader.get_entry_counts().total}))


if __name__ == "__main__":
    main()
