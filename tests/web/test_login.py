"""Who gets in, and how a session ends."""

import hashlib
from datetime import timedelta
from typing import Literal
from urllib.parse import quote, urljoin, urlsplit

import pytest
from argon2 import PasswordHasher
from hypothesis import given
from hypothesis import strategies as st
from limits import RateLimitItemPerHour

from aggregator.store.dump import dump
from aggregator.web.guards import local_path
from aggregator.web.passwords import Passwords
from aggregator.web.throttle import Throttle
from tests.web.conftest import PASSWORD, Newsroom


def stored(newsroom: Newsroom) -> str:
    with newsroom.database.read() as db:
        return "\n".join(dump(db))


def cookie_of(header: str) -> tuple[str, str, set[str]]:
    """Return a Set-Cookie header's name, value and attributes in lower case."""
    pair, *attributes = header.split("; ")
    name, _, value = pair.partition("=")
    return name, value, {each.lower() for each in attributes}


def test_who_is_not_logged_in_is_sent_to_the_login_and_back_afterwards(newsroom: Newsroom) -> None:
    newsroom.add_user()
    browser = newsroom.browser()
    browser.open("/desk/?language=ja&shelf=pinned")
    assert browser.answer.status_code == 303
    page = browser.open(browser.answer.headers["location"])
    back = page.select_one("input[name=next]")
    assert back is not None
    answer = browser.press("Log in", name="aiko", password=PASSWORD)
    assert answer.headers["location"] == back["value"] == "/desk/?language=ja&shelf=pinned"
    assert "Queue" in browser.text
    assert "aiko" in browser.text


def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_pages(newsroom: Newsroom) -> None:
    newsroom.add_user()
    answer = newsroom.browser().log_in()
    name, _, attributes = cookie_of(answer.headers["set-cookie"])
    assert name == "desk"
    assert {"httponly", "samesite=lax", "path=/desk", "max-age=43200"} <= attributes
    assert "secure" not in attributes


def test_with_https_the_cookie_travels_by_https_only(newsroom: Newsroom) -> None:
    newsroom.base_url = "https://news.example/"
    newsroom.add_user()
    name, _, attributes = cookie_of(newsroom.browser().log_in().headers["set-cookie"])
    assert name == "__Secure-desk"
    assert "secure" in attributes


def test_a_wrong_password_and_an_unknown_name_are_told_apart_by_nothing(newsroom: Newsroom) -> None:
    newsroom.add_user()
    browser = newsroom.browser()
    wrong = browser.log_in("aiko", "not the password")
    unknown = browser.log_in("okia", "not the password")
    assert wrong.status_code == unknown.status_code == 403
    assert wrong.text.replace("aiko", "okia") == unknown.text
    assert "set-cookie" not in wrong.headers
    assert "set-cookie" not in unknown.headers


class CountingHasher(PasswordHasher):
    """Notes which parameters each check has worked through."""

    def __init__(self) -> None:
        super().__init__(time_cost=1, memory_cost=8, parallelism=1)
        self.checked: list[str] = []

    def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:
        self.checked.append(str(hash).rsplit("$", 2)[0])
        return super().verify(hash, password)


def test_an_unknown_name_costs_the_same_work_as_a_known_one(newsroom: Newsroom) -> None:
    hasher = CountingHasher()
    newsroom.passwords = Passwords(hasher)
    newsroom.add_user()
    browser = newsroom.browser()
    browser.log_in("aiko", "not the password")
    browser.log_in("okia", "not the password")
    known, unknown = hasher.checked
    assert known == unknown


def test_the_password_of_the_stand_in_opens_no_account(newsroom: Newsroom) -> None:
    assert newsroom.browser().log_in("okia", "nobody has this password").status_code == 403


def test_composed_and_decomposed_letters_are_the_same_password(newsroom: Newsroom) -> None:
    newsroom.add_user(password="m\u1eadt kh\u1ea9u c\u1ee7a t\u00f4i")
    decomposed = "ma\u0323\u0302t kha\u0302\u0309u cu\u0309a to\u0302i"
    assert newsroom.browser().log_in(password=decomposed).status_code == 303


def test_an_account_that_is_guessed_at_is_closed_for_a_while(newsroom: Newsroom) -> None:
    newsroom.throttle = Throttle(per_account=RateLimitItemPerHour(3))
    newsroom.add_user("aiko")
    newsroom.add_user("bao")
    browser = newsroom.browser()
    for _ in range(3):
        assert browser.log_in("aiko", "not the password").status_code == 403
    closed = browser.log_in("aiko")
    assert closed.status_code == 429
    assert 0 < int(closed.headers["retry-after"]) <= 3600
    assert "Too many attempts" in browser.text
    assert browser.log_in("bao").status_code == 303


def test_an_address_that_guesses_is_shut_out_whatever_names_it_takes(newsroom: Newsroom) -> None:
    newsroom.throttle = Throttle(per_address=RateLimitItemPerHour(3))
    newsroom.add_user()
    browser = newsroom.browser()
    for name in ("one", "two", "three"):
        assert browser.log_in(name, "not the password").status_code == 403
    assert browser.log_in().status_code == 429


def test_who_mistypes_and_gets_in_starts_anew(newsroom: Newsroom) -> None:
    newsroom.throttle = Throttle(per_account=RateLimitItemPerHour(3))
    newsroom.add_user()
    browser = newsroom.browser()
    for _ in range(3):
        browser.log_in(password="not the password")
        browser.log_in(password="not the password either")
        assert browser.log_in().status_code == 303


def test_each_login_gets_a_token_of_its_own_and_ends_the_one_before(newsroom: Newsroom) -> None:
    newsroom.add_user()
    browser = newsroom.browser()
    _, first, _ = cookie_of(browser.log_in().headers["set-cookie"])
    _, second, _ = cookie_of(browser.log_in().headers["set-cookie"])
    assert first != second
    thief = newsroom.client()
    thief.cookies.set("desk", first)
    assert thief.get("/desk/").status_code == 303
    thief.cookies.set("desk", second)
    assert thief.get("/desk/").status_code == 200


def test_a_token_that_somebody_planted_does_not_become_a_session(newsroom: Newsroom) -> None:
    newsroom.add_user()
    browser = newsroom.browser()
    browser.client.cookies.set("desk", "planted", domain="testserver.local", path="/desk")
    _, token, _ = cookie_of(browser.log_in().headers["set-cookie"])
    assert token != "planted"
    thief = newsroom.client()
    thief.cookies.set("desk", "planted")
    assert thief.get("/desk/").status_code == 303


def test_the_database_holds_no_token_but_its_hash(newsroom: Newsroom) -> None:
    newsroom.add_user()
    _, token, _ = cookie_of(newsroom.browser().log_in().headers["set-cookie"])
    everything = stored(newsroom)
    assert token not in everything
    assert hashlib.sha256(token.encode()).hexdigest() in everything
    assert PASSWORD not in everything


def test_a_session_dies_at_logout(newsroom: Newsroom) -> None:
    newsroom.add_user()
    browser = newsroom.browser()
    _, token, _ = cookie_of(browser.log_in().headers["set-cookie"])
    browser.open("/desk/")
    assert browser.press("Log out").headers["location"] == "/desk/login"
    browser.open("/desk/")
    assert browser.answer.status_code == 303
    thief = newsroom.client()
    thief.cookies.set("desk", token)
    assert thief.get("/desk/").status_code == 303
    assert "sessions" not in stored(newsroom)


def test_a_session_ends_after_twelve_hours(newsroom: Newsroom) -> None:
    browser = newsroom.editor()
    newsroom.now += timedelta(hours=11, minutes=59)
    browser.open("/desk/")
    assert browser.answer.status_code == 200
    newsroom.now += timedelta(minutes=1)
    browser.open("/desk/")
    assert browser.answer.status_code == 303


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://testserver.evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_another_sites_page_cannot_log_anybody_in(
    newsroom: Newsroom, headers: dict[str, str]
) -> None:
    newsroom.add_user()
    fields = {"name": "aiko", "password": PASSWORD}
    answer = newsroom.client().post("/desk/login", data=fields, headers=headers)
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


def test_the_site_behind_a_proxy_is_no_other_site(newsroom: Newsroom) -> None:
    newsroom.add_user()
    newsroom.base_url = "https://news.example/"
    fields = {"name": "aiko", "password": PASSWORD}
    headers = {"Origin": "https://news.example", "Host": "127.0.0.1:8000"}
    assert newsroom.client().post("/desk/login", data=fields, headers=headers).status_code == 303


#: Ways to write another host's address that a check of the first letter lets through.
ELSEWHERE = [
    "//evil.example",
    "////evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/%5cevil.example",
    "/desk//evil.example",
    "/desk/%2f/evil.example",
    "/desk/..//evil.example",
    "/desk/../../evil.example",
    "https:evil.example",
    "https://evil.example/desk/",
    "/\t/evil.example",
    "/\n/evil.example",
    "/desk/\r\nSet-Cookie: a=b",
    "javascript:alert(1)",
    " //evil.example",
    "/desk/login",
    "/desk/logout",
    "desk/",
    "",
]


@pytest.mark.parametrize("address", ELSEWHERE)
def test_nobody_is_led_elsewhere_after_the_login(newsroom: Newsroom, address: str) -> None:
    newsroom.add_user()
    browser = newsroom.browser()
    browser.open(f"/desk/login?next={quote(address, safe='')}")
    answer = browser.press("Log in", name="aiko", password=PASSWORD)
    assert answer.headers["location"] == "/desk/"
    assert browser.log_in(next_page=address).headers["location"] == "/desk/"


@given(st.text() | st.from_regex(r"/desk/[\\/%@:.\w?=&]*"))
def test_any_path_stays_on_the_desk(text: str) -> None:
    led = urlsplit(urljoin("http://desk.example/desk/login", local_path(text)))
    assert led.netloc == "desk.example"
    assert led.path.startswith("/desk/")
