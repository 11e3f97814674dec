"""The pages that explain: the method, how to use and cite, accessibility, privacy, and what is shown where there is no page."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from metrics.outputs.page import list_pages
from metrics.outputs.page.templating import Piece
from metrics.outputs.site import addresses
from metrics.outputs.site.page_frame import Site


def pages(site: Site) -> Iterator[tuple[str, bytes]]:
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
    body = list_pages.about(site.reading, [(ways[name][0], f"../{name}/", ways[name][1]) for name in named])
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
        body=Piece(list_pages.method(site.reading.wording)),
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
