"""YAML is read as it looks, with the line of everything, or refused in one line; what is written is read back as the very same values."""

from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from metrics.definitions import yaml_file
from metrics.definitions.yaml_file import DEEPEST, LARGEST, load
from metrics.domain import Refused


@pytest.fixture
def read(tmp_path):
    """Write bytes or text to a file and load it."""

    def write_and_load(content: str | bytes):
        path = tmp_path / "a.yaml"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return load(path)

    return write_and_load


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("7", 7),
        ("-7", -7),
        ("0", 0),
        ("1.50", 1.5),
        ("true", True),
        ("false", False),
        ("null", None),
        ("", None),
        ("2023-07-17", date(2023, 7, 17)),
        ("2023-02-30", "2023-02-30"),
        ("2023-07", "2023-07"),
        ("NA", "NA"),
        ("no", "no"),
        ("on", "on"),
        ("007", "007"),
        ("12:30", "12:30"),
        ("1_000", "1_000"),
        (".nan", ".nan"),
        ("1e999", "1e999"),
        ("9" * 5000, "9" * 5000),
        ("'7'", "7"),
        ('"true"', "true"),
        ("a, b and c", "a, b and c"),
        (">-\n  two\n  lines", "two lines"),
    ],
)
def test_a_value_is_what_it_looks_like(read, written, meant):
    assert read(f"key: {written}\n") == {"key": meant}
    assert type(read(f"key: {written}\n")["key"]) is type(meant)


def test_every_key_and_item_knows_its_line(read):
    document = read("# a comment\nid: x\nlist:\n  - one\n  - deep: 1\n    deeper: {a: 2}\n")
    assert document.line == 2
    assert document.lines == {"id": 2, "list": 3}
    assert document["list"].lines == [4, 5]
    assert document["list"][1].lines == {"deep": 5, "deeper": 6}


def test_keys_stay_text(read):
    assert read("2023: 1\ntrue: 2\n") == {"2023": 1, "true": 2}


def test_windows_line_ends_are_harmless(read):
    assert read("a: 1\r\nb: [x, y]\r\n") == {"a": 1, "b": ["x", "y"]}


BOMB = "a: &a [lol, lol]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("a: 1\nb: 2\na: 3\n", "a.yaml, line 3: 'a' is given twice, first on line 1"),
        ("x:\n  a: 1\n  a: 1\n", "a.yaml, line 3: 'a' is given twice"),
        ("a: !!python/object/apply:os.system ['true']\n", "a.yaml, line 1: a tag"),
        ("a: !!str 1\n", "a.yaml, line 1: a tag"),
        ("b: 1\na: !mine {x: 1}\n", "a.yaml, line 2: a tag"),
        ("a: ! x\n", "a.yaml, line 1: a tag"),
        ("!!map {a: 1}\n", "a.yaml, line 1: a tag"),
        ("!!str a: 1\n", "a.yaml, line 1: a tag"),
        ("a: &anchor 1\n", "a.yaml, line 1: an anchor"),
        ("&key a: 1\n", "a.yaml, line 1: an anchor"),
        ("b: 1\na: *nobody\n", "a.yaml, line 2: an anchor"),
        ("a: &a [*a]\n", "a.yaml, line 1: an anchor"),
        (BOMB, "a.yaml, line 1: an anchor"),
        ("a: 1\nb: [1, 2\nc: 3\n", "a.yaml, line 3: not readable as YAML"),
        ("a: 1\n\tb: 2\n", "a.yaml, line 2: not readable as YAML"),
        ("a: 'unclosed\n", "not readable as YAML"),
        ("a: b: c\n", "a.yaml, line 1: not readable as YAML"),
        ("a: 1\n---\nb: 2\n", "a.yaml, line 2: a second document"),
        ("", "a.yaml: the file is empty"),
        ("# only a comment\n", "a.yaml: the file is empty"),
        ("just words\n", "a.yaml: neither a mapping"),
        ("---\n", "a.yaml: neither a mapping"),
        ("? [a, b]\n: 1\n", "a.yaml, line 1: a list or mapping stands where a name belongs"),
        ("a: " + "[" * (DEEPEST + 1) + "]" * (DEEPEST + 1), f"nested more than {DEEPEST} deep"),
        ("a: " + "[" * 5000, f"nested more than {DEEPEST} deep"),
        (b"a: caf\xe9\n", "a.yaml, line 1: not UTF-8"),
        (b"\xef\xbb\xbfa: 1\n", "a.yaml: begins with a byte order mark"),
        ("a: 1\n".encode("utf-16"), "a.yaml: begins with a byte order mark"),
        ("a: 1\n".encode("utf-16-le"), "a.yaml: holds NUL bytes"),
        (b"a: 1\x00\n", "a.yaml: holds NUL bytes"),
        (b"PK\x03\x04\x14\x00\x00\x00", "a.yaml: holds NUL bytes"),
        (b"a: \x07\n", "a.yaml: holds a control character"),
        (b"a: " + b"x" * LARGEST, "a.yaml: larger than 256 kB"),
    ],
)
def test_what_could_be_misread_is_refused_in_one_line(read, content, reason):
    with pytest.raises(Refused) as refusal:
        read(content)
    assert reason in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_a_missing_file_and_a_folder_are_refused(tmp_path):
    with pytest.raises(Refused, match=r"^none.yaml: no such file$"):
        load(tmp_path / "none.yaml")
    with pytest.raises(Refused, match="not a file"):
        load(tmp_path)


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=200)
VALUES = TEXTS | st.integers(-(10**14), 10**14) | st.booleans() | st.none() | st.dates(date(1000, 1, 1))
NESTED = st.recursive(VALUES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4), max_leaves=12)


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return tmp_path_factory.mktemp("yaml") / "written.yaml"


@settings(deadline=None, derandomize=True)
@given(st.dictionaries(TEXTS, NESTED, min_size=1, max_size=5))
@example({"a": "2023-08-07", "b": "2023-08", "c": "007", "d": "yes", "e": "null", "f": "12:30", "g": "- x", "h": "a: b", "i": "# no"})
@example({"a": "1e5", "b": "1_000", "c": ".5", "d": "0x1f", "e": "&a", "f": "*a", "g": "!!x", "h": " ", "i": "", "j": "it's \"so\""})
def test_every_value_comes_back_as_it_was(path: Path, whole):
    path.write_text(yaml_file.text(whole), encoding="utf-8")
    assert yaml_file.load(path) == whole


def test_a_list_that_stands_twice_is_written_out_twice(path):
    measures = ["listen"]
    path.write_text(yaml_file.text({"a": measures, "b": measures}), encoding="utf-8")
    assert yaml_file.load(path) == {"a": ["listen"], "b": ["listen"]}


def test_the_order_is_kept():
    assert list(yaml.safe_load(yaml_file.text({"b": 1, "a": 2}))) == ["b", "a"]


def test_a_value_of_another_kind_is_not_written():
    with pytest.raises(yaml.representer.RepresenterError):
        yaml_file.text({"a": Path("x")})
