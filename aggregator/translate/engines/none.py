"""The engine that translates nothing: all texts stay as their sources wrote them."""

from collections.abc import Iterator, Sequence

from aggregator.errors import EngineDownError, TranslateError
from aggregator.translate.masks import DEFAULT_SHAPE


class NoEngine:
    """No engine at all, so that a pipeline runs the same with and without one."""

    name = "none"

    def version(self, source: str, target: str) -> str:
        """Return "": there is nothing that could change."""
        del source, target
        return ""

    def pairs(self) -> frozenset[tuple[str, str]]:
        """Return no pair."""
        return frozenset()

    def shape(self, source: str, target: str) -> str:
        """Return the usual shape."""
        del source, target
        return DEFAULT_SHAPE

    def translate(
        self, texts: Sequence[str], source: str, target: str
    ) -> Iterator[str | TranslateError]:
        """Refuse: nothing should have been asked.

        Raises:
            EngineDownError: always.
        """
        del texts
        raise EngineDownError(f"no translation engine is set for {source} -> {target}")
