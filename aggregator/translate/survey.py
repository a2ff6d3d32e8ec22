"""What an installed model can do here: whether it runs, how fast, and which masks it leaves alone.

A mask stands in a text for a term that must not be translated. Models treat the same mask in
different ways, so it is measured for each; no shape has an underscore, which Argos' own tokenizer
makes a space.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import islice

from aggregator.errors import EngineDownError
from aggregator.translate.inference import Spoken, load
from aggregator.translate.masks import DEFAULT_SHAPE, SHAPES
from aggregator.translate.models import Model

#: Masks of each shape that are tried.
MASKS = {shape: tuple(islice(make(), 3)) for shape, make in SHAPES.items()}

#: Sentences of the field's news, written for this; `{}` is where a mask goes.
SENTENCES: Mapping[str, tuple[str, ...]] = {
    "ja": (
        "先生たちは{}について話し合った。",
        "新しい学校で{}が始まった。",
        "{}は来月公開される。",
        "市の教育委員会は{}を支援する。",
    ),
    "ko": (
        "교사들은 {}에 대해 이야기했다.",
        "새 학교에서 {} 수업이 시작되었다.",
        "{} 행사는 다음 달에 열린다.",
        "시 교육청은 {} 사업을 지원한다.",
    ),
    "zh-Hans": (
        "老师们讨论了{}。",
        "新学校开始了{}。",
        "{}将于下个月公布。",
        "市教育局支持{}。",
    ),
    "zh-Hant": (
        "老師們討論了{}。",
        "新學校開始了{}。",
        "{}將於下個月公布。",
        "市教育局支持{}。",
    ),
    "vi": (
        "Các giáo viên đã thảo luận về {}.",
        "Trường mới đã bắt đầu {}.",
        "{} sẽ được công bố vào tháng tới.",
        "Sở giáo dục thành phố hỗ trợ {}.",
    ),
    "th": (
        "ครูได้พูดคุยเกี่ยวกับ {}",
        "โรงเรียนใหม่เริ่ม {}",
        "{} จะประกาศในเดือนหน้า",
        "สำนักงานการศึกษาสนับสนุน {}",
    ),
    "id": (
        "Para guru membahas {}.",
        "Sekolah baru memulai {}.",
        "{} akan diumumkan bulan depan.",
        "Dinas pendidikan kota mendukung {}.",
    ),
    "en": (
        "The teachers talked about {}.",
        "The new school has begun {}.",
        "{} will be published next month.",
        "The city's board of education supports {}.",
    ),
}

_FILE = "survey.json"

#: As the engine translates.
_BEAM = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """What was measured of one model."""

    version: str  #: the model's
    sentences: int  #: how many were translated
    unanswered: int  #: for how many nothing came, or no end
    per_second: float  #: sentences, on one core
    shapes: Mapping[str, float]  #: shape -> share of the masks that came back, once and unchanged


def survey(model: Model, seconds: Callable[[], float]) -> Survey:
    """Return what a model does with a few sentences of its language; *seconds* is a stopwatch.

    A language without sentences here is surveyed with the English ones.

    Raises:
        EngineDownError: the extra is not installed, or the model does not load or run.
    """
    loaded = load(model.path, workers=1)
    frames = SENTENCES.get(model.source, SENTENCES["en"])
    tried = [
        (shape, mask, frame.format(mask))
        for shape, masks in MASKS.items()
        for mask in masks
        for frame in frames
    ]
    start = seconds()
    answers = loaded.translate([loaded.tokens(text) for _, _, text in tried], _BEAM)
    took = seconds() - start
    return Survey(
        version=model.version,
        sentences=len(tried),
        unanswered=sum(not each.text or each.truncated for each in answers),
        per_second=round(len(tried) / took, 1) if took > 0 else 0.0,
        shapes={shape: _kept(shape, tried, answers) for shape in SHAPES},
    )


def _kept(shape: str, tried: Sequence[tuple[str, str, str]], answers: Sequence[Spoken]) -> float:
    kept = [
        answer.text.count(mask) == 1
        for (its_shape, mask, _), answer in zip(tried, answers, strict=True)
        if its_shape == shape
    ]
    return round(sum(kept) / len(kept), 3)


def save_survey(model: Model, found: Survey) -> None:
    """Keep a survey beside the model, where it goes when the model goes.

    Raises:
        EngineDownError: it cannot be written.
    """
    part = model.path / f"{_FILE}.part"
    try:
        part.write_text(json.dumps(asdict(found), indent=2) + "\n", "utf-8")
        part.replace(model.path / _FILE)
    except OSError as err:
        raise EngineDownError(f"{part} cannot be written: {err.strerror or err}") from err


def read_survey(model: Model) -> Survey | None:
    """Return what was measured of a model, None if nothing was, or of another version."""
    try:
        found = Survey(**json.loads((model.path / _FILE).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    return found if found.version == model.version else None


def best_shape(model: Model) -> str:
    """Return the shape of the masks that a model keeps best, the usual one where that is not known.

    Of several that it keeps as well the usual one is best.
    """
    found = read_survey(model)
    kept = found.shapes if found else {}
    return max(SHAPES, key=lambda shape: (kept.get(shape, 0.0), shape == DEFAULT_SHAPE))
