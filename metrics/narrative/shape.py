"""What the file of sentences must hold: every section that code reads, and braces that can be filled."""

from pathlib import Path
from string import Formatter

from metrics.definitions.yaml_reader import Fields, Items
from metrics.domain import Refused
from metrics.domain.spelling import hint

SECTIONS = (
    "across_a_break", "answers", "base", "beside", "claims", "hero", "level", "level_without_before", "meeting", "method", "news",
    "no_figures", "not_at_level", "nothing_as_at", "outlook", "pack", "page", "postcode", "public", "rate", "safety", "scorecard",
    "slides", "verdicts", "ward",
)  # fmt: skip


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
