"""What a fetcher gives, one by one."""

from collections.abc import Generator, Mapping, Sequence
from contextlib import closing

from aggregator.fetch import Fetcher
from aggregator.model import Answer, Request, Robots


def answers(
    fetcher: Fetcher, requests: Sequence[Request], robots: Mapping[str, Robots] | None = None
) -> Generator[Answer | Robots, None, None]:
    with closing(fetcher.fetch(requests, robots)) as batches:
        for batch in batches:
            yield from batch
