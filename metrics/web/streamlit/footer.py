"""What every page ends with: whose site this is, how fresh it is, whom to ask."""

from metrics.charts.render import html
from metrics.domain import periods
from metrics.web.streamlit import cached_reads
from metrics.web.streamlit.cached_reads import Seen


def footing(seen: Seen) -> str:
    """The end of a page, as HTML."""
    words = cached_reads.wording(seen.build).text["page"]
    facts = {"day": periods.say_day(cached_reads.reading(seen).as_at), "build": cached_reads.reading(seen).build,
        "contact": cached_reads.config().contact}
    return html.boxed("footing", html.paragraphs(words["whose"], words["footing"].format(**facts)))
