import io
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aggregator.errors import ConfigError
from aggregator.model import MemoryEntry, Origin
from aggregator.text.keys import text_key
from aggregator.text.languages import LANGUAGES
from aggregator.translate.tmx import MAX_ELEMENTS, UNDATED, our_language, read_tmx, write_tmx

HEAD = '<header creationtool="T" segtype="sentence" srclang="ja-JP" datatype="plaintext"/>'
AT = datetime(2026, 11, 22, 9, 30, 15, tzinfo=UTC)


def written(tmp_path: Path, body: str, head: str = HEAD) -> Path:
    path = tmp_path / "memory.tmx"
    path.write_text(f'<?xml version="1.0"?>\n<tmx version="1.4">{head}<body>{body}</body></tmx>')
    return path


def unit(ja: str, en: str, more: str = "") -> str:
    return (
        f'<tu><tuv xml:lang="ja"><seg>{ja}</seg></tuv>'
        f'<tuv xml:lang="en-US" {more}><seg>{en}</seg></tuv></tu>\n'
    )


def entry(source: str, said: str, **more: object) -> MemoryEntry:
    made = MemoryEntry(
        language="ja",
        target="en",
        key=text_key(source),
        source_text=source,
        target_text=said,
        origin=Origin.MACHINE,
        engine="argos",
        version="1.9",
        at=AT,
    )
    return replace(made, **more)  # type: ignore[arg-type]


# --- both ways --------------------------------------------------------------------------------

any_text = st.text(st.characters(exclude_categories=()), max_size=30)
entries = st.builds(
    lambda source, **more: MemoryEntry(source_text=source, key=text_key(source), **more),
    source=any_text,
    target_text=any_text,
    language=st.sampled_from(["ja", "zh-Hans", "th"]),
    target=st.sampled_from(["en", "zh-Hant", "vi"]),
    origin=st.sampled_from(Origin),
    engine=any_text,
    version=any_text,
    at=st.datetimes(
        timezones=st.sampled_from([UTC, timezone(timedelta(hours=9))]),
        min_value=datetime(2, 1, 1),  # noqa: DTZ001 - Hypothesis adds the zone
        max_value=datetime(9998, 1, 1),  # noqa: DTZ001
    ),
)


@given(st.lists(entries, max_size=4))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_what_is_written_is_read_back_exactly(tmp_path: Path, given_: list[MemoryEntry]) -> None:
    path = tmp_path / "memory.tmx"
    write_tmx(path, given_)
    assert list(read_tmx(path)) == given_


def test_characters_that_xml_cannot_hold_survive(tmp_path: Path) -> None:
    odd = "a\x00b\x0c\ud800\ufffe\r\n\t<&>\U0001f600\x01"
    there = entry(odd, "\x02", engine="\\u{1}\x1f", origin=Origin.PERSON)
    path = tmp_path / "memory.tmx"
    write_tmx(path, [there])
    assert list(read_tmx(path)) == [there]


def test_a_decision_s_number_stays_at_home(tmp_path: Path) -> None:
    path = tmp_path / "memory.tmx"
    write_tmx(path, [entry("授業", "lesson", origin=Origin.PERSON, decision_id=7)])
    assert [each.decision_id for each in read_tmx(path)] == [None]


def test_a_written_file_names_its_editors_as_other_tools_expect() -> None:
    file = io.BytesIO()
    write_tmx(file, [entry("授業", "lesson", origin=Origin.PERSON, engine="mika", version="")])
    text = file.getvalue().decode()
    assert 'creationid="mika"' in text
    assert 'changedate="20261122T093015Z"' in text


def test_a_file_that_cannot_be_finished_leaves_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "memory.tmx"
    write_tmx(path, [entry("授業", "lesson")])
    before = path.read_bytes()

    def broken() -> list[MemoryEntry]:
        raise KeyError("the store is gone")

    with pytest.raises(KeyError):
        write_tmx(path, (each for _ in "x" for each in broken()))
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["memory.tmx"]


# --- others' files ----------------------------------------------------------------------------


def test_an_entry_from_elsewhere_is_imported_and_says_who_made_it(tmp_path: Path) -> None:
    body = unit("授業研究", "lesson study", 'creationid="mika" changedate="20260401T080000Z"')
    (found,) = read_tmx(written(tmp_path, body))
    assert found == entry(
        "授業研究",
        "lesson study",
        origin=Origin.IMPORTED,
        engine="tmx",
        version="mika",
        at=datetime(2026, 4, 1, 8, tzinfo=UTC),
    )


def test_an_entry_without_a_date_is_older_than_all_others(tmp_path: Path) -> None:
    assert [each.at for each in read_tmx(written(tmp_path, unit("授業", "x")))] == [UNDATED]


def test_each_translation_of_a_unit_is_an_entry(tmp_path: Path) -> None:
    body = (
        '<tu><tuv xml:lang="ja"><seg>授業</seg></tuv><tuv xml:lang="en"><seg>lesson</seg></tuv>'
        '<tuv xml:lang="fr"><seg>leçon</seg></tuv><tuv lang="ZH_TW"><seg>課</seg></tuv></tu>'
    )
    found = [(each.target, each.target_text) for each in read_tmx(written(tmp_path, body))]
    assert found == [("en", "lesson"), ("zh-Hant", "課")]


def test_a_unit_may_have_a_source_language_of_its_own(tmp_path: Path) -> None:
    body = unit("授業", "lesson").replace("<tu>", '<tu srclang="en">')
    (found,) = read_tmx(written(tmp_path, body))
    assert (found.language, found.source_text, found.target) == ("en", "lesson", "ja")


def test_where_all_variants_are_sources_each_pair_is_an_entry(tmp_path: Path) -> None:
    path = written(tmp_path, unit("授業", "lesson"), HEAD.replace("ja-JP", "*all*"))
    assert [(each.language, each.target) for each in read_tmx(path)] == [("ja", "en"), ("en", "ja")]


def test_tools_codes_in_a_segment_are_left_out_and_its_words_kept(tmp_path: Path) -> None:
    ja = '<bpt i="1">&lt;b></bpt>学び<ept i="1">&lt;/b></ept>の<hi>共同<ph>{1}</ph>体</hi>'
    (found,) = read_tmx(written(tmp_path, unit(ja, "a &amp; b")))
    assert (found.source_text, found.target_text) == ("学びの共同体", "a & b")


def test_a_document_type_is_not_looked_up(tmp_path: Path) -> None:
    path = written(tmp_path, unit("授業", "lesson"))
    head, rest = path.read_text().split("\n", 1)
    path.write_text(f'{head}\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">{rest}')
    assert [each.target_text for each in read_tmx(path)] == ["lesson"]


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("ja", "ja"),
        ("ja-JP", "ja"),
        ("KO_kr", "ko"),
        ("en-US", "en"),
        ("in", "id"),
        ("zh", "zh-Hans"),
        ("zh-CN", "zh-Hans"),
        ("zh-TW", "zh-Hant"),
        ("zh-HK", "zh-Hant"),
        ("zh-Hant-HK", "zh-Hant"),
        ("zh-Hans-SG", "zh-Hans"),
        ("fr-FR", None),
        ("", None),
    ],
)
def test_language_tags_of_other_tools_are_understood(tag: str, code: str | None) -> None:
    assert our_language(tag) == code


def test_our_own_codes_are_understood() -> None:
    assert [our_language(code) for code in LANGUAGES] == list(LANGUAGES)


# --- bad files --------------------------------------------------------------------------------

BOMB = '<!DOCTYPE tmx [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (unit("一", "one") + unit("二", "two").replace("</seg>", "", 1), ":3: this is not well-"),
        (unit("一", "one") + "<tu><tuv xml:lang='ja'/><tuv xml:lang='en'/></tu>", ":3: a variant"),
        (unit("一", "one", 'changedate="last week"'), ":2: not a date"),
        (unit("一", '<prop type="x">').replace("<seg><prop", "<seg><prop"), "not well-formed"),
        (
            unit("一", "one").replace("<seg>one", '<prop type="x-origin">god</prop><seg>one'),
            "'god'",
        ),
        (unit("一", '<ph type="x-code-point">ZZ</ph>'), "character's number"),
        (unit("一", '<ph type="x-code-point">FFFFFFFFF</ph>'), "character's number"),
        ("<tu>" + "<note/>" * MAX_ELEMENTS + "</tu>", "more than"),
    ],
)
def test_a_faulty_file_is_refused_with_its_name_and_line(
    tmp_path: Path, body: str, says: str
) -> None:
    path = written(tmp_path, body)
    with pytest.raises(ConfigError) as caught:
        list(read_tmx(path))
    assert str(caught.value).startswith(f"{path}:")
    assert says in str(caught.value)


def test_entities_of_the_file_s_own_are_not_expanded(tmp_path: Path) -> None:
    path = tmp_path / "bomb.tmx"
    path.write_text(f'{BOMB}<tmx version="1.4">{HEAD}<body>{unit("一", "&b;")}</body></tmx>')
    with pytest.raises(ConfigError, match="entity"):
        list(read_tmx(path))


def test_another_kind_of_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.tmx"
    path.write_text("<rss/>")
    with pytest.raises(ConfigError, match="no TMX"):
        list(read_tmx(path))
    path.write_bytes(b"")
    with pytest.raises(ConfigError, match="not well-formed"):
        list(read_tmx(path))
    with pytest.raises(ConfigError, match=r"cannot be read: No such file"):
        list(read_tmx(tmp_path / "absent.tmx"))


MEASURE = """
import pathlib, sys
from aggregator.translate.tmx import read_tmx
def peak():
    status = pathlib.Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0])
path = pathlib.Path(sys.argv[1])
next(read_tmx(path))
before = peak()
count = sum(1 for _ in read_tmx(path))
print(count, peak() - before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="reads the peak from /proc")
def test_memory_stays_small_however_long_the_file_is(tmp_path: Path) -> None:
    body = unit("授業" * 50, "lesson " * 200) * 20_000 + "<note/>" * 20_000
    path = written(tmp_path, body)
    # In a process of its own, since the parser's memory is not Python's.
    told = subprocess.run(
        [sys.executable, "-c", MEASURE, str(path)], capture_output=True, check=True, text=True
    )
    count, grown_kib = map(int, told.stdout.split())
    assert count == 20_000
    assert grown_kib * 1024 < 8_000_000 < 30_000_000 < path.stat().st_size
