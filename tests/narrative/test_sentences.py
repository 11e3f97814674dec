"""Every sentence that pages read is known before a page is made, and every one that is known is there."""

import re
from collections.abc import Iterator

import pytest

from metrics.definitions import yaml_file
from metrics.definitions.yaml_file import Fields, Items
from metrics.domain import Refused
from metrics.narrative.sentences import check_sentences, sentences
from tests.conftest import ROOT

PATH = ROOT / "data" / "wording.yaml"
TEXT = yaml_file.load(PATH)


def keys(part: object, way: tuple[str, ...] = ()) -> Iterator[tuple[Fields, str, tuple[str, ...]]]:
    """Every key of a file with the mapping that it stands in and the way to it; items of lists have no part in the way."""
    if isinstance(part, Fields):
        for key, below in part.items():
            yield part, key, (*way, key)
            yield from keys(below, (*way, key))
    elif isinstance(part, Items):
        for below in part:
            yield from keys(below, way)


def test_every_sentence_of_the_shipped_file_is_listed_and_every_one_listed_is_there():
    shipped = [way for fields, key, way in keys(TEXT) if not isinstance(fields[key], Fields) and way[0] != "method"]
    listed = [sentence.way for sentence in sentences() if sentence.way != ("method",)]
    assert sorted(shipped) == sorted(listed)


def test_a_file_without_any_one_of_its_keys_is_refused():
    check_sentences(TEXT, PATH)
    for fields, key, way in list(keys(TEXT)):
        before = dict(fields)
        del fields[key]
        with pytest.raises(Refused, match=rf"^wording\.yaml[^\n]*{re.escape(repr(way[0]))}[^\n]*") as refusal:
            check_sentences(TEXT, PATH)
        fields.clear()
        fields.update(before)
        assert way[0] == "method" or " > ".join(way[1:]) in str(refusal.value)


@pytest.mark.parametrize(("was", "becomes", "says"), [
    ("promise_columns: [Promised, Due, Status]", "promise_columns: [Promised, Due]", "pack > promise_columns must be a list of 3 texts"),
    ("no_due: \"No date given\"", "no_due:", "pack > no_due must be a text"),
    ("    single: \"1: {label}\"", "    single: {label: x}", "slides > flags > single must be a text"),
    ("{level} in {period}; {before}", "{levle} in {period}; {before}", "{levle} is no name that can be filled in: did you mean level\\?"),
])  # fmt: skip
def test_what_is_no_sentence_is_refused_with_its_line(was, becomes, says):
    text = PATH.read_text(encoding="utf-8")
    assert was in text
    with pytest.raises(Refused, match=rf"^wording\.yaml, line \d+: {says}"):
        check_sentences(yaml_file.parse(text.replace(was, becomes, 1), PATH), PATH)
