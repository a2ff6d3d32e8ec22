"""The last guard against characters that XML refuses."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from aggregator.model import TranslationState
from aggregator.publish import Imprint, render
from aggregator.publish.legal import legal
from tests.builders import WORDS, edition, entry, place, source, story


def test_a_value_without_illegal_characters_is_returned_itself() -> None:
    told = edition(*(entry(language) for language in WORDS))
    assert legal(told) is told


def test_texts_are_cleaned_however_deep_they_lie() -> None:
    lead = place("ja", title="a\x00b", authors=("c\ud800d",))
    told = legal(edition(entry("ja", story=story(lead=lead), title="e\uffff")))
    article = told.entries[0].story.lead.article
    assert (article.title, article.authors, told.entries[0].title.text) == ("ab", ("cd",), "e")


def test_names_of_sources_are_cleaned_wherever_they_stand(imprint: Imprint) -> None:
    told = replace(imprint, sources=(source("ja", name="東\ud800京", name_en="To\x00kyo"),))
    pages = [file.body.decode() for file in render([edition()], told)]
    assert any("東京" in page and "Tokyo" in page for page in pages)


def test_states_stay_states() -> None:
    told = legal(entry("ja", title="\x01x", state="machine"))
    assert told.title.state is TranslationState.MACHINE


def test_letters_of_all_our_languages_stay() -> None:
    for words in WORDS.values():
        assert legal(words) is words


@given(st.text(alphabet=st.characters()))
def test_whatever_is_left_can_be_written_as_xml(text: str) -> None:
    element = etree.Element("a")
    element.text = legal(text)
    assert etree.tostring(element)


@given(st.text(alphabet=st.characters()))
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert legal(legal(text)) == legal(text)
