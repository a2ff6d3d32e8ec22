"""A model of the size of Argos' own that copies its source: for timing, without any quality.

Six layers on each side, states of 512, inner layers of 2,048, 32,000 pieces, eight bits. Random
weights would never come to an end; here step t of the decoder attends to token t of the source, as
in the test models, and all other weights are random and small: multiplied, but of no effect. So
every contender has the same work to do, and stops where the source does.
"""

import io
import json
import tempfile
import zipfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import ctranslate2
import numpy as np
from sentencepiece import sentencepiece_model_pb2

LAYERS, HEADS, SIZE, INNER, PIECES, LENGTH = 6, 8, 512, 2048, 32_000, 600
SPECIAL = ("<unk>", "<s>", "</s>")

#: Half of each head's part of a state tells the position, the other half the token.
_HEAD = SIZE // HEADS
_POSITION = np.arange(SIZE) % _HEAD < _HEAD // 2

#: What the other weights are multiplied by.
_SMALL = 1e-3
_LONGEST = 4  #: letters of a piece


def build(path: Path, codes: tuple[str, str], texts: Sequence[str]) -> None:
    """Write a package for a pair (Argos' codes), whose pieces are the texts' frequent ones."""
    pieces = _pieces(texts)
    facts = {
        "package_version": "1.0",
        "argos_version": "1.9",
        "from_code": codes[0],
        "from_name": codes[0],
        "to_code": codes[1],
        "to_name": codes[1],
    }
    files = {"metadata.json": json.dumps(facts).encode(), "sentencepiece.model": _tokenizer(pieces)}
    with tempfile.TemporaryDirectory() as folder:
        _transformer(pieces).save(folder)
        files |= {f"model/{each.name}": each.read_bytes() for each in Path(folder).iterdir()}
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as package:
        for name, body in files.items():
            package.writestr(f"translate-{codes[0]}_{codes[1]}-1_0/{name}", body)
    path.write_bytes(whole.getvalue())


def _pieces(texts: Sequence[str]) -> list[str]:
    counts: Counter[str] = Counter()
    for text in texts:
        plain = text.replace(" ", "\u2581")
        for size in range(1, _LONGEST + 1):
            counts.update(plain[at : at + size] for at in range(len(plain) - size + 1))
    letters = sorted(each for each in counts if len(each) == 1)
    longer = [each for each, _ in counts.most_common() if len(each) > 1]
    found = [*SPECIAL, *letters, *longer][:PIECES]
    return [*found, *(f"<{number}>" for number in range(PIECES - len(found)))]


def _tokenizer(pieces: Sequence[str]) -> bytes:
    model = sentencepiece_model_pb2.ModelProto()  # type: ignore[attr-defined] # made at run time
    kinds = model.SentencePiece
    for piece in pieces:
        control = kinds.UNKNOWN if piece == "<unk>" else kinds.CONTROL
        kind = control if piece in SPECIAL else kinds.NORMAL
        model.pieces.add(piece=piece, score=0.0 if piece in SPECIAL else -10.0, type=kind)
    model.trainer_spec.model_type = model.trainer_spec.UNIGRAM
    model.trainer_spec.vocab_size = len(pieces)
    model.trainer_spec.unk_id, model.trainer_spec.bos_id, model.trainer_spec.eos_id = 0, 1, 2
    model.trainer_spec.pad_id = -1
    model.normalizer_spec.name = "identity"
    model.normalizer_spec.add_dummy_prefix = False
    model.normalizer_spec.remove_extra_whitespaces = False
    whole: bytes = model.SerializeToString(deterministic=True)
    return whole


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
            _norm(layer.self_attention.layer_norm)
            _norm(layer.ffn.layer_norm)
            _set(layer.self_attention.linear[0], _noise(random, 3 * SIZE, SIZE))
            _set(layer.self_attention.linear[1], _noise(random, SIZE, SIZE))
            _set(layer.ffn.linear_0, _noise(random, INNER, SIZE))
            _set(layer.ffn.linear_1, _noise(random, SIZE, INNER))
    spec.encoder.embeddings[0].weight = codes.astype(np.float32)
    spec.decoder.embeddings.weight = np.zeros((len(pieces), SIZE), np.float32)
    where, what = np.diag(8.0 * _POSITION), np.diag(1.0 * ~_POSITION)
    for layer in spec.decoder.layer:
        _norm(layer.attention.layer_norm)
        for linear, weight in zip(
            layer.attention.linear, (where, np.concatenate([where, what]), what), strict=True
        ):
            _set(linear, weight)
    _set(spec.decoder.projection, codes * 20 / SIZE)
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


def _norm(norm: Any) -> None:
    norm.gamma, norm.beta = np.ones(SIZE, np.float32), np.zeros(SIZE, np.float32)


def _set(linear: Any, weight: Any) -> None:
    linear.weight = weight.astype(np.float32)
    linear.bias = np.zeros(len(weight), np.float32)
