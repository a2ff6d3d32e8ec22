"""The case folders: a document as served, who published it, and what is to be read there.

`python -m tests.parse.cases` writes each `expected.json` anew; read the difference before keeping
it. A new case needs a folder with `source.yaml` and `document.*`, and no Python.
"""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import yaml

from aggregator.errors import ParseError
from aggregator.model import Api, Document, Oai, PageSelect, Select, Source
from aggregator.parse import parse

CASES = Path(__file__).resolve().parents[1] / "cases" / "parse"

#: When every case's document was fetched.
FETCHED = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One folder."""

    folder: Path
    document: Document
    source: Source


def folders() -> list[Path]:
    """All case folders, by name."""
    return sorted(path.parent for path in CASES.glob("*/source.yaml"))


def load(folder: Path) -> Case:
    """Read one case."""
    told = yaml.safe_load((folder / "source.yaml").read_text("utf-8"))
    (path,) = folder.glob("document.*")
    url = told.get("url", "http://news.example/list")
    return Case(
        folder=folder,
        document=Document(
            source_id=folder.name,
            url=url,
            role=told.get("role", "source"),
            key=told.get("key", url if told.get("role") == "page" else ""),
            version=told.get("version", ""),
            bookmark=told.get("bookmark", ""),
            fetched=FETCHED,
            final_url=told.get("final_url", url),
            content_type=told.get("content_type", ""),
            body=path.read_bytes(),
        ),
        source=Source(
            id=folder.name,
            name=folder.name,
            name_en=told["about"],
            country="int",
            language=told["language"],
            homepage="http://news.example/",
            url=url,
            format=told["format"],
            kinds=("news",),
            timezone="UTC",
            select=_made(Select, told.get("select")),
            page=_made(PageSelect, told.get("page")),
            oai=_made(Oai, told.get("oai")),
            api=_api(told.get("api")),
            match=told.get("match"),
            charset=told.get("charset"),
        ),
    )


def result(case: Case) -> dict[str, Any]:
    """What the parser makes of the case, as `expected.json` writes it: without empty fields."""
    try:
        parsed = parse(case.document, case.source)
    except ParseError as err:
        return {"error": str(err)}
    items = [
        {name: value for name, value in asdict(item).items() if value} for item in parsed.items
    ]
    found: dict[str, Any] = {"items": items}
    if parsed.requests:
        found["requests"] = [asdict(each) for each in parsed.requests]
    if parsed.bookmark is not None:
        found["bookmark"] = parsed.bookmark
    if parsed.refresh_s is not None:
        found["refresh_s"] = parsed.refresh_s
    written: dict[str, Any] = json.loads(json.dumps(found))
    return written


def expected(folder: Path) -> dict[str, Any]:
    """What is to be read there."""
    written: dict[str, Any] = json.loads((folder / "expected.json").read_text("utf-8"))
    return written


def rewrite() -> None:
    """Write what the parser gives now into every folder."""
    for folder in folders():
        text = json.dumps(result(load(folder)), ensure_ascii=False, indent=2)
        (folder / "expected.json").write_text(text + "\n", "utf-8")


T = TypeVar("T")


def _made(type: Callable[..., T], told: dict[str, Any] | None) -> T | None:
    return None if told is None else type(**told)


def _api(told: dict[str, Any] | None) -> Api | None:
    return Api(**{**told, "fields": tuple(told["fields"].items())}) if told else None


if __name__ == "__main__":
    rewrite()
