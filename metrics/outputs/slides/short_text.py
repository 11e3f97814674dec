"""A text cut to what a slide has room for: whole words, with a sign that there is more; the whole of it goes to the notes."""

MORE = "\N{HORIZONTAL ELLIPSIS}"
LONGEST_WORD = 30


def short(text: str, words: int, letters: int) -> str:
    """
    As much of a text as fits, without its full stop.

    Parameters
    ----------
    words, letters
        The most that there is room for.

    Examples
    --------
    >>> short("A cap on the days that ward officers are taken away.", 12, 80)
    'A cap on the days that ward officers are taken away'
    >>> short("A cap on the days that ward officers are taken away.", 5, 80), short("W" * 50, 5, 20)
    ('A cap on the days…', 'WWWWWWWWWWWWWWWWWWW…')
    """
    every = [_bounded(word) for word in text.split()]
    kept = every[:words]
    while len(kept) > 1 and len(" ".join(kept)) > letters:
        kept.pop()
    whole = " ".join(kept)
    if len(whole) > letters:
        return whole[: letters - 1] + MORE
    return whole.rstrip(".") if len(kept) == len(every) else whole.rstrip(".,;:(") + MORE


def _bounded(word: str) -> str:
    """No word is longer than a line of any slide."""
    return word if len(word) <= LONGEST_WORD else word[: LONGEST_WORD - 1] + MORE
