"""Articles placed as the flow places them, without a database."""

from aggregator.dedupe import Batch, Trace, place
from aggregator.dedupe.placing import Known
from aggregator.model import Article, Verdict


def placed(*articles: Article, same: Known = ()) -> list[Verdict]:
    """Return the verdicts on articles that come in this order; `same` are known already."""
    traces = [Trace.of(article) for article in articles]
    return [each.verdict for each in place(Batch(traces=traces, same=same))]
