"""`python -m bench.translate.libretranslate PYTHON`: our client at a real LibreTranslate server.

PYTHON is that of an environment of the server's own, made by `python3 -m venv lt && lt/bin/pip
install libretranslate` (some 600 MB; never the project's, whose libraries it holds back). Test
models for Japanese and traditional Chinese are installed there, below a folder that goes with it,
and the server listens on loopback. So that no request leaves the machine, run it without a network:

    unshare -n sh -c 'ip link set lo up; .venv/bin/python -m bench.translate.libretranslate PYTHON'

Prints how many of the models' phrases come back as they were put in; 1 if not all. The models have
no splitter of sentences, and the server would download one: a line of its own takes its place.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from socket import create_connection

from aggregator.fetch import poster
from aggregator.translate.engines.libretranslate import LibreTranslate
from tests.argos.conftest import ARGOS_CODES, phrases
from tests.argos.model_builder import build

LANGUAGES = ("ja", "zh-Hant")  #: the server starts with two models at least
PORT = 5055
START_S = 120.0

SERVER = f"""
import re, sys
import argostranslate.sbd
from argostranslate.package import install_from_path
for path in sys.argv[1:]:
    install_from_path(path)
argostranslate.sbd.MiniSBDSentencizer.split_sentences = lambda _self, text: [
    part for part in re.split("(?<=[。！？!?])", text) if part
]
from libretranslate.main import main
sys.argv[1:] = ["--host", "127.0.0.1", "--port", "{PORT}", "--disable-web-ui"]
main()
"""


@contextmanager
def running(python: str, folder: Path) -> Iterator[str]:
    """Give the address of a server that has the test models."""
    files = []
    for language in LANGUAGES:
        files.append(folder / f"{language}.argosmodel")
        codes = (ARGOS_CODES.get(language, language), "en")
        build(files[-1], codes, phrases(language), "1.0")
    (folder / "db").mkdir()
    homes = {f"XDG_{each}_HOME": str(folder / each) for each in ("DATA", "CONFIG", "CACHE")}
    with (
        (folder / "log").open("wb") as log,
        subprocess.Popen(
            [python, "-c", SERVER, *map(str, files)],
            cwd=folder,
            env={**homes, "HOME": str(folder), "ORT_DISABLE_TELEMETRY": "1"},
            stdout=log,
            stderr=log,
        ) as server,
    ):
        try:
            _wait(server)
            yield f"http://127.0.0.1:{PORT}"
        finally:
            server.terminate()


def _wait(server: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + START_S
    while server.poll() is None and time.monotonic() < end:
        try:
            create_connection(("127.0.0.1", PORT), 1).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise SystemExit("the server does not start")


def main(arguments: Sequence[str]) -> int:
    """Translate all phrases of the models."""
    if len(arguments) != 1:
        print(__doc__)
        return 2
    whole = True
    with tempfile.TemporaryDirectory() as folder, running(arguments[0], Path(folder)) as url:
        engine = LibreTranslate(poster(), url)
        for language in LANGUAGES:
            known = phrases(language)
            said = list(engine.translate(list(known), language, "en"))
            same = sum(
                one == other.strip() for one, other in zip(said, known.values(), strict=True)
            )
            print(f"{language}: {same} of {len(known)} phrases as they were put in")
            whole &= same == len(known)
    return int(not whole)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
