"""The words of claims: what is misspelt or means two things is refused with its line in the file, and read as what is near in a text."""

import pytest

from metrics import claims
from metrics.claims.vocabulary import Vocabulary, guessed, tokens_of
from metrics.domain import Refused
from tests.conftest import ROOT

TEXT = (ROOT / "data" / "claims.yaml").read_text(encoding="utf-8")


def line_of(text: str, piece: str) -> int:
    return text[: text.index(piece)].count("\n") + 1


@pytest.mark.parametrize(("there", "instead", "says"), [
    ("  murder: homicide", "  murder: homicid", "no measure called 'homicid': did you mean homicide?"),
    ("  covid: [since", "  covd: [since", "no such name: did you mean covid?"),
    ("  homicide: [homicides", "  homicid: [homicides", "no such name: did you mean homicide?"),
    ("  burglary: [residential-burglary", "  burglary: [residential-burgalry", "did you mean residential-burglary?"),
    ("  westminster: [", "  westminter: [", "no such name: did you mean westminster?"),
    ("  about: [about,", "  abuot: [about,", "no such name: did you mean about?"),
    ("  plan: [since the plan,", "  plans: [since the plan,", "no such name: did you mean plan?"),
    ("  trust-met: [trust,", "  trust-met: [burglary, trust,", "'burglary' already means measure"),
    ("denials: [not,", "denials: [not, up,", "'up' already means way"),
    ("harmless: [police,", "harmless: ['...', police,", "'...' holds no word"),
    ("fractions:", "fraction:", "unknown field: did you mean fractions?"),
    ("  a third: 33.3", "  a third: many", "a number was expected"),
])
def test_a_mistake_is_refused_with_its_line(tmp_path, shipped_definitions, there, instead, says):
    path = tmp_path / "claims.yaml"
    assert TEXT.count(there) == 1
    spoilt = TEXT.replace(there, instead)
    path.write_text(spoilt, encoding="utf-8")
    with pytest.raises(Refused) as refusal:
        claims.read_vocabulary(path, shipped_definitions)
    assert says in str(refusal.value)
    line = int(str(refusal.value).split("line ")[1].split(":")[0])
    assert line == line_of(spoilt, instead) or "already means" in says


def test_every_measure_and_every_borough_has_a_word(shipped_definitions):
    heard = claims.read_vocabulary(ROOT / "data" / "claims.yaml", shipped_definitions)
    meant = set(heard.phrases.values())
    vague = {name for kind, value in meant if kind == "ambiguous" for name in value} | {value for kind, value in meant if kind == "likely"}
    assert {measure for measure in shipped_definitions.measures if ("measure", measure) not in meant} <= vague
    assert [area.id for area in shipped_definitions.areas if ("place", area.id) not in meant] == []


KNOWN = ("burglary", "croydon", "tower", "hamlets", "knife", "crime", "kensington", "sutton", "stable", "trust")
PAIRS = frozenset({("tower", "hamlets"), ("knife", "crime")})


def read(text: str, guessable: tuple[str, ...] = KNOWN) -> str:
    vocabulary = Vocabulary({}, frozenset(), frozenset(), {}, {}, 1, frozenset((*guessable, "in", "is")), frozenset(guessable), PAIRS)
    return " ".join(token.text for token in guessed(tokens_of(text), vocabulary))


@pytest.mark.parametrize(("written", "meant"), [
    ("burgalry", "burglary"), ("burglery", "burglary"), ("burglar", "burglary"), ("croyden", "croydon"), ("kensignton", "kensington"),
    ("kensingtn", "kensington"), ("towr hamlets", "tower hamlets"), ("knif crime", "knife crime"),
])
def test_a_slip_of_the_pen_is_read_as_the_word_that_was_meant(written, meant):
    assert read(written) == meant


@pytest.mark.parametrize("written", [
    "button", "towr", "knif", "table", "burglary", "crxydxn", "kingston", "is", "trst", "x" * 400, "12345",
])
def test_what_is_another_word_or_too_far_off_stays_as_it_is(written):
    assert read(written) == written


def test_what_is_as_near_to_two_words_is_neither():
    assert read("barnat", ("barnet", "barnut")) == "barnat"
