"""Builds test models: genuine Argos packages that know a table of phrases and no language.

A real SentencePiece model and a real CTranslate2 transformer of one layer each, whose weights are
set by hand: step t of the decoder attends to token t of the source and says what the table has
for it. Known phrases come out translated, exactly; all else is copied as it is. The same table
gives the same bytes everywhere. There is no translation quality in them.
"""

import io
import json
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import ctranslate2
import numpy as np
from numpy.typing import NDArray
from sentencepiece import sentencepiece_model_pb2

SPACE = "\u2581"  #: how SentencePiece writes a space
SPECIAL = ("<unk>", "<s>", "</s>")
PLAIN = (*map(chr, range(0x21, 0x7F)), SPACE)

POSITION, CODE, LENGTH = 80, 64, 1_100  #: sizes of the two halves of a state; tokens of a text

Matrix = NDArray[np.float32]


def build(path: Path, codes: tuple[str, str], phrases: Mapping[str, str], version: str) -> Path:
    """Write a package for a pair (Argos' codes) as *path*, and return it."""
    source, said = _vocabularies(phrases)
    return packed(path, codes, version, source, _transformer(source, said))


def packed(
    path: Path,
    codes: tuple[str, str],
    version: str,
    pieces: Sequence[str],
    network: "ctranslate2.specs.TransformerSpec",
) -> Path:
    """Write a package of a network whose source has these pieces as *path*, and return it."""
    top = f"translate-{codes[0]}_{codes[1]}-{version.replace('.', '_')}"
    files = {
        "metadata.json": json.dumps(_metadata(codes, version), indent=2).encode(),
        "README.md": b"A test model: no translation quality.\n",
        "sentencepiece.model": _tokenizer(pieces),
    }
    with tempfile.TemporaryDirectory() as folder:
        network.save(folder)
        files |= {f"model/{each.name}": each.read_bytes() for each in Path(folder).iterdir()}
    path.write_bytes(zipped({f"{top}/{name}": body for name, body in files.items()}))
    return path


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Return a zip file with fixed dates."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as package:
        for name in sorted(files):
            package.writestr(zipfile.ZipInfo(name), files[name], zipfile.ZIP_DEFLATED)
    return whole.getvalue()


def _metadata(codes: tuple[str, str], version: str) -> dict[str, str]:
    return {
        "package_version": version,
        "argos_version": "1.9",
        "from_code": codes[0],
        "from_name": f"{codes[0]} (test model)",
        "to_code": codes[1],
        "to_name": f"{codes[1]} (test model)",
    }


def _vocabularies(phrases: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """Return the source's pieces, and what is said for each, at the same places.

    A phrase takes the space behind it with it, since each translation brings its own: so those of
    two phrases that follow each other without a space don't stick together.
    """
    table = {each: each for each in (*SPECIAL, *PLAIN)}
    for phrase, translation in phrases.items():
        for form in {phrase, phrase.replace("\u3000", " ")}:
            piece = form.replace(" ", SPACE)
            words = translation.replace(" ", SPACE) + SPACE
            table |= {piece: words, piece + SPACE: words}
    return list(table), list(table.values())


def _tokenizer(pieces: Sequence[str]) -> bytes:
    """Return a unigram model in which the longest known phrase always wins."""
    model = sentencepiece_model_pb2.ModelProto()  # type: ignore[attr-defined] # made at run time
    kinds = model.SentencePiece
    for piece in pieces:
        control = kinds.UNKNOWN if piece == "<unk>" else kinds.CONTROL
        kind = control if piece in SPECIAL else kinds.NORMAL
        score = 0.0 if piece in SPECIAL else -10.0 if piece in PLAIN else -9.0
        model.pieces.add(piece=piece, score=score, type=kind)
    model.trainer_spec.model_type = model.trainer_spec.UNIGRAM
    model.trainer_spec.vocab_size = len(pieces)
    model.trainer_spec.unk_id, model.trainer_spec.bos_id, model.trainer_spec.eos_id = 0, 1, 2
    model.trainer_spec.pad_id = -1
    model.normalizer_spec.name = "identity"
    model.normalizer_spec.add_dummy_prefix = False
    model.normalizer_spec.remove_extra_whitespaces = False
    whole: bytes = model.SerializeToString(deterministic=True)
    return whole


def _transformer(source: list[str], said: list[str]) -> "ctranslate2.specs.TransformerSpec":
    """Return the network: states are a position's code beside a token's code."""
    size = POSITION + CODE
    target = list(dict.fromkeys(said))
    random = np.random.default_rng(17)
    signs = random.choice([-1.0, 1.0], (LENGTH, POSITION // 2))
    # A code and its negative: the mean is zero, so that layer norm only scales.
    positions = _wide(np.concatenate([signs, -signs], axis=1), 0)
    codes = random.choice([-1.0, 1.0], (len(target), CODE))
    place = {each: row for row, each in enumerate(target)}
    spec = ctranslate2.specs.TransformerSpec.from_config(
        (1, 1), num_heads=1, pre_norm=True, no_final_norm=True
    )
    for part in (spec.encoder, spec.decoder):
        part.scale_embeddings = False
        part.position_encodings.encodings = positions
        _silence(part.layer[0].self_attention, size)
        set_norm(part.layer[0].ffn.layer_norm, size)
        set_linear(part.layer[0].ffn.linear_0, np.zeros((size, size)))
        set_linear(part.layer[0].ffn.linear_1, np.zeros((size, size)))
    spec.encoder.embeddings[0].weight = _wide(codes[[place[each] for each in said]], POSITION)
    spec.decoder.embeddings.weight = _wide(np.zeros((len(target), CODE)), POSITION)
    cross = spec.decoder.layer[0].attention
    where = np.diag([8.0] * POSITION + [0.0] * CODE)
    what = np.diag([0.0] * POSITION + [1.0] * CODE)
    set_norm(cross.layer_norm, size)
    for layer, weight in zip(
        cross.linear, (where, np.concatenate([where, what]), what), strict=True
    ):
        set_linear(layer, weight)
    set_linear(spec.decoder.projection, _wide(codes * 40 / CODE, POSITION))
    spec.register_source_vocabulary(source)
    spec.register_target_vocabulary(target)
    spec.config.add_source_eos = True
    spec.validate()
    spec.optimize()
    return spec


def _wide(half: NDArray[np.float64], start: int) -> Matrix:
    """Return rows of a whole state, with *half* from column *start* on."""
    rows = np.zeros((len(half), POSITION + CODE), np.float32)
    rows[:, start : start + half.shape[1]] = half
    return rows


def _silence(attention: "ctranslate2.specs.MultiHeadAttentionSpec", size: int) -> None:
    set_norm(attention.layer_norm, size)
    set_linear(attention.linear[0], np.zeros((3 * size, size)))
    set_linear(attention.linear[1], np.zeros((size, size)))


def set_norm(norm: "ctranslate2.specs.LayerNormSpec", size: int) -> None:
    """Let a layer's norm only scale."""
    norm.gamma, norm.beta = np.ones(size, np.float32), np.zeros(size, np.float32)


def set_linear(linear: "ctranslate2.specs.LinearSpec", weight: NDArray[Any]) -> None:
    """Give a layer its weight, and no bias."""
    linear.weight = weight.astype(np.float32)
    linear.bias = np.zeros(len(weight), np.float32)
