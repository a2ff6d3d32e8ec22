"""What is found wrong with translations: cases in files, and the bench against its floors."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from aggregator.config import doubts
from aggregator.embed.bundled import VERSION, Bundled
from aggregator.text.languages import LANGUAGES
from aggregator.translate.checks import Finding, Pair, findings, judged
from aggregator.translate.checks.judging import steps
from bench.checks.__main__ import FLOORS, QUICK, across, auc, below, of_our_own
from bench.sentences.corpus import CORPUS

CASES = Path(__file__).parents[1] / "cases/checks"
PLAIN = doubts("none", "1")[-1]


def cases() -> list[Any]:
    return [
        pytest.param(case, id=f"{file.stem}: {case['name']}")
        for file in sorted(CASES.glob("*.yaml"))
        for case in yaml.safe_load(file.read_text("utf-8"))
    ]


def pair(**said: Any) -> Pair:
    return Pair(**{name: said[name] for name in ("source", "said", "language", "target")})


#: What is no reason to doubt by itself: every sentence is a little longer or shorter.
SLIGHT = ("times as long as expected",)


@pytest.mark.parametrize("case", cases())
def test_what_is_wrong_is_found_and_nothing_else(case: dict[str, Any]) -> None:
    reasons = [each.reason for each in findings(pair(**case), PLAIN.lengths)]
    for part in case["says"]:
        assert any(part in reason for reason in reasons), reasons
    if not case["says"]:
        told = [each for each in reasons if not each.endswith(SLIGHT)]
        assert told == []
        assert not judged(pair(**case), PLAIN).is_doubted


def test_three_reasons_are_told_the_weightiest_first() -> None:
    wrong = pair(source="3人の教師が来た。", said="5 3人の教師が来た。", language="ja", target="en")
    found = judged(wrong, PLAIN)
    assert found.is_doubted
    assert len(found.reasons) == 3
    assert any(each.startswith("is 100% Japanese") for each in found.reasons)
    lesser = pair(source="3人の教師が来た。", said="5 teachers came", language="ja", target="en")
    assert judged(lesser, PLAIN).reasons[0].startswith("says 5")


def test_vectors_are_weighed_where_they_were_learned_with() -> None:
    with_vectors, without = doubts(Bundled.name, VERSION)
    assert with_vectors.engine == f"{Bundled.name}/{VERSION}"
    assert without == PLAIN
    assert with_vectors.version != without.version
    same = pair(
        source="教師は語り合った。", said="The teachers talked.", language="ja", target="en"
    )
    near, far = replace(same, nearness=0.8), replace(same, nearness=0.0)
    assert not judged(near, with_vectors).is_doubted
    assert judged(far, with_vectors).is_doubted
    assert judged(far, with_vectors).reasons[0].startswith("means something else")


def test_each_weight_is_of_a_step_that_there_is() -> None:
    for learned in doubts(Bundled.name, VERSION):
        for check, weights in learned.weights.items():
            assert len(weights) == len(steps(Finding(check, 1.0, "")))
            assert min(weights) >= 0


@given(st.text(), st.text(), st.sampled_from([*LANGUAGES]), st.sampled_from([*LANGUAGES]))
def test_any_pair_is_judged(source: str, said: str, language: str, target: str) -> None:
    found = judged(pair(source=source, said=said, language=language, target=target), PLAIN)
    assert 0 <= found.doubt <= 1


def test_a_language_that_is_not_known_is_not_doubted_for_its_length() -> None:
    said = "The teachers of all schools in the province talked for a long time."
    reasons = judged(pair(source="αβγ.", said=said, language="und", target="en"), PLAIN).reasons
    assert reasons == ()


def test_the_area_is_the_share_of_pairs_in_the_right_order() -> None:
    assert auc([0.1, 0.2], [0.3]) == 1.0
    assert auc([0.1, 0.2], [0.1]) == 0.25
    assert auc([0.5], [0.5]) == 0.5


def test_bad_translations_of_our_own_are_told_from_good_ones() -> None:
    assert json.loads(FLOORS.read_text("utf-8"))
    assert below(of_our_own()) == []


@pytest.mark.slow
def test_bad_translations_are_told_from_good_ones(shared: Path) -> None:
    assert CORPUS.samefile(shared / "parallel")
    assert below(across(QUICK)[0]) == []
