"""What a run's report says, in `report.json` and on a terminal."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from aggregator.cli.terminal import Watch, show_report
from aggregator.flow.report import exit_code
from aggregator.model import Cost, Failure, PageSelect, Request, RunReport, Select, Unfetched
from aggregator.translate.engines.none import NoEngine
from tests import builders
from tests.flow.test_flow import LESSON, YESTERDAY
from tests.flow.world import FakeEngine, World, rss

URL = builders.source("ja").url
REST = Unfetched(
    request=Request(source_id="", url="", role="source"),
    reason="429 Too Many Requests",
    error="RefusedError",
    status=429,
    retry_after="36000",
)


def shown(report: RunReport, world: World, capsys: pytest.CaptureFixture[str]) -> str:
    show_report(report, str(world.output / "index.html"))
    return capsys.readouterr().out


def missing_pages(world: World) -> RunReport:
    """Run over a list of five articles, of whose pages none is there."""
    world.sources[0] = replace(
        world.sources[0], format="html-list", select=Select(item="li"), page=PageSelect()
    )
    world.web.types[URL] = "text/html"
    rows = "".join(f"<li><a href='/{n}'>第{n}回の公開研究会</a></li>" for n in range(5))
    world.web.pages[URL] = f"<meta charset=utf-8><ul>{rows}</ul>".encode()
    return world.run()


def test_what_fails_often_for_one_reason_is_one_line_with_an_example(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    text = shown(missing_pages(world), world, capsys)
    lines = [line.strip() for line in text.splitlines() if "404" in line]
    example = "https://jp.example.org/0"
    assert lines == [f"fetch jp-source: 404 Not Found (5 times, such as {example})"]


def test_the_report_file_has_every_failure_and_the_groups(world: World) -> None:
    missing_pages(world)
    said = json.loads((world.output / "report.json").read_text())
    assert len(said["failures"]) == 5
    assert [(each["source_id"], each["number"]) for each in said["failure_groups"]] == [
        ("jp-source", 5)
    ]


def test_failures_of_no_source_are_told_apart(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    report = missing_pages(world)
    full = [
        Failure(stage="publish", subject=name, reason="no space", error="PublishError")
        for name in ("news", "report.json")
    ]
    text = shown(replace(report, failures=tuple(full)), world, capsys)
    assert "publish news: no space" in text
    assert "publish report.json: no space" in text


def test_the_progress_names_sources_that_fail_but_not_each_page(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with Watch(quiet=False) as watch:
        for role, key in (("page", "jp-page"), ("attachment", "jp-file"), ("source", "jp-own")):
            request = Request(source_id=key, url="https://jp.example.org/", role=role)  # type: ignore[arg-type]
            watch.tell("fetch", replace(REST, request=request))
    said = capsys.readouterr().err
    assert "jp-own" in said
    assert "jp-page" not in said
    assert "jp-file" not in said


def test_on_a_fresh_home_nothing_was_there_before(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    report = world.run()
    text = " ".join(shown(report, world, capsys).split())
    assert "Nothing is published yet: no source has been read so far, 1 of 1 failed" in text
    assert "stands" not in text
    assert exit_code(report, strict=False) == 1


@pytest.mark.usefixtures("whole")
def test_while_every_source_waits_and_none_was_read_no_empty_site_is_published(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    world.web.answers[URL] = REST
    world.run()
    report = world.run()
    text = " ".join(shown(report, world, capsys).split())
    assert [source.outcome for source in report.sources] == ["waiting"]
    assert "until 2026-03-20 16:00 UTC" in text
    assert "Nothing is published yet" in text
    assert "Published" not in text
    assert [path.name for path in world.output.iterdir()] == ["report.json"]
    assert exit_code(report, strict=False) == 1


@pytest.mark.usefixtures("whole")
def test_while_some_wait_and_the_others_fail_and_none_was_read_nothing_is_published(
    world: World,
) -> None:
    world.sources.append(replace(world.sources[0], id="jp-gone", url="https://jp.example.net/"))
    world.web.answers[URL] = REST
    world.run()
    report = world.run()
    assert {source.outcome for source in report.sources} == {"waiting", "failed"}
    assert [path.name for path in world.output.iterdir()] == ["report.json"]
    assert exit_code(report, strict=False) == 1


@pytest.mark.usefixtures("whole")
def test_when_nothing_can_be_read_any_more_what_was_there_stands(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    world.web.pages[URL] = rss(("公開研究会を開く", "語り合った。", None))
    world.run()
    world.web.pages.clear()
    text = " ".join(shown(world.run(), world, capsys).split())
    assert "what was there before stands" in text


@pytest.mark.usefixtures("whole")
def test_a_source_that_has_nothing_was_read_and_its_empty_site_is_published(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    world.web.pages[URL] = rss()
    report = world.run()
    assert "Published" in shown(report, world, capsys)
    assert (world.output / "index.html").exists()
    assert exit_code(report, strict=False) == 0


def test_a_source_that_failed_again_and_again_says_so_while_it_waits(world: World) -> None:
    while (report := world.run()).sources[0].outcome != "waiting":
        pass
    assert report.sources[0].reason.endswith("times in a row")


def test_a_folder_that_cannot_be_written_is_no_missing_source(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    world.web.pages[URL] = rss(("公開研究会を開く", "語り合った。", None))
    world.output = tmp_path / "file" / "output"
    (tmp_path / "file").write_text("in the way")
    text = " ".join(shown(world.run(), world, capsys).split())
    assert "Nothing is published yet: the files could not be written" in text


def test_what_is_paid_reused_and_waiting_is_counted_by_pair(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    world.engine = NoEngine()
    world.web.pages[URL] = rss(LESSON)
    everything = Cost(sentences=3, characters=len(LESSON[0] + LESSON[1]))
    waits = world.run()
    assert waits.translating == {"paid": {}, "reused": {}, "waiting": {"ja>en": everything}}
    assert "3 sentences" in (text := shown(waits, world, capsys))
    assert "not translated yet" in text
    world.engine = FakeEngine()
    paid = world.run()
    assert paid.translating == {"paid": {"ja>en": everything}, "reused": {}, "waiting": {}}
    assert "translated by machine" in shown(paid, world, capsys)
    title = "別の日の公開研究会"
    world.web.pages[URL] = rss(LESSON, (title, LESSON[1], YESTERDAY))
    again = world.run()
    assert again.translating == {
        "paid": {"ja>en": Cost(sentences=1, characters=len(title))},
        "reused": {"ja>en": Cost(sentences=2, characters=len(LESSON[1]))},
        "waiting": {},
    }
    assert "known from before" in shown(again, world, capsys)
