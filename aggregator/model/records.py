"""A paper, a book or a report as catalogs describe it."""

from dataclasses import dataclass

#: Pairs of a language (`und` where none is told) and a text in it.
Texts = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One work, with all that services say of it; "" and () where they say nothing.

    The fields are those of ERIC's records and of qualified Dublin Core. No field holds an e-mail
    address.
    """

    article_ids: tuple[str, ...]  #: the articles that tell of it, one a service
    titles: Texts  #: the one in its own language first
    authors: tuple[str, ...] = ()
    accession: str = ""  #: its number at ERIC: EJ1234567, ED123456
    record_type: str = ""  #: "journal article" (EJ), "document" (ED) or as told
    publication_types: tuple[str, ...] = ()
    journal: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    publishers: tuple[str, ...] = ()
    date: str = ""  #: YYYY, YYYY-MM or YYYY-MM-DD, no more precise than told
    doi: str = ""  #: in lower case, without "https://doi.org/"
    issn: tuple[str, ...] = ()  #: those whose check digit is right: 1234-5679
    isbn: tuple[str, ...] = ()  #: likewise, in 13 digits
    abstracts: Texts = ()
    descriptors: tuple[str, ...] = ()  #: subjects and keywords
    education_levels: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    references: int | None = None  #: how many works it cites
    peer_reviewed: bool | None = None
    sponsors: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    rights: tuple[str, ...] = ()
    relations: tuple[str, ...] = ()  #: of which work, series or set it is a part, as told
    links: tuple[str, ...] = ()
    others: tuple[tuple[str, str], ...] = ()  #: what nobody here knows the meaning of, kept

    @property
    def year(self) -> int | None:
        """Return the year of its date."""
        return int(self.date[:4]) if self.date else None
