"""The APIs that our own sources describe give items, from answers as their clients know them."""

import json
from pathlib import Path

import pytest

from aggregator.config import read_sources
from aggregator.model import Document, Item
from aggregator.parse import parse

SOURCES = {
    source.id: source
    for source in read_sources(Path(__file__).resolve().parents[2] / "sources.yaml")
}

CINII = {
    "items": [
        {
            "@id": "https://cir.nii.ac.jp/crid/1",
            "title": "学び合う教室",
            "link": {"@id": "https://cir.nii.ac.jp/crid/1"},
            "dc:creator": ["山田 花子", "鈴木 一郎"],
            "prism:publicationName": "教育方法学研究",
            "prism:publicationDate": "2026-03-31",
            "dc:identifier": [
                {"@type": "cir:NAID", "@value": "40001"},
                {"@type": "cir:DOI", "@value": "10.1234/abc"},
            ],
        },
        {"@id": "https://cir.nii.ac.jp/crid/2", "title": "授業研究"},
    ]
}
ERIC = {
    "response": {
        "numFound": 1,
        "docs": [
            {
                "id": "EJ1",
                "title": "Lesson Study",
                "author": ["Doe, Jane"],
                "publicationdateyear": 2025,
                "source": "Journal of Lessons",
            }
        ],
    }
}
THAI_PBS = {
    "page": 1,
    "items": [
        {
            "id": 502330,
            "title": "โรงเรียน",
            "canonical": "https://www.thaipbs.or.th/news/content/502330",
            "publishTime": "2026-02-18T15:28:35+07:00",
            "description": "",
        }
    ],
}
JYB = {
    "szbList": None,
    "dataList": [
        {"title": "学习共同体", "docpuburl": "http://www.jyb.cn/1.html", "pubtime": "2026-03-01"}
    ],
}
KAKEN = """<grantAwards><totalResults>1</totalResults>
<grantAward id="KAKENHI-PROJECT-1"><urlList><url>https://kaken.nii.ac.jp/grant/1/</url></urlList>
<summary xml:lang="ja"><title>学びの共同体</title><member><personalName><fullName>佐藤</fullName>
</personalName></member></summary><summary xml:lang="en"><title>SLC</title></summary>
</grantAward></grantAwards>"""
KCI = """<MetaData><outputData><record><journalInfo><journal-name>교육학연구</journal-name>
</journalInfo><articleInfo article-id="ART1"><title-group>
<article-title lang="original"><![CDATA[배움의 공동체]]></article-title></title-group>
<url>https://www.kci.go.kr/1</url></articleInfo></record></outputData></MetaData>"""


def items(source_id: str, answer: object) -> tuple[Item, ...]:
    source = SOURCES[source_id]
    body = answer if isinstance(answer, str) else json.dumps(answer)
    document = Document(
        source_id=source_id,
        url=source.url,
        role="source",
        final_url=source.url,
        content_type="",
        body=body.encode(),
    )
    return parse(document, source).items


@pytest.mark.parametrize(
    ("source_id", "answer", "key", "link", "title", "published"),
    [
        ("jp-cinii", CINII, *["https://cir.nii.ac.jp/crid/1"] * 2, "学び合う教室", "2026-03-31"),
        ("eric-api", ERIC, "EJ1", "https://eric.ed.gov/?id=EJ1", "Lesson Study", "2025"),
        (
            "th-thaipbs-api",
            THAI_PBS,
            "502330",
            "https://www.thaipbs.or.th/news/content/502330",
            "โรงเรียน",
            "2026-02-18T15:28:35+07:00",
        ),
        ("cn-jyb-search", JYB, *["http://www.jyb.cn/1.html"] * 2, "学习共同体", "2026-03-01"),
        (
            "jp-kaken",
            KAKEN,
            "KAKENHI-PROJECT-1",
            "https://kaken.nii.ac.jp/grant/1/",
            "学びの共同体",
            "",
        ),
        ("kr-kci-api", KCI, "ART1", "https://www.kci.go.kr/1", "배움의 공동체", ""),
    ],
    ids=lambda value: value if isinstance(value, str) and value in SOURCES else "",
)
def test_the_first_record_is_an_item(
    source_id: str, answer: object, key: str, link: str, title: str, published: str
) -> None:
    item = items(source_id, answer)[0]
    assert (item.key, item.link, item.title, item.published) == (key, link, title, published)


def test_what_is_no_field_of_an_item_is_a_detail() -> None:
    first, second = items("jp-cinii", CINII)
    assert first.details == (("journal", "教育方法学研究"), ("doi", "10.1234/abc"))
    assert first.authors == ("山田 花子", "鈴木 一郎")
    assert second.details == ()
