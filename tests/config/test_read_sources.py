"""Sources come out as values of the model, in the order they are written."""

from pathlib import Path

import pytest

from aggregator.config import read_sources
from aggregator.errors import ConfigError
from aggregator.model import PageSelect, Select
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
    selectors = '{item: "li", date: ".d", page: {title: "h1", body: "div"}}'
    path = written(tmp_path / "s.yaml", entry("jp-a", format="html-list", select=selectors))
    assert read_sources(path)[0].select == Select(
        item="li", date=".d", page=PageSelect(title="h1", body="div")
    )


def test_a_disabled_source_may_have_a_form_and_an_address_that_cannot_be_read_yet(
    tmp_path: Path,
) -> None:
    fields = {"format": "xml-api", "url": "http://a.example/?key={KEY}", "enabled": "false"}
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
