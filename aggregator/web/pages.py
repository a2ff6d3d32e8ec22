"""A template and its values -> a page of the desk."""

from pathlib import Path

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from aggregator.publish import facts
from aggregator.web import notices, wording
from aggregator.web.desk import Desk

_ENVIRONMENT = Environment(
    loader=FileSystemLoader(Path(__file__).with_name("templates"), encoding="utf-8"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_ENVIRONMENT.filters.update(
    country=wording.country_name,
    language=wording.language_name,
    lines=wording.lines,
    moment=wording.moment,
    web=wording.web_address,
)
_ENVIRONMENT.globals.update(
    appeared=facts.appeared,
    clocks=facts.clocks,
    deadlines=facts.DEADLINES,
    decisions_words=wording.DECISIONS,
    delay=facts.delay,
    event_states=facts.EVENT_STATES,
    kinds=wording.KINDS,
    own_day=wording.own_day,
    shelves=wording.SHELVES,
    silence=facts.silence,
    states=wording.STATES,
    until=facts.until,
    when=facts.when,
)


def page(request: Request, template: str, *, status: int = 200, **values: object) -> HTMLResponse:
    """Return a page; the editor who is logged in and the notice left for this page are on it.

    Raises:
        jinja2.UndefinedError: The template asks for a value it was not given.
    """
    desk: Desk = request.app.state.desk
    session = getattr(request.state, "session", None)
    notice = notices.read(request)
    body = _ENVIRONMENT.get_template(template).render(
        session=session,
        notice=notice,
        trouble=desk.publisher.trouble if session else "",
        **values,
    )
    response = HTMLResponse(body, status_code=status)
    if notice is not None:
        notices.drop(response)
    return response
