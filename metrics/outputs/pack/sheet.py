"""A councillor's sheet: one page of paper with the headline verdicts, what is due, and where to read on."""

from metrics.meetings.briefing import Brief
from metrics.outputs.meeting_facts import Telling
from metrics.outputs.pack import handout, inlining
from metrics.outputs.page.piece import Piece
from metrics.outputs.qr import code_svg

LED_BY = 3


def sheet_html(brief: Brief, *, address: str = "", contact: str = "") -> str:
    """
    One page: verdicts of the headline measures, a few sentences, promises, corrections, the next meeting, and the sources.

    Parameters
    ----------
    address, contact
        Where the public edition stands and whom to ask; either may be empty.
    """
    telling = Telling(brief, address, contact)
    lead = tuple(dict.fromkeys((*brief.lead[:LED_BY], brief.luck)))
    return inlining.environment().get_template("sheet.html").render(
        telling=telling, lead=lead, verdicts=headline_verdicts(telling), sources=source_line(telling), words=telling.words,
        code=Piece(code_svg(telling.url, alt=telling.code_alt)) if telling.url else Piece(),
        policy=inlining.policy([inlining.inline("sheet.css")]),
    )


def headline_verdicts(telling: Telling) -> list[tuple[str, str, list[str]]]:
    """The headline measures under their verdicts, in the order of the closed set: verdict, its words, the measures."""
    said = telling.words["verdicts"]
    headlines = [one for one in telling.brief.measures.values() if one.measure.headline]
    groups = {name: [one.measure.title for one in headlines if one.verdict == name] for name in said}
    return [(name, said[name], titles) for name, titles in groups.items() if titles]


def source_line(telling: Telling) -> str:
    """Every publisher and licence behind the place's figures."""
    datasets = handout.datasets(telling.brief)
    publishers, licences = (dict.fromkeys(getattr(one, name) for one in datasets) for name in ("publisher", "licence"))
    return telling.text["sources"].format(publishers="; ".join(publishers), licences=", ".join(licences)) if datasets else ""
