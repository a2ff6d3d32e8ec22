"""No form changes anything unless it is ours, from a page of ours, of an editor of ours."""

import pytest

from aggregator.store.dump import dump
from aggregator.web.app import ROUTERS
from tests import builders
from tests.web.conftest import Newsroom


def changing() -> list[str]:
    """Return the path of every route that changes anything, but for the login's."""
    paths = [
        route.path  # type: ignore[attr-defined]
        for router in ROUTERS
        for route in router.routes
        if "POST" in route.methods  # type: ignore[attr-defined]
    ]
    return sorted(f"/desk{path}" for path in paths if path != "/login")


FIELDS = {
    "kind": "reject",
    "text": "kept reason",
    "title": "kept title",
    "summary": "kept summary",
    "seen": "hash-ja-1",
    "count": "0",
    "target": "en",
}


def everything(newsroom: Newsroom) -> list[str]:
    with newsroom.database.read() as db:
        return list(dump(db))


def test_the_list_of_forms_is_complete() -> None:
    assert changing() == [
        "/desk/logout",
        "/desk/stories/{story_id}/decision",
        "/desk/stories/{story_id}/edit",
    ]


@pytest.mark.parametrize("path", changing())
@pytest.mark.parametrize("token", ["none", "empty", "foreign"])
def test_a_form_without_its_own_token_is_refused(newsroom: Newsroom, path: str, token: str) -> None:
    key = newsroom.tell(builders.article("ja"))
    browser = newsroom.editor()
    other = newsroom.editor("bao")
    other.open(f"/desk/stories/{key}")
    tokens = {"none": {}, "empty": {"csrf": ""}, "foreign": {"csrf": other.form("Pin")["csrf"]}}
    before = everything(newsroom)
    answer = browser.client.post(path.format(story_id=key), data=FIELDS | tokens[token])
    assert answer.status_code == 403
    assert everything(newsroom) == before


@pytest.mark.parametrize("path", changing())
@pytest.mark.parametrize(
    "headers", [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "none, cross-site"}]
)
def test_a_form_of_another_site_is_refused_even_with_the_token(
    newsroom: Newsroom, path: str, headers: dict[str, str]
) -> None:
    key = newsroom.tell(builders.article("ja"))
    browser = newsroom.editor()
    browser.open(f"/desk/stories/{key}")
    fields = FIELDS | {"csrf": browser.form("Pin")["csrf"]}
    before = everything(newsroom)
    answer = browser.client.post(path.format(story_id=key), data=fields, headers=headers)
    assert answer.status_code == 403
    assert everything(newsroom) == before


@pytest.mark.parametrize("path", changing())
def test_who_was_logged_out_meanwhile_keeps_what_was_written(newsroom: Newsroom, path: str) -> None:
    key = newsroom.tell(builders.article("ja"))
    before = everything(newsroom)
    answer = newsroom.client().post(path.format(story_id=key), data=FIELDS)
    assert answer.status_code == 401
    for text in ("kept reason", "kept title", "kept summary"):
        assert text in answer.text
    assert everything(newsroom) == before


@pytest.mark.parametrize(
    "path", ["/desk/", "/desk/stories/x", "/desk", "/desk/login", "/desk/nothing"]
)
def test_every_answer_of_the_desk_is_strict(newsroom: Newsroom, path: str) -> None:
    for client in (newsroom.client(), newsroom.editor().client):
        headers = client.get(path).headers
        policy = headers["content-security-policy"].split("; ")
        assert {"default-src 'none'", "style-src 'self'", "frame-ancestors 'none'"} <= set(policy)
        assert {"form-action 'self'", "base-uri 'none'", "img-src 'self'"} <= set(policy)
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["cache-control"] == "no-store"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"


def test_pages_with_a_secret_are_not_compressed(newsroom: Newsroom) -> None:
    browser = newsroom.editor()
    answer = browser.client.get("/desk/", headers={"Accept-Encoding": "gzip"})
    assert "content-encoding" not in answer.headers


def test_a_body_larger_than_any_form_is_refused(newsroom: Newsroom) -> None:
    client = newsroom.client()
    assert client.post("/desk/login", content=b"a" * 300_000).status_code == 413
    assert client.post("/desk/login", content=iter([b"a" * 10])).status_code == 411


@pytest.mark.parametrize("path", ["/docs", "/redoc", "/openapi.json", "/desk/docs"])
def test_no_page_of_the_framework_is_there(newsroom: Newsroom, path: str) -> None:
    assert newsroom.editor().client.get(path).status_code == 404


def test_a_form_that_is_not_ours_is_refused_in_words(newsroom: Newsroom) -> None:
    key = newsroom.tell(builders.article("ja"))
    browser = newsroom.editor()
    browser.open(f"/desk/stories/{key}")
    for broken in ({"kind": "withdraw"}, {"count": "many"}, {"count": "-1"}, {"seen": ""}):
        assert browser.client.post(
            f"/desk/stories/{key}/decision", data=browser.form("Pin") | broken
        ).status_code in (400, 409)
    assert not newsroom.decisions(key)


def test_the_style_is_served_and_checked_by_its_tag(newsroom: Newsroom) -> None:
    client = newsroom.client()
    answer = client.get("/desk/static/desk.css")
    assert answer.headers["content-type"] == "text/css; charset=utf-8"
    tag = {"If-None-Match": answer.headers["etag"]}
    assert client.get("/desk/static/desk.css", headers=tag).status_code == 304


def test_a_database_that_fails_is_said_without_its_own_words(
    newsroom: Newsroom, caplog: pytest.LogCaptureFixture
) -> None:
    browser = newsroom.editor()
    with newsroom.database.begin() as db:
        db.exec_driver_sql("DROP TABLE decisions")
    browser.open("/desk/")
    assert browser.answer.status_code == 503
    assert "The database does not answer" in browser.text
    assert "decisions" not in browser.text
    assert "GET /desk/: the database sqlite:////" in caplog.text
    assert "failed: no such table: decisions" in caplog.text
