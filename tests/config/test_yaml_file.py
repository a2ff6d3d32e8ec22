"""What a YAML file says is read as written, with its places; nothing else gets out."""

from pathlib import Path
from typing import Any
from unittest import mock

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from aggregator.config.complaints import filled
from aggregator.config.pipelines import PipelineForm
from aggregator.config.sources.form import SourcesForm
from aggregator.config.yaml_file import YamlFile, read_yaml, yaml_of
from aggregator.errors import ConfigError


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("yaml") / "x.yaml"


def read(path: Path, text: str) -> YamlFile:
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    return read_yaml(path)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("no", "no"),
        ("on", "on"),
        ("12:30", "12:30"),
        ("2026-13-45", "2026-13-45"),
        ("1_000", "1_000"),
        ("0x1f", "0x1f"),
        ("9" * 5000, "9" * 5000),
        ("5", 5),
        ("-1.5", -1.5),
        ('"5"', "5"),
        ("true", True),
        ("False", False),
        ("~", None),
        ("", None),
        ("学び", "学び"),
    ],
)
def test_a_plain_word_means_what_it_looks_like(file: Path, written: str, meant: Any) -> None:
    assert read(file, f"key: {written}\n").data == {"key": meant}


def test_each_value_knows_its_line_and_its_key(file: Path) -> None:
    found = read(file, "- id: a\n  list:\n    - x\n    - y\n  long:\n    text\n")
    assert found.line((0, "list", 1)) == 4
    assert found.line((0, "list")) == 2
    assert found.line((0, "long")) == 6
    assert found.line((0, "long"), at_key=True) == 5
    assert found.line((0, "absent")) == 1
    assert found.label((0, "list", 1)) == "a.list[2]"


def test_a_byte_order_mark_and_windows_line_ends_are_no_mistake(file: Path) -> None:
    file.write_bytes(b"\xef\xbb\xbfa: 1\r\nb: 2\r\n")
    found = read_yaml(file)
    assert found.data == {"a": 1, "b": 2}
    assert found.line(("b",)) == 2


def test_ten_lines_of_aliases_do_not_unfold(file: Path) -> None:
    """Nine levels of nine aliases would be a billion words."""
    rows = ["a0: &a0 [lol]"]
    rows += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
    with pytest.raises(ConfigError, match=":2: an alias"):
        read(file, "\n".join(rows))


def test_a_hundred_thousand_brackets_do_not_exhaust_the_stack(file: Path) -> None:
    with pytest.raises(ConfigError, match="nest more than 20 deep"):
        read(file, "[" * 100_000)


#: Pieces that YAML's grammar is made of: random text alone rarely gets past the scanner.
PIECES = (
    *("- ", "id: ", "a", "\n", "  ", "\t", "[", "]", "{", "}", ", ", "*a", "&a ", "!!x ", "'", '"'),
    *("|\n", ">\n", "---\n", "...\n", "? ", ": ", "#", "%", "\x00", "\ud800", "\u2028", "<<: "),
    *("url: http://", "kinds: ", "select: ", "sources: ", "true", "1"),
)
pieces = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)


@given(text=pieces | st.text(max_size=80))
def test_whatever_a_file_holds_it_is_data_or_one_error_with_a_remedy(file: Path, text: str) -> None:
    for form in (SourcesForm, PipelineForm):
        try:
            filled(read(file, text), form)
        except ConfigError as err:
            assert err.file == str(file)
            assert err.remedy
            assert err.line is None or 1 <= err.line <= text.count("\n") + 20


def outcome(text: str) -> Any:
    """Return data and places, or the error; of what is not written they say different lines."""
    try:
        found = yaml_of(text, "x.yaml")
    except ConfigError as err:
        return str(err)
    return found.data, {} if "? " in text or found.data is None else found.places


@given(text=pieces)
def test_a_file_says_the_same_with_libyaml_and_without(text: str) -> None:
    assert yaml.__with_libyaml__, "PyYAML's wheels have it"
    with_it = outcome(text)
    with mock.patch.object(yaml, "__with_libyaml__", False):
        assert outcome(text) == with_it


trees = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["id", "url", "kinds", "select", "page", "sources", "ids", "cron", "x"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(data=trees)
def test_whatever_shape_the_data_has_the_error_names_a_key_that_can_be_found(data: Any) -> None:
    file = YamlFile(name="x.yaml", data=data, places={})
    for form in (SourcesForm, PipelineForm):
        try:
            filled(file, form)
        except ConfigError as err:
            assert err.remedy
