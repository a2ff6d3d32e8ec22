"""Takes texts of one language -> gives their translations: one engine a file."""

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from aggregator.errors import TranslateError

#: Posts a body of JSON to an address, or gets it where there is no body, and returns the answer's;
#: raises OSError when there is none, `StatusError` where its status is not 200.
Ask = Callable[[str, bytes | None], bytes]


class Engine(Protocol):
    """What translates; each engine stands in a file of its own and only wiring names it."""

    @property
    def name(self) -> str:
        """The engine's name, as memory entries carry it."""

    def version(self, source: str, target: str) -> str:
        """Return the version of what translates this pair: another one, another translation."""

    def pairs(self) -> frozenset[tuple[str, str]]:
        """Return the pairs (source, target) that can be translated now, in our language codes.

        Raises:
            EngineDownError: the engine cannot be asked; it says so at once when asked again.
        """

    def shape(self, source: str, target: str) -> str:
        """Return the shape of the masks that it keeps best: of `aggregator.translate.masks`."""

    def translate(
        self, texts: Sequence[str], source: str, target: str
    ) -> Iterator[str | TranslateError]:
        """Yield one result per text, in the order of *texts*: its translation, or what was wrong.

        A text that fails takes no other with it. What stops the engine itself is raised.

        Raises:
            EngineDownError: the engine cannot be used at all, or not for this pair.
        """
