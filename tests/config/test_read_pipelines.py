"""Pipelines come out as values of the model, and no two write the same file."""

from pathlib import Path

import pytest

from aggregator.config import read_pipelines
from aggregator.errors import ConfigError
from aggregator.model import Outputs, Schedule, Scope, Source


def source(id: str, country: str, language: str) -> Source:
    return Source(
        id=id,
        name=id,
        name_en=id,
        country=country,
        language=language,
        homepage="http://a.example/",
        url="http://a.example/feed",
        format="rss",
        kinds=("news",),
        timezone="UTC",
    )


SOURCES = (source("jp-a", "jp", "ja"), source("kr-b", "kr", "ko"), source("sg-c", "sg", "en"))


def pipeline(directory: Path, name: str, **fields: str) -> Path:
    values = {
        "title": name,
        "description": "About schools.",
        "sources": "{}",
        "targets": "[en, original]",
        "review": "none",
        "outputs": "{feeds: [all]}",
        **fields,
    }
    path = directory / f"{name}.yaml"
    text = "".join(f"{key}: {value}\n" for key, value in values.items())
    path.write_text(text, encoding="utf-8")
    return path


def test_a_pipeline_is_named_as_its_file_and_holds_what_it_says(tmp_path: Path) -> None:
    pipeline(
        tmp_path,
        "east",
        sources="{countries: [jp, kr], kinds: [news]}",
        schedule='{cron: "0 7 * * mon-fri", timezone: Asia/Seoul}',
        outputs="{feeds: [from], digest: east, opml: true}",
    )
    (east,) = read_pipelines(tmp_path, SOURCES)
    assert east.name == "east"
    assert east.scope == Scope(countries=("jp", "kr"), kinds=("news",))
    assert east.schedule == Schedule(cron="0 7 * * mon-fri", timezone="Asia/Seoul")
    assert east.outputs == Outputs(feeds=("from",), digest="east", opml=True)
    assert east.targets == ("en", "original")


def test_a_pipeline_without_a_schedule_runs_when_it_is_asked_to(tmp_path: Path) -> None:
    pipeline(tmp_path, "news")
    assert read_pipelines(tmp_path, SOURCES)[0].schedule is None


@pytest.mark.parametrize(
    ("first", "second", "output"),
    [
        ({}, {}, "feeds/all"),
        ({"targets": "[ja]"}, {"targets": "[ko]"}, "feeds/all"),
        ({"outputs": "{feeds: [picks]}"}, {"outputs": "{feeds: [picks]}"}, "feeds/picks"),
        (
            {"outputs": "{feeds: [country]}"},
            {"outputs": "{feeds: [country]}", "sources": "{countries: [kr]}"},
            "feeds/country/kr",
        ),
        ({"outputs": "{digest: daily}"}, {"outputs": "{digest: daily}"}, "digests/daily/"),
        ({"outputs": "{opml: true}"}, {"outputs": "{opml: true}"}, "feeds.opml"),
        ({"outputs": "{site: true}"}, {"outputs": "{site: true}"}, "index.html"),
    ],
)
def test_two_pipelines_that_write_the_same_file_are_told_with_both_places(
    first: dict[str, str], second: dict[str, str], output: str, tmp_path: Path
) -> None:
    one = pipeline(tmp_path, "a", **first)
    two = pipeline(tmp_path, "b", **second)
    with pytest.raises(ConfigError) as caught:
        read_pipelines(tmp_path, SOURCES)
    assert str(caught.value).startswith(f"{two}:6: outputs.")
    assert f"output/{output} is written by {one}:6 already" in str(caught.value)


def test_pipelines_of_other_sources_digests_and_feeds_live_side_by_side(tmp_path: Path) -> None:
    pipeline(tmp_path, "a", sources="{countries: [jp]}", outputs="{feeds: [country, from]}")
    pipeline(tmp_path, "b", sources="{ids: [kr-b, sg-c]}", outputs="{feeds: [country, from]}")
    pipeline(tmp_path, "c", outputs="{feeds: [all], digest: daily, site: true}")
    pipeline(tmp_path, "d", outputs="{feeds: [picks], digest: weekly, opml: true}")
    assert len(read_pipelines(tmp_path, SOURCES)) == 4
