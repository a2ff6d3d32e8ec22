"""`users` and `serve` from the command line."""

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import httpx2
import pytest
from typer.testing import CliRunner, Result

from aggregator.cli import build
from aggregator.config import write_defaults
from aggregator.errors import AggregatorError
from aggregator.store import Database, users
from aggregator.web.passwords import Passwords
from tests.web.conftest import PASSWORD


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home as `init` makes it, and the environment's."""
    write_defaults(
        tmp_path,
        countries=("sg",),
        targets=(),
        base_url="http://localhost:8000/",
        contact="editor@example.org",
    )
    for name in ("glossary.yaml", "topics.yaml"):  # each command would read them for half a second
        (tmp_path / name).unlink()
    monkeypatch.setenv("AGGREGATOR_HOME", str(tmp_path))
    return tmp_path


def run(*words: str, stdin: str = "") -> Result:
    return CliRunner().invoke(build("users"), ["users", *words], input=stdin)


def refusal(*words: str, stdin: str = "") -> str:
    """Return what a command that must not work says."""
    result = run(*words, stdin=stdin)
    assert isinstance(result.exception, AggregatorError)
    assert result.exception.exit_code == 2
    return str(result.exception)


def password_of(home: Path, name: str) -> str:
    database = Database(f"sqlite:///{home / 'data' / 'aggregator.db'}")
    with database.read() as db:
        found = users.by_name(db, name)
    database.close()
    assert found is not None
    return found.password_hash


def test_an_account_is_added_listed_and_given_another_password(home: Path) -> None:
    assert "no account yet" in run("list").output
    assert run("add", "aiko", stdin=f"{PASSWORD}\n{PASSWORD}\n").exit_code == 0
    assert PASSWORD not in password_of(home, "aiko")
    assert Passwords().match(password_of(home, "aiko"), PASSWORD)
    assert run("add", "an An", "--password-stdin", stdin=f"{PASSWORD}\n").exit_code == 0
    assert [each["name"] for each in json.loads(run("list", "--json").output)["users"]] == [
        "aiko",
        "an An",
    ]
    changed = run("password", "aiko", "--password-stdin", stdin="another good one\n")
    assert changed.exit_code == 0
    assert Passwords().match(password_of(home, "aiko"), "another good one")
    assert not Passwords().match(password_of(home, "aiko"), PASSWORD)


def test_an_account_that_cannot_be_made_is_refused_in_words(home: Path) -> None:
    run("add", "aiko", "--password-stdin", stdin=f"{PASSWORD}\n")
    assert "there is an account 'aiko'" in refusal("add", "aiko", "--password-stdin")
    assert "at least 12" in refusal("add", "bao", "--password-stdin", stdin="short\n")
    assert "cannot be an account's name" in refusal("add", " bao", "--password-stdin")
    assert "cannot be an account's name" in refusal("add", "", "--password-stdin")
    assert "no account 'chai'" in refusal("password", "chai", "--password-stdin")
    assert "bao" not in run("list").output


def test_two_different_passwords_are_asked_for_again(home: Path) -> None:
    said = f"{PASSWORD}\nsomething else\n{PASSWORD}\n{PASSWORD}\n"
    result = run("add", "aiko", stdin=said)
    assert result.exit_code == 0
    assert "do not match" in result.output
    assert PASSWORD not in result.output


@pytest.mark.slow
def test_the_server_says_where_it_is_and_ends_in_order(home: Path) -> None:
    environment = {"PATH": os.environ["PATH"], "AGGREGATOR_HOME": str(home)}  # noqa: TID251
    with subprocess.Popen(
        [sys.executable, "-W", "error", "-m", "aggregator", "serve", "--port", "0"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as server:
        assert server.stdout is not None
        assert server.stderr is not None
        site, desk, hint = (server.stdout.readline() for _ in range(3))
        found = re.fullmatch(r"Site: (http://127\.0\.0\.1:(\d+)/)\n", site)
        assert found, site + server.stderr.read()
        assert desk == f"Desk: {found[1]}desk/\n"
        assert "aggregator users add" in hint
        answer = httpx2.get(f"{found[1]}desk/login", trust_env=False)
        assert answer.status_code == 200
        assert "Log in" in answer.text
        assert "server" not in answer.headers
        taken = subprocess.run(
            [sys.executable, "-m", "aggregator", "serve", "--port", found[2]],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert taken.returncode == 2
        assert f"cannot listen on 127.0.0.1 port {found[2]}" in taken.stderr
        server.send_signal(signal.SIGINT)
        assert server.wait(30) == 0
        assert server.stderr.read() == ""
