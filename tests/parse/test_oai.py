"""OAI-PMH beyond what the case folders show: whole sweeps, circles, restarts, real answers."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html import escape, unescape
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aggregator.errors import ParseError
from aggregator.model import Document, Further, Item, Oai, Parsed, Source
from aggregator.parse import address, parse
from tests.parse import corpus

BASE = "https://journal.example/oai"
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
DEADLINE = timedelta(seconds=2)
LETTERS = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Zs", "Zl", "Zp"])


def source(url: str = BASE, oai: Oai | None = None, language: str = "ja") -> Source:
    return Source(
        id="x",
        name="x",
        name_en="x",
        country="jp",
        language=language,
        homepage="https://journal.example/",
        url=url,
        format="oai-pmh",
        kinds=("research",),
        timezone="Asia/Tokyo",
        oai=oai,
    )


def answer(inner: str, at: str = "2026-11-19T22:15:03Z") -> str:
    return f"<OAI-PMH><responseDate>{at}</responseDate>{inner}</OAI-PMH>"


def error(code: str) -> str:
    return answer(f"<error code='{code}'>so it is</error>")


def record(number: int, day: str = "2026-11-01") -> str:
    return (
        f"<record><header><identifier>oai:x:{number}</identifier><datestamp>{day}</datestamp>"
        f"</header><metadata><dc><title>{number}</title></dc></metadata></record>"
    )


def page(*records: str, token: str = "", at: str = "2026-11-19T22:15:03Z") -> str:
    inner = f"{''.join(records)}<resumptionToken>{escape(token)}</resumptionToken>"
    return answer(f"<ListRecords>{inner}</ListRecords>", at)


def metadata(*elements: str, language: str = "ja") -> Item:
    inner = f"<metadata><dc>{''.join(elements)}</dc></metadata>"
    header = "<header><identifier>oai:x:1</identifier></header>"
    text = answer(f"<GetRecord><record>{header}{inner}</record></GetRecord>")
    (item,) = parse(first(text), source(language=language)).items
    return item


def first(text: str, bookmark: str = "") -> Document:
    return Document(
        source_id="x",
        url=BASE,
        role="source",
        final_url=BASE,
        content_type="text/xml",
        body=text.encode(),
        bookmark=bookmark,
        fetched=NOW,
    )


def further(text: str, request: Further, bookmark: str) -> Document:
    return replace(first(text, bookmark), url=request.url, role="list", version=request.version)


class Reader:
    """Reads a repository as the flow does: one answer after another, with one bookmark."""

    def __init__(self, bookmark: str = "") -> None:
        self.bookmark = bookmark
        self.read: list[str] = []

    def asks(self) -> str:
        return address(source(), self.bookmark, NOW).partition("&from=")[2]

    def takes(self, *answers: str) -> Further | None:
        """Read a sweep's answers in their order; return what is still to be asked for."""
        request: Further | None = None
        for text in answers:
            request = self.takes_one(
                first(text, self.bookmark)
                if request is None
                else further(text, request, self.bookmark)
            )
        return request

    def takes_one(self, document: Document) -> Further | None:
        parsed = parse(document, source())
        self.read += [item.key.removeprefix("oai:x:") for item in parsed.items]
        self.bookmark = self.bookmark if parsed.bookmark is None else parsed.bookmark
        return next(iter(parsed.requests), None)


# --- what is asked for


@pytest.mark.parametrize(
    ("url", "oai", "asked"),
    [
        (BASE, None, "?verb=ListRecords&metadataPrefix=oai_dc"),
        (
            BASE,
            Oai(prefix="qdc", set="a:b c"),
            "?verb=ListRecords&metadataPrefix=qdc&set=a%3Ab%20c",
        ),
        (BASE, Oai(since="2026-01-01"), "?verb=ListRecords&metadataPrefix=oai_dc&from=2026-01-01"),
        (f"{BASE}?journal=5#top", None, "?journal=5&verb=ListRecords&metadataPrefix=oai_dc"),
        (f"{BASE}?key={{key}}", None, "?key={key}&verb=ListRecords&metadataPrefix=oai_dc"),
        (
            f"{BASE}?verb=ListRecords&metadataPrefix=qdc&set=a%3Ab&from=2001-01-01",
            None,
            "?verb=ListRecords&metadataPrefix=qdc&set=a%3Ab",
        ),
        (f"{BASE}?verb=Identify", Oai(), "?verb=ListRecords&metadataPrefix=oai_dc"),
    ],
)
def test_the_first_question_is_for_all_records(url: str, oai: Oai | None, asked: str) -> None:
    assert address(source(url, oai), "", NOW) == BASE + asked


def test_other_formats_are_asked_for_as_they_are_configured() -> None:
    feed = replace(source(), format="rss")

    assert address(feed, '{"complete": "2026-01-01"}', NOW) == BASE


def test_after_a_complete_sweep_only_changes_are_asked_for_with_a_day_in_reserve() -> None:
    reader = Reader()
    reader.takes(page(record(1), at="2026-03-01T00:10:00Z"))

    assert reader.asks() == "2026-02-28"
    assert address(source(oai=Oai(since="2020-01-01")), reader.bookmark, NOW).endswith("2026-02-28")


def test_a_repository_whose_clock_was_wrong_once_hides_nothing() -> None:
    reader = Reader()
    reader.takes(page(record(1), at="2099-01-01T00:00:00Z"))

    assert reader.asks() == "2026-11-19"


@pytest.mark.parametrize(
    "bookmark",
    [
        "",
        "[]",
        "x",
        "null",
        '{"complete": 5}',
        '{"complete": "soon"}',
        '{"page": 2}',
        '{"pages": 1}',
    ],
)
def test_a_bookmark_of_another_parser_says_nothing(bookmark: str) -> None:
    assert address(source(), bookmark, NOW) == f"{BASE}?verb=ListRecords&metadataPrefix=oai_dc"


# --- sweeps


def test_a_sweep_goes_over_all_pages_and_is_then_complete() -> None:
    reader = Reader()
    rest = reader.takes(
        page(record(1), record(2), token="a&b=c/+ ü"),
        page(record(3), token="2", at="2026-11-20T01:00:00Z"),
        page(record(4), at="2026-11-20T02:00:00Z"),
    )

    assert (rest, reader.read) == (None, ["1", "2", "3", "4"])
    assert json.loads(reader.bookmark)["complete"] == "2026-11-19"


def test_each_token_is_asked_for_once_a_sweep() -> None:
    """Many repositories number their tokens, so that those of all sweeps are the same."""
    reader = Reader()
    request = reader.takes(page(record(1), token="100/oai_dc"))
    again = reader.takes(page(record(1), token="100/oai_dc", at="2026-11-20T05:00:00Z"))

    assert request is not None
    assert request.url == f"{BASE}?verb=ListRecords&resumptionToken=100%2Foai_dc"
    assert again == replace(request, version="2026-11-20T05:00:00Z")


def test_an_answer_without_its_date_makes_a_sweep_as_well() -> None:
    undated = page(record(1), token="2").replace("2026-11-19T22:15:03Z", "yesterday")
    reader = Reader()
    request = reader.takes(undated)
    assert request is not None
    assert request.version
    reader.takes_one(further(page(record(2)), request, reader.bookmark))

    assert json.loads(reader.bookmark)["complete"] == "2026-11-20"  # when it was fetched


def test_a_late_page_leads_nowhere_once_a_new_sweep_began() -> None:
    reader = Reader()
    late = reader.takes(page(record(1), token="2"))
    reader.takes(page(record(1), token="2", at="2026-11-20T05:00:00Z"))
    before = reader.bookmark
    assert late is not None
    rest = reader.takes_one(further(page(record(2), token="3"), late, reader.bookmark))

    assert (rest, reader.bookmark, reader.read) == (None, before, ["1", "1", "2"])


def test_reading_a_finished_sweep_again_changes_nothing() -> None:
    """A newer version of the program parses what is stored once more."""
    reader = Reader()
    texts = [page(record(1), token="2"), page(record(2))]
    reader.takes(*texts)
    before = reader.bookmark
    request = reader.takes(texts[0])
    assert request is not None
    reader.takes_one(further(texts[1], request, reader.bookmark))

    assert (reader.bookmark, reader.read) == (before, ["1", "2", "1", "2"])


def test_reading_a_page_again_is_no_circle() -> None:
    reader = Reader()
    texts = [page(record(1), token="2"), page(record(2), token="3")]
    request = reader.takes(texts[0])
    rest = reader.takes_one(further(texts[1], request, reader.bookmark)) if request else None
    again = reader.takes(*texts)

    assert again == rest is not None


def test_nothing_new_is_a_complete_sweep() -> None:
    reader = Reader('{"complete": "2026-10-01"}')
    reader.takes(error("noRecordsMatch"))

    assert (reader.asks(), reader.read) == ("2026-11-18", [])


# --- circles


CIRCLES = {
    "same token": [page(record(1), token="2"), page(record(2), token="2")],
    "same records": [page(record(1), token="2"), page(record(1), token="3")],
    "an earlier token": [
        page(record(1), token="2"),
        page(record(2), token="3"),
        page(record(3), token="2"),
    ],
    "empty pages": [page(token=str(number)) for number in range(1, 30)],
}


@pytest.mark.parametrize("texts", list(CIRCLES.values()), ids=CIRCLES)
def test_a_list_that_runs_in_a_circle_is_refused_and_what_was_read_stays(texts: list[str]) -> None:
    reader = Reader()
    with pytest.raises(ParseError, match=r"the same page again|pages without records"):
        reader.takes(*texts)

    assert len(reader.read) == len(set(reader.read))
    assert "complete" not in json.loads(reader.bookmark)


def test_a_few_pages_without_records_are_passed() -> None:
    reader = Reader()
    reader.takes(page(token="2"), page(token="3"), page(record(1)))

    assert reader.read == ["1"]


def test_the_bookmark_of_a_long_sweep_stays_small() -> None:
    reader = Reader()
    request = reader.takes(page(record(0), token="0"))
    pages = [f"{number:010x}:{number:010x}" for number in range(1000)]
    reader.bookmark = json.dumps(json.loads(reader.bookmark) | {"pages": pages})
    assert request is not None
    reader.takes_one(further(page(record(1), token="1"), request, reader.bookmark))

    kept = json.loads(reader.bookmark)["pages"]
    assert kept[:-1] == pages[1:]
    assert len(reader.bookmark) < 30_000


# --- restarts


def test_a_forgotten_token_goes_on_from_the_last_day_where_records_come_by_date() -> None:
    reader = Reader('{"complete": "2026-10-01"}')
    reader.takes(
        page(record(1, "2026-10-02"), record(2, "2026-10-02T03:00:00Z"), token="2"),
        page(record(3, "2026-10-05"), token="3"),
        error("badResumptionToken"),
    )

    assert reader.asks() == "2026-10-05"


@pytest.mark.parametrize("day", ["2026-10-01", "2026-13-45", ""])
def test_a_forgotten_token_begins_again_where_they_do_not(day: str) -> None:
    reader = Reader('{"complete": "2026-10-01"}')
    reader.takes(
        page(record(1, "2026-10-09"), token="2"),
        page(record(2, day), token="3"),
        error("badResumptionToken"),
    )

    assert reader.asks() == "2026-09-30"


def test_a_sweep_broken_off_by_the_network_goes_on_likewise() -> None:
    reader = Reader()
    reader.takes(page(record(1, "2026-10-02"), token="2"), page(record(2, "2026-10-05"), token="3"))
    assert reader.asks() == "2026-10-05"
    reader.takes(page(record(3, "2026-10-06"), at="2026-11-20T05:00:00Z"))

    assert reader.asks() == "2026-11-19"


def test_a_resumed_sweep_that_is_unordered_begins_again_where_it_resumed() -> None:
    reader = Reader()
    reader.takes(page(record(1, "2026-10-02"), token="2"), error("badResumptionToken"))
    unordered = page(record(3, "2026-10-06"), record(4, "2026-10-05"), token="2", at="2026-11-20")
    reader.takes(unordered)

    assert reader.asks() == "2026-10-02"


def test_tokens_that_are_always_forgotten_are_a_failure_from_the_second_time() -> None:
    reader = Reader()
    reader.takes(page(record(2, "2026-10-02"), record(1, "2026-10-01"), token="2"))
    texts = [page(record(2), record(1, "2026-10-01"), token="2"), error("badResumptionToken")]
    reader.takes(*texts)
    later = [text.replace("2026-11-19", "2026-11-20") for text in texts]

    with pytest.raises(ParseError, match="forgets its resumption tokens"):
        reader.takes(*later)


# --- what a record means


def test_the_title_in_the_language_of_the_source_is_the_title() -> None:
    item = metadata(
        "<title xml:lang='eng'>Listening</title>",
        "<title xml:lang='ja-Kana'>キク</title>",
        "<title xml:lang='ja_JP'>聴く</title>",
    )

    assert item.title == "聴く"
    assert item.details == (("title-en", "Listening"), ("title-ja-Kana", "キク"))


@pytest.mark.parametrize(
    ("language", "title"),
    [("ja", "聴く学び"), ("id", "Listening"), ("zh-Hant", "聴く学び"), ("en", "Listening")],
)
def test_titles_without_a_language_are_told_apart_by_their_letters(
    language: str, title: str
) -> None:
    item = metadata("<title>Listening</title>", "<title>聴く学び</title>", language=language)

    assert item.title == title


@pytest.mark.parametrize(
    ("language", "title"), [("zh-Hant", "學習"), ("zh-Hans", "学习"), ("en", "学习")]
)
def test_the_two_ways_of_writing_chinese_are_told_apart(language: str, title: str) -> None:
    item = metadata(
        "<title xml:lang='zh-CN'>学习</title>",
        "<title xml:lang='zh-TW'>學習</title>",
        language=language,
    )

    assert item.title == title


@pytest.mark.parametrize(
    ("dates", "published"),
    [
        (["2023", "2023-12-30"], "2023-12-30"),
        (["2020-05-01T03:00:00Z", "2015-06"], "2015-06"),
        (["2023-12-30", "2023-12-30T10:00:00Z"], "2023-12-30T10:00:00Z"),
        (["2020-05-01T03:00:00Z"], "2020-05-01T03:00:00Z"),
        (["info:eu-repo/date/embargoEnd/2030-01-01", "令和5年3月"], "令和5年3月"),
        ([], ""),
    ],
)
def test_the_most_precise_date_of_issue_counts(dates: list[str], published: str) -> None:
    assert metadata(*(f"<date>{date}</date>" for date in dates)).published == published


@pytest.mark.parametrize(
    ("elements", "link"),
    [
        (["a.pdf", "landing"], "https://x.example/landing"),
        (["a.pdf", "10.1234/a"], "https://doi.org/10.1234/a"),
        (["doi:10.1234/a", "landing"], "https://x.example/landing"),
        (["a.pdf"], "https://x.example/a.pdf"),
        (["ISBN 4123456789"], ""),
        ([], ""),
    ],
)
def test_the_link_is_a_page_where_there_is_one(elements: list[str], link: str) -> None:
    values = [
        f"https://x.example/{each}" if each.endswith(("pdf", "landing")) else each
        for each in elements
    ]

    assert metadata(*(f"<identifier>{each}</identifier>" for each in values)).link == link


def test_a_relation_is_the_link_of_a_record_without_another() -> None:
    relation = "<relation>10.1234/other</relation><relation>HTTP://x.example/a</relation>"

    assert metadata(relation).link == "http://x.example/a"


def test_addresses_of_mail_are_kept_of_no_author() -> None:
    creators = [
        "佐藤 学 &lt;m.sato@x.example&gt;",
        "a@x.example",
        "Lee, Soo (soo@x.example)",
        "A@B",
    ]
    item = metadata(*(f"<creator>{each}</creator>" for each in creators))

    assert item.authors == ("佐藤 学", "Lee, Soo", "A@B")


@settings(deadline=DEADLINE)
@given(title=st.text(LETTERS, min_size=1))
def test_any_title_comes_out_as_the_html_of_its_text(title: str) -> None:
    item = metadata(f"<title>{escape(title)}</title>")

    assert unescape(item.title) == unescape(title)


@settings(deadline=DEADLINE)
@given(token=st.text(LETTERS, min_size=1))
def test_any_token_is_asked_with_as_it_came(token: str) -> None:
    reader = Reader()
    rest = reader.takes(page(record(1), token=token), page(record(2), token=f"{token}2"))

    assert rest is not None
    assert reader.read == ["1", "2"]


PIECES = [
    record(1), record(2, "x"), "<record>", "</record>", "<header>", "<metadata><dc>", "&", "<br>",
    "<title xml:lang='-'>", "<identifier>http://[", "<date>", "<creator>@", "</dc>", "學",
    "<resumptionToken>", "<ListRecords>", "</ListRecords>", "<error code='badResumptionToken'/>",
    "<error/>", "<description><title>", "<author><keyname>",
]  # fmt: skip


@settings(deadline=DEADLINE)
@given(
    pieces=st.lists(st.sampled_from(PIECES), max_size=20),
    bookmark=st.sampled_from(["", "{}", '{"complete": "2026-01-01"}', '{"current": "x"}']),
)
def test_any_answer_is_parsed_or_a_parse_error(pieces: list[str], bookmark: str) -> None:
    try:
        parsed = parse(first(answer("".join(pieces)), bookmark), source())
    except ParseError as err:
        assert str(err)
        return

    assert all(item.key for item in parsed.items)
    address(source(), parsed.bookmark or "", NOW)


# --- real answers

#: File of the corpus -> what is expected otherwise here, and why.
EXPLAINED: dict[str, tuple[dict[str, Any], str]] = {
    "oai/sickle_ListRecordsBroken.xml": (
        {"error": "expected XML, got a text that begins 'broken xml'"},
        "the words 'broken xml' are no answer",
    ),
    "oai/sickle_badArgument.xml": (
        {"error": "the repository refuses: badArgument"},
        "the repository says that it was asked wrongly: that is a failure, not an empty list",
    ),
    "oai/sickle_idDoesNotExist.xml": (
        {
            "error": "the repository refuses: idDoesNotExist: "
            "oai:lcoa1.loc.gov:loc.rbc/rbpe.00000111 has the structure of a valid LOC identifier, "
            "but it maps to no known item"
        },
        "likewise",
    ),
    "oai/weko_sample_arxiv_response_no_namespace.xml": (
        {"records": 1, "deleted": 0, "tokens": 0},
        "it was counted by namespace, of which it has none; the one record in it is read",
    ),
}


def told(row: corpus.Row) -> dict[str, Any]:
    """What the manifest says that can be seen in what is parsed."""
    expected = row["expected"]
    seen = {
        "records": expected["records"],
        "deleted": expected.get("deleted", 0),
        "tokens": len(expected.get("resumption_token", ())),
    }
    if "first_identifier" in expected:
        seen |= {"first": (expected["first_identifier"], expected["first_datestamp"])}
    if "dc_titles" in expected:
        seen |= {"titles": {" ".join(title.split()) for title in expected["dc_titles"]}}
    return seen


def seen(parsed: Parsed, row: corpus.Row) -> dict[str, Any]:
    found: dict[str, Any] = {
        "records": len(parsed.items),
        "deleted": sum(item.deleted for item in parsed.items),
        "tokens": len(parsed.requests),
    }
    if "first_identifier" in row["expected"]:
        live = next((item for item in parsed.items if not item.deleted), None)
        item = parsed.items[0]
        date = item.updated or (row["expected"]["first_datestamp"] if item.deleted else "")
        assert live is not None
        found |= {"first": (item.key, date)}
    if "dc_titles" in row["expected"]:
        others = {
            value
            for item in parsed.items
            for name, value in item.details
            if name.startswith("title-")
        }
        found |= {"titles": {unescape(item.title) for item in parsed.items if item.title} | others}
    return found


def test_real_answers_hold_what_is_expected_or_it_is_explained(shared: Path) -> None:
    found, expected = {}, {}
    for row in corpus.rows(shared / "corpus", "oai"):
        file = row["file"]
        try:
            parsed = parse(
                corpus.document_of(shared / "corpus", row), corpus.source_of(row, "oai-pmh")
            )
            found[file] = seen(parsed, row)
        except ParseError as err:
            found[file] = {"error": str(err)}
        expected[file] = EXPLAINED[file][0] if file in EXPLAINED else told(row)

    assert found == expected
    assert EXPLAINED.keys() < found.keys()
