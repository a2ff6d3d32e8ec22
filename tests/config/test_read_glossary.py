"""glossary.yaml -> concepts, or one message that names file, line, key and remedy."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from aggregator.config import read_glossary
from aggregator.errors import ConfigError
from aggregator.model import Concept, Term

GLOSSARY = """\
- concept: teachers-rights
  group: issue
  en: [teachers' rights]
  ja: [教権]
  ko: [교권, 교권 보호]
  vi: [quyền của nhà giáo]
  related: {ko: [교권 침해]}
  proposed: [vi]
  guards:
    - {term: 교권, not_inside: [기독교권], only: [word]}
    - {term: 教権, only: [context]}
  note: Not the church's.
- concept: ministry-china
  group: institution
  country: cn
  zh-Hans: [教育部]
- concept: ministry-taiwan
  group: institution
  country: tw
  en: [MOE, Ministry of Education]
  zh-Hans: [台湾教育部, 教育部]
  only: [country]
"""


def read(folder: Path, text: str) -> tuple[Concept, ...]:
    file = folder / "glossary.yaml"
    file.write_text(text, encoding="utf-8")
    return read_glossary(file)


def term(concept: Concept, text: str) -> Term:
    return next(each for each in concept.terms if each.text == text)


def test_the_first_term_of_a_language_is_the_preferred_one(tmp_path: Path) -> None:
    concept = read(tmp_path, GLOSSARY)[0]

    roles = [(each.text, each.role) for each in concept.terms if each.language == "ko"]
    assert roles == [("교권", "preferred"), ("교권 보호", "variant"), ("교권 침해", "related")]
    assert (concept.id, concept.group, concept.country) == ("teachers-rights", "issue", "")
    assert concept.note == "Not the church's."


def test_a_proposed_term_is_there_and_is_no_wording(tmp_path: Path) -> None:
    concept = read(tmp_path, GLOSSARY)[0]

    assert term(concept, "quyền của nhà giáo").proposed
    assert concept.wording("vi") == ""
    assert concept.wording("ko") == "교권"
    assert concept.wording("th") == ""


def test_guards_are_of_the_terms_they_name(tmp_path: Path) -> None:
    concept = read(tmp_path, GLOSSARY)[0]

    assert term(concept, "교권").not_inside == ("기독교권",)
    assert term(concept, "교권").word
    assert not term(concept, "교권 보호").word
    assert term(concept, "教権").context


def test_a_guard_is_of_all_spellings_of_its_term(tmp_path: Path) -> None:
    text = GLOSSARY.replace("[교권, 교권 보호]", "[교권, 교 권]")
    assert term(read(tmp_path, text)[0], "교 권").not_inside == ("기독교권",)


def test_conditions_of_a_concept_are_those_of_all_its_terms(tmp_path: Path) -> None:
    taiwan = read(tmp_path, GLOSSARY)[2]
    assert all(each.country for each in taiwan.terms)


def test_a_term_in_capitals_counts_only_so(tmp_path: Path) -> None:
    taiwan = read(tmp_path, GLOSSARY)[2]
    assert term(taiwan, "MOE").case
    assert not term(taiwan, "Ministry of Education").case


def test_a_file_that_holds_nothing_yet_is_an_empty_glossary(tmp_path: Path) -> None:
    assert read(tmp_path, "# Nothing yet.\n") == ()


def test_two_countries_may_write_alike(tmp_path: Path) -> None:
    china, taiwan = read(tmp_path, GLOSSARY)[1:]
    assert {term(china, "教育部").language, term(taiwan, "教育部").language} == {"zh-Hans"}


def test_a_term_that_needs_others_may_stand_for_a_second_concept(tmp_path: Path) -> None:
    more = "- {concept: rights, group: issue, ja: [教権]}\n"
    assert len(read(tmp_path, GLOSSARY + more)) == 4


@dataclass(frozen=True)
class Mistake:
    """What is changed in the good file, and what the one message must say."""

    old: str
    new: str
    line: int
    said: str
    remedy: str

    def __str__(self) -> str:
        return self.said


MISTAKES = (
    Mistake("  ko: [", "  kr: [", 5, "kr: is not a known key", "ja, ko, zh-Hans"),
    Mistake("[教権]", "教権", 4, "`教権` is not a list", "put it in brackets: [教権]"),
    Mistake("[教権]", "[]", 4, "is an empty list", "name at least one"),
    Mistake("[教権]", "[108]", 4, "`108` is read as a number", 'put it in quotes: "108"'),
    Mistake("[教権]", "[教権, 教権]", 4, "`教権` stands twice in the list", "remove one"),
    Mistake("[vi]", "[vn]", 8, "`vn` is unknown", "allowed: ja, ko, zh-Hans"),
    Mistake("[vi]", "[th]", 8, "teachers-rights has no terms in `th`", "add `th: […]`"),
    Mistake("group: issue", "group: issues", 2, "`issues` is unknown", "did you mean `issue`"),
    Mistake("  group: issue\n", "", 1, "group: is missing", "add `group: …`"),
    Mistake("country: tw", "country: hk", 19, "`hk` is unknown", "allowed: jp, kr"),
    Mistake("only: [word]", "only: [words]", 10, "`words` is unknown", "did you mean `word`"),
    Mistake("term: 교권,", "term: 교귄,", 10, "has no term `교귄`", "as it stands in"),
    Mistake("{term: 教権, only: [context]}", "{term: 教権}", 11, "says nothing", "add `not_inside"),
    Mistake("[기독교권]", "[기독교]", 10, "`기독교` is no longer text with `교권`", "기독교권"),
    Mistake("[기독교권]", "[교권]", 10, "`교권` is no longer text with `교권`", "the whole of"),
    Mistake(
        "[교권, 교권 보호]", "[교 권, 교권]", 5, "`교권` is found by `교 권` already", "remove"
    ),
    Mistake("[教権]", "[教]", 4, "`教` is too short", "write a longer one"),
    Mistake("ministry-china", "teachers-rights", 13, "is there already", "put the terms of both"),
    Mistake("country: tw", "country: cn", 21, "`教育部` stands for ministry-china", "remove one"),
    Mistake("  country: tw\n", "", 19, "`MOE` counts only in its country's", "add `country: …`"),
    Mistake("  zh-Hans: [教育部]\n", "", 13, "ministry-china has no term", "add a line"),
    Mistake("  group: issue", "  gruop: issue", 2, "gruop: is not", "did you mean `group`"),
)


@pytest.mark.parametrize("mistake", MISTAKES, ids=str)
def test_a_mistake_is_told_with_its_line_and_remedy(tmp_path: Path, mistake: Mistake) -> None:
    assert GLOSSARY.count(mistake.old) >= 1
    with pytest.raises(ConfigError) as caught:
        read(tmp_path, GLOSSARY.replace(mistake.old, mistake.new, 1))

    assert mistake.said in caught.value.message
    assert mistake.remedy in (caught.value.remedy or "")
    assert caught.value.line == mistake.line
    assert caught.value.file == str(tmp_path / "glossary.yaml")


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    text = GLOSSARY.replace("[기독교권]", "[기독교]").replace("[教権]", "[教権, 教]")
    with pytest.raises(ConfigError) as caught:
        read(tmp_path, text)

    assert caught.value.line == 4
    assert "also line 10" in (caught.value.remedy or "")


def test_the_example_of_the_documentation_can_be_read(tmp_path: Path) -> None:
    page = (Path(__file__).resolve().parents[2] / "docs/terms.md").read_text(encoding="utf-8")
    example = page.split("```yaml\n")[1].split("```")[0]
    assert [each.id for each in read(tmp_path, example)] == ["private-tutoring"]
