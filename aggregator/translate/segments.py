"""Articles cut into the pieces that are translated."""

from collections.abc import Iterable

from aggregator.model import Article, Field, Segment
from aggregator.text.keys import text_key
from aggregator.text.languages import blocks
from aggregator.text.sentences import split

#: Part of what makes a stored segment outdated: raise it when the same article would be cut
#: otherwise.
VERSION = "4"

#: A piece of a field: its language, its text, and the white space that follows it there.
_Piece = tuple[str, str, str]


def segment(article: Article) -> list[Segment]:
    """Return the pieces of *article* that are translated: the title whole, the summary by sentence.

    A title is one piece since headlines have no terminators that a rule could trust, and half a
    headline means nothing. A summary in several languages is cut by its paragraphs first, each of
    which is in one. A blank field has no pieces.
    """
    title = [(article.language_of("title"), article.title, "")]
    return [
        *_segments(article, "title", article.title, title),
        *_segments(article, "summary", article.summary, _sentences(article)),
    ]


def _sentences(article: Article) -> list[_Piece]:
    language = article.language_of("summary")
    runs = blocks(article.summary, language)
    if len(runs) < 2:
        runs = [(language, article.summary)]
    return [(name, *pair) for name, run in runs for pair in split(run, name)]


def _segments(
    article: Article, field: Field, whole: str, pieces: Iterable[_Piece]
) -> list[Segment]:
    field_key = text_key(whole)
    filled = [piece for piece in pieces if piece[1].strip()]
    return [
        Segment(
            article_id=article.id,
            field=field,
            position=position,
            language=language,
            key=text_key(text),
            field_key=field_key,
            text=text,
            tail=tail,
        )
        for position, (language, text, tail) in enumerate(filled)
    ]
