"""The values that flow: each stage takes one kind -> gives the next.

    Source -> Request -> Fetched | NotModified -> Document -> Parsed(Item, Further) -> Article ->
    Label, Study, Verdict -> Segment -> MemoryEntry -> Story (with its Decisions) -> Entry ->
    Edition -> Rendered

Whatever fails on the way is a Failure. Values are frozen; a later one holds the earlier one's id.
"""

from aggregator.model.articles import Article, Field, Label, Likelihood, Likeness, Study, Verdict
from aggregator.model.glossary import Concept, Found, Term, TermRole
from aggregator.model.items import (
    Answer,
    Document,
    Enclosure,
    Failure,
    Fetched,
    Further,
    Item,
    NotModified,
    Parsed,
    Postponed,
    Request,
    Robots,
    Role,
    Unfetched,
)
from aggregator.model.polls import Poll
from aggregator.model.runs import Outcome, RunReport, SourceOutcome
from aggregator.model.sources import (
    Api,
    Format,
    Kind,
    Oai,
    Outputs,
    PageSelect,
    Pipeline,
    Schedule,
    Scope,
    Select,
    Source,
)
from aggregator.model.stories import (
    Decision,
    DecisionKind,
    Edition,
    Entry,
    Link,
    LinkKind,
    Move,
    Place,
    Rendered,
    Report,
    Review,
    Standing,
    Story,
)
from aggregator.model.translations import (
    MemoryEntry,
    Origin,
    Segment,
    Translation,
    TranslationState,
)
from aggregator.model.trends import Cell, Row, Trends

__all__ = [
    "Answer",
    "Api",
    "Article",
    "Cell",
    "Concept",
    "Decision",
    "DecisionKind",
    "Document",
    "Edition",
    "Enclosure",
    "Entry",
    "Failure",
    "Fetched",
    "Field",
    "Format",
    "Found",
    "Further",
    "Item",
    "Kind",
    "Label",
    "Likelihood",
    "Likeness",
    "Link",
    "LinkKind",
    "MemoryEntry",
    "Move",
    "NotModified",
    "Oai",
    "Origin",
    "Outcome",
    "Outputs",
    "PageSelect",
    "Parsed",
    "Pipeline",
    "Place",
    "Poll",
    "Postponed",
    "Rendered",
    "Report",
    "Request",
    "Review",
    "Robots",
    "Role",
    "Row",
    "RunReport",
    "Schedule",
    "Scope",
    "Segment",
    "Select",
    "Source",
    "SourceOutcome",
    "Standing",
    "Story",
    "Study",
    "Term",
    "TermRole",
    "Translation",
    "TranslationState",
    "Trends",
    "Unfetched",
    "Verdict",
]
