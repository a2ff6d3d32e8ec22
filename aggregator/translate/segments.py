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
    title, summary = article.language_of("title"), article.language_of("summary")
    return [
        *_segments(article.id, "title", article.title, _pieces("title", article.title, title)),
        *_segments(article.id, "summary", article.summary, _sentences(article.summary, summary)),
    ]


def segment_again(article_id: str, field: Field, text: str, language: str) -> list[Segment]:
    """Return the pieces of a translated field, all in its language, to be translated further."""
    return _segments(article_id, field, text, _pieces(field, text, language))


def _pieces(field: Field, text: str, language: str) -> list[_Piece]:
    if field == "title":
        return [(language, text, "")]
    return [(language, *pair) for pair in split(text, language)]


def _sentences(text: str, language: str) -> list[_Piece]:
    runs = blocks(text, language)
    if len(runs) < 2:
        return _pieces("summary", text, language)
    return [piece for name, run in runs for piece in _pieces("summary", run, name)]


def _segments(article_id: str, field: Field, whole: str, pieces: Iterable[_Piece]) -> list[Segment]:
    field_key = text_key(whole)
    filled = [piece for piece in pieces if piece[1].strip()]
    return [
        Segment(
            article_id=article_id,
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
