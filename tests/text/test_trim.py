"""HTML without lines at its ends: what goes with them, and what stays."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.text.html import plain, sanitize
from aggregator.text.trim import trimmed


def without_x(lines: Sequence[str]) -> tuple[int, list[str]]:
    """Drop lines of nothing but x at the ends, and a last word of them behind a dot."""
    stays = [*lines]
    start = 0
    while stays and set(stays[0]) <= set("x "):
        del stays[0]
        start += 1
    while stays and set(stays[-1]) <= set("x "):
        del stays[-1]
    if stays and set(end := stays[-1].rpartition(".")[2]) <= set("x "):
        stays[-1] = stays[-1].removesuffix(end)
    return start, stays


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>a</p><p>x</p>", "<p>a</p>"),
        ("<p>x</p><p>a</p>", "<p>a</p>"),
        ("a<br>x", "a<br>"),
        ("a", "a"),
        ("x", ""),
        ("", ""),
        ("<p>a</p><p>b</p>", "<p>a</p><p>b</p>"),
        ("<p>a</p><p>x</p><p>b</p>", "<p>a</p><p>x</p><p>b</p>"),
        ("<div><p>a</p><div><ul><li>x</li><li>x</li></ul></div></div>", "<div><p>a</p></div>"),
        ("<p>a</p><p><b>x</b> <i>xx</i></p>", "<p>a</p>"),
        ("<p>a. <em>x</em></p>", "<p>a. <em></em></p>"),
        ("<p>a.\n  x x\n</p>", "<p>a.\n  </p>"),
        # Pictures of a share bar go, others stay.
        ('<p>a</p><p><a href="h"><img src="s">x</a></p>', "<p>a</p>"),
        ('<p>a</p><div><img src="s"><p>x</p></div>', '<p>a</p><div><img src="s"></div>'),
        ("<p>a</p><script>y</script><p>x</p>", "<p>a</p><script>y</script>"),
        ("<section><p>a</p></section><p>x</p>", "<section><p>a</p></section>"),
    ],
)
def test_lines_at_the_ends_go_with_what_holds_nothing_else(html: str, expected: str) -> None:
    assert trimmed(html, without_x) == expected


PIECES = (
    "<p>",
    "</p>",
    "<br>",
    "<b>",
    "</b>",
    "a",
    "x",
    " ",
    "&lt;",
    '<img src="s">',
    "<div>",
    "é",
)


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_of_any_html_the_lines_that_stay_are_those_that_the_judge_said(html: str) -> None:
    lines = plain(html).split("\n")

    left = plain(sanitize(trimmed(html, without_x), "https://a.example/"))

    assert left.split("\n") == (without_x(lines)[1] or [""]) or not lines[0]


@given(st.text())
def test_any_text_can_be_trimmed(text: str) -> None:
    assert isinstance(trimmed(text, without_x), str)
