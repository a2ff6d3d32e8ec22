"""A LibreTranslate server: its HTTP API, on this machine or another.

Texts go as HTML: of plain text the server copies the last sign of the source, so that English ends
in 。 (https://github.com/LibreTranslate/LibreTranslate/issues/450).
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from html import escape, unescape
from typing import Any

from aggregator.errors import BadTranslationError, EngineDownError, StatusError, TranslateError
from aggregator.text.languages import LANGUAGES
from aggregator.translate.engines import Ask
from aggregator.translate.masks import DEFAULT_SHAPE

#: Sentences a request: the server translates them one after the other, and answers when all are.
BATCH = 16

#: The server's codes that differ from ours.
_OURS = {"zh": "zh-Hans", "zt": "zh-Hant"}

#: What a server says of one text, not of itself: it is too long, or broke the model.
_OF_TEXT = frozenset({400, 413, 500})


class LibreTranslate:
    """Translates through a server of the operator's. It does not say which models it has."""

    name = "libretranslate"

    def __init__(self, ask: Ask, url: str, key: str = "") -> None:
        self._ask, self._url, self._key = ask, url.rstrip("/"), key
        self._pairs: Mapping[tuple[str, str], tuple[str, str]] | None = None
        self._down = ""  #: why it is not asked any more

    def version(self, source: str, target: str) -> str:
        """Return always the same: the server tells no version of its models."""
        del source, target
        return "1"

    def pairs(self) -> frozenset[tuple[str, str]]:
        """Return the pairs that the server offers.

        Raises:
            EngineDownError: it does not answer; then it is not asked again.
        """
        return frozenset(self._offered())

    def shape(self, source: str, target: str) -> str:
        """Return the usual shape: how a server's models treat masks is not known."""
        del source, target
        return DEFAULT_SHAPE

    def translate(
        self, texts: Sequence[str], source: str, target: str
    ) -> Iterator[str | TranslateError]:
        """Yield one result per text; a batch that the server refuses is asked for in halves.

        Raises:
            EngineDownError: the server does not answer, wants a key or a pause, lacks the pair, or
                refuses all of a whole batch.
        """
        pair = self._offered().get((source, target))
        if pair is None:
            raise EngineDownError(f"{self.name} does not translate {source} -> {target}")
        for start in range(0, len(texts), BATCH):
            batch = texts[start : start + BATCH]
            results = self._results(batch, pair)
            if len(batch) == BATCH and all(isinstance(each, TranslateError) for each in results):
                raise _down(f"it refuses everything: {results[0]}")
            yield from results

    def _offered(self) -> Mapping[tuple[str, str], tuple[str, str]]:
        """Return the server's codes of each pair, by ours."""
        if self._down:
            raise EngineDownError(self._down)
        if self._pairs is None:
            try:
                answer = self._asked("/languages", None)
            except EngineDownError as err:
                self._down = str(err)
                raise
            try:
                listed = [(each["code"], list(each["targets"])) for each in answer]
            except (TypeError, KeyError) as err:
                self._down = str(_down("its list of languages cannot be read"))
                raise EngineDownError(self._down) from err
            every = {
                (_OURS.get(code, code), _OURS.get(target, target)): (code, target)
                for code, targets in listed
                for target in targets
            }
            self._pairs = {
                pair: codes
                for pair, codes in every.items()
                if pair[0] != pair[1] and LANGUAGES.keys() >= set(pair)
            }
        return self._pairs

    def _results(self, texts: Sequence[str], pair: tuple[str, str]) -> list[str | TranslateError]:
        try:
            return self._said(texts, pair)
        except BadTranslationError as err:
            if len(texts) == 1:
                return [err]
        middle = len(texts) // 2
        return [*self._results(texts[:middle], pair), *self._results(texts[middle:], pair)]

    def _said(self, texts: Sequence[str], pair: tuple[str, str]) -> list[str | TranslateError]:
        """Return what the server says of all these texts.

        Raises:
            BadTranslationError: it refuses one of them, or says something else.
        """
        body = {
            "q": [escape(text, quote=False) for text in texts],
            "source": pair[0],
            "target": pair[1],
            "format": "html",
            **({"api_key": self._key} if self._key else {}),
        }
        answer = self._asked("/translate", json.dumps(body).encode("ascii"))
        said = answer.get("translatedText") if isinstance(answer, dict) else None
        if not isinstance(said, list) or len(said) != len(texts):
            raise BadTranslationError(f"{self.name} answered with something else")
        return [_read(each) for each in said]

    def _asked(self, path: str, body: bytes | None) -> Any:
        try:
            return json.loads(self._ask(f"{self._url}{path}", body))
        except StatusError as err:
            if body is not None and err.status in _OF_TEXT:
                raise BadTranslationError(f"{self.name} refused it: {_reason(err)}") from err
            raise _down(_reason(err)) from err
        except OSError as err:
            raise _down(f"it does not answer ({err})") from err
        except (ValueError, RecursionError) as err:
            raise _down("its answer is no JSON") from err


def _read(said: object) -> str | TranslateError:
    if not isinstance(said, str) or not said.strip():
        return BadTranslationError("the server answered nothing")
    return unescape(said).strip()


def _down(reason: str) -> EngineDownError:
    return EngineDownError(f"{LibreTranslate.name}: {reason}")


def _reason(err: StatusError) -> str:
    """Return what the server says is wrong: it says it in JSON, what stands before it in HTML."""
    try:
        said = json.loads(err.body)["error"]
    except (ValueError, TypeError, KeyError):
        said = ""
    return f"{err} {said}".strip()[:200]
