"""Every mistake in a configuration file is told with its file, line, key and remedy."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from aggregator.config import read_pipelines, read_sources
from aggregator.errors import ConfigError
from aggregator.model import Source

SOURCES = """\
- id: jp-manabi
  name: 学び新聞
  name_en: Manabi Shimbun
  country: jp
  language: ja
  homepage: http://manabi.example/
  url: http://manabi.example/feed.xml
  format: rss
  kinds: [news, event]
- id: kr-baeum
  name: 배움뉴스
  name_en: Baeum News
  country: kr
  language: ko
  homepage: http://baeum.example/
  url: http://baeum.example/news/
  format: html-list
  kinds: [news]
  timezone: Asia/Seoul
  charset: euc-kr
  select:
    item: "ul.news > li"
    link: "a"
  page: {title: "h1", body: ".body"}
"""

PIPELINE = """\
title: Network news
description: Everything.
sources: {}
targets: [en, original]
schedule: {cron: "15 * * * *", timezone: Asia/Tokyo}
review: optional
outputs:
  feeds: [all, from]
  digest: daily
  opml: true
  site: true
"""


@dataclass(frozen=True)
class Mistake:
    """What is changed in the good file, and what the one message must say."""

    old: str
    new: str
    line: int
    said: str
    remedy: str

    def __str__(self) -> str:
        return self.said


IN_SOURCES = (
    # --- not YAML as we read it
    Mistake("  name: 学び", "\tname: 学び", 2, "a tab is not allowed here", "with spaces"),
    Mistake("name_en: Manabi", "name_en: News: Manabi", 3, "a colon inside a text", "in quotes"),
    Mistake("  country: kr", "   country: kr", 13, "a colon inside a text", "the indentation"),
    Mistake("  country: kr", " country: kr", 13, "the indentation does not fit", "the same"),
    Mistake("[news, event]", "[news, event", 10, "a bracket is opened and not closed", "close it"),
    Mistake('".body"', '".body', 24, "a quote is opened here and never closed", "close it"),
    Mistake("name: 배움", "name: @배움", 11, "a text may not begin with this character", "quotes"),
    Mistake("name: 배움뉴스", "name: *x", 11, "an alias", "repeat the value"),
    Mistake("name: 배움뉴스", "name: !!python/name:os.system x", 11, "the tag", "remove it"),
    Mistake("  language: ko", "  country: kr", 14, "the key `country` stands twice", "remove one"),
    Mistake("- id: kr-baeum", "---\n- id: kr-baeum", 10, "a second document", "remove the line"),
    Mistake("배움뉴스", "배움\x07뉴스", 11, "the character U+0007 is not", "remove it"),
    Mistake("배움뉴스", "[" * 30, 11, "nest more than 20 deep", "flatter"),
    Mistake("  language: ko", "  [a]: ko", 14, "a key must be a word", "write `key: value`"),
    # --- keys
    Mistake("langua", "languga", 5, "jp-manabi.langugage: is not", "did you mean `language`?"),
    Mistake("  url: http://m", "  feed: http://m", 1, "jp-manabi.url: is missing", "add `url: …`"),
    Mistake(
        "  charset: euc-kr", "  x: 1", 20, "kr-baeum.x: is not a known", "known keys: id, name"
    ),
    Mistake("    link:", "    links:", 23, "kr-baeum.select.links: is not", "did you mean `link`?"),
    Mistake("{title:", "{titel:", 24, "kr-baeum.page.titel: is", "did you mean `title`?"),
    Mistake('    item: "ul.news > li"\n', "", 21, "kr-baeum.select.item: is missing", "add `item"),
    Mistake("- id: jp-manabi\n ", "-", 1, "entry 1.id: is missing", "add `id: …`"),
    # --- types
    Mistake("name: 배움뉴스", "name: 2025", 11, "kr-baeum.name: `2025` is read as a", '"2025"'),
    Mistake("name: 배움뉴스", "name:", 11, "kr-baeum.name: is empty", "behind the colon"),
    Mistake("name: 배움뉴스", "name: [배움]", 11, "kr-baeum.name: is a list", "write one text"),
    Mistake("name: 배움뉴스", "name: true", 11, "kr-baeum.name: `true` is read", '"true"'),
    Mistake("[news]", "news", 18, "kr-baeum.kinds: `news` is not a list", "brackets: [news]"),
    Mistake("[news]", "{news: 1}", 18, "kr-baeum.kinds: is a mapping", "a hyphen"),
    Mistake("[news]", "[]", 18, "kr-baeum.kinds: is an empty list", "at least one"),
    Mistake("[news]", "[news, news]", 18, "kr-baeum.kinds: `news` stands twice", "remove one"),
    Mistake('{title: "h1", body: ".body"}', "h1", 24, "page: `h1` is not a mapping", "lines below"),
    Mistake("  charset: euc-kr", "  enabled: no", 20, "kr-baeum.enabled: `no` is", "true or false"),
    # --- values
    Mistake("id: kr-baeum", "id: KR_baeum", 10, "KR_baeum.id: `KR_baeum` is not an id", "a-z"),
    Mistake("country: kr", "country: KR", 13, "kr-baeum.country: `KR` is unk", "you mean `kr`?"),
    Mistake("country: kr", "country: fr", 13, "country: `fr` is unknown", "allowed: jp, kr, cn"),
    Mistake("language: ko", "language: zh", 14, "kr-baeum.language: `zh`", "zh-Hans, zh-Hant"),
    Mistake("format: rss", "format: RSS", 8, "jp-manabi.format: `RSS`", "did you mean `rss`?"),
    Mistake("format: rss", "format: gopher", 8, "format: `gopher` is unkn", "allowed: rss, atom"),
    Mistake("event]", "evnt]", 9, "jp-manabi.kinds[2]: `evnt` is", "did you mean `event`?"),
    Mistake(
        "http://manabi.example/f", "/f", 7, "jp-manabi.url: `/feed.xml` is not", "whole address"
    ),
    Mistake("http://manabi.example/f", "ftp://a.b/f", 7, "jp-manabi.url: `ftp", "whole address"),
    Mistake("//manabi.example/f", "//me:pw@a.b/f", 7, "holds a user name", "without credentials"),
    Mistake("manabi.example/f", "a b/f", 7, "jp-manabi.url: `http://a b/feed", "whole address"),
    Mistake("manabi.example/f", "a.b:x/f", 7, "has a malformed host", "whole address"),
    Mistake(
        "manabi.example/f", "a.b/{DD}", 7, "jp-manabi.url: has a placeholder", "enabled: false"
    ),
    Mistake(
        "manabi.example/f", "a.b/{apikey}/f", 7, "jp-manabi.url: has a", "AGGREGATOR_KEY_JP_MANABI"
    ),
    Mistake("manabi.example/f", "{key}.b/f", 7, "url: has {key} where it", "path or the query"),
    Mistake("feed.xml", "feed.xml#{key}", 7, "url: has {key} where it", "path or the query"),
    Mistake(
        "//manabi.example/f", "//a:p/w@a.b/f", 7, "`http://a.b/feed.xml` has a malf", "without"
    ),
    Mistake("http://manabi.example/f", "{base}/f", 7, "a text that holds a brace", "in quotes"),
    Mistake("manabi.example/f", "a.b/{KEY}/f", 7, "in braces", "write {key}, in lower case"),
    Mistake("manabi.example/f", "a.b/{key/f", 7, "url: has a placeholder", "the real address"),
    Mistake("Asia/Seoul", "Asia/Soul", 19, "`Asia/Soul` is no time zone", "mean `Asia/Seoul`?"),
    Mistake("Asia/Seoul", "Asia", 19, "kr-baeum.timezone: `Asia` is no", "IANA name"),
    Mistake("charset: euc-kr", "charset: eucc-kr", 20, "kr-baeum.charset: `eucc-kr`", "`euc-kr`?"),
    Mistake("charset: euc-kr", "charset: hex", 20, "kr-baeum.charset: `hex` is not", "utf-8"),
    Mistake("ul.news > li", "ul.news >", 22, "kr-baeum.select.item: `ul.news >`", "in quotes"),
    Mistake('body: ".body"', 'body: "::x("', 24, "kr-baeum.page.body: `::x(`", "quotes"),
    Mistake("name: 배움뉴스", 'name: " "', 11, "kr-baeum.name: is empty", "write a text"),
    Mistake("name: 배움뉴스", "name: |\n    a\n    b", 11, "has a line break", "in one line"),
    # --- one value against another
    Mistake(
        "manabi.example/\n", "a.b/{X}/\n", 6, "jp-manabi.homepage: has a place", "real address"
    ),
    Mistake("- id: kr-baeum", "- id: jp-manabi", 10, "jp-manabi.id: a source of", "another id"),
    Mistake(
        "  format: rss", "  format: rss\n  enabled: false", 1, "reason: is missing", "reason: …"
    ),
    Mistake("  format: rss", "  format: rss\n  reason: x", 9, "reason: is given for", "enabled: f"),
    Mistake("  format: rss", "  format: rss\n  page:", 9, "jp-manabi.page: is empty", "page: {}"),
    Mistake("format: rss", "format: json-api", 1, "jp-manabi.api: is missing", "add `api: {rec"),
    Mistake("format: rss", "format: xml-api", 1, "jp-manabi.api: is missing", "add `api: {rec"),
    Mistake("html-list", "atom", 21, "kr-baeum.select: is only for html-list", "remove it"),
    Mistake("format: rss", "format: html-list", 1, "jp-manabi.select: is missing", "item"),
)

#: What is added to the first source, whose format becomes the first word.
ADDED = (
    Mistake("rss", "oai: {}", 9, "oai: is only for oai-pmh, not for rss", "format: oai-pmh"),
    Mistake("rss", "match: x", 9, "match: is only for sitemap, not for rss", "format: sitemap"),
    Mistake("sitemap", "match: '/news/('", 9, "match: `/news/(` is not a reg", "single quotes"),
    Mistake("oai-pmh", "oai: {sets: x}", 9, "oai.sets: is not a known key", "mean `set`?"),
    Mistake("oai-pmh", "oai: {prefix: a b}", 9, "oai.prefix: `a b` is no", "oai_dc"),
    Mistake("oai-pmh", "oai: {since: 2024}", 9, "oai.since: `2024` is read as a num", "quotes"),
    Mistake("oai-pmh", "oai: {since: 2024-02-30}", 9, "`2024-02-30` is not a day", "YYYY-MM"),
    Mistake("oai-pmh", "oai: {since: 20240203}", 9, "is read as a number", "quotes"),
    Mistake("oai-pmh", 'oai: {since: "20240203"}', 9, "`20240203` is not a day", "YYYY-MM"),
    Mistake(
        "rss",
        "api: {records: a, fields: {title: b}}",
        9,
        "api: is only for json-api and xml-api, not for rss",
        "format: json-api",
    ),
    Mistake("json-api", "api: {records: a}", 9, "api.fields: is missing", "add `fields: …`"),
    Mistake("json-api", "api: {records: a, fields: {}}", 9, "fields: has no title", "add `title"),
    Mistake(
        "json-api",
        "api: {records: 'a[', fields: {title: b}}",
        9,
        "api.records: `a[` is not JMESPath",
        "double quotes",
    ),
    Mistake(
        "json-api",
        "api: {records: a, fields: {title: '@id'}}",
        9,
        "api.fields.title: `@id` is not JMESPath",
        '"@id"',
    ),
    Mistake(
        "json-api",
        "api: {records: a, fields: {title: b, link: 'http://a.b/{@id}'}}",
        9,
        "api.fields.link: `@id` is not JMESPath",
        '"@id"',
    ),
    Mistake(
        "xml-api",
        "api: {records: a, fields: {title: b}, next: c, parameter: d}",
        9,
        "api.parameter: is given beside `next`",
        "remove it",
    ),
    Mistake(
        "xml-api", "api: {records: a, fields: {title: b}, step: 5}", 9, "without `param", "add `p"
    ),
    Mistake(
        "xml-api",
        "api: {records: a, fields: {title: b}, parameter: p, step: 0}",
        9,
        "api.step: `0` leads nowhere",
        "write 1",
    ),
    Mistake(
        "xml-api",
        "api: {records: a, fields: {title: b}, parameter: p}",
        7,
        "jp-manabi.url: has no `p=` with a number",
        "…?p=1",
    ),
    Mistake(
        "json-api",
        "api: {records: a, fields: {title: b, link: 'http://a.b/{c} | @d'}}",
        9,
        "api.fields.link: `@d` is not JMESPath",
        '"@id"',
    ),
    Mistake("rss", "remove: []", 9, "remove: is an empty list", "name at least one"),
    Mistake("rss", "remove: シェアする", 9, "remove: `シェアする` is not a list", "[シェアする]"),
    Mistake("rss", 'page: {remove: "li["}', 9, "remove: `li[` is not a CSS selector", "in quotes"),
    Mistake("rss", "pages: 0", 9, "jp-manabi.pages: `0` is too few", "write 1 to 100"),
    Mistake("rss", "pages: many", 9, "pages: `many` is not a whole number", "pages: 5"),
    Mistake("rss", "page: yes", 9, "page: `yes` is not a mapping", "write `page: {}`"),
    Mistake("rss", "referer: 'http://a.b/{key}'", 9, "referer: has a placeholder", "path or the"),
    Mistake("sitemap", "match: ''", 9, "match: is empty", "'/news/[0-9]+'"),
    Mistake(
        "html-list",
        "select: {item: li, address: {1}}",
        9,
        "select.address: is a mapping, not a text",
        'needs quotes: "/view.do?id={1}"',
    ),
    Mistake(
        "html-list",
        "select: {item: li, address: /view.do?id={1}}",
        9,
        "a text that holds a brace",
        'in quotes: address: "/view.do?id={1}"',
    ),
    Mistake(
        "html-list",
        "select: {item: li, title: 'a{1}', address: [}",
        9,
        "not YAML",
        "compare the line",
    ),
    Mistake(
        "json-api",
        "api: {records: a, fields: {titel: b}}",
        9,
        "api.fields.titel: is not a known field",
        "did you mean `title`? known fields: id, title, link",
    ),
    Mistake(
        "xml-api",
        "api: {records: a, fields: {title: b, publshed: c}}",
        9,
        "api.fields.publshed: is not a known field",
        "did you mean `published`?",
    ),
    Mistake("rss", "pages: 101", 9, "jp-manabi.pages: `101` is too few", "write 1 to 100"),
    Mistake("rss", 'pages: "5"', 9, "jp-manabi.pages: `5` is not a whole", "without quotes"),
    Mistake("rss", "pages: 1.5", 9, "jp-manabi.pages: `1.5` is not a whole", "write one"),
    Mistake("rss", "referer: a.b", 9, "jp-manabi.referer: `a.b` is not an abs", "whole address"),
    Mistake("rss", 'page: {attachment: "a["}', 9, "attachment: `a[` is not a CSS", "in quotes"),
    Mistake(
        "html-list",
        "select: {item: li, address: /view.do}",
        9,
        "select.address: `/view.do` has no {1}",
        "write where they go",
    ),
    Mistake(
        "html-list",
        "select: {item: li, address: '/view.do?id={0}'}",
        9,
        "select.address: {0} stands for nothing",
        "{data-id}",
    ),
    Mistake(
        "html-list",
        "select: {item: li, address: '/view.do?id={1}}'}",
        9,
        "select.address: {} stands for nothing",
        "{data-id}",
    ),
    Mistake(
        "html-list",
        "select: {item: li, address: 'ftp://a.b/{1}'}",
        9,
        "is not an absolute http or https address",
        "write an address",
    ),
    Mistake("html-list", 'select: {item: li, next: "a["}', 9, "next: `a[` is not a CSS", "quotes"),
)

IN_PIPELINE = (
    Mistake("target", "targts: [en]\ntarget", 4, "targts: is not a known key", "mean `targets`?"),
    Mistake("title: Network news\n", "", 1, "title: is missing", "add `title: …`"),
    Mistake("[en, original]", "[en, orginal]", 4, "targets[2]: `orginal`", "mean `original`?"),
    Mistake("[en, original]", "[en, en]", 4, "targets: `en` stands twice", "remove one"),
    Mistake("review: optional", "review: maybe", 6, "review: `maybe` is unknown", "none, optional"),
    Mistake('"15 * * * *"', '"15 * * *"', 5, "schedule.cron: `15 * * *` is not", "five fields"),
    Mistake('"15 * * * *"', '"75 * * * *"', 5, "schedule.cron: `75 * * * *` is", "five fields"),
    Mistake('"15 * * * *"', '"0 7 * * 1"', 5, "gives the weekday as a number", "mon-fri"),
    Mistake('"15 * * * *"', '"0 0 30 2 *"', 5, "schedule.cron: `0 0 30 2 *` never comes", "a day"),
    Mistake("Asia/Tokyo", "Asia/Tokio", 5, "`Asia/Tokio` is no time zone", "mean `Asia/Tokyo`?"),
    Mistake(", timezone: Asia/Tokyo", "", 5, "schedule.timezone: is missing", "add `timezone"),
    Mistake("[all, from]", "[all, topic]", 8, "outputs.feeds[2]: `topic` is", "all, country, from"),
    Mistake("opml: true", "opml: yes", 10, "outputs.opml: `yes` is neither", "true or false"),
    Mistake("digest: daily", "digest: ../x", 9, "outputs.digest: `../x` is not", "a-z"),
    Mistake(
        PIPELINE[PIPELINE.index("outputs:") :],
        "outputs: {opml: false}\n",
        7,
        "outputs: ask for nothing",
        "add one of",
    ),
    Mistake("{}", "{ids: [jp-manbi]}", 3, "sources.ids[1]: there is no", "you mean `jp-manabi`?"),
    Mistake("{}", "{countries: [jp, vn]}", 3, "sources.countries[2]: no source has", "jp, kr"),
    Mistake("{}", "{languages: [th]}", 3, "sources.languages[1]: no source has", "ja, ko"),
    Mistake("{}", "{kinds: [book]}", 3, "sources.kinds[1]: no source has", "event, news"),
    Mistake("{}", "{countries: [jp], languages: [ko]}", 3, "sources: no source fits", "every list"),
    Mistake("{}", "all", 3, "sources: `all` is not a mapping", "key: value"),
)


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> tuple[Source, ...]:
    path = tmp_path_factory.mktemp("good") / "sources.yaml"
    path.write_text(SOURCES, encoding="utf-8")
    return read_sources(path)


def changed(good: str, mistake: Mistake) -> str:
    assert mistake.old in good, "the table names something that is not in the good file"
    return good.replace(mistake.old, mistake.new, 1)


def check(error: ConfigError, path: Path, mistake: Mistake) -> None:
    first, remedy = str(error).split("\n", 1)
    assert first.startswith(f"{path}:{mistake.line}: ")
    assert mistake.said in first
    assert mistake.remedy in remedy


@pytest.mark.parametrize("mistake", IN_SOURCES, ids=str)
def test_a_mistake_in_the_sources_is_told_with_line_key_and_remedy(
    mistake: Mistake, tmp_path: Path
) -> None:
    path = tmp_path / "sources.yaml"
    path.write_text(changed(SOURCES, mistake), encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        read_sources(path)
    check(caught.value, path, mistake)


@pytest.mark.parametrize("mistake", ADDED, ids=str)
def test_a_mistake_in_what_only_some_formats_have_is_told_likewise(
    mistake: Mistake, tmp_path: Path
) -> None:
    path = tmp_path / "sources.yaml"
    text = SOURCES.replace("format: rss\n", f"format: {mistake.old}\n  {mistake.new}\n", 1)
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        read_sources(path)
    check(caught.value, path, mistake)


@pytest.mark.parametrize("name", ["eissn", "subtitle", "publication", "x"])
def test_a_detail_of_an_api_may_have_a_name_like_a_known_one(name: str, tmp_path: Path) -> None:
    path = tmp_path / "sources.yaml"
    api = f"api: {{records: a, fields: {{title: b, {name}: c}}}}"
    path.write_text(SOURCES.replace("format: rss\n", f"format: json-api\n  {api}\n", 1), "utf-8")

    assert read_sources(path)


@pytest.mark.parametrize("mistake", IN_PIPELINE, ids=str)
def test_a_mistake_in_a_pipeline_is_told_with_line_key_and_remedy(
    mistake: Mistake, tmp_path: Path, sources: tuple[Source, ...]
) -> None:
    path = tmp_path / "news.yaml"
    path.write_text(changed(PIPELINE, mistake), encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        read_pipelines(tmp_path, sources)
    check(caught.value, path, mistake)


def test_the_good_files_that_the_table_changes_are_good(
    tmp_path: Path, sources: tuple[Source, ...]
) -> None:
    (tmp_path / "news.yaml").write_text(PIPELINE, encoding="utf-8")
    assert [each.name for each in read_pipelines(tmp_path, sources)] == ["news"]


def test_several_mistakes_come_in_one_message_in_the_order_of_their_lines(tmp_path: Path) -> None:
    path = tmp_path / "sources.yaml"
    text = SOURCES.replace("country: kr", "country: fr").replace("format: rss", "format: rzz")
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        read_sources(path)
    lines = str(caught.value).splitlines()
    assert lines[0].startswith(f"{path}:8: jp-manabi.format: ")
    assert lines[-1].startswith("  also line 13: kr-baeum.country: `fr` is unknown")


def test_a_hundred_mistakes_are_counted_instead_of_listed(tmp_path: Path) -> None:
    path = tmp_path / "sources.yaml"
    path.write_text("- {}\n" * 20, encoding="utf-8")
    with pytest.raises(ConfigError, match=r"and \d+ more$") as caught:
        read_sources(path)
    assert len(str(caught.value).splitlines()) < 12


def test_a_file_that_is_not_utf8_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "sources.yaml"
    path.write_bytes(SOURCES.encode("utf-8").replace("배움".encode(), "배움".encode("euc-kr")))
    with pytest.raises(ConfigError, match=r"sources.yaml:11: is not UTF-8\n.*save the file"):
        read_sources(path)


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "[]\n"])
def test_sources_without_a_source_are_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "sources.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=r"holds no source\n.*aggregator init"):
        read_sources(path)


def test_a_missing_file_is_told_with_the_variable_that_may_be_wrong(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"(?s)sources.yaml: no such file.*AGGREGATOR_HOME"):
        read_sources(tmp_path / "sources.yaml")
    with pytest.raises(ConfigError, match=r"(?s)pipelines: no such directory.*AGGREGATOR_HOME"):
        read_pipelines(tmp_path / "pipelines", ())


def test_a_directory_without_pipelines_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="holds no pipeline"):
        read_pipelines(tmp_path, ())


def test_a_file_with_the_other_ending_is_not_overlooked(tmp_path: Path) -> None:
    (tmp_path / "news.yml").write_text(PIPELINE, encoding="utf-8")
    with pytest.raises(ConfigError, match=r"(?s)news.yml: .*rename it to news.yaml"):
        read_pipelines(tmp_path, ())


def test_a_pipeline_is_named_in_lower_case_letters(
    tmp_path: Path, sources: tuple[Source, ...]
) -> None:
    (tmp_path / "My News.yaml").write_text(PIPELINE, encoding="utf-8")
    with pytest.raises(ConfigError, match=r"(?s)`My News` is not a pipeline's name.*hyphens"):
        read_pipelines(tmp_path, sources)


def test_a_huge_file_is_refused_before_it_is_parsed(tmp_path: Path) -> None:
    path = tmp_path / "sources.yaml"
    path.write_bytes(b"#" * 4_000_001)
    with pytest.raises(ConfigError, match="keep it below 4,000,000 bytes"):
        read_sources(path)


def test_a_file_that_cannot_be_read_is_told_with_the_reason(tmp_path: Path) -> None:
    path = tmp_path / "sources.yaml"
    path.symlink_to(path)
    with pytest.raises(ConfigError, match=r"cannot be read: .*\n.*may read"):
        read_sources(path)
