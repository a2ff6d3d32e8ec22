"""Articles placed as the flow places them, without a database."""

from aggregator.dedupe import Side
from aggregator.model import Article, Verdict
from bench.near.placing import place


def placed(*articles: Article) -> list[Verdict]:
    """Return the verdicts on articles that are first seen in this order."""
    return place([Side(article) for article in articles])[0]
