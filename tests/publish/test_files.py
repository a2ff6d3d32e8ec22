"""Writing: whole files or none, whatever happens."""

import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.errors import PublishError
from aggregator.model import Rendered
from aggregator.publish import prune, write
from aggregator.publish.files import _inside

ROOT = Path(__file__).resolve().parents[2]


def file(path: str, text: str = "new") -> Rendered:
    return Rendered(path=path, body=text.encode())


def tree(directory: Path) -> dict[str, str]:
    found = sorted(path for path in directory.rglob("*") if path.is_file())
    return {path.relative_to(directory).as_posix(): path.read_text() for path in found}


def run(code: str, *args: str, limit: int | None = None) -> subprocess.CompletedProcess[str]:
    """Run code in a process of its own, which may write no file longer than the limit."""

    def limited() -> None:
        if limit is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    return subprocess.run(
        [sys.executable, "-c", code, *args],
        cwd=ROOT,
        preexec_fn=limited,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_files_are_written_with_their_folders(tmp_path: Path) -> None:
    result = write(tmp_path, [file("a.txt"), file("deep/er/b.txt", "日本語")])
    assert tree(tmp_path) == {"a.txt": "new", "deep/er/b.txt": "日本語"}
    assert result.written == ("a.txt", "deep/er/b.txt")
    assert result.paths == {"a.txt", "deep/er/b.txt"}


def test_unchanged_files_are_not_touched(tmp_path: Path) -> None:
    write(tmp_path, [file("a.txt"), file("b.txt")])
    os.utime(tmp_path / "a.txt", (1, 1))
    os.utime(tmp_path / "b.txt", (1, 1))
    result = write(tmp_path, [file("a.txt"), file("b.txt", "other")])
    assert (result.written, result.unchanged) == (("b.txt",), ("a.txt",))
    assert (tmp_path / "a.txt").stat().st_mtime == 1
    assert (tmp_path / "b.txt").stat().st_mtime > 1


def test_a_web_server_may_read_what_was_written(tmp_path: Path) -> None:
    write(tmp_path, [file("a.txt")])
    assert (tmp_path / "a.txt").stat().st_mode & 0o777 == 0o644


@pytest.mark.parametrize(
    "path",
    ["../x", "a/../../x", "/etc/x", "a//b", "", ".", "a/./b", "a\\..\\b", "a\0b", "C:/x", "a/"],
)
def test_a_path_that_could_leave_the_folder_is_refused(path: str, tmp_path: Path) -> None:
    inside = tmp_path / "out"
    inside.mkdir()
    with pytest.raises(PublishError, match="output directory"):
        write(inside, [file(path)])
    assert tree(tmp_path) == {}


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "out" / "feeds").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(PublishError, match="leads out"):
        write(tmp_path / "out", [file("feeds/all.atom")])
    assert tree(tmp_path / "elsewhere") == {}


def test_a_file_that_is_a_link_is_replaced_not_written_through(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "precious").write_text("old")
    (tmp_path / "out" / "a.txt").symlink_to(tmp_path / "precious")
    write(tmp_path / "out", [file("a.txt")])
    assert (tmp_path / "precious").read_text() == "old"
    assert (tmp_path / "out" / "a.txt").read_text() == "new"


@given(st.text(max_size=30))
def test_no_path_leads_out(path: str) -> None:
    root = Path("/nowhere/out")
    try:
        target = _inside(root, path)
    except PublishError:
        return
    assert Path(os.path.normpath(target)).is_relative_to(root)
    assert target != root


def test_a_folder_in_a_files_place_is_an_error_of_ours(tmp_path: Path) -> None:
    (tmp_path / "a.txt").mkdir()
    with pytest.raises(PublishError, match=r"a\.txt could not be written"):
        write(tmp_path, [file("a.txt")])
    assert tree(tmp_path) == {}


def test_a_name_too_long_for_the_disk_is_an_error_of_ours(tmp_path: Path) -> None:
    with pytest.raises(PublishError):
        write(tmp_path, [file("x" * 300)])


def test_a_full_disk_leaves_the_previous_file_and_no_rubbish(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("old")
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from aggregator.errors import PublishError\n"
        "from aggregator.model import Rendered\n"
        "from aggregator.publish import write\n"
        "files = [Rendered(path='a.txt', body=b'x'), Rendered(path='b.txt', body=b'x' * 9000)]\n"
        "try:\n"
        "    write(Path(sys.argv[1]), files)\n"
        "except PublishError as err:\n"
        "    sys.exit(str(err))\n"
    )
    done = run(code, str(tmp_path), limit=4096)
    assert done.returncode == 1
    assert done.stderr.startswith("b.txt could not be written: File too large")
    assert tree(tmp_path) == {"a.txt": "x", "b.txt": "old"}


def test_a_kill_between_writing_and_renaming_leaves_the_previous_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("old")
    # The interpreter tells of a rename just before it happens.
    code = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from aggregator.model import Rendered\n"
        "from aggregator.publish import write\n"
        "def die(event, _):\n"
        "    if event == 'os.rename':\n"
        "        os.kill(os.getpid(), signal.SIGKILL)\n"
        "sys.addaudithook(die)\n"
        "write(Path(sys.argv[1]), [Rendered(path='a.txt', body=b'new')])\n"
    )
    done = run(code, str(tmp_path))
    assert done.returncode == -signal.SIGKILL
    left = tree(tmp_path)
    assert left.pop("a.txt") == "old"
    assert len(left) == 1
    write(tmp_path, [file("a.txt")])
    prune(tmp_path, {"a.txt"}, [])
    assert tree(tmp_path) == {"a.txt": "new"}


def test_files_before_the_one_that_failed_are_in_place(tmp_path: Path) -> None:
    with pytest.raises(PublishError):
        write(tmp_path, [file("a.txt"), file("../b.txt"), file("c.txt")])
    assert tree(tmp_path) == {"a.txt": "new"}


def test_pruning_removes_what_is_no_longer_published_in_a_folder(
    tmp_path: Path,
) -> None:
    paths = ("stories/1.html", "stories/2.html", "digests/d/1.html", "index.html")
    write(tmp_path, [file(path) for path in paths])
    removed = prune(tmp_path, {"stories/2.html"}, ["stories", "trends"])
    assert removed == ("stories/1.html",)
    assert set(tree(tmp_path)) == set(paths) - {"stories/1.html"}


def test_pruning_does_not_reach_outside(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "precious").write_text("old")
    with pytest.raises(PublishError):
        prune(tmp_path / "out", set(), [".."])
    assert (tmp_path / "precious").exists()
