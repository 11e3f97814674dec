"""A text cut to its room ends at a word, says that there is more, and never grows."""

from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.outputs.slides.slide import MORE, short

TEXTS = st.text("abc W.", min_size=1, max_size=300).filter(str.strip)


@settings(deadline=None, derandomize=True)
@given(TEXTS, st.integers(1, 12), st.integers(12, 90))
def test_a_text_never_takes_more_than_its_room(text, words, letters):
    made = short(text, words, letters)
    assert len(made.split()) <= words
    assert len(made) <= max(letters, 30) + 1


@settings(deadline=None, derandomize=True)
@given(TEXTS)
def test_a_text_with_room_enough_is_left_whole(text):
    fits = " ".join(text.split())
    if all(len(word) <= 30 for word in fits.split()):
        assert short(text, 400, 400) == fits.rstrip(".")


def test_a_word_longer_than_a_line_is_cut_with_its_sign():
    assert short("x" * 400, 5, 60) == "x" * 29 + MORE
