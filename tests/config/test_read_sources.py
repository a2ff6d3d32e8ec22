"""Sources come out as values of the model, in the order they are written."""

from pathlib import Path
from typing import get_args

import pytest

from aggregator.config import read_sources
from aggregator.errors import ConfigError
from aggregator.model import Api, Format, Oai, PageSelect, Select
from aggregator.text.countries import COUNTRIES


def entry(id: str, **fields: str) -> str:
    values = {
        "id": id,
        "name": "学び",
        "name_en": "Manabi",
        "country": "jp",
        "language": "ja",
        "homepage": "http://a.example/",
        "url": "http://a.example/feed",
        "format": "rss",
        "kinds": "[news, event]",
        **fields,
    }
    return "- " + "\n  ".join(f"{key}: {value}" for key, value in values.items()) + "\n"


def written(path: Path, *entries: str) -> Path:
    path.write_text("".join(entries), encoding="utf-8")
    return path


def test_what_is_left_out_gets_its_default(tmp_path: Path) -> None:
    (source,) = read_sources(written(tmp_path / "s.yaml", entry("jp-a")))
    assert source.kinds == ("news", "event")
    assert source.timezone == "Asia/Tokyo"
    assert source.enabled
    assert (source.select, source.charset, source.reason) == (None, None, None)


@pytest.mark.parametrize("code", COUNTRIES)
def test_a_source_keeps_its_country_s_time_unless_it_says_another(
    code: str, tmp_path: Path
) -> None:
    path = written(
        tmp_path / "s.yaml",
        entry("a", country=code),
        entry("b", country=code, timezone="Asia/Makassar"),
    )
    zones = [source.timezone for source in read_sources(path)]
    assert zones == [COUNTRIES[code].zone, "Asia/Makassar"]


def test_selectors_arrive_with_those_of_the_article_s_page(tmp_path: Path) -> None:
    wanted = {"select": '{item: "li", date: ".d"}', "page": '{title: "h1", body: "div"}'}
    path = written(tmp_path / "s.yaml", entry("jp-a", format="html-list", **wanted))
    (source,) = read_sources(path)
    assert source.select == Select(item="li", date=".d")
    assert source.page == PageSelect(title="h1", body="div")


def test_a_list_whose_links_a_script_follows_and_that_goes_on_arrives_as_written(
    tmp_path: Path,
) -> None:
    selectors = '{item: "li", address: "/view.do?id={2}&kind={data-kind}", next: "a.next"}'
    fields = {"format": "html-list", "select": selectors, "pages": "20"}
    (source,) = read_sources(written(tmp_path / "s.yaml", entry("jp-a", **fields)))
    address = "/view.do?id={2}&kind={data-kind}"
    assert source.select == Select(item="li", address=address, next="a.next")
    assert source.pages == 20


def test_an_empty_page_means_that_all_is_found_there_by_itself(tmp_path: Path) -> None:
    (source,) = read_sources(written(tmp_path / "s.yaml", entry("jp-a", page="{}")))
    assert source.page == PageSelect()


@pytest.mark.parametrize(
    ("given_oai", "meant"),
    [
        (None, None),
        ("{}", Oai()),
        (
            "{prefix: mods, set: cp:ART, since: 2024-01-31}",
            Oai(prefix="mods", set="cp:ART", since="2024-01-31"),
        ),
    ],
)
def test_a_repository_is_harvested_as_asked(
    given_oai: str | None, meant: Oai | None, tmp_path: Path
) -> None:
    fields = {"format": "oai-pmh"} | ({"oai": given_oai} if given_oai else {})
    (source,) = read_sources(written(tmp_path / "s.yaml", entry("jp-a", **fields)))
    assert source.oai == meant


def test_an_api_s_paths_keep_their_order(tmp_path: Path) -> None:
    api = """{records: items, fields: {title: title, link: '"@id"', doi: doi}, next: '"@next"'}"""
    (source,) = read_sources(written(tmp_path / "s.yaml", entry("a", format="json-api", api=api)))
    fields = (("title", "title"), ("link", '"@id"'), ("doi", "doi"))
    assert source.api == Api(records="items", fields=fields, next='"@next"')


def test_an_xml_api_counts_pages_by_its_own_step(tmp_path: Path) -> None:
    api = "{records: .//record, fields: {title: title, link: url/@href}, parameter: from, step: 50}"
    given_fields = {"format": "xml-api", "api": api, "url": "http://a.example/?q=b&from=1"}
    (source,) = read_sources(written(tmp_path / "s.yaml", entry("a", **given_fields)))
    fields = (("title", "title"), ("link", "url/@href"))
    assert source.api == Api(records=".//record", fields=fields, parameter="from", step=50)


def test_a_template_of_paths_is_checked_path_by_path(tmp_path: Path) -> None:
    api = """{records: docs, fields: {title: t, link: 'http://a.example/?id={id}&v={"x-v"}'}}"""
    (source,) = read_sources(written(tmp_path / "s.yaml", entry("a", format="json-api", api=api)))
    assert source.api
    assert source.api.fields[1] == ("link", 'http://a.example/?id={id}&v={"x-v"}')


@pytest.mark.parametrize("fields", [{}, {"match": "'/news/[0-9]+'"}, {"page": "{}"}], ids=str)
def test_a_sitemap_may_say_which_addresses_and_pages_are_meant(
    fields: dict[str, str], tmp_path: Path
) -> None:
    (source,) = read_sources(written(tmp_path / "s.yaml", entry("a", format="sitemap", **fields)))
    assert source.match == (fields["match"].strip("'") if "match" in fields else None)


@pytest.mark.parametrize("format", get_args(Format))
def test_a_source_of_any_form_may_be_read_with_its_pages(format: Format, tmp_path: Path) -> None:
    needed = {
        "html-list": {"select": "{item: li}"},
        "json-api": {"api": "{records: a, fields: {title: b}}"},
        "xml-api": {"api": "{records: a, fields: {title: b}}"},
    }.get(format, {})
    fields = {"format": format, "page": "{attachment: a.file}", **needed}
    (source,) = read_sources(written(tmp_path / "s.yaml", entry("a", **fields)))
    assert source.enabled
    assert source.page == PageSelect(attachment="a.file")


def test_a_source_may_need_a_key_and_the_page_its_visitors_come_from(tmp_path: Path) -> None:
    fields = {"url": "http://a.example/?key={key}", "referer": "http://a.example/"}
    (source,) = read_sources(written(tmp_path / "s.yaml", entry("jp-a", **fields)))
    assert (source.url, source.referer) == (fields["url"], fields["referer"])


def test_a_disabled_source_may_lack_what_reading_it_would_need(tmp_path: Path) -> None:
    fields = {"format": "xml-api", "url": "http://a.example/{YYYY-MM}", "enabled": "false"}
    path = written(tmp_path / "s.yaml", entry("jp-a", **fields, reason="needs a key"))
    (source,) = read_sources(path)
    assert not source.enabled
    assert source.reason == "needs a key"


def test_a_directory_is_read_file_by_file_in_the_order_of_their_names(tmp_path: Path) -> None:
    written(tmp_path / "b.yaml", entry("b"))
    written(tmp_path / "a.yaml", entry("z"), entry("y"))
    written(tmp_path / "notes.txt", "not read")
    assert [source.id for source in read_sources(tmp_path)] == ["z", "y", "b"]


def test_an_id_that_stands_in_two_files_is_told_with_both_lines(tmp_path: Path) -> None:
    first = written(tmp_path / "a.yaml", entry("jp-a"))
    second = written(tmp_path / "b.yaml", "# later\n", entry("jp-a"))
    with pytest.raises(ConfigError) as caught:
        read_sources(tmp_path)
    assert str(caught.value).startswith(f"{second}:2: jp-a.id: ")
    assert f"stands in {first}:1 already" in str(caught.value)
