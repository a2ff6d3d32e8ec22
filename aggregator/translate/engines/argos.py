"""Argos packages, run by CTranslate2 in batches of our own.

Argos' own `translate` is never called: it goes sentence by sentence, downloads a sentence
splitter at first use and writes each text to a log.
"""

import re
from collections.abc import Iterator, MutableMapping, Sequence
from itertools import islice
from pathlib import Path

from aggregator.errors import BadTranslationError, EngineDownError, TranslateError
from aggregator.translate.inference import MAX_TOKENS, Loaded, Spoken, cores, load
from aggregator.translate.models import Model, installed, packages_folder
from aggregator.translate.survey import best_shape

#: Hypotheses followed at once, as Argos does. One is three times as fast and a little worse.
DEFAULT_BEAM = 4

#: Texts handed to CTranslate2 at once, per worker: news sentences have some 40 tokens, so this is
#: about five batches a worker. Results come out no sooner than that.
_WINDOW = 128

#: The same two to sixty characters five times on end: a model running in circles.
_LOOP = re.compile(r"(.{2,60}?)\1{4}", re.DOTALL)


def prepare(models: Path, environ: MutableMapping[str, str]) -> None:
    """Set what Argos and its libraries read when they are imported; call it before that.

    Importing Argos makes directories, in the user's home unless told otherwise; importing
    onnxruntime, which Argos' installer does, looks up an address to send usage data to, unless
    `ORT_DISABLE_TELEMETRY` forbids it (its own function to switch that off comes too late).
    """
    # All three alike: Argos makes a folder of its own name in each, so that `models` holds one.
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        environ[name] = str(models)
    environ["ARGOS_PACKAGES_DIR"] = str(packages_folder(models))
    environ["ORT_DISABLE_TELEMETRY"] = "1"
    if index := environ.get("ARGOS_PACKAGE_INDEX"):
        # Argos appends the file's name without a slash.
        environ["ARGOS_PACKAGE_INDEX"] = index.rstrip("/") + "/"


class ArgosEngine:
    """Translates with the Argos packages installed below a directory.

    One model is in memory at a time: each takes some 300 MB and is loaded in under a second. A
    package installed anew is used from the next call on.
    """

    name = "argos"

    def __init__(self, models: Path, *, beam: int = DEFAULT_BEAM, workers: int | None = None):
        self._models = models
        self._beam = beam
        self._workers = workers or cores()
        self._loaded: tuple[Model, Loaded] | None = None

    def pairs(self) -> frozenset[tuple[str, str]]:
        """Return the pairs whose packages are installed."""
        return frozenset((each.source, each.target) for each in installed(self._models))

    def version(self, source: str, target: str) -> str:
        """Return the version of the package for a pair.

        Raises:
            EngineDownError: there is none.
        """
        return self._model(source, target).version

    def shape(self, source: str, target: str) -> str:
        """Return the shape of masks that the pair's model kept best when it was verified.

        Raises:
            EngineDownError: there is none.
        """
        return best_shape(self._model(source, target))

    def translate(
        self, texts: Sequence[str], source: str, target: str
    ) -> Iterator[str | TranslateError]:
        """Yield one result per text, in the order of *texts*; equal texts are translated once.

        A text is an error when it is blank or too long, or when the model answered nothing, did
        not come to an end or ran in circles.

        Raises:
            EngineDownError: the pair's package or the extra is not installed, or does not run.
        """
        model = self._load(self._model(source, target))
        pending = iter(texts)
        while window := list(islice(pending, _WINDOW * self._workers)):
            results = self._results(model, list(dict.fromkeys(window)))
            yield from (results[text] for text in window)

    def _model(self, source: str, target: str) -> Model:
        for each in installed(self._models):
            if (each.source, each.target) == (source, target):
                return each
        raise EngineDownError(
            f"no translation model for {source} -> {target} is installed: "
            f"aggregator models install {source}"
        )

    def _load(self, model: Model) -> Loaded:
        if self._loaded is None or self._loaded[0] != model:
            self._loaded = None  # first, so that two are never in memory
            self._loaded = (model, load(model.path, self._workers))
        return self._loaded[1]

    def _results(self, model: Loaded, texts: Sequence[str]) -> dict[str, str | TranslateError]:
        results: dict[str, str | TranslateError] = {}
        fit: dict[str, list[str]] = {}
        for text in texts:
            tokens = model.tokens(text)
            if not text.strip():
                results[text] = BadTranslationError("there is nothing to translate")
            elif len(tokens) > MAX_TOKENS:
                results[text] = BadTranslationError(
                    f"the text is too long: {len(tokens)} tokens, {MAX_TOKENS} are possible"
                )
            else:
                fit[text] = tokens
        answers = model.translate(list(fit.values()), self._beam) if fit else []
        for text, answer in zip(fit, answers, strict=True):
            results[text] = _judged(text, answer)
        return results


def _judged(text: str, answer: Spoken) -> str | BadTranslationError:
    """Return the answer, or why it is no translation of *text*."""
    if not answer.text:
        return BadTranslationError("the model answered nothing")
    if answer.truncated:
        return BadTranslationError("the model did not come to an end")
    if _LOOP.search(answer.text) and not _LOOP.search(text):
        return BadTranslationError("the model repeated itself without end")
    return answer.text
