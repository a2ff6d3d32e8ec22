"""A model of the size of Argos' own that copies its source: for timing, without any quality.

Six layers on each side, states of 512, inner layers of 2,048, 32,000 pieces, eight bits. Random
weights would never come to an end; here step t of the decoder attends to token t of the source, as
in the test models, and all other weights are random and small: multiplied, but of no effect. So
every contender has the same work to do, and stops where the source does.
"""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import ctranslate2
import numpy as np

from tests.argos.model_builder import SPACE, SPECIAL, packed, set_linear, set_norm

LAYERS, HEADS, SIZE, INNER, PIECES, LENGTH = 6, 8, 512, 2048, 32_000, 600

#: Half of each head's part of a state tells the position, the other half the token.
_HEAD = SIZE // HEADS
_POSITION = np.arange(SIZE) % _HEAD < _HEAD // 2

#: What the other weights are multiplied by.
_SMALL = 1e-3
_LONGEST = 4  #: letters of a piece


def build(path: Path, codes: tuple[str, str], texts: Sequence[str]) -> None:
    """Write a package for a pair (Argos' codes), whose pieces are the texts' frequent ones."""
    pieces = _pieces(texts)
    packed(path, codes, "1.0", pieces, _transformer(pieces))


def _pieces(texts: Sequence[str]) -> list[str]:
    counts: Counter[str] = Counter()
    for text in texts:
        plain = text.replace(" ", SPACE)
        for size in range(1, _LONGEST + 1):
            counts.update(plain[at : at + size] for at in range(len(plain) - size + 1))
    letters = sorted(each for each in counts if len(each) == 1)
    longer = [each for each, _ in counts.most_common() if len(each) > 1]
    found = [*SPECIAL, *letters, *longer][:PIECES]
    return [*found, *(f"<{number}>" for number in range(PIECES - len(found)))]


def _transformer(pieces: Sequence[str]) -> Any:
    random = np.random.default_rng(17)
    spec = ctranslate2.specs.TransformerSpec.from_config(
        (LAYERS, LAYERS), num_heads=HEADS, pre_norm=True, no_final_norm=True
    )
    positions = _balanced(random, LENGTH) * _POSITION
    codes = _balanced(random, len(pieces)) * ~_POSITION
    for part in (spec.encoder, spec.decoder):
        part.scale_embeddings = False
        part.position_encodings.encodings = positions.astype(np.float32)
        for layer in part.layer:
            set_norm(layer.self_attention.layer_norm, SIZE)
            set_norm(layer.ffn.layer_norm, SIZE)
            set_linear(layer.self_attention.linear[0], _noise(random, 3 * SIZE, SIZE))
            set_linear(layer.self_attention.linear[1], _noise(random, SIZE, SIZE))
            set_linear(layer.ffn.linear_0, _noise(random, INNER, SIZE))
            set_linear(layer.ffn.linear_1, _noise(random, SIZE, INNER))
    spec.encoder.embeddings[0].weight = codes.astype(np.float32)
    spec.decoder.embeddings.weight = np.zeros((len(pieces), SIZE), np.float32)
    where, what = np.diag(8.0 * _POSITION), np.diag(1.0 * ~_POSITION)
    for layer in spec.decoder.layer:
        set_norm(layer.attention.layer_norm, SIZE)
        for linear, weight in zip(
            layer.attention.linear, (where, np.concatenate([where, what]), what), strict=True
        ):
            set_linear(linear, weight)
    set_linear(spec.decoder.projection, codes * 20 / SIZE)
    spec.register_source_vocabulary(list(pieces))
    spec.register_target_vocabulary(list(pieces))
    spec.config.add_source_eos = True
    spec.validate()
    spec.optimize(quantization="int8")
    return spec


def _balanced(random: Any, rows: int) -> Any:
    """Return rows of signs whose mean is zero, so that a layer's norm only scales them."""
    half = random.choice([-1.0, 1.0], (rows, SIZE // 2))
    return np.stack([half, -half], axis=2).reshape(rows, SIZE)


def _noise(random: Any, rows: int, columns: int) -> Any:
    return random.normal(size=(rows, columns)) * _SMALL / np.sqrt(columns)
