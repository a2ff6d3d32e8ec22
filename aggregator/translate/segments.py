"""Articles cut into the pieces that are translated."""

from aggregator.model import Article, Field, Segment
from aggregator.text.keys import text_key
from aggregator.text.sentences import split

#: Part of what makes a stored segment outdated: raise it when the same article would be cut
#: otherwise.
VERSION = "3"


def segment(article: Article) -> list[Segment]:
    """Return the pieces of *article* that are translated: the title whole, the summary by sentence.

    A title is one piece since headlines have no terminators that a rule could trust, and half a
    headline means nothing. A blank field has no pieces.
    """
    summary = split(article.summary, article.language)
    return [
        *_pieces(article, "title", article.title, [(article.title, "")]),
        *_pieces(article, "summary", article.summary, summary),
    ]


def _pieces(
    article: Article, field: Field, whole: str, parts: list[tuple[str, str]]
) -> list[Segment]:
    field_key = text_key(whole)
    filled = [(text, tail) for text, tail in parts if text.strip()]
    return [
        Segment(
            article_id=article.id,
            field=field,
            position=position,
            language=article.language,
            key=text_key(text),
            field_key=field_key,
            text=text,
            tail=tail,
        )
        for position, (text, tail) in enumerate(filled)
    ]
