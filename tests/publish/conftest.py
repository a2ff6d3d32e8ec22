"""What the tests of publishing share: editions in all languages and the reading of files."""

from collections.abc import Callable

import pytest

from aggregator.model import Edition, Rendered
from aggregator.publish import Imprint, render
from tests.builders import WORDS, edition, entry, source

Files = dict[str, bytes]


@pytest.fixture
def imprint() -> Imprint:
    return Imprint(
        base_url="https://news.example.org/",
        contact="desk@example.org",
        sources=tuple(source(language) for language in WORDS),
    )


@pytest.fixture
def world() -> tuple[Edition, Edition]:
    """One story in every language, in English and in the original languages."""
    return (
        edition(*(entry(language, n) for n, language in enumerate(WORDS, 1))),
        edition(
            *(entry(language, n, target="original") for n, language in enumerate(WORDS, 1)),
            target="original",
        ),
    )


@pytest.fixture
def rendered(imprint: Imprint) -> Callable[..., Files]:
    """Render editions; the answer's keys are paths."""

    def run(*editions: Edition, **more: object) -> Files:
        files: list[Rendered] = list(render(editions, imprint, **more))  # type: ignore[arg-type]
        assert len({file.path for file in files}) == len(files)
        return {file.path: file.body for file in files}

    return run
