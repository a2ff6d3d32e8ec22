"""The engine behind an address: an OpenAI-compatible /v1/embeddings endpoint.

Sends `{"model", "input": [texts]}` as JSON, expects `{"data": [{"index", "embedding"}]}`. The
post itself is handed in, for only the wiring knows whom the program may talk to.
"""

import json
import math
from collections.abc import Callable, Sequence
from typing import Any

from aggregator.embed.centering import Means, centered
from aggregator.embed.engine import Vector
from aggregator.errors import EmbedError

#: Sends a body of JSON to an address and returns the answer's; raises OSError (TimeoutError is
#: one) when there is no answer with status 200 in time.
Post = Callable[[str, bytes], bytes]

#: Texts a request. Servers limit the batch; 64 titles are far below the limits known.
BATCH = 64

#: How much of a text is sent.
MOST_CHARACTERS = 1_000


class Remote:
    """Embeds with a model that a server of the operator's holds."""

    def __init__(
        self,
        post: Post,
        url: str,
        *,
        model: str,
        dimensions: int,
        means: Means | None = None,
        prefix: str = "",
    ) -> None:
        self.name = f"http:{model}"
        self.version = f"{model}-{dimensions}-{prefix}".rstrip("-")
        self.dimensions = dimensions
        self._post, self._url, self._model = post, url, model
        self._means, self._prefix = means or {}, prefix

    def embed(self, texts: Sequence[str], languages: Sequence[str]) -> Sequence[Vector]:
        """Return a vector for each text, in their order.

        Raises:
            EmbedError: the server does not answer, or not with what was asked for.
        """
        vectors: list[Vector] = []
        for start in range(0, len(texts), BATCH):
            raw = self._ask(texts[start : start + BATCH])
            of = languages[start : start + BATCH]
            vectors += [centered(v, code, self._means) for v, code in zip(raw, of, strict=True)]
        return vectors

    def _ask(self, texts: Sequence[str]) -> list[list[float]]:
        asked = [f"{self._prefix}{text[:MOST_CHARACTERS]}" for text in texts]
        # As ASCII, so that half a surrogate pair in a text cannot break the body.
        body = json.dumps({"model": self._model, "input": asked, "encoding_format": "float"})
        try:
            answer = self._post(self._url, body.encode("ascii"))
        except OSError as err:
            raise EmbedError(f"no vectors: the endpoint does not answer ({err})") from err
        try:
            return self._read(json.loads(answer), len(texts))
        except (ValueError, TypeError, KeyError, RecursionError, OverflowError) as err:
            said = "no vectors: the endpoint's answer is not one of /v1/embeddings"
            raise EmbedError(f"{said} ({type(err).__name__}: {err})"[:300]) from err

    def _read(self, answer: Any, count: int) -> list[list[float]]:
        rows = sorted(answer["data"], key=lambda row: int(row["index"]))
        if [int(row["index"]) for row in rows] != list(range(count)):
            raise ValueError(f"{len(rows)} vectors for {count} texts")
        found = [[float(each) for each in row["embedding"]] for row in rows]
        for vector in found:
            if len(vector) != self.dimensions:
                raise ValueError(f"{len(vector)} dimensions in place of {self.dimensions}")
            if not all(map(math.isfinite, vector)):
                raise ValueError("a number that is none")
        return found
