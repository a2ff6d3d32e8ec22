"""`aggregator decide`: an editor's decision from the command line."""

import getpass
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Annotated, Any, get_args

import typer

from aggregator import curate, wiring
from aggregator.cli.story import find_article, find_story
from aggregator.cli.terminal import print_json, say
from aggregator.flow.deciding import decide as save_decision
from aggregator.flow.deciding import link
from aggregator.model import Decision, LinkKind, Story
from aggregator.store import decisions


class Choice(StrEnum):
    """What can be decided here; texts are edited on the desk."""

    APPROVE = "approve"
    REJECT = "reject"
    PIN = "pin"
    UNPIN = "unpin"
    NOTE = "note"
    SPLIT = "split"
    MERGE = "merge"
    NEVER = "never"
    ALWAYS = "always"
    UNDO = "undo"


def decide(
    choice: Annotated[Choice, typer.Argument(help="What is decided.")],
    story_id: Annotated[str, typer.Argument(metavar="ID", help="The story, or how its id begins.")],
    more: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="TEXT|OTHER…", help="The note or the reason; the other story, or articles."
        ),
    ] = None,
    *,
    actor: Annotated[str | None, typer.Option(help="Who decides; the user by default.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Approve, reject, pin, note, split or merge a story, or take the last decision back.

    Decisions are kept for ever; the next run publishes what follows from them.
    """
    home = wiring.open_home(wiring.settings())
    with home.database.begin() as db:
        told = find_story(db, home, story_id)
        numbers = _save(db, told, choice, more or [], actor or getpass.getuser())
        decided = decisions.of_story(db, told.id)
        made = {each.id: each for each in decisions.every(db)}
    standing = curate.standing(decided, told.lead.article.content_hash)
    if json:
        state = {"review": standing.review, "pinned": standing.pinned, "notes": standing.notes}
        print_json({"decision": numbers[-1], "decisions": numbers, "story": told.id, **state})
    else:
        for number in numbers:
            say(_told(made[number], made))
        say(f"{told.id} is now {standing.review}{', pinned' * standing.pinned}")
        say("the next run publishes it")


def _save(db: Any, told: Story, choice: Choice, more: Sequence[str], actor: str) -> list[int]:
    """Save what is decided and return the decisions' numbers."""
    now = wiring.clock()
    for kind in get_args(LinkKind):
        if choice == kind:
            return link(db, told, kind, [find_article(db, each) for each in more], actor, now)
    return [save_decision(db, told, choice.value, actor, now, " ".join(more))]


def _told(made: Decision, every: Mapping[int, Decision]) -> str:
    undone = every.get(made.undoes or 0)
    what = f"undone: {undone.kind} by {undone.actor}" if undone else made.kind
    about = made.other or (undone.text if undone else made.text)
    return f"{what} ({about})" if about else what
