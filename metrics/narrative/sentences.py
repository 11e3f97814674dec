"""
Which sentences pages read, with the names that each may hold in braces: `sentences.txt`, a line for each.

A file of sentences is held against it before anything is built of it, so that what a page would stumble over is refused in one line.
A line is the way to a sentence, its names in braces, and for a list how many texts it has, nothing where it may have any number.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Formatter

from metrics.definitions.yaml_file import Fields, Items
from metrics.domain import Refused
from metrics.domain.names import hint

LIST = Path(__file__).with_name("sentences.txt")
LINE = re.compile(r"(?P<way>.+?)(?P<names>(?: \{\w+\})*)(?: \[(?P<many>\d*)\])?")
METHOD = "method"


@dataclass(frozen=True)
class Sentence:
    """The way to a sentence from section to key, the names it may hold, and how many texts it is: None for one, 0 for any number."""

    way: tuple[str, ...]
    names: frozenset[str]
    many: int | None


@cache
def sentences() -> tuple[Sentence, ...]:
    """Every sentence that pages read, in the order of the shipped file."""
    return tuple(map(_read, LIST.read_text(encoding="utf-8").splitlines()))


def _read(line: str) -> Sentence:
    way, names, many = LINE.fullmatch(line).group("way", "names", "many")
    return Sentence(tuple(way.split(" > ")), frozenset(re.findall(r"\w+", names)), None if many is None else int(many or 0))


def check_sentences(text: Fields, path: Path) -> None:
    """
    Refuse a file of sentences without one that pages read, or with braces that cannot be filled.

    Raises Refused: with the file, the line where there is one, and what was probably meant.
    """
    for sentence in sentences():
        written, line = _at(text, sentence, path)
        if sentence.way == (METHOD,):
            _check_method(written, path)
        for each, at in _texts(written, line):
            _check_braces(each, sentence.names, path, at)


def _at(text: Fields, sentence: Sentence, path: Path) -> tuple[object, int | None]:
    """What stands at the end of the way to a sentence, and its line; refused where it is missing or something else."""
    part: object = text
    line = None
    for depth, key in enumerate(sentence.way):
        if not isinstance(part, Fields) or key not in part:
            raise Refused(_missing(sentence, part if depth == len(sentence.way) - 1 or not depth else None, depth), file=path, line=line)
        part, line = part[key], part.lines[key]
    if not isinstance(part, str if sentence.many is None else Items) or (sentence.many and len(part) != sentence.many):
        wanted = "a text" if sentence.many is None else f"a list of {sentence.many} texts" if sentence.many else "a list"
        raise Refused(f"{' > '.join(sentence.way)} must be {wanted}", file=path, line=line)
    return part, line


def _missing(sentence: Sentence, beside: object, depth: int) -> str:
    """Why a file is refused without a sentence; what it is perhaps called there is among those beside it that nothing reads."""
    read = {other.way[len(sentence.way) - 1] for other in sentences() if other.way[: len(sentence.way) - 1] == sentence.way[:-1]}
    key = sentence.way[depth]
    near = hint(key, beside.keys() - read).replace("did you mean", "is it") if isinstance(beside, Fields) else ""
    if not depth:
        return f"the section {key!r} is missing, and pages read it{near}"
    return f"the section {sentence.way[0]!r} lacks the sentence {' > '.join(sentence.way[1:])!r}, and pages read it{near}"


def _check_method(sections: Items, path: Path) -> None:
    """Refuse a section of the method without a title, with nothing below it, or with a link that leads nowhere."""
    for section, line in zip(sections, sections.lines, strict=True):
        if not isinstance(section, Fields) or "title" not in section or not section.keys() & {"text", "links"}:
            raise Refused(f"every part of the section {METHOD!r} has a 'title', and 'text' or 'links'", file=path, line=line)
        if any(not isinstance(link, Fields) or {"name", "url"} - link.keys() for link in section.get("links", ())):
            raise Refused(f"every link of the section {METHOD!r} has a 'name' and a 'url'", file=path, line=line)


def _texts(part: object, line: int | None) -> Iterator[tuple[str, int | None]]:
    """Every text of a part of the file with its line."""
    if isinstance(part, Fields | Items):
        below = part.items() if isinstance(part, Fields) else enumerate(part)
        for key, each in below:
            yield from _texts(each, part.lines[key])
    elif isinstance(part, str):
        yield part, line


def _check_braces(sentence: str, names: frozenset[str], path: Path, line: int | None) -> None:
    try:
        written = [name for _, name, _, _ in Formatter().parse(sentence) if name is not None]
    except ValueError as error:
        raise Refused(f"braces that cannot be filled ({error}): {sentence[:60]!r}", file=path, line=line) from error
    for name in written:
        if name not in names:
            raise Refused(f"{{{name}}} is no name that can be filled in{hint(name, names)}: {sentence[:60]!r}", file=path, line=line)
