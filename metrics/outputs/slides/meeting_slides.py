"""
A meeting's brief and its chosen items as slides: one claim a slide, its chart, what it means, and what it rests on.

What is too long for a slide at 24 points goes on, on the next; nothing is cut.
"""

from collections.abc import Iterable, Iterator

from metrics.domain import periods
from metrics.meetings.briefing import Brief, Item, balance
from metrics.outputs.meeting_facts import Telling
from metrics.outputs.qr import code_png
from metrics.outputs.slides.fitting import BETWEEN, Room, pages
from metrics.outputs.slides.numbered_marks import marked
from metrics.outputs.slides.slide import Slide

TITLE = Room(3, 54)
BESIDE = 25
ACROSS = 62
BODY = 12
"""Lines of the body under a title of one line, above a footer of two. Browser and PowerPoint then break at the same places."""
TITLE_LINE = 1.25
HEAD = 1.5
SHARES = (37, 11, 21)
"""Letters in each column of the table of promises."""


def slides_of(brief: Brief, items: Iterable[Item], *, address: str = "", contact: str = "") -> tuple[Slide, ...]:
    """
    Every slide of a meeting, in order.

    Parameters
    ----------
    items
        What is on the agenda, as chosen and in that order.
    address, contact
        Where the public edition stands and whom to ask; either may be empty.

    Returns
    -------
    tuple
        The first slide, the sentences of the evening, each item, promises, corrections where there are any, luck, and
        where to read on.
    """
    telling, chosen = Telling(brief, address, contact), tuple(items)
    warning = balance(brief, chosen)
    notes = (telling.text["warning"].format(warning=warning),) if warning else ()
    found = [
        *_texts(telling, "cover", brief.heading, telling.opening, notes=notes),
        *_texts(telling, "text", telling.text["short"].format(tally=brief.tally), brief.lead, notes=_method(telling)),
        *(slide for item in chosen for slide in _item(telling, item)),
        *_promises(telling),
    ]
    if telling.corrections:
        found += _texts(telling, "text", telling.text["corrections"].format(day=periods.say_day(brief.then)), telling.corrections)
    found += _texts(telling, "text", telling.text["luck"], telling.luck, notes=_method(telling))
    return (*found, _last(telling))


def body_lines(title: str, footer: str) -> float:
    """How many lines of 24 points a slide holds between its title and its footer."""
    return BODY - (len(TITLE.lines_of(title)) - 1) * TITLE_LINE - max(0, len(Room(1, ACROSS).lines_of(footer)) - 2)


def _item(telling: Telling, item: Item) -> Iterator[Slide]:
    """An item: beside its chart what fits there, the rest on slides that continue it."""
    chart = item.card.chart if item.card else None
    notes = (*((chart.source,) if chart else ()), *_method(telling), *item.notes)
    yield from _texts(telling, "chart" if chart else "text", item.title, item.points, notes=notes, card=item.card if chart else None)


def _texts(telling: Telling, kind: str, title: str, points: Iterable[str], *, notes=(), card=None) -> list[Slide]:
    """A claim and what it means on as many slides as it needs; a claim too long for a title stands first in the text."""
    if len(TITLE.lines_of(title)) > TITLE.lines:
        kinds = telling.words["meeting"]["agenda"]["kinds"]
        points, title = (title, *points), kinds["promise" if title.startswith("Promised") else "concern"]
    footer = telling.footer(card)
    lines = body_lines(_numbered(telling, title, 9, 9), footer)
    chart = card.chart if card else None
    beside = Room(lines - key_lines(marked(chart).key), BESIDE) if chart else Room(lines, ACROSS)
    parts = pages(points, beside, Room(lines, ACROSS))
    return [
        Slide(
            title=_numbered(telling, title, number, len(parts)), chart=chart if number == 1 else None, points=part, source=footer,
            notes=notes, kind=kind if number == 1 else "text",
        )
        for number, part in enumerate(parts, 1)
    ]


def key_lines(key: Iterable[str]) -> float:
    """The lines that the words of a chart take below it."""
    said = " ".join(key)
    return len(Room(1, ACROSS).lines_of(said)) + BETWEEN if said else 0


def _promises(telling: Telling) -> list[Slide]:
    """The table of promises, as many rows a slide as fit."""
    tables, footer, head = [[]], telling.footer(None), tuple(telling.text["promise_columns"])
    for row in telling.promise_rows:
        if tables[-1] and sum(map(_height, (*tables[-1], row))) > BODY - 2 * TITLE_LINE - HEAD:
            tables.append([])
        tables[-1].append(row)
    return [
        Slide(
            title=_numbered(telling, telling.promised, number, len(tables)), source=footer, kind="table",
            rows=(head, *rows) if rows else (), notes=telling.brief.said.text["agenda"]["likely_questions"][2:],
        )
        for number, rows in enumerate(tables, 1)
    ]


def _height(row: tuple[str, ...]) -> float:
    return max(len(Room(1, letters).lines_of(cell)) for cell, letters in zip(row, SHARES, strict=True)) + 0.5


def _last(telling: Telling) -> Slide:
    points = tuple(filter(None, (telling.scan, telling.brief.next_said, telling.ask, telling.words["page"]["whose"])))
    picture = code_png(telling.url) if telling.url else None
    return Slide(
        title=telling.text["follow"], points=points, source=telling.footer(None), picture=picture, kind="code",
        picture_alt=telling.code_alt if picture else "",
    )


def _numbered(telling: Telling, title: str, part: int, parts: int) -> str:
    return telling.text["part"].format(title=title, part=part, parts=parts) if parts > 1 else title


def _method(telling: Telling) -> tuple[str, ...]:
    return (telling.text["reading"],)
