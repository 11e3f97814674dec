"""What is too long for a slide goes on, and no word of it is lost."""

from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.outputs.slides.fitting import Room, pages

FIRST, MORE = Room(5, 20), Room(8, 40)
WORDS = st.lists(st.text("abcdefgh", min_size=1, max_size=12), min_size=1, max_size=120).map(" ".join)
TEXTS = st.lists(st.lists(WORDS, min_size=1, max_size=3).map(lambda parts: ". ".join(part.capitalize() for part in parts)), max_size=4)


@settings(deadline=None, derandomize=True)
@given(TEXTS)
def test_every_word_stands_on_one_slide_in_its_order(texts):
    made = pages(texts, FIRST, MORE)
    assert " ".join(text for page in made for text in page).split() == " ".join(texts).split()


@settings(deadline=None, derandomize=True)
@given(TEXTS)
def test_no_slide_holds_more_than_there_is_room_for(texts):
    first, *rest = pages(texts, FIRST, MORE)
    assert FIRST.holds(first)
    assert all(MORE.holds(page) for page in rest)


def test_a_text_that_fits_the_next_slide_is_not_broken():
    long = "Now this takes four lines of the room there is on it. And this is the end."
    assert pages(["Short.", "Short.", long], FIRST, MORE) == [("Short.", "Short."), (long,)]


def test_a_slide_with_a_picture_may_stay_without_words():
    long = "A sentence of which no part may stand on the first slide of all of these, for it is far too long for that, as anyone can see."
    assert pages([long], FIRST, MORE) == [(), (long,)]
