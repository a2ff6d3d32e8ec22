"""Makes each language's mean vector of parallel news; writes aggregator/embed/means/.

`python -m bench.embed.means PARALLEL` reads <language>.txt and documents.txt of that directory.
Every third line of each other document is taken, in all languages the same: the other documents
are left to measure with. Two minutes on two cores. Only numbers are kept.
"""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import fmean

from aggregator.config.fields import LANGUAGES
from aggregator.embed import Bundled

STEP = 3
FOLDER = Path(__file__).resolve().parents[2] / "aggregator" / "embed" / "means"


def lines_to_take(documents: Sequence[str]) -> list[int]:
    """Return the numbers of the lines, counted from 0."""
    order = list(dict.fromkeys(documents))
    own = [at for at, name in enumerate(documents) if order.index(name) % 2 == 0]
    return own[::STEP]


def main(folder: Path) -> None:
    taken = lines_to_take((folder / "documents.txt").read_text("utf-8").splitlines())
    engine = Bundled(means={})
    means: dict[str, list[float]] = {}
    for code in LANGUAGES:
        lines = (folder / f"{code}.txt").read_text("utf-8").split("\n")
        vectors = engine.embed([lines[at] for at in taken], [code] * len(taken))
        means[code] = [round(fmean(column), 5) for column in zip(*vectors, strict=True)]
    every = [round(fmean(column), 5) for column in zip(*means.values(), strict=True)]
    FOLDER.mkdir(exist_ok=True)
    text = json.dumps({**means, "": every}, separators=(",", ":"))
    (FOLDER / f"{engine.name}.json").write_text(text.replace("],", "],\n") + "\n")
    print(len(taken), "lines a language")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
