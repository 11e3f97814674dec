"""The pages of no single place or measure: the plan, lists, areas side by side, sources, the method, how to use and cite, what explains."""

from collections import Counter
from collections.abc import Iterator, Mapping
from html import escape
from urllib.parse import urlsplit

from metrics.charts.render import html
from metrics.narrative import counted
from metrics.outputs.page import general_pages, measure_page
from metrics.outputs.page.templating import Piece
from metrics.outputs.site import addresses, measure_pages
from metrics.outputs.site.page_frame import Shown, Site
from metrics.report.scorecard import Row, assembled, tally
from metrics.statistics.questions import SINCE_PLAN

TOP = "../"


def pages(site: Site, every: Mapping[str, Mapping[str, Shown]]) -> Iterator[tuple[str, bytes]]:
    """Each of them; `every` is every measure of each place, by their ids."""
    yield _plan(site)
    yield from _plan_parts(site)
    yield _measures(site, every[site.reading.known.force.total])
    yield _compare(site, every)
    yield _sources(site)


def _plan(site: Site) -> tuple[str, bytes]:
    plan = site.reading.known.plan
    body = general_pages.plan(site.reading, site.pen, site.routes("plan/"))
    return site.page(
        "plan/", "body.html", title=f"{plan.title} {plan.years}", body=Piece(body),
        description=f"{plan.mission}. How its headline measures stand, and what it promised.",
    )


def _plan_parts(site: Site) -> Iterator[tuple[str, bytes]]:
    """A page for each mission, reform and priority of the plan, and for each other plan."""
    for name in general_pages.part_names(site.reading):
        at = addresses.of_plan_part(name)
        title = general_pages.part_title(site.reading, name)
        description = site.words["public"]["plan_part"].format(part=title)
        body = general_pages.plan_part(site.reading, name, site.pen, site.routes(at))
        yield site.page(at, "body.html", title=title, description=description, body=Piece(body))


def _measures(site: Site, total: Mapping[str, Shown]) -> tuple[str, bytes]:
    """Every measure under its mission, with the row of the whole force area."""
    known = site.reading.known
    rows = {name: shown.row for name, shown in total.items()}
    card = assembled(site.reading, known.places[known.force.total], rows, known.plan.launched, meeting=False)
    body = general_pages.measures(site.reading, card, site.pen, site.routes("measures/"))
    return site.page(
        "measures/", "body.html", title="Every measure", description="Every measure by mission, with what is found.", body=Piece(body)
    )


def _compare(site: Site, every: Mapping[str, Mapping[str, Shown]]) -> tuple[str, bytes]:
    """The areas side by side in the first headline measure of counts, and how many have which verdict in every other."""
    known = site.reading.known
    rows = _compared(site, every)
    title = f"The {len(known.areas)} {known.force.area_plural} side by side"
    if not rows:
        return site.page("compare/", "body.html", title=title, description=site.words["page"]["compare"], body=_nothing(site, title))
    by_area = [known.measures[name] for name in rows]
    first = next((measure for measure in known.headlines if measure in by_area and measure.kind == "count"), by_area[0])
    pictures = measure_pages.pictures(site, first, f"{TOP}measures/{first.id}/")
    body = measure_page.compare(site.reading, rows[first.id], site.pen, site.routes("compare/"), pictures)
    return site.page(
        "compare/", "compare.html", title=title, description=site.words["page"]["compare"], body=Piece(body), chosen=first.title,
        offered=[(measure.title, f"{TOP}measures/{measure.id}/#areas") for measure in sorted(by_area, key=lambda measure: measure.title)],
        grouped=[(mission.title, [(measure, *_counts(site, rows[measure.id])) for measure in by_area if measure.mission == name])
                 for name, mission in known.plan.missions.items()],
        pen=site.pen, areas_word=known.force.area_plural,
    )


def _compared(site: Site, every: Mapping[str, Mapping[str, Shown]]) -> dict[str, list[Row]]:
    """The row in each area of every measure that has figures in any of them."""
    known = site.reading.known
    by_area = [measure.id for measure in known.measures.values() if measure.source and not measure.missing and "area" in measure.levels]
    rows = {name: [every[place.id][name].row for place in known.areas] for name in by_area}
    return {name: listed for name, listed in rows.items() if any(row.has_figures for row in listed)}


def _nothing(site: Site, title: str) -> Piece:
    return Piece(f"<h1>{escape(title)}</h1>{html.paragraphs(site.words['scorecard']['nothing_to_compare'])}")


def _counts(site: Site, rows: list[Row]) -> tuple[dict[str, int], str]:
    """How many areas have which verdict since the plan began, and the same in words."""
    return tally(site.words["verdicts"], rows, SINCE_PLAN), counted(Counter(row.plan.verdict for row in rows), site.words["verdicts"])


def _sources(site: Site) -> tuple[str, bytes]:
    routes = site.routes("sources/")
    body = general_pages.sources(site.reading, routes, feed=f"{routes.root}feeds/corrections.atom")
    return site.page(
        "sources/", "body.html", title="Sources and corrections", description=site.words["page"]["sources"], body=Piece(body)
    )


def note_pages(site: Site) -> Iterator[tuple[str, bytes]]:
    """Each of them."""
    yield _about(site)
    yield _claims(site)
    yield _method(site)
    yield _using(site)
    yield site.page(
        "accessibility/", "accessibility.html", title="Accessibility statement",
        description="How accessible this site is, how that was tested, what no machine tested, and whom to ask.",
    )
    kept = "No cookie, no tracking, nothing kept: of these pages and of the interactive ones."
    yield site.page("privacy/", "privacy.html", title="Privacy", description=kept)
    yield _anywhere(site, "404.html", "not_found.html", "No such page", "There is no page at this address.")
    yield _anywhere(site, "503.html", "away.html", "Not just now", "The interactive pages cannot be reached just now; the plain pages can.")


def _about(site: Site) -> tuple[str, bytes]:
    """What this site is, whose it is not, and the way to sources, method and meetings."""
    ways = site.words["scorecard"]["ways"]
    named = ("sources", "method", "meetings", "using", "accessibility", "privacy")
    body = general_pages.about(site.reading, [(ways[name][0], f"../{name}/", ways[name][1]) for name in named])
    return site.page("about/", "body.html", title="About this site", description=site.words["page"]["whose"], body=Piece(body))


def _claims(site: Site) -> tuple[str, bytes]:
    """How a claim is checked; the check itself needs the app."""
    words = site.words["claims"]
    return site.page(
        "claims/", "claims.html", title=words["title"], description=words["invitation"], invitation=words["invitation"],
        label=words["label"], examples=site.reading.known.force.claims[1:],
    )


def _method(site: Site) -> tuple[str, bytes]:
    return site.page(
        "method/", "body.html", title="How change is judged", description="How this site decides what changed, in plain words.",
        body=Piece(general_pages.method(site.reading.wording)),
    )


def _using(site: Site) -> tuple[str, bytes]:
    """How to use and cite, with the first headline measure that has figures as its example."""
    headlines, total = site.reading.known.headlines, site.reading.known.force.total
    answers = site.reading.answers(total)
    example = next((measure for measure in headlines if answers[measure.id]["year"]["now_to"]), headlines[0])
    return site.page(
        "using/", "using.html", title="Using and citing these figures", description="Downloads, feeds, citations and embedding.",
        code=addresses.code(example.id, total, site.reading.as_at), example=example, embed=addresses.of_embed(example.id, total),
        citation=addresses.of_citation(example.id, total, site.reading.as_at), at_example=site.of_measure(example.id, total),
        datasets=site.reading.known.datasets.values(), area=site.reading.known.areas[0],
    )


def _anywhere(site: Site, name: str, template: str, title: str, description: str) -> tuple[str, bytes]:
    """A page that is shown at any address, so that its links begin at the root of the site."""
    path, made = site.page(name, template, title=title, description=description, areas=site.reading.known.areas)
    root = f'{urlsplit(site.address).path}/'.encode()
    return path, made.replace(b'href="./', b'href="' + root)
