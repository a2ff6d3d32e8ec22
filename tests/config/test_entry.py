"""A source's entry is written as people write it, and read as the same source."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aggregator.config import append_source, entry_fault, entry_yaml, read_sources, sources_there
from aggregator.config.sources import sources_of
from aggregator.config.yaml_file import yaml_of
from aggregator.errors import ConfigError
from aggregator.model import Api, Oai, PageSelect, Select, Source
from aggregator.text.countries import COUNTRIES

ROOT = Path(__file__).resolve().parents[2]


def source(**fields: object) -> Source:
    given_fields = {
        "id": "jp-manabi",
        "name": "学び新聞",
        "name_en": "Manabi Shimbun",
        "country": "jp",
        "language": "ja",
        "homepage": "http://manabi.example/",
        "url": "http://manabi.example/feed.xml",
        "format": "rss",
        "kinds": ("news",),
        "timezone": "Asia/Tokyo",
        **fields,
    }
    return Source(**given_fields)  # type: ignore[arg-type]


def read_back(*entries: str) -> tuple[Source, ...]:
    return sources_of([yaml_of("".join(entries), "x.yaml")])


def test_an_entry_has_what_must_be_said_and_no_more() -> None:
    assert entry_yaml(source()) == (
        "- id: jp-manabi\n"
        "  name: 学び新聞\n"
        "  name_en: Manabi Shimbun\n"
        "  country: jp\n"
        "  language: ja\n"
        "  homepage: http://manabi.example/\n"
        "  url: http://manabi.example/feed.xml\n"
        "  format: rss\n"
        "  kinds: [news]\n"
    )


def test_short_selectors_stand_in_one_line_and_long_ones_in_several() -> None:
    short = source(format="html-list", select=Select(item="ul > li"), page=PageSelect())
    assert '  select: {item: "ul > li"}\n  page: {}\n' in entry_yaml(short)
    long = source(
        format="html-list",
        select=Select(item='div[class="a"] > ul.news-list > li', date=".date" * 20, next="a.next"),
    )
    dates = ".date" * 20
    assert (
        "  select:\n"
        "    item: 'div[class=\"a\"] > ul.news-list > li'\n"
        f'    date: "{dates}"\n'
        '    next: "a.next"\n'
    ) in entry_yaml(long)


def test_all_our_own_sources_come_back_from_their_entries() -> None:
    ours = read_sources(ROOT / "sources.yaml")
    assert read_back(*map(entry_yaml, ours)) == ours


words = st.text(min_size=1, max_size=12).filter(
    lambda text: text.strip() and all(sign >= " " and sign != "\x7f" for sign in text)
)
texts = st.one_of(
    words.map(str.strip).filter(bool),
    st.sampled_from(("no", "true", "12", "1.5", "~", "null", "a: b", "a #b", "- a", "{a}", "0?")),
    st.sampled_from(
        ("it's", 'say "a"', "both ' and \"", "C:\\new", "x:", "[x]", "@id", "学び　舎", "=")
    ),
)
selectors = st.sampled_from(("li", 'a[href*="x"]', "a[href='x'], b", "ul > li:nth-child(2)"))
paths = st.sampled_from(("title", '"@id"', "a.b[0]", "items[].{a: b}", "`1`", "http://a/?{id}"))


@given(
    name=texts,
    reason=texts,
    country=st.sampled_from(sorted(COUNTRIES)),
    item=selectors,
    date=st.none() | selectors,
    pages=st.integers(1, 100),
)
def test_whatever_a_source_is_called_its_entry_gives_it_back(
    name: str, reason: str, country: str, item: str, date: str | None, pages: int
) -> None:
    one = source(
        name=name,
        name_en=name,
        country=country,
        format="html-list",
        select=Select(item=item, date=date),
        page=PageSelect(body=date, remove=date),
        pages=pages,
        enabled=False,
        reason=reason,
    )
    assert read_back(entry_yaml(one)) == (one,)


phrases = st.lists(texts, unique=True, max_size=3).map(tuple)


@given(remove=phrases, keep=phrases)
def test_phrases_come_back_as_well(remove: tuple[str, ...], keep: tuple[str, ...]) -> None:
    one = source(remove=remove, keep=keep)
    assert read_back(entry_yaml(one)) == (one,)


@settings(deadline=None)  # the first one compiles
@given(
    fields=st.dictionaries(st.sampled_from(("link", "summary", "doi")), paths, max_size=3),
    set=st.none() | texts,
    step=st.integers(1, 500),
)
def test_paths_and_sets_come_back_as_well(
    fields: dict[str, str], set: str | None, step: int
) -> None:
    api = Api(records="a", fields=(("title", "t"), *fields.items()), parameter="page", step=step)
    one = source(format="xml-api", api=api, url="http://manabi.example/?page=1")
    other = source(id="b", format="oai-pmh", oai=Oai(set=set, since="2024-01-31"))
    assert read_back(entry_yaml(one), entry_yaml(other)) == (one, other)


def test_an_entry_is_appended_and_all_else_is_kept_byte_for_byte(tmp_path: Path) -> None:
    path = tmp_path / "sources.yaml"
    before = "﻿# ours\r\n" + entry_yaml(source()).replace("\n", "\r\n") + "# the end"
    path.write_bytes(before.encode())
    path.chmod(0o640)
    assert append_source(path, entry_yaml(source(id="kr-baeum"))) == path
    after = path.read_bytes()
    assert after.startswith(before.encode() + b"\r\n\r\n- id: kr-baeum\r\n")
    assert b"\n" not in after.replace(b"\r\n", b"")
    assert [each.id for each in read_sources(path)] == ["jp-manabi", "kr-baeum"]
    assert path.stat().st_mode & 0o777 == 0o640
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("end", ["", "\n", "\n\n"])
def test_entries_are_kept_apart_by_one_empty_line(end: str, tmp_path: Path) -> None:
    path = tmp_path / "sources.yaml"
    path.write_text(entry_yaml(source()).rstrip("\n") + end)
    append_source(path, entry_yaml(source(id="b")))
    assert "kinds: [news]\n\n- id: b\n" in path.read_text()


@pytest.mark.parametrize(
    ("there", "kept"),
    [
        ("", ""),
        ("# nobody yet\n", "# nobody yet\n"),
        ("# ours\n---\n# nobody yet", "# ours\n---\n# nobody yet\n"),
        ("# ours\n[]\n# the end\n", "# ours\n# the end\n"),
        ("# ours: []\n[ ]  # nobody yet\n", "# ours: []\n# nobody yet\n"),
        ("# ours\r\nsources: []\r\n# the end\r\n", "# ours\r\n# the end\r\n"),
        ("# ours\nsources:\n", "# ours\n"),
    ],
)
def test_a_file_without_a_source_gets_its_first_entry_and_keeps_its_remarks(
    there: str, kept: str, tmp_path: Path
) -> None:
    path = tmp_path / "sources.yaml"
    path.write_bytes(there.encode())
    assert sources_there(path) == ()
    append_source(path, entry_yaml(source()))
    assert path.read_bytes().decode().startswith(f"{kept}\r\n- id" if "\r" in kept else kept)
    assert read_sources(path) == (source(),)


def test_what_a_source_cannot_say_in_the_file_is_told_without_its_password() -> None:
    assert entry_fault(source()) == ""
    told = entry_fault(source(url="http://me:geheim@manabi.example/feed.xml"))
    assert "holds a user name or password" in told
    assert "geheim" not in told


def test_a_directory_of_sources_gets_a_file_for_what_is_added(tmp_path: Path) -> None:
    (tmp_path / "jp.yaml").write_text(entry_yaml(source()))
    for name in ("b", "c"):
        assert append_source(tmp_path, entry_yaml(source(id=name))) == tmp_path / "added.yaml"
    assert [each.id for each in read_sources(tmp_path)] == ["b", "c", "jp-manabi"]
    with pytest.raises(ConfigError, match="a source `jp-manabi` already"):
        append_source(tmp_path, entry_yaml(source()))


def test_a_link_to_the_file_stays_a_link(tmp_path: Path) -> None:
    real, link = tmp_path / "real.yaml", tmp_path / "sources.yaml"
    real.write_text(entry_yaml(source()))
    link.symlink_to(real)
    append_source(link, entry_yaml(source(id="b")))
    assert link.is_symlink()
    assert len(read_sources(real)) == 2


@pytest.mark.parametrize(
    ("there", "text", "said"),
    [
        (entry_yaml(source()), entry_yaml(source()), r"a source `jp-manabi` already\n.*another id"),
        (entry_yaml(source()), "- id: b\n", r"the new entry:1: b.name: is missing"),
        ("- id: b\n", entry_yaml(source()), r"sources.yaml:1: b.name: is missing"),
        ("[{id: b}]\n", entry_yaml(source()), r"b.name: is missing"),
        ("sources: [{id: b}]\n", entry_yaml(source()), r"is a mapping, not a list"),
        ("{}\n", entry_yaml(source()), r"is a mapping, not a list"),
    ],
)
def test_what_would_not_be_read_changes_nothing(
    there: str, text: str, said: str, tmp_path: Path
) -> None:
    path = tmp_path / "sources.yaml"
    path.write_text(there)
    with pytest.raises(ConfigError, match=said):
        append_source(path, text)
    assert path.read_text() == there
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_is_read_only_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "sources.yaml"
    path.write_text(entry_yaml(source()))
    path.chmod(0o444)
    with pytest.raises(ConfigError, match=r"it is read-only\n.*by hand"):
        append_source(path, entry_yaml(source(id="b")))
    assert read_sources(path) == (source(),)


def test_where_no_second_file_can_be_made_it_is_one_message(tmp_path: Path) -> None:
    path = tmp_path / f"{'s' * 250}.yaml"  # the longest name there is
    path.write_text(entry_yaml(source()))
    with pytest.raises(ConfigError, match="cannot be written"):
        append_source(path, entry_yaml(source(id="b")))
    assert read_sources(path) == (source(),)


def test_a_missing_file_is_told_as_when_reading(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no such file"):
        append_source(tmp_path / "sources.yaml", entry_yaml(source()))
