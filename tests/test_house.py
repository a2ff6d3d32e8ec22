"""The house holds its own plan: sizes, drawings and lists are compared with the code."""

import ast
import json
import re
import statistics
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import typer
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import aggregator
from aggregator import cli, errors, flow

TOP = Path(__file__).resolve().parents[1]
CODE = TOP / "aggregator"
CHAIN = (
    "sources.yaml -> fetch -> parse -> normalize -> classify -> dedupe -> translate -> curate"
    " -> publish -> output/"
)

# The measure of the best code in this field; only a migration may be as long as its tables are.
MAX_MODULE_LINES = 400
MEDIAN_FUNCTION_LINES = 10
MAX_LINES_OF_NINE_IN_TEN = 35
MAX_PARAMETERS = 6
MAX_FILES_IN_A_FOLDER = 12

# Folders that hold one file of a kind each: they grow without getting harder to read.
ONE_OF_A_KIND_EACH = {
    "cli": "one command a file",
    "flow": "one step a file",
    "store": "one table's queries a file",
    "store/migrations/versions": "one migration a file",
    "text/dates": "one dialect a file",
    "publish": "one publisher a file",
    "web": "one page a file",
}


# --- sizes


def modules() -> list[Path]:
    return [path for path in CODE.rglob("*.py") if "migrations" not in path.parts]


def functions() -> Iterator[tuple[str, ast.FunctionDef]]:
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef):
                yield f"{path.relative_to(TOP)}:{node.lineno} {node.name}", node


def lines_of(node: ast.FunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def parameters_of(node: ast.FunctionDef) -> int:
    every = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
    return len([argument for argument in every if argument.arg not in {"self", "cls"}])


def is_command(node: ast.FunctionDef) -> bool:
    """Is it a function whose parameters are the options of a command, or the fields of a form?"""
    return any("Annotated" in ast.dump(argument) for argument in node.args.kwonlyargs)


def test_no_module_is_longer_than_400_lines() -> None:
    lengths = {str(p.relative_to(TOP)): len(p.read_text("utf-8").splitlines()) for p in modules()}
    too_long = {name: lines for name, lines in lengths.items() if lines > MAX_MODULE_LINES}
    assert not too_long, "split what has two ideas"


def test_functions_are_short() -> None:
    lengths = sorted(lines_of(node) for _, node in functions())
    assert statistics.median(lengths) < MEDIAN_FUNCTION_LINES
    assert lengths[len(lengths) * 9 // 10] <= MAX_LINES_OF_NINE_IN_TEN


def test_no_function_takes_more_than_six_parameters() -> None:
    counts = {name: parameters_of(node) for name, node in functions() if not is_command(node)}
    too_many = {name: count for name, count in counts.items() if count > MAX_PARAMETERS}
    assert not too_many, "pass one value in place of many"


def test_no_folder_holds_more_than_twelve_files() -> None:
    found: dict[str, int] = {}
    for path in CODE.rglob("*.py"):
        if path.name != "__init__.py":
            folder = path.parent.relative_to(CODE).as_posix()
            found[folder] = found.get(folder, 0) + 1
    crowded = {
        folder: count
        for folder, count in found.items()
        if count > MAX_FILES_IN_A_FOLDER and folder not in ONE_OF_A_KIND_EACH
    }
    assert not crowded, "a sub-room wants out"


# --- drawings


def flat(text: str | None) -> str:
    return " ".join((text or "").split())


@pytest.mark.parametrize("place", ["README.md", "the map", "the flow"])
def test_the_chain_is_drawn_the_same_everywhere(place: str) -> None:
    texts = {
        "README.md": (TOP / "README.md").read_text("utf-8"),
        "the map": aggregator.__doc__,
        "the flow": flow.__doc__,
    }
    assert CHAIN in flat(texts[place])


def test_the_flow_takes_its_steps_in_the_order_of_the_chain() -> None:
    rooms = CHAIN.split(" -> ")[1:-1]
    steps = [step.name for step in flow.STEPS if step.name in rooms]
    assert steps == sorted(steps, key=rooms.index)
    assert {"fetch", "parse", "publish"} <= set(steps)


def rooms() -> list[str]:
    return sorted(path.parent.name for path in CODE.glob("*/__init__.py"))


@pytest.mark.parametrize("room", [room for room in rooms() if room not in {"flow", "sample"}])
def test_each_room_says_what_it_takes_and_what_it_gives(room: str) -> None:
    docstring = ast.get_docstring(ast.parse((CODE / room / "__init__.py").read_text("utf-8"))) or ""
    assert re.search(r"\S <?-> ", docstring.split("\n\n")[0]), "begin it with: takes -> gives"


def test_all_that_is_there_stands_on_the_map() -> None:
    modules = {path.stem for path in CODE.glob("*.py") if not path.name.startswith("_")}
    drawn = set(re.findall(r"^    (\w+) {2,}\S", aggregator.__doc__ or "", re.MULTILINE))
    assert {*rooms(), *modules} == drawn


def drawn_errors(drawing: str) -> dict[str, str]:
    """Read the drawing: each error's name with the name of the one it stands under."""
    parents: dict[str, str] = {}
    above: list[tuple[int, str]] = []
    for line in drawing.splitlines():
        if found := re.match(r"( +)(?:[+-] )?([A-Z]\w*Error)\b", line):
            depth, name = len(found[1]), found[2]
            above = [(d, n) for d, n in above if d < depth]
            parents[name] = above[-1][1] if above else "Exception"
            above.append((depth, name))
    return parents


def test_the_drawn_error_tree_is_the_tree_of_the_classes() -> None:
    classes = [
        value
        for value in vars(errors).values()
        if isinstance(value, type) and issubclass(value, errors.AggregatorError)
    ]
    real = {error.__name__: error.__base__.__name__ for error in classes if error.__base__}
    assert drawn_errors(errors.__doc__ or "") == real


def test_the_drawing_is_really_read() -> None:
    drawing = "    AError\n      + BError  why\n        - CError\n      + DError\n"
    expected = {"AError": "Exception", "BError": "AError", "CError": "BError", "DError": "AError"}
    assert drawn_errors(drawing) == expected


# --- lists


def headings(page: str) -> list[str]:
    text = (TOP / "docs" / page).read_text("utf-8")
    return [line.lstrip("# ").replace("`", "") for line in text.splitlines() if line[:1] == "#"]


def subcommands(group: object, path: str) -> Iterator[str]:
    """Yield the full names of the commands that can be given below a name."""
    below = getattr(group, "commands", {})
    if not below:
        yield path
    for name, command in below.items():
        yield from subcommands(command, f"{path} {name}")


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_every_command_has_its_heading_in_the_documentation(name: str) -> None:
    loaded = typer.main.get_command(cli.build(name))
    real = set(subcommands(getattr(loaded, "commands")[name], f"aggregator {name}"))  # noqa: B009
    said = " \n".join([*headings("commands.md"), ""])
    assert {command for command in real if f"{command} " not in said} == set()


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_help_says_of_a_command_what_the_command_says_itself(name: str) -> None:
    loaded = getattr(typer.main.get_command(cli.build(name)), "commands")[name]  # noqa: B009
    assert flat(loaded.help).startswith(cli.COMMANDS[name])


def test_every_setting_has_its_heading_in_the_documentation() -> None:
    names = re.compile(r"\bAGGREGATOR_[A-Z_]+\b")
    real = {name for path in modules() for name in names.findall(path.read_text("utf-8"))}
    said = {heading for heading in headings("settings.md") if names.fullmatch(heading)}
    assert real == said


def test_readme_begins_with_the_two_commands() -> None:
    blocks = re.findall(r"(?:^    .*\n)+", (TOP / "README.md").read_text("utf-8"), re.MULTILINE)
    assert re.findall(r"^    (make \w+)", blocks[0], re.MULTILINE) == ["make demo", "make test"]


def test_readme_fits_on_one_screen_and_counts_right() -> None:
    text = (TOP / "README.md").read_text("utf-8")
    sites = list((CODE / "sample" / "sites").glob("*/site.yaml"))
    assert len(text.splitlines()) <= 40
    assert f"has {len(sites)} sites" in text


def test_readme_names_only_what_is_there() -> None:
    named = re.findall(r"`([\w./-]+(?:/|\.\w+))`", (TOP / "README.md").read_text("utf-8"))
    kept = {name for name in named if not name.startswith(("output/demo/", ".venv/"))}
    assert {name for name in kept if not (TOP / name).exists()} == set()
    assert len(kept) > 5


def test_every_target_of_the_makefile_says_what_it_does() -> None:
    text = (TOP / "Makefile").read_text("utf-8")
    targets = re.search(r"^\.PHONY: (.+)$", text, re.MULTILINE)
    assert targets is not None
    said = set(re.findall(r"^(\w+):.*## \S", text, re.MULTILINE))
    assert set(targets[1].split()) == said


def test_every_decision_is_listed() -> None:
    pages = {path.name for path in (TOP / "docs" / "decisions").glob("0*.md")}
    listing = (TOP / "docs" / "decisions" / "README.md").read_text("utf-8")
    assert pages == set(re.findall(r"\((0\S+\.md)\)", listing))


# --- what must not be there


def tracked_files() -> list[Path]:
    """Return the files that are, or would be, committed."""
    asked = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(asked, cwd=TOP, capture_output=True, check=True, text=True).stdout
    return [path for name in listed.split("\0") if name and (path := TOP / name).is_file()]


# In pieces, so that this file doesn't find itself.
FORBIDDEN = {
    "a package registry's host": r"(files[.]python" + r"hosted|py" + r"pi)[.]org|registry[.]npm"
    r"js[.]org|(deb|security)[.]deb" + r"ian[.]org|proxy[.]gol" + r"ang[.]org",
    "a path of somebody's machine": r"/wo" + r"rk/(main|shared|steering|[.])|/fa" + r"rm/|/ro"
    r"ot/[.\w]|/ho" + r"me/(?!user\b)\w+/|/Us" + r"ers/\w",
}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_names_what_is_only_true_on_one_machine(what: str) -> None:
    pattern = re.compile(FORBIDDEN[what].encode())
    found = {
        f"{path.relative_to(TOP)}: {hit[0].decode()}"
        for path in tracked_files()
        if (hit := pattern.search(path.read_bytes()))
    }
    assert found == set()


# --- locks

LOCKS = {
    "requirements.lock": {""},
    "locks/embed.lock": {"", "embed"},
    "locks/argos.lock": {"", "embed", "argos"},
    "locks/dev.lock": {"", "embed", "argos", "dev"},
    "locks/build.lock": {"build"},
}


@cache
def wanted() -> dict[str, list[Requirement]]:
    """Return what pyproject.toml asks for: always (""), by extra and by group."""
    project = tomllib.loads((TOP / "pyproject.toml").read_text("utf-8"))
    lists = {
        "": project["project"]["dependencies"],
        **project["project"]["optional-dependencies"],
        **project["dependency-groups"],
    }
    return {name: [Requirement(line) for line in lines] for name, lines in lists.items()}


def locked(lock: str) -> list[tuple[str, str, bool]]:
    """Read a lock: name, version and whether pyproject.toml asked for it."""
    entries = re.split(r"^(?=[a-z0-9])", (TOP / lock).read_text("utf-8"), flags=re.MULTILINE)[1:]
    return [
        (name, version, "pyproject.toml" in entry)
        for entry in entries
        for name, version in [re.split("==| ", entry, maxsplit=2)[:2]]
    ]


@pytest.mark.parametrize("lock", LOCKS)
def test_the_lock_is_what_pyproject_asks_for(lock: str) -> None:
    asked = {canonicalize_name(r.name): r for part in LOCKS[lock] for r in wanted()[part]}
    direct = {name: version for name, version, is_direct in locked(lock) if is_direct}
    assert direct.keys() == asked.keys(), "run: make lock"
    outdated = {
        n: v for n, v in direct.items() if not asked[canonicalize_name(n)].specifier.contains(v)
    }
    assert outdated == {}, "run: make lock"


@pytest.mark.parametrize("lock", LOCKS)
def test_the_lock_has_hashes_and_neither_torch_nor_an_address(lock: str) -> None:
    text = (TOP / lock).read_text("utf-8")
    names = {name for name, _, _ in locked(lock)}
    assert not names & {"torch", "stanza", "argostranslate"}
    assert "://" not in text
    entries = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    assert all("--hash=sha256:" in entry for entry in entries)


def test_all_locks_agree_on_versions() -> None:
    versions: dict[str, set[tuple[str, ...]]] = {}
    for lock in LOCKS:
        here: dict[str, list[str]] = {}
        for name, version, _ in locked(lock):
            here.setdefault(name, []).append(version)
        for name, found in here.items():
            versions.setdefault(name, set()).add(tuple(sorted(found)))
    assert {name: found for name, found in versions.items() if len(found) > 1} == {}


# --- start-up

# What `aggregator --help` may import besides the standard library: what draws the help
# (rich looks whether attrs is there).
LIGHT = {
    "aggregator", "typer", "click", "rich", "shellingham", "annotated_doc", "typing_extensions",
    "markdown_it", "mdurl", "pygments", "attr", "attrs",
}  # fmt: skip


def test_help_imports_only_what_draws_it() -> None:
    script = """
import json, sys
before = set(sys.modules)
from aggregator.__main__ import main
sys.argv = ["aggregator", "--help"]
try:
    main()
except SystemExit:
    pass
names = {name.partition(".")[0] for name in set(sys.modules) - before}
print("\\n" + json.dumps(sorted(names - set(sys.stdlib_module_names))))
"""
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, text=True)
    imported = set(json.loads(ran.stdout.splitlines()[-1]))
    assert {name for name in imported if not name.startswith("_")} - LIGHT == set()
