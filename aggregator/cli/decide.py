"""`aggregator decide`: an editor's decision from the command line."""

import getpass
from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated

import typer

from aggregator import wiring
from aggregator.cli.story import find_story
from aggregator.cli.terminal import print_json, say
from aggregator.flow.deciding import decide as save_decision
from aggregator.model import Decision
from aggregator.store import decisions


class Choice(StrEnum):
    """What can be decided here; texts are edited on the desk."""

    APPROVE = "approve"
    REJECT = "reject"
    PIN = "pin"
    UNPIN = "unpin"
    NOTE = "note"
    UNDO = "undo"


def decide(
    choice: Annotated[Choice, typer.Argument(help="What is decided.")],
    story_id: Annotated[str, typer.Argument(metavar="ID", help="The story, or how its id begins.")],
    text: Annotated[str, typer.Argument(help="The note, or the reason.")] = "",
    *,
    actor: Annotated[str | None, typer.Option(help="Who decides; the user by default.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Approve, reject, pin or annotate a story, or take the last decision back.

    Decisions are kept for ever; the next run publishes what follows from them.
    """
    home = wiring.open_home(wiring.settings())
    with home.database.begin() as db:
        told = find_story(db, home, story_id)
        who = actor or getpass.getuser()
        number = save_decision(db, told, choice.value, who, wiring.clock(), text)
        after = find_story(db, home, told.id)
        made = {each.id: each for each in decisions.of_story(db, told.id)}
    standing = after.standing
    if json:
        state = {"review": standing.review, "pinned": standing.pinned, "notes": standing.notes}
        print_json({"decision": number, "story": told.id, **state})
    else:
        say(_told(made[number], made))
        say(f"{told.id} is now {standing.review}{', pinned' * standing.pinned}")
        say("the next run publishes it")


def _told(made: Decision, every: Mapping[int, Decision]) -> str:
    undone = every.get(made.undoes or 0)
    what = f"undone: {undone.kind} by {undone.actor}" if undone else made.kind
    text = undone.text if undone else made.text
    return f"{what} ({text})" if text else what
