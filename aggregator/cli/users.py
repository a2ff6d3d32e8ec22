"""`aggregator users`: accounts of the desk."""

import sys
from typing import Annotated

import typer

from aggregator import wiring
from aggregator.cli.terminal import print_json, say
from aggregator.errors import UsageError
from aggregator.store import users
from aggregator.web.passwords import Passwords, check_name, check_strength

app = typer.Typer(no_args_is_help=True, help="Accounts of the desk.")

Name = Annotated[str, typer.Argument(help="Whose account.")]
FromStdin = Annotated[
    bool, typer.Option("--password-stdin", help="Read the password from the first line of stdin.")
]


@app.command()
def add(name: Name, *, password_stdin: FromStdin = False) -> None:
    """Add an account; the password is asked for twice."""
    check_name(name)
    home = wiring.open_home(wiring.settings())
    with home.database.read() as db:
        _refuse_known(users.by_name(db, name), name)
    hashed = _hashed(stdin=password_stdin)
    with home.database.begin() as db:
        _refuse_known(users.by_name(db, name), name)
        users.add(db, name, hashed, wiring.clock())
    say(f"{name} can log in")


def _refuse_known(user: users.User | None, name: str) -> None:
    if user is not None:
        raise UsageError(f"there is an account {name!r}; `aggregator users password` changes it")


@app.command("list")
def list_users(
    *, json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False
) -> None:
    """List the accounts."""
    home = wiring.open_home(wiring.settings())
    with home.database.read() as db:
        every = users.every(db)
    if json:
        rows = [{"name": user.name, "created": user.created.isoformat()} for user in every]
        print_json({"users": rows})
        return
    for user in every:
        say(f"{user.created:%Y-%m-%d}  {user.name}")
    if not every:
        say("no account yet: aggregator users add NAME")


@app.command()
def password(name: Name, *, password_stdin: FromStdin = False) -> None:
    """Set an account's password; who is logged in with the old one is logged out."""
    home = wiring.open_home(wiring.settings())
    with home.database.read() as db:
        if users.by_name(db, name) is None:
            raise UsageError(f"there is no account {name!r}; `aggregator users list` names them")
    hashed = _hashed(stdin=password_stdin)
    with home.database.begin() as db:
        users.set_password(db, name, hashed)
    say(f"{name} has a new password")


def _hashed(*, stdin: bool) -> str:
    text = sys.stdin.readline().rstrip("\r\n") if stdin else _asked()
    check_strength(text)
    return Passwords().hash(text)


def _asked() -> str:
    said: str = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
    return said
