"""Where forms go: each makes a decision, and the browser is sent back to where it was."""

from collections.abc import Callable
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Form, HTTPException, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import AfterValidator, BaseModel, NonNegativeInt
from sqlalchemy import Connection

from aggregator.flow import deciding
from aggregator.flow.queueing import Sheet
from aggregator.model import Field
from aggregator.text.characters import scrub
from aggregator.web import notices
from aggregator.web.desk import Desk, TheDesk
from aggregator.web.guards import Writer, local_path, same_origin
from aggregator.web.notices import Notice
from aggregator.web.pages import page
from aggregator.web.story import edited_texts, find_sheet
from aggregator.web.wording import DECISIONS, lines

router = APIRouter(dependencies=[Depends(same_origin)])

#: What people paste holds invisible characters too, and feeds refuse some of them.
_Typed = Annotated[str, AfterValidator(scrub)]


class _Form(BaseModel):
    """What every form says: which text and how many decisions the editor saw, and where."""

    seen: str
    count: NonNegativeInt
    target: str
    back: str = ""


class Choice(_Form):
    """A button of the queue or of a story's page, with a reason or note."""

    kind: Literal["approve", "reject", "pin", "unpin", "note", "undo"]
    text: _Typed = ""


class Texts(_Form):
    """The edited translation; a field that is not offered is empty."""

    title: _Typed = ""
    summary: _Typed = ""


@router.post("/stories/{story_id}/decision")
def decide(
    request: Request,
    desk: TheDesk,
    session: Writer,
    story_id: str,
    form: Annotated[Choice, Form()],
) -> Response:
    """Decide on a story."""

    def act(db: Connection, sheet: Sheet) -> str:
        actor, now, text = session.user.name, desk.clock(), form.text.strip()
        deciding.decide(db, sheet.entry.story, form.kind, actor, now, text)
        return DECISIONS[form.kind]

    return _answer(request, desk, story_id, form, act)


@router.post("/stories/{story_id}/edit")
def edit(
    request: Request,
    desk: TheDesk,
    session: Writer,
    story_id: str,
    form: Annotated[Texts, Form()],
) -> Response:
    """Edit a story's translation: one decision for each field whose text is another now."""

    def act(db: Connection, sheet: Sheet) -> str:
        if not sheet.editable:
            raise HTTPException(400, "This story has no translation to edit.")
        changed = _changed(sheet, form)
        for name, text in changed.items():
            words = (name, form.target, text)
            deciding.edit(db, sheet.entry.story, words, session.user.name, desk.clock())
        return f"Edited {' and '.join(changed)}" if changed else "Nothing changed"

    return _answer(request, desk, story_id, form, act)


def _changed(sheet: Sheet, form: Texts) -> dict[Field, str]:
    sent = {"title": " ".join(form.title.split()), "summary": "\n".join(lines(form.summary))}
    return {
        name: sent[name]
        for name, before in edited_texts(sheet).items()
        if sent[name] != "\n".join(lines(before))
    }


def _answer(
    request: Request,
    desk: Desk,
    story_id: str,
    form: Choice | Texts,
    act: Callable[[Connection, Sheet], str],
) -> Response:
    """Act on the story as the editor saw it, in one transaction, or show what has changed."""
    with desk.database.begin() as db:
        sheet = find_sheet(db, desk, story_id, form.target)
        conflict = sheet.changed_since(form.seen, form.count)
        done = "" if conflict else act(db, sheet)
    if conflict:
        return page(request, "conflict.html", status=409, sheet=sheet, form=form)
    desk.publisher.ask()
    response = RedirectResponse(local_path(form.back), 303)
    title = sheet.entry.title.text
    notices.leave(response, Notice(text=f"{done}: {title}", story_id=story_id), secure=desk.secure)
    return response
