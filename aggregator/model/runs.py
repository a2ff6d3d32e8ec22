"""What a run did."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from aggregator.model.items import Failure

#: "waiting": it was not due, or its host asked to be left alone.
Outcome = Literal["fetched", "unchanged", "failed", "waiting"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceOutcome:
    """How one source fared in a run."""

    source_id: str
    outcome: Outcome
    items: int  #: in the document, when fetched
    new: int  #: articles seen for the first time
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """How much there is to translate, or was."""

    sentences: int
    characters: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RunReport:
    """What a run did: the last one stands in `output/report.json`."""

    run_id: int
    pipelines: tuple[str, ...]
    started: datetime
    finished: datetime
    sources: tuple[SourceOutcome, ...]
    steps: dict[str, int]  #: step -> rows that got their result
    translation: dict[str, int]  #: state -> entries of the default target
    failures: tuple[Failure, ...]
    files_written: int
    files_unchanged: int
    #: new articles that repeat others, and that tell a story that is there: neither is translated
    saved: dict[str, int] = field(default_factory=dict)
    #: what was "paid" to machines, "reused" of the memory and is "waiting": by pair ("ja>en")
    translating: dict[str, dict[str, Cost]] = field(default_factory=dict)
