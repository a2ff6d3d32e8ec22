"""Records of works: read from an item, known by a key, made one of several services'."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.model import Document, Enclosure, Item
from aggregator.model.records import Record
from aggregator.normalize.records import merge, record_key, record_of, united
from aggregator.normalize.records.numbers import doi, isbn, issn
from aggregator.normalize.records.people import family_name, name_and_orcid, without_mail
from aggregator.parse import parse
from tests.builders import article, source

ERIC = Item(
    key="EJ1234567",
    link="https://eric.ed.gov/?id=EJ1234567",
    title="Listening in Classrooms",
    summary="An abstract. Contact: author@univ.example for data.",
    published="2024",
    authors=("Sato, Manabu", "Lee, Ha-na &lt;hana@univ.example&gt;"),
    categories=("Lesson Study", "Listening"),
    language="English",
    enclosures=(Enclosure(url="https://files.example/EJ1234567.pdf", type="application/pdf"),),
    details=(
        ("type", "Journal Articles"),
        ("type", "Reports - Research"),
        ("source", "Journal of Listening, v12 n3 p45-60 Jun 2024"),
        ("publisher", "Learning Press, press@learning.example"),
        ("issn", "ISSN-0378-5955"),
        ("issn", "1234-5678"),
        ("isbn", "0-306-40615-2"),
        ("educationlevel", "Secondary Education"),
        ("audience", "Teachers"),
        ("referencecount", "42"),
        ("peerreviewed", "T"),
        ("sponsor", "Ministry of Education"),
        ("relation", "https://doi.org/10.1234/JL.2024.5"),
        ("doi", "https://doi.org/10.1234/JL.2024.5."),
        ("title-ja", "教室で聴く"),
        ("description-ja", "要旨です。"),
        ("iesgrantcontractnum", "R305A"),
        ("rights", "CC BY 4.0"),
    ),
)


def record(item: Item = ERIC, **changes: Any) -> Record:
    made = record_of(
        item, article("en", title=item.title, **changes), source("en", kinds=("research",))
    )
    assert made is not None
    return made


def work(**changes: Any) -> Record:
    made = Record(
        article_ids=("a",), titles=(("en", "Listening"),), authors=("Sato, Manabu",), date="2024"
    )
    return replace(made, **changes)


def test_title_and_abstract_are_kept_each_with_its_language() -> None:
    vietnamese = "Bài viết này nghiên cứu cách giáo viên lắng nghe học sinh trong lớp học."
    english = "This article studies how teachers listen to children in their classrooms."
    item = replace(ERIC, summary=f"<p>{vietnamese}</p><p>{english}</p>", details=())

    read = record(item, title_language="vi")

    assert read.titles == (("vi", ERIC.title),)
    assert read.abstracts == (("vi", vietnamese), ("en", english))


def test_every_field_of_an_eric_record_is_read() -> None:
    read = record()
    assert read.accession == "EJ1234567"
    assert read.record_type == "journal article"
    assert read.titles == (("en", "Listening in Classrooms"), ("ja", "教室で聴く"))
    assert read.authors == ("Sato, Manabu", "Lee, Ha-na")
    assert read.publication_types == ("Journal Articles", "Reports - Research")
    assert (read.journal, read.volume, read.issue) == ("Journal of Listening", "12", "3")
    assert (read.pages, read.date, read.year) == ("45-60", "2024", 2024)
    assert read.doi == "10.1234/jl.2024.5"
    assert (read.issn, read.isbn) == (("0378-5955",), ("9780306406157",))
    assert dict(read.abstracts)["ja"] == "要旨です。"
    assert read.descriptors == ("Lesson Study", "Listening")
    assert read.education_levels == ("Secondary Education",)
    assert (read.audiences, read.sponsors) == (("Teachers",), ("Ministry of Education",))
    assert (read.references, read.peer_reviewed) == (42, True)
    assert (read.languages, read.rights) == (("English",), ("CC BY 4.0",))
    assert "https://files.example/EJ1234567.pdf" in read.links
    assert "https://doi.org/10.1234/JL.2024.5" in read.links


def test_a_doi_among_the_relations_is_the_works_own_only_in_eric() -> None:
    related = (("relation", "https://doi.org/10.1234/other"), ("journal", "J. L."))
    assert record(replace(ERIC, details=related)).doi == "10.1234/other"
    assert record(replace(ERIC, key="oai:x:1", details=related)).doi == ""


@pytest.mark.parametrize(
    ("citation", "parts"),
    [
        ("J. of Listening, v12 n3 p45-60 Jun 2024", ("J. of Listening", "12", "3", "45-60")),
        ("J. of Listening, v12 p45-60 2024", ("J. of Listening", "12", "", "45-60")),
        ("v1 n2 p3 Fall 2024", ("", "1", "2", "3")),
        ("Online Submission", ("", "", "", "")),
    ],
)
def test_a_citation_in_one_line_is_taken_apart(citation: str, parts: tuple[str, ...]) -> None:
    read = record(replace(ERIC, details=(("source", citation),)))
    assert (read.journal, read.volume, read.issue, read.pages) == parts
    assert (("source", citation) in read.others) == (parts == ("", "", "", ""))


def test_what_is_unknown_or_wrong_is_kept() -> None:
    others = record().others
    assert ("iesgrantcontractnum", "R305A") in others
    assert ("issn", "1234-5678") in others


def test_no_value_of_a_known_detail_is_lost() -> None:
    details = (
        ("journal", "授業研究"),
        ("journal", "Lesson Study"),
        ("doi", "none yet"),
        ("peerreviewed", "by two"),
        ("iesfunded", "Yes"),
        ("references", "Dewey 1916"),
    )
    read = record(replace(ERIC, details=details))
    assert read.journal == "授業研究"
    assert {text for _, text in read.others} == {text for _, text in details[1:]}


def test_no_field_holds_a_mail_address() -> None:
    assert "@" not in repr(record())
    assert record().publishers == ("Learning Press",)


def test_a_record_says_its_date_no_more_precisely_than_it_was_told() -> None:
    dates = {"2024": "2024", "2024-3": "2024-03", "2024/03/05": "2024-03-05"}
    assert {text: record(replace(ERIC, published=text)).date for text in dates} == dates
    unread = replace(ERIC, published="June 2024")
    day = datetime(2024, 6, 30, tzinfo=UTC)
    assert record(unread, published=day, dated_by="month").date == "2024-06"
    assert record(unread, dated_by="first-seen").date == ""


def test_only_works_are_records() -> None:
    news = Item(key="1", link="http://a.example/1", title="News", details=(("place", "Tokyo"),))
    assert record_of(news, article("en"), source("en")) is None
    assert record_of(news, article("en"), source("en", kinds=("news", "research"))) is None
    assert record_of(news, article("en"), source("en", kinds=("book", "news"))) is not None
    paper = replace(news, details=(("doi", "10.1234/a"),))
    assert record_of(paper, article("en"), source("en")) is not None


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("https://doi.org/10.1234/ABC", "10.1234/abc"),
        ("doi:10.1234/abc.", "10.1234/abc"),
        ("info:doi/10.1234/a(b)c", "10.1234/a(b)c"),
        ("(10.1234/abc)", "10.1234/abc"),
        ("https://dx.doi.org/10.1234%2Fabc", "10.1234/abc"),
        ("10.12/abc", ""),
        ("10.1234/", ""),
        ("", ""),
    ],
)
def test_a_doi_has_one_form(written: str, name: str) -> None:
    assert doi(written) == name


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("0378-5955", "0378-5955"),
        ("eISSN: 2434561X", "2434-561X"),
        ("03785955", "0378-5955"),
        ("0378-5954", ""),
        ("0378-595", ""),
        ("X378-5955", ""),
    ],
)
def test_an_issn_is_checked(written: str, number: str) -> None:
    assert issn(written) == number


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("978-0-306-40615-7", "9780306406157"),
        ("ISBN 0-306-40615-2", "9780306406157"),
        ("urn:isbn:9780306406157", "9780306406157"),
        ("080442957X", "9780804429573"),
        ("978-0-306-40615-8", ""),
        ("0-306-40615-3", ""),
        ("12345", ""),
    ],
)
def test_an_isbn_is_checked(written: str, number: str) -> None:
    assert isbn(written) == number


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("Sato <sato@univ.example>", "Sato"),
        ("Sato (mailto:sato@univ.example), Lee", "Sato , Lee"),
        ("Sato; e-mail: sato@univ.example", "Sato"),
        ("Sato sato[at]univ.example", "Sato"),
        ("佐藤 学＜manabu＠univ.example＞", "佐藤 学"),
        ("no address", "no address"),
    ],
)
def test_mail_addresses_are_taken_out(written: str, text: str) -> None:
    assert without_mail(written) == text


def test_an_orcid_leaves_the_name() -> None:
    assert name_and_orcid("Sato, M. (0000-0002-1825-0097)") == ("Sato, M.", "0000-0002-1825-0097")


@pytest.mark.parametrize(
    ("one", "other"),
    [("Sato, Manabu", "Manabu Sato"), ("佐藤 学", "佐藤学"), ("한서율(가온대학교)", "한서율")],
)
def test_names_of_one_author_are_compared_alike(one: str, other: str) -> None:
    assert family_name(one) == family_name(other)


def test_the_key_is_the_doi_else_title_year_and_first_author() -> None:
    assert record_key(work(doi="10.1234/a")) == "doi:10.1234/a"
    assert record_key(work()) == "work:listening|2024|sato"
    assert record_key(work(titles=(("en", "LISTENING!"),))) == record_key(work())
    assert record_key(work(date="2023")) != record_key(work())


def test_records_of_one_work_are_one() -> None:
    with_doi = work(doi="10.1234/a", article_ids=("a",))
    without = work(article_ids=("b",), authors=("Manabu Sato",))
    other = work(article_ids=("c",), date="2020")
    assert [each.article_ids for each in united([without, with_doi, other])] == [
        ("b", "a"),
        ("c",),
    ]


def test_a_record_that_two_dois_claim_stays_alone() -> None:
    works = [work(doi="10.1234/a"), work(doi="10.1234/b"), work()]
    assert len(united(works)) == 3


def test_each_field_is_of_the_record_that_says_most() -> None:
    short = work(
        abstracts=(("en", "Short."),), links=("http://a.example/",), journal="J. L.", references=3
    )
    long = work(
        article_ids=("b",),
        abstracts=(("en", "A longer abstract."), ("ja", "要旨")),
        authors=("Sato, Manabu", "Lee, Hana"),
        links=("http://b.example/",),
        journal="Journal of Listening",
        date="2024-05",
        volume="3",
        peer_reviewed=True,
    )
    merged = merge([short, long])
    assert merged.article_ids == ("a", "b")
    assert merged.abstracts == (("en", "A longer abstract."), ("ja", "要旨"))
    assert merged.authors == ("Sato, Manabu", "Lee, Hana")
    assert set(merged.links) == {"http://a.example/", "http://b.example/"}
    assert (merged.journal, merged.volume, merged.date) == ("Journal of Listening", "3", "2024-05")
    assert (merged.references, merged.peer_reviewed) == (3, True)


def test_nothing_cannot_be_merged() -> None:
    with pytest.raises(ValueError, match="no records"):
        merge([])


WORKS = st.builds(
    work,
    article_ids=st.tuples(st.sampled_from("abc")),
    doi=st.sampled_from(("", "10.1234/a")),
    links=st.lists(st.sampled_from(("http://a.example/", "http://b.example/"))).map(tuple),
    date=st.sampled_from(("", "2024", "2024-05")),
    references=st.none() | st.integers(0, 9),
)


@given(st.lists(WORKS, min_size=1, max_size=5))
def test_merging_loses_no_link_and_is_itself_when_repeated(works: list[Record]) -> None:
    merged = merge(works)
    assert set(merged.links) == {link for each in works for link in each.links}
    assert merge([merged]) == merged
    assert merge([merged, merged]) == merged


SAMPLES = (
    "weko_sample_oai_dc_response.xml",
    "fatcat_jalc_lod_sample.xml",
    "sickle_ListRecords2.xml",
)


@pytest.mark.parametrize("name", SAMPLES)
def test_real_repositories_make_records_without_mail_addresses(name: str, shared: Path) -> None:
    told = source("en", format="oai-pmh", kinds=("research",))
    body = (shared / "corpus" / "oai" / name).read_bytes()
    url = "https://repository.example/oai"
    document = Document(
        source_id=told.id, url=url, role="source", final_url=url, content_type="text/xml", body=body
    )
    items = [item for item in parse(document, told).items if not item.deleted]
    works = [record_of(item, article("en", title="Title"), told) for item in items]
    assert works
    assert all(works)
    assert not re.search(r"[\w.]+@\w+\.\w+", repr(works))


@given(st.text(max_size=60))
def test_any_text_is_a_number_or_none(text: str) -> None:
    assert issn(text) == "" or len(issn(text)) == 9
    assert isbn(text) == "" or len(isbn(text)) == 13
    assert doi(text) == "" or doi(doi(text)) == doi(text)
