"""Items in several languages."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aggregator.text.languages import LANGUAGES, UNKNOWN, blocks, parts

ENGLISH = "This study looks at how teachers listen to children in the schools of Vietnam."
VIETNAMESE = "Bài viết này nghiên cứu cách giáo viên lắng nghe học sinh trong lớp học."
JAPANESE = "学びの共同体の公開研究会が十一月に開かれます。"
CHINESE = "學習共同體學校開放課堂，教師們一起討論學生的學習。"

LINES = st.sampled_from(
    [ENGLISH, VIETNAMESE, JAPANESE, CHINESE, "Abstract", "2026", "", " ", "教育"]
)


@pytest.mark.parametrize(
    ("title", "summary", "prior", "expected"),
    [
        ("Nghiên cứu bài học ở trường", ENGLISH, "vi", ("vi", "en")),
        ("Open Lesson", ENGLISH, "ja", ("en", "en")),
        ("Open Lesson", JAPANESE, "ja", ("ja", "ja")),
        ("New Lesson", ENGLISH, "ja", ("en", "en")),
        ("教育", CHINESE, "ja", ("zh-Hant", "zh-Hant")),
        ("教育", ENGLISH, "ja", ("ja", "en")),
        ("2026", VIETNAMESE, "en", ("vi", "vi")),
        ("Open Lesson", "", "th", ("th", "th")),
        ("Open Lesson", ENGLISH, "", ("en", "en")),
        ("SLC", "", "", (UNKNOWN, UNKNOWN)),
    ],
)
def test_each_field_has_its_language_and_a_short_one_leans_on_the_other(
    title: str, summary: str, prior: str, expected: tuple[str, str]
) -> None:
    found = parts({"title": title, "summary": summary}, prior)

    assert (found["title"], found["summary"]) == expected


def test_no_fields_have_no_languages() -> None:
    assert parts({}, "ja") == {}


def test_a_text_in_two_languages_is_two_runs() -> None:
    first, second = f"{VIETNAMESE}\n\n{VIETNAMESE}\n\n", f"{ENGLISH}\n{ENGLISH}"

    assert blocks(first + second, "vi") == [("vi", first), ("en", second)]


def test_a_heading_belongs_to_what_follows_it() -> None:
    first, second = f"Tóm tắt\n{VIETNAMESE}\n\n", f"Abstract\n\n{ENGLISH}\n"

    assert blocks(first + second, "vi") == [("vi", first), ("en", second)]


def test_a_short_paragraph_belongs_to_the_one_before_it() -> None:
    first, second = f"{ENGLISH}\nSLC 2026.\n", VIETNAMESE

    assert blocks(first + second, "vi") == [("en", first), ("vi", second)]


@pytest.mark.parametrize(
    ("text", "prior", "expected"),
    [("", "ja", []), (" \n\n", "ja", [("ja", " \n\n")]), ("\n", "", [(UNKNOWN, "\n")])],
)
def test_a_blank_text_has_at_most_one_run(
    text: str, prior: str, expected: list[tuple[str, str]]
) -> None:
    assert blocks(text, prior) == expected


@settings(deadline=None)
@given(
    st.lists(LINES, max_size=8).map("\n".join) | st.text(max_size=60),
    st.sampled_from(["", *sorted(LANGUAGES)]),
)
def test_the_runs_joined_are_the_text_and_neighbors_differ(text: str, prior: str) -> None:
    runs = blocks(text, prior)

    assert "".join(run for _, run in runs) == text
    assert all(a != b for (a, _), (b, _) in pairwise(runs))
    assert {language for language, _ in runs} <= {*LANGUAGES, UNKNOWN}
