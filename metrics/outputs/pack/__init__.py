"""
The pack of a meeting: the file to present from, which opens anywhere, the slides to edit, and one sheet of paper to hand out.

Its files are written whole or not at all.
"""

import os
from collections.abc import Callable, Iterable
from pathlib import Path

from metrics.domain import Refused
from metrics.meetings.agenda import Item, agenda
from metrics.meetings.brief import Brief
from metrics.outputs.meeting_facts import MeetingFacts, scorecard_of
from metrics.outputs.pack.document import pack_html, sheet_html
from metrics.outputs.slides.meeting_slides import slides_of

MOST_FINDINGS = 5
FIRST, KEPT = ("promise", "concern"), ("correction",)
"""Kinds of items: those that come first, and those that are shown wherever the evidence proposes them."""
Parts = dict[str, Callable[[], bytes]]


def write(
    brief: Brief, folder: Path, *, address: str = "", contact: str = "", watch: Callable[[Iterable[str]], Iterable[str]] = iter
) -> list[Path]:
    """
    Write the three files of a meeting, with what the evidence proposes on its agenda.

    `watch`: wraps the names of the files while each is made, so that a face can show how far it is.
    Returns: their paths. Names say area, meeting and as-at date; the same brief gives the same names and bytes.
    Raises Refused: the folder cannot be written.
    """
    wanted = parts(brief, chosen(brief), address=address, contact=contact)
    made = {name: wanted[name]() for name in watch(wanted)}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return [_put(folder / name, data) for name, data in made.items()]
    except OSError as error:
        raise Refused(f"cannot be written ({error.strerror})", file=folder) from error


def chosen(brief: Brief, offered: tuple[Item, ...] | None = None) -> tuple[Item, ...]:
    """
    What is on the agenda until a presenter decides otherwise; `offered` is the whole agenda, where it is made already.

    Of the measures those that stand out, at most five: clear changes for the worse and for the better in turn, so that no side is
    left out, then new signals. Everything else as the evidence proposes it.
    """
    offered = agenda(brief) if offered is None else offered
    named = {item.card.measure.id: item for item in offered if item.card is not None and item.kind not in (*FIRST, *KEPT)}
    findings = [named[row.measure.id] for row in scorecard_of(brief).stands_out if row.measure.id in named][:MOST_FINDINGS]
    first = [item for item in offered if item.chosen and item.kind in FIRST]
    rest = [item for item in offered if item.chosen and (item.card is None or item.kind in KEPT) and item.kind not in FIRST]
    return (*first, *findings, *rest)


def parts(brief: Brief, items: tuple[Item, ...], *, address: str = "", contact: str = "") -> Parts:
    """What makes each file of a meeting, by the file's name: area, meeting, as-at date and what it is."""
    where = {"address": address, "contact": contact}
    stem = f"{brief.place.id}_{brief.day.isoformat()}_as-at-{brief.now.as_at.isoformat()}"
    return {
        f"{stem}_pack.html": lambda: pack_html(brief, items, **where).encode("utf-8"),
        f"{stem}_slides.pptx": lambda: _slides(brief, items, **where),
        f"{stem}_sheet.html": lambda: sheet_html(brief, **where).encode("utf-8"),
    }


def _slides(brief: Brief, items: tuple[Item, ...], **where: str) -> bytes:
    # Loaded late: it takes 15 MB, and a server of the public edition makes no slides.
    from metrics.outputs.slides.deck import deck

    return deck(slides_of(brief, items, **where), MeetingFacts(brief, **where).facts)


def _put(path: Path, data: bytes) -> Path:
    """Put a file in its place whole: until then it has another name."""
    draft = path.with_name(f".{path.name}.part")
    draft.write_bytes(data)
    os.replace(draft, path)
    return path
