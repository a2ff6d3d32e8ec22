"""A run with a language model behind a chat endpoint, set by the environment alone."""

import json
from typing import Any

import pytest

from aggregator.config import read_glossary
from tests.cli.conftest import Demo
from tests.translate.servers import ChatServer, data, serving

KEY = "sk-s3cret"


@pytest.mark.slow
def test_what_was_left_is_translated_within_the_days_budget(own_demo: Demo) -> None:
    """No site answers any more; what was read is translated, with the wordings of the glossary."""
    with serving(ChatServer()) as server:
        variables: dict[str, Any] = {
            "AGGREGATOR_TRANSLATE": "chat",
            "AGGREGATOR_TRANSLATE_BUDGET": "400",
            "AGGREGATOR_CHAT_URL": f"{server.url}v1",
            "AGGREGATOR_CHAT_MODEL": "test-model",
            "AGGREGATOR_CHAT_KEY": KEY,
        }
        report = own_demo.shell.json("run", expect=1, **variables)
        findings = own_demo.shell.json("doctor", **variables)
    paid = sum(each["characters"] for each in report["translating"]["paid"].values())
    assert 200 < paid <= 400
    (failure,) = [each for each in report["failures"] if each["stage"] == "translate"]
    assert failure["reason"].startswith("chat: the day's budget of 400 characters is used up")
    assert set(server.keys) == {f"Bearer {KEY}"}
    assert KEY not in json.dumps([report, findings])
    assert not [each for each in findings if "no model to" in each["what"]]
    told = [term for body in server.asked for term in data(body)["glossary"]]
    settled = {
        concept.wording("en") for concept in read_glossary(own_demo.shell.home / "glossary.yaml")
    }
    assert told
    assert {term["wording"] for term in told} <= settled
    for body in server.asked:
        texts = "\n".join(each["text"] for each in data(body)["sentences"])
        assert all(term["term"] in texts for term in data(body)["glossary"])
