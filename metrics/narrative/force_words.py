"""Sentences that hold for any force: `[area]`, `[total]` and the like become what this force says, once, when they are read."""

import re
from pathlib import Path

from metrics.definitions import force_file, yaml_reader
from metrics.definitions.yaml_reader import Fields, Items
from metrics.domain import Force, Refused
from metrics.domain.spelling import hint

FEET = (("page", "whose"), ("page", "footing"), ("public", "footing"), ("pack", "stands"), ("slides", "foot"))
"""The sentences at the foot of every page, slide and sheet: there a made-up force says that it is one."""
WORD = re.compile(r"\[([A-Za-z ]+)\]")


def loaded(path: Path) -> tuple[Force, Fields]:
    """
    The force, and the sentences of a file beside `force.yaml` in its words.

    Raises
    ------
    Refused
        A file that cannot be taken, or a word in square brackets that the force does not have.
    """
    force, places = force_file.read(path.parent)
    words = force.words(sum(place.level == "area" for place in places.values()))
    text = filled(yaml_reader.load(path), words, path)
    if force.synthetic:
        _say_made_up(text, force)
    return force, text


def _say_made_up(text: Fields, force: Force) -> None:
    """Put the disclaimer of a made-up force before every sentence at a foot."""
    for section, name in FEET:
        if name in text.get(section, {}):
            text[section][name] = f"{force.disclaimer} {text[section][name]}"


def filled(sentences, words: dict[str, str], path: Path, line: int | None = None):
    """Sentences, in whatever lists and mappings they stand, with the words put in; the lines of the file stay known."""
    if isinstance(sentences, Fields):
        return _same_lines(Fields({name: filled(part, words, path, sentences.lines[name]) for name, part in sentences.items()}), sentences)
    if isinstance(sentences, Items):
        return _same_lines(Items(filled(part, words, path, at) for part, at in zip(sentences, sentences.lines, strict=True)), sentences)
    return _put_in(sentences, words, path, line) if isinstance(sentences, str) else sentences


def _same_lines(copy, original):
    copy.line, copy.lines = original.line, original.lines
    return copy


def _put_in(text: str, words: dict[str, str], path: Path, line: int | None) -> str:
    for name in WORD.findall(text):
        if name not in words:
            raise Refused(f"[{name}] is no word of the force{hint(name, words)}", file=path, line=line)
    return WORD.sub(lambda match: words[match[1]], text)
