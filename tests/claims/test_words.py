"""A text as words, and misspelt words as the ones they are near."""

import pytest

from metrics.claims.words import guessed, near_words, tokens_of

KNOWN = ("burglary", "croydon", "tower", "hamlets", "knife", "crime", "kensington", "sutton", "stable", "trust")
PAIRS = frozenset({("tower", "hamlets"), ("knife", "crime")})


def read(text: str) -> str:
    tokens = guessed(tokens_of(text), frozenset((*KNOWN, "in", "is")), near_words(KNOWN), PAIRS)
    return " ".join(token.text for token in tokens)


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
    tokens = guessed(tokens_of("barnat"), frozenset(), near_words(("barnet", "barnut")), frozenset())
    assert tokens[0].text == "barnat"
