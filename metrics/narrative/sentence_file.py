"""
The file of sentences as it is read: every section that code reads, braces that can be filled, and the words of the force.

Its sentences hold for any force: `[area]`, `[total]` and the like become what this force says, once, when they are read.
"""

import re
from pathlib import Path
from string import Formatter

from metrics.definitions import force_file, yaml_file
from metrics.definitions.yaml_file import Fields, Items
from metrics.domain import Force, Refused
from metrics.domain.spelling import hint

SECTIONS = (
    "across_a_break", "answers", "base", "beside", "claims", "hero", "level", "level_without_before", "meeting", "method", "news",
    "no_figures", "not_at_level", "nothing_as_at", "outlook", "pack", "page", "postcode", "public", "rate", "safety", "scorecard",
    "slides", "verdicts", "ward",
)  # fmt: skip
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
    text = filled(yaml_file.load(path), words, path)
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


def check_sentences(text: Fields, path: Path) -> None:
    """
    Refuse a file of sentences without a section that pages read, or with braces that cannot be filled.

    Raises
    ------
    Refused
        With the file, the line and what was probably meant.
    """
    for name in SECTIONS:
        if name not in text:
            near = hint(name, text.keys() - set(SECTIONS)).replace("did you mean", "is it")
            raise Refused(f"the section {name!r} is missing, and pages read it{near}", file=path)
    _check_braces(text, path, None)


def _check_braces(part: object, path: Path, line: int | None) -> None:
    if isinstance(part, Fields):
        for name, below in part.items():
            _check_braces(below, path, part.lines[name])
    elif isinstance(part, Items):
        for below, at in zip(part, part.lines, strict=True):
            _check_braces(below, path, at)
    elif isinstance(part, str):
        _check_sentence(part, path, line)


def _check_sentence(sentence: str, path: Path, line: int | None) -> None:
    try:
        names = [name for _, name, _, _ in Formatter().parse(sentence) if name is not None]
    except ValueError as error:
        raise Refused(f"braces that cannot be filled ({error}): {sentence[:60]!r}", file=path, line=line) from error
    for name in names:
        if not name.isidentifier():
            raise Refused(f"{{{name}}} is no name that can be filled in: {sentence[:60]!r}", file=path, line=line)
