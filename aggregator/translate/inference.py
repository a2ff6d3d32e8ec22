"""A translation model on disk, loaded for CTranslate2: the only file that runs models."""

import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from aggregator.errors import EngineDownError

#: Said wherever the packages of the extra are missing.
NEEDS_EXTRA = (
    "translation needs more packages: in a checkout `make argos`, "
    "else pip install 'aggregator[argos]'"
)

#: Tokens a text may have, and its translation as well. The longest of 2,000 news sentences in
#: seven languages has 180; a model that goes on to here is running in circles.
MAX_TOKENS = 512

#: Tokens translated together. On two cores 512 to 1,024 gave 15 to 23 sentences a second, the 32
#: of Argos 2 to 3.
BATCH_TOKENS = 1024


class Tokenizer(Protocol):
    """Text to tokens and back, as the model learned it."""

    def encode(self, sentence: str) -> list[str]: ...

    def decode(self, tokens: list[str]) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """What a model answered to one text."""

    text: str
    truncated: bool  #: the model did not come to an end


class Loaded:
    """A model in memory: tokenizer and translator."""

    def __init__(self, tokenizer: Tokenizer, translator: Any, prefix: str) -> None:
        self._tokenizer = tokenizer
        self._translator = translator
        self._prefix = prefix

    def tokens(self, text: str) -> list[str]:
        """Return the tokens of *text*."""
        return self._tokenizer.encode(text)

    def translate(self, batch: Sequence[list[str]], beam: int) -> list[Spoken]:
        """Return one answer per list of tokens, in their order.

        CTranslate2 sorts them by length itself before it makes batches, and copies what the
        model has no word for.

        Raises:
            EngineDownError: CTranslate2 failed.
        """
        try:
            results = self._translator.translate_batch(
                batch,
                target_prefix=[[self._prefix]] * len(batch) if self._prefix else None,
                replace_unknowns=True,
                max_batch_size=BATCH_TOKENS,
                batch_type="tokens",
                beam_size=beam,
                length_penalty=0.2,  # as Argos: its models were judged with it
                max_input_length=0,  # the caller refuses long texts; this would cut them
                max_decoding_length=MAX_TOKENS,
            )
        except (RuntimeError, ValueError) as err:
            raise EngineDownError(f"the translation model failed: {err}") from err
        return [self._spoken(each.hypotheses[0]) for each in results]

    def _spoken(self, tokens: list[str]) -> Spoken:
        text = self._tokenizer.decode(tokens).strip()
        return Spoken(
            text=text.removeprefix(self._prefix).strip(), truncated=len(tokens) >= MAX_TOKENS
        )


def cores() -> int:
    """Return how many processors this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # only Linux knows
        return os.cpu_count() or 1


def load(folder: Path, workers: int) -> Loaded:
    """Return the model of an unpacked Argos package, to run in *workers* threads.

    Each worker has one thread: two sentences at once are faster than two threads on one.

    Raises:
        EngineDownError: the extra is not installed, or the model cannot be loaded.
    """
    try:
        import ctranslate2  # imported here: the extra may be missing, and it takes 0.3 s
    except ImportError as err:
        raise EngineDownError(NEEDS_EXTRA) from err
    try:
        facts = json.loads((folder / "metadata.json").read_text("utf-8"))
        translator = ctranslate2.Translator(
            str(folder / "model"), inter_threads=workers, intra_threads=1
        )
        return Loaded(_tokenizer(folder, facts), translator, facts.get("target_prefix", ""))
    except (RuntimeError, ValueError, OSError) as err:
        raise EngineDownError(f"the model {folder.name} cannot be loaded: {err}") from err


def _tokenizer(folder: Path, facts: dict[str, str]) -> Tokenizer:
    try:
        if (folder / "sentencepiece.model").is_file():
            return _SentencePiece(folder / "sentencepiece.model")
        # This module of Argos reads no settings, so that it may be imported at any time.
        from argostranslate.tokenizer import BPETokenizer
    except ImportError as err:
        raise EngineDownError(NEEDS_EXTRA) from err
    tokenizer: Tokenizer = BPETokenizer(folder / "bpe.model", facts["from_code"], facts["to_code"])
    return tokenizer


class _SentencePiece:
    """SentencePiece without Argos' tokenizer, which makes every underscore a space."""

    def __init__(self, file: Path) -> None:
        from sentencepiece import SentencePieceProcessor

        self._processor = SentencePieceProcessor(model_file=str(file))

    def encode(self, sentence: str) -> list[str]:
        tokens: list[str] = self._processor.encode(sentence, out_type=str)
        return tokens

    def decode(self, tokens: Iterable[str]) -> str:
        text: str = self._processor.decode_pieces(list(tokens))
        return text.replace("\u2581", " ")
