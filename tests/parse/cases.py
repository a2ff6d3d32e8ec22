"""The case folders: a document as served, who published it, and what is to be read there.

`python -m tests.parse.cases` writes each `expected.json` anew; read the difference before keeping
it. A new case needs a folder with `source.yaml` and `document.*`, and no Python.
"""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import yaml

from aggregator.errors import ParseError
from aggregator.model import Document, PageSelect, Select, Source
from aggregator.parse import parse

CASES = Path(__file__).resolve().parents[1] / "cases" / "parse"


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
            select=_select(told.get("select")),
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
    if parsed.pages:
        found["pages"] = parsed.pages
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


def _select(told: dict[str, Any] | None) -> Select | None:
    if told is None:
        return None
    page = told.pop("page", None)
    return Select(**told, page=PageSelect(**page) if page is not None else None)


if __name__ == "__main__":
    rewrite()
