"""One story: its words in both languages, the form that edits them, and its history."""

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response
from sqlalchemy import Connection

from aggregator.flow.queueing import Sheet, read_sheet
from aggregator.model import Field, Translation, TranslationState
from aggregator.web.desk import Desk, TheDesk
from aggregator.web.guards import Reader
from aggregator.web.pages import page

router = APIRouter()


@router.get("/stories/{story_id}")
def show_story(
    request: Request, desk: TheDesk, _session: Reader, story_id: str, target: str = ""
) -> Response:
    """Return a story's page; its default target is the first pipeline's first."""
    with desk.database.read() as db:
        sheet = find_sheet(db, desk, story_id, target or desk.targets[0])
    return page(
        request,
        "story.html",
        sheet=sheet,
        texts=edited_texts(sheet),
        targets=desk.targets,
        sources=desk.sources.values(),
    )


def find_sheet(db: Connection, desk: Desk, story_id: str, target: str) -> Sheet:
    """Return the story's sheet in a target; where there is none, the page is not found."""
    known = target in desk.targets
    sheet = read_sheet(db, desk.sources, story_id, target, desk.clock()) if known else None
    if sheet is None:
        raise HTTPException(404, "There is no such story.")
    return sheet


def edited_texts(sheet: Sheet) -> dict[Field, str]:
    """Return what the form's fields hold: the translations; nothing where there is none yet."""
    shown = {"title": sheet.entry.title, "summary": sheet.entry.summary}
    return {
        name: "" if shown[name].state is TranslationState.UNTRANSLATED else _proposed(shown[name])
        for name in sheet.editable
    }


def _proposed(text: Translation) -> str:
    """Return the translation; a doubted one too: it is saved as it is when it is right."""
    return text.suggested or text.text
