"""The flow from bytes to files: what it promises, on both databases."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import feedparser
import pytest

from aggregator.errors import EngineDownError
from aggregator.flow.report import exit_code
from aggregator.model import Outputs, RunReport, Scope
from aggregator.store import memory, runs
from aggregator.store.dump import dump
from aggregator.translate.engines.none import NoEngine
from tests import builders
from tests.flow.world import NOW, FakeEngine, World, rss

URL = builders.source("ja").url
YESTERDAY = NOW - timedelta(days=1)
LESSON = ("公開研究会を開く", "子どもの学びを語り合った。次は十二月に開く。", YESTERDAY)
READING = ("図書館の時間を増やす", "週に二時間、静かに本を読む。", YESTERDAY - timedelta(hours=1))


def feed(world: World, name: str) -> list[tuple[str, str]]:
    """Return (id, title) of a published Atom feed's entries."""
    parsed = feedparser.parse((world.output / f"feeds/{name}.atom").read_bytes())
    return [(entry.id, entry.title) for entry in parsed.entries]


def titles(world: World, name: str = "all") -> list[str]:
    return [title for _, title in feed(world, name)]


def files(world: World) -> dict[str, tuple[str, int]]:
    """Return hash and modification time of every file but the run's own report."""
    return {
        str(path.relative_to(world.output)): (
            sha256(path.read_bytes()).hexdigest(),
            path.stat().st_mtime_ns,
        )
        for path in sorted(world.output.rglob("*"))
        if path.is_file() and path.name != "report.json"
    }


def dumped(world: World) -> list[str]:
    with world.database.read() as db:
        return list(dump(db))


@pytest.mark.usefixtures("whole")
def test_a_feed_becomes_entries_in_english_and_in_the_original(world: World) -> None:
    world.web.pages[URL] = rss(LESSON, READING)
    world.run()
    assert titles(world) == ["[公開研究会を開く]", "[図書館の時間を増やす]"]
    assert titles(world, "original/all") == ["公開研究会を開く", "図書館の時間を増やす"]
    assert titles(world, "country/jp") == titles(world)
    assert titles(world, "from/ja") == titles(world)


def test_the_trees_share_their_ids(world: World) -> None:
    world.web.pages[URL] = rss(LESSON)
    world.run()
    english, original = feed(world, "all"), feed(world, "original/all")
    assert [key for key, _ in english] == [key for key, _ in original]
    assert english[0][0].startswith("urn:uuid:")


@pytest.mark.usefixtures("whole")
def test_a_second_run_changes_no_row_and_no_file(world: World) -> None:
    world.web.pages[URL] = rss(LESSON, READING)
    first = world.run()
    rows, written = dumped(world), files(world)
    second = world.run()
    assert [outcome.outcome for outcome in first.sources] == ["fetched"]
    assert [outcome.outcome for outcome in second.sources] == ["unchanged"]
    assert dumped(world) == rows
    assert files(world) == written
    assert second.files_written == 0


@pytest.mark.usefixtures("whole")
def test_a_source_that_answers_the_same_bytes_anew_changes_nothing(world: World) -> None:
    world.web.pages[URL] = rss(LESSON)
    world.run()
    rows, written = dumped(world), files(world)
    world.web.pages[URL] += b"\n"
    world.run()
    changed = set(dumped(world)) - set(rows)
    assert {line.split()[0] for line in changed} == {"documents"}
    assert files(world) == written


def test_one_bad_source_does_not_stop_the_others(world: World) -> None:
    broken = replace(builders.source("ko"), url="https://kr.example.org/gone")
    html = replace(builders.source("vi"), url="https://vn.example.org/page")
    world.sources += [broken, html]
    world.web.pages = {URL: rss(LESSON), html.url: b"<html><title>Moved</title><p>Hi</p></html>"}
    world.web.types[html.url] = "text/html"
    report = world.run()
    outcomes = {outcome.source_id: outcome for outcome in report.sources}
    assert outcomes["jp-source"].outcome == "fetched"
    assert outcomes["kr-source"].reason == "404 Not Found"
    assert "Moved" in outcomes["vn-source"].reason
    assert [failure.stage for failure in report.failures] == ["fetch", "parse"]
    assert exit_code(report, strict=False) == 0
    assert exit_code(report, strict=True) == 1
    assert titles(world) == ["[公開研究会を開く]"]


def test_a_broken_source_fails_again_in_the_next_run(world: World) -> None:
    world.web.pages[URL] = b"<html><title>Moved</title></html>"
    first, second = world.run(), world.run()
    assert [f.stage for f in first.failures] == [f.stage for f in second.failures] == ["parse"]


@pytest.mark.usefixtures("whole")
def test_when_no_source_can_be_read_what_is_published_stays(world: World) -> None:
    world.web.pages[URL] = rss(LESSON)
    world.run()
    written = files(world)
    world.web.pages.clear()
    report = world.run()
    assert exit_code(report, strict=False) == 1
    assert files(world) == written


def test_an_article_told_by_two_sources_is_one_entry(world: World) -> None:
    """The same address with a tracking parameter, in another source's feed."""
    other = replace(builders.source("ja"), id="jp-other", url="https://other.example.org/feed")
    world.sources.append(other)
    world.web.pages[URL] = rss(LESSON)
    own = rss(LESSON).replace(b"</link><guid>", b"?utm_source=rss</link><guid>other-")
    world.web.pages[other.url] = own
    world.run()
    assert len(feed(world, "all")) == 1


def test_words_translated_once_are_not_paid_again(world: World) -> None:
    engine = FakeEngine()
    world.engine = engine
    world.web.pages[URL] = rss(LESSON)
    world.run()
    asked = len(engine.asked)
    world.web.pages[URL] = rss(LESSON, ("別の日の公開研究会", LESSON[1], YESTERDAY))
    world.run()
    assert engine.asked[asked:] == ["別の日の公開研究会"]


def test_of_changed_articles_only_the_changed_sentences_are_asked_for(world: World) -> None:
    other = replace(builders.source("ja"), id="jp-other", url="https://other.example.org/feed")
    world.sources.append(other)
    world.engine = engine = FakeEngine()
    first = [f"{number}人の教師が語り合った。" for number in range(40)]
    changed = [f"{number}人の教師が記録を読み直した。" for number in range(40)]

    def run_with(sentences: list[str]) -> RunReport:
        told = [
            (f"第{at}学校の公開研究会", f"第{at}学校が公開した。{each}次は{at}年後に。", YESTERDAY)
            for at, each in enumerate(sentences)
        ]
        # Twenty each: what a new source has beyond them is not translated.
        world.web.pages = {URL: rss(*told[:20]), other.url: rss(*told[20:])}
        return world.run()

    run_with(first)
    assert len(engine.asked) == 40 * 4
    run_with(changed)
    assert sorted(engine.asked[40 * 4 :]) == sorted(changed)
    assert run_with(changed).steps["translate"] == 0


def test_a_run_killed_while_translating_goes_on_without_paying_twice(world: World) -> None:
    items = [
        (f"第{n}回公開研究会の記録と反省", f"{n}番目の報告である。", YESTERDAY) for n in range(20)
    ]
    world.web.pages[URL] = rss(*items)
    dying = FakeEngine(stops_after=7)
    world.engine = dying
    with pytest.raises(KeyboardInterrupt):
        world.run()
    world.engine = engine = FakeEngine()
    world.run()
    assert sorted(titles(world)) == sorted(f"[{title}]" for title, _, _ in items)
    assert len(engine.asked) == len(set(engine.asked))


def test_without_a_model_items_are_published_as_they_are_and_translated_later(world: World) -> None:
    world.engine = NoEngine()
    world.web.pages[URL] = rss(LESSON)
    report = world.run()
    assert titles(world) == ["公開研究会を開く"]
    assert report.translation["untranslated"] == 1
    before = feedparser.parse((world.output / "feeds/all.atom").read_bytes()).entries[0]
    world.engine = FakeEngine()
    world.run()
    after = feedparser.parse((world.output / "feeds/all.atom").read_bytes()).entries[0]
    assert after.title == "[公開研究会を開く]"
    assert (after.id, after.published) == (before.id, before.published)
    assert after.updated > before.updated


def test_a_sentence_the_engine_cannot_do_leaves_its_field_whole(world: World) -> None:
    world.engine = FakeEngine(refuses=frozenset({"次は十二月に開く。"}))
    world.web.pages[URL] = rss(LESSON)
    report = world.run()
    page = (world.output / "feeds/all.json").read_text()
    assert titles(world) == ["[公開研究会を開く]"]
    assert "[子どもの学びを語り合った。]" not in page
    assert LESSON[1] in page
    assert [failure.stage for failure in report.failures] == ["translate"]


@pytest.mark.usefixtures("whole")
def test_a_new_sources_backlog_reaches_no_feed(world: World) -> None:
    old = ("一昨年の公開研究会の報告", "古い話である。", NOW - timedelta(days=700))
    many = [
        (f"第{n}号の学級通信です", f"{n}の話。", NOW - timedelta(hours=n + 1)) for n in range(25)
    ]
    world.web.pages[URL] = rss(old, *many)
    world.run()
    assert titles(world, "original/all") == [title for title, _, _ in many[:20]]
    story_pages = list((world.output / "stories").glob("*.html"))
    assert len(story_pages) == 26


@pytest.mark.usefixtures("whole")
def test_a_source_added_again_does_not_flood(world: World) -> None:
    world.sources.append(builders.source("ko"))
    world.web.pages[builders.source("ko").url] = rss(
        ("수업 나눔의 날을 열다", "수업을 보았다.", YESTERDAY)
    )
    world.web.pages[URL] = rss(LESSON)
    world.run()
    gone = world.sources.pop(0)
    world.run()
    world.sources.append(gone)
    many = [
        (f"第{n}号の学級通信です", f"{n}の話。", NOW - timedelta(hours=n + 1)) for n in range(25)
    ]
    world.web.pages[URL] = rss(*many)
    world.run()
    assert len(titles(world, "original/country/jp")) == 21


def test_a_new_recipe_is_applied_to_stored_bytes_without_asking_for_new_ones(world: World) -> None:
    world.web.pages[URL] = rss(LESSON)
    world.run()
    world.sources[0] = replace(world.sources[0], kinds=("event",))
    report = world.run()
    assert [outcome.outcome for outcome in report.sources] == ["unchanged"]
    assert '"event"' in (world.output / "feeds/all.json").read_text()


def test_a_pipeline_publishes_only_what_is_in_its_scope(world: World) -> None:
    world.sources.append(builders.source("ko"))
    world.web.pages = {
        URL: rss(LESSON),
        builders.source("ko").url: rss(
            ("수업 나눔의 날을 열다", "수업을 보았다.", YESTERDAY), link="https://kr.example.org/"
        ),
    }
    world.pipelines = [
        replace(world.pipelines[0], scope=Scope(countries=("kr",)), outputs=Outputs(feeds=("all",)))
    ]
    report = world.run()
    assert titles(world, "original/all") == ["수업 나눔의 날을 열다"]
    assert [outcome.source_id for outcome in report.sources] == ["kr-source"]


def test_review_required_holds_back_what_nobody_has_approved(world: World) -> None:
    world.pipelines = [replace(world.pipelines[0], review="required")]
    world.web.pages[URL] = rss(LESSON)
    world.run()
    assert titles(world) == []


def test_the_last_report_is_kept(world: World) -> None:
    world.web.pages[URL] = rss(LESSON)
    report: RunReport = world.run()
    with world.database.read() as db:
        kept = runs.last(db)
    assert kept is not None
    assert kept["run_id"] == report.run_id
    assert kept["sources"][0]["new"] == 1


@pytest.mark.usefixtures("whole")
def test_a_full_disk_is_a_failure_and_leaves_the_earlier_files(
    world: World, tmp_path: Path
) -> None:
    world.web.pages[URL] = rss(LESSON)
    world.run()
    written = files(world)
    world.output.rename(tmp_path / "kept")
    world.output.write_text("in the way")
    world.web.pages[URL] = rss(LESSON, READING)
    report = world.run()
    world.output.unlink()
    (tmp_path / "kept").rename(world.output)
    assert [failure.subject for failure in report.failures] == ["news", "report.json"]
    assert exit_code(report, strict=False) == 1
    assert files(world) == written


def test_a_text_that_changes_only_in_width_is_still_translated(world: World) -> None:
    """Its key in the memory is the same, its sentences are not those that were cut before."""
    world.web.pages[URL] = rss(LESSON)
    world.run()
    world.web.pages[URL] = rss(LESSON).replace("次は".encode(), "　次は".encode())
    world.run()
    summary = feedparser.parse((world.output / "feeds/all.atom").read_bytes()).entries[0].content
    assert "[子どもの学びを語り合った。] [次は十二月に開く。]" in summary[0].value


@pytest.mark.usefixtures("whole")
def test_the_page_of_a_story_that_is_gone_goes_too(world: World) -> None:
    world.web.pages[URL] = rss(LESSON, READING)
    world.run()
    assert len(list((world.output / "stories").glob("*.html"))) == 2
    world.pipelines = [replace(world.pipelines[0], review="required")]
    world.run()
    assert list((world.output / "stories").glob("*.html")) == []


def test_the_subscription_list_names_the_feeds_of_pipelines_that_did_not_run(world: World) -> None:
    news = replace(world.pipelines[0], outputs=Outputs(feeds=("all",), opml=True))
    countries = replace(news, name="countries", outputs=Outputs(feeds=("country",)))
    world.web.pages[URL] = rss(LESSON)
    world.pipelines = [news, countries]
    world.run()
    both = (world.output / "feeds.opml").read_text()
    assert "feeds/country/jp.atom" in both
    world.due = ["news"]
    assert world.run().pipelines == ("news",)
    assert (world.output / "feeds.opml").read_text() == both


def test_the_first_target_is_the_default_tree(world: World) -> None:
    world.pipelines = [replace(world.pipelines[0], targets=("original", "en"))]
    world.web.pages[URL] = rss(LESSON)
    world.run()
    assert titles(world) == ["公開研究会を開く"]
    assert titles(world, "en/all") == ["[公開研究会を開く]"]


def test_when_the_engine_is_down_its_pair_fails_once_and_the_run_goes_on(world: World) -> None:
    class Down(FakeEngine):
        def translate(self, texts: object, source: str, target: str) -> Iterator[str]:
            raise EngineDownError("no answer")

    world.engine = Down()
    world.web.pages[URL] = rss(LESSON, READING)
    report = world.run()
    assert [(f.subject, f.reason) for f in report.failures] == [("fake ja>en", "no answer")]
    assert titles(world) == ["公開研究会を開く", "図書館の時間を増やす"]


def test_what_one_engine_fails_on_is_the_next_ones(world: World) -> None:
    world.engine = FakeEngine(refuses=frozenset({LESSON[0]}))
    second = FakeEngine(name="second")
    world.others = [second]
    world.web.pages[URL] = rss(LESSON)
    world.run()
    assert titles(world) == [f"[{LESSON[0]}]"]
    assert second.asked == [LESSON[0]]
    with world.database.read() as db:
        engines = {each.source_text: each.engine for each in memory.every_entry(db)}
    assert engines.pop(LESSON[0]) == "second"
    assert set(engines.values()) == {"fake"}
    assert world.run().steps["translate"] == 0


def test_an_engine_that_is_down_leaves_all_to_the_next(world: World) -> None:
    class Down(FakeEngine):
        def translate(self, texts: object, source: str, target: str) -> Iterator[str]:
            raise EngineDownError("no answer")

    world.engine, world.others = Down(), [FakeEngine(name="second")]
    world.web.pages[URL] = rss(LESSON)
    report = world.run()
    assert [failure.subject for failure in report.failures] == ["fake ja>en"]
    assert titles(world) == [f"[{LESSON[0]}]"]


def test_an_engine_that_cannot_be_asked_fails_once_and_the_next_does_all(world: World) -> None:
    class Gone(FakeEngine):
        def pairs(self) -> frozenset[tuple[str, str]]:
            raise EngineDownError("no answer")

    world.engine, world.others = Gone(name="gone"), [FakeEngine(name="second")]
    world.web.pages[URL] = rss(LESSON)
    report = world.run()
    assert [(each.subject, each.reason) for each in report.failures] == [("gone", "no answer")]
    assert titles(world) == [f"[{LESSON[0]}]"]


def test_what_an_engine_translated_is_not_done_by_the_next_when_it_is_down(world: World) -> None:
    class Gone(FakeEngine):
        def pairs(self) -> frozenset[tuple[str, str]]:
            raise EngineDownError("no answer")

    world.web.pages[URL] = rss(LESSON)
    world.run()
    second = FakeEngine(name="second")
    world.engine, world.others = Gone(), [second]
    world.web.pages[URL] = rss(LESSON, READING)
    world.run()
    assert second.asked
    assert LESSON[0] not in second.asked


def test_what_was_saved_when_a_run_is_killed_is_never_asked_for_again(world: World) -> None:
    items = [(f"第{n}回公開研究会の記録", f"{n}番目の報告である。", YESTERDAY) for n in range(20)]
    world.web.pages[URL] = rss(*items)
    for after in (5, 20, 10):
        world.engine = dying = FakeEngine(stops_after=after)
        known = entries(world)
        with pytest.raises(KeyboardInterrupt):
            world.run()
        assert not known & set(dying.asked)
    world.engine = last = FakeEngine()
    known = entries(world)
    assert len(known) == 16
    world.run()
    assert not known & set(last.asked)
    assert sorted(titles(world)) == sorted(f"[{title}]" for title, _, _ in items)


def entries(world: World) -> set[str]:
    with world.database.read() as db:
        return {each.source_text for each in memory.every_entry(db)}
