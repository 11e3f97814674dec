"""The page of the plan: how its headline measures stand in the whole force area, what it promised, and what is known of that."""

from collections import Counter

from metrics.domain import periods
from metrics.outputs.page import plan_parts, templating
from metrics.outputs.page.pen import Pen, clock
from metrics.outputs.page.routes import Routes
from metrics.report.row_text import short
from metrics.report.scorecard import Scorecard, headlines
from metrics.report.snapshot import Snapshot


def plan(snapshot: Snapshot, pen: Pen, routes: Routes) -> str:
    """The body of the page, with the launch as M."""
    known, text = snapshot.known, snapshot.wording.text
    card = headlines(snapshot, known.places[known.force.total])
    day = periods.say_day(known.plan.launched)
    return templating.body(
        "plan.html", card=card, pen=pen, routes=routes, text=text["scorecard"], plan=known.plan, title=title(card, text["scorecard"]),
        clock=clock(known, snapshot.as_at, card.mark), since=short(f"{card.mark:%Y-%m}"), headline=text["page"]["headline"],
        lede=text["scorecard"]["plan_lede"].format(place=card.place.name, plan=known.plan.title, day=day, missing=len(card.missing)),
        commitments=[plan_parts.commitment(commitment, snapshot) for commitment in known.plan.commitments],
        plans=plan_parts.plans(snapshot, routes),
        parts=plan_parts.headings(snapshot, routes), more=text["plan"],
    )


def title(card: Scorecard, text: dict) -> str:
    """How many of the headline measures are clearly better and clearly worse than before the plan."""
    verdicts = Counter(row.plan.verdict for row in card.headline_rows if row.counts)
    among = len(card.headline_rows) + len(card.missing)
    return text["plan_title"].format(among=among, better=verdicts["clear improvement"], worse=verdicts["clear worsening"])
