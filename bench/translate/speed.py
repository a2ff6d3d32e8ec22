"""`python -m bench.translate.speed`: how fast sentences are translated, beside Argos' own way.

One model of Argos' true size (`full_size`), the articles of the parallel corpus' Japanese, cut into
sentences for everybody alike, the same beam. Each contender is a process of its own, loads and
says one sentence before the clock starts; they take turns, and ratios are of one round. Each has
to give the source back, or the run fails. Prints sentences a second, the medians of the
ratios and the peak of memory; 1 if a ratio is below its floor. The floors are what is wanted, and
no run reached the first two yet.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median
from time import perf_counter

from aggregator.translate import models
from aggregator.translate.engines.argos import DEFAULT_BEAM, ArgosEngine, prepare
from aggregator.translate.inference import BATCH_TOKENS, cores, load
from bench.sentences.corpus import CORPUS, documents
from bench.translate.full_size import build

ARTICLES, SENTENCES, ROUNDS = 40, 8, 3
PAIR = ("ja", "en")

#: Threads that are Argos' to set.
TUNED = {"ARGOS_INTER_THREADS": "1", "ARGOS_INTRA_THREADS": str(cores())}

#: How many times as fast as each other ours is to be, at least.
FLOORS = {"argos": 8.0, "argos, threads tuned": 5.0, "ctranslate2 alone": 0.85}

Articles = Sequence[Sequence[str]]


def ours(room: Path, articles: Articles) -> Callable[[], list[str]]:
    """Return what translates all sentences as the flow does: in one backlog, each once."""
    engine = ArgosEngine(room)
    list(engine.translate(["一"], *PAIR))
    sentences = [each for article in articles for each in article]
    return lambda: [str(each) for each in engine.translate(sentences, *PAIR)]


def argos(_room: Path, articles: Articles) -> Callable[[], list[str]]:
    """Return what translates an article after the other with Argos' own `translate`."""
    import argostranslate.translate

    translation = argostranslate.translate.get_translation_from_codes(*PAIR)
    ready = {"".join(article): list(article) for article in articles} | {"一": ["一"]}

    class Ready:
        def split_sentences(self, text: str) -> list[str]:
            return ready[text]

    translation.underlying.sentencizer = Ready()
    translation.translate("一")
    return lambda: [translation.translate("".join(article)) for article in articles]


def alone(room: Path, articles: Articles) -> Callable[[], list[str]]:
    """Return what gives ready tokens to CTranslate2, all at once."""
    loaded = load(models.installed(room)[0].path, cores())
    translator = loaded._translator
    batch = [loaded.tokens(each) for article in articles for each in article]
    translator.translate_batch([loaded.tokens("一")])

    def translate() -> list[str]:
        results = translator.translate_batch(
            batch,
            max_batch_size=BATCH_TOKENS,
            batch_type="tokens",
            beam_size=DEFAULT_BEAM,
            length_penalty=0.2,
            replace_unknowns=True,
        )
        return ["".join(each.hypotheses[0]).replace("\u2581", " ") for each in results]

    return translate


CONTENDERS: Mapping[str, Callable[[Path, Articles], Callable[[], list[str]]]] = {
    "ours": ours,
    "argos": argos,
    "argos, threads tuned": argos,
    "ctranslate2 alone": alone,
}


def contend(name: str, room: Path, articles: Articles) -> None:
    """Translate once, and print the seconds, the memory, and whether all came back."""
    translate = CONTENDERS[name](room, articles)
    start = perf_counter()
    said = translate()
    seconds = perf_counter() - start
    peak = _peak()
    right = "".join(said).replace(" ", "") == "".join(map("".join, articles)).replace(" ", "")
    print(json.dumps({"seconds": seconds, "peak": peak, "right": right}))


def _peak() -> float:
    """Return the most memory this program held, in MiB: `ru_maxrss` is its parent's, too."""
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return next(int(each.split()[1]) / 1024 for each in lines if each.startswith("VmHWM"))


def timed(name: str, room: Path, asked: Sequence[str]) -> dict[str, float]:
    """Return what a contender says in a process of its own."""
    environment = {**os.environ, **(TUNED if name.endswith("tuned") else {})}  # noqa: TID251
    prepare(room, environment)
    command = [sys.executable, "-m", "bench.translate.speed", "--as", name, "--room", str(room)]
    done = subprocess.run(
        [*command, *asked], env=environment, check=True, capture_output=True, text=True
    )
    said: dict[str, float] = json.loads(done.stdout.strip().splitlines()[-1])
    return said


def articles_of(number: int, sentences: int) -> Articles:
    """Return the first sentences of that many documents."""
    return [lines[:sentences] for lines in documents(CORPUS, "ja")[:number]]


def compare(room: Path, rounds: int, asked: Sequence[str], sentences: int) -> int:
    """Print the rounds and the ratios; 1 if one is below its floor, or a contender is wrong."""
    ratios: dict[str, list[float]] = {name: [] for name in FLOORS}
    void = False
    for turn in range(rounds):
        found = {name: timed(name, room, asked) for name in CONTENDERS}
        for name, each in found.items():
            said = f"{sentences / each['seconds']:7.1f} sentences/s {each['peak']:6.0f} MiB"
            print(f"{turn + 1} {name:<22} {said}{'' if each['right'] else '  WRONG'}", flush=True)
        void = void or not all(each["right"] for each in found.values())
        for name, values in ratios.items():
            values.append(found[name]["seconds"] / found["ours"]["seconds"])
    middle = {name: median(values) for name, values in ratios.items()}
    print(*(f"ours beside {name}: {ratio:.2f}" for name, ratio in middle.items()), sep="\n")
    return int(void or any(middle[name] < floor for name, floor in FLOORS.items()))


def main(arguments: Sequence[str]) -> int:
    """Build the model and let the contenders take turns."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--articles", type=int, default=ARTICLES)
    parser.add_argument("--sentences", type=int, default=SENTENCES)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--as", dest="name", help=argparse.SUPPRESS)
    parser.add_argument("--room", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args(arguments)
    articles = articles_of(asked.articles, asked.sentences)
    if asked.name:
        contend(asked.name, asked.room, articles)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        room = Path(folder) / "models"
        prepare(room, os.environ)  # noqa: TID251 - Argos' installer reads it
        package = Path(folder) / "full.argosmodel"
        build(package, PAIR, [each for article in articles for each in article])
        models.install_file(package, room)
        given = ["--articles", str(asked.articles), "--sentences", str(asked.sentences)]
        return compare(room, asked.rounds, given, sum(map(len, articles)))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
