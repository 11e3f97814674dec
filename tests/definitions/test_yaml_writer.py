"""What is written as YAML is read back by the strict reader as the very same values."""

from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from metrics.definitions import yaml_file

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
