"""What no person reads: the icon, the map of the site, other names of areas."""

import json
from collections.abc import Iterator

from metrics.outputs.page import plan_pages
from metrics.outputs.site import addresses
from metrics.outputs.site.addresses import POSTCODES
from metrics.outputs.site.page_frame import MENU, SMALL, Site
from metrics.publish import editions
from metrics.report.wards import wards_with_figures

NOT_SEARCHED = "".join(f"Disallow: /{part}/\n" for part in ("as-at", "explore"))
"""Old editions, which would be found beside the newest, and the explorer, which no search engine can read."""


def files(site: Site) -> Iterator[tuple[str, bytes]]:
    """For search engines and servers, and the icon in the colours of `metrics/charts/style.py`."""
    yield site.data("icon.svg", "icon.svg")
    yield site.data("sitemap.xml", "sitemap.xml", pages=list(_pages(site)), day=site.reading.as_at.isoformat())
    yield "robots.txt", f"User-agent: *\nAllow: /\n{NOT_SEARCHED}\nSitemap: {site.address}/sitemap.xml\n".encode()
    yield editions.MADE_OF, (json.dumps({"build": site.reading.build}) + "\n").encode()
    yield editions.REDIRECTS, (json.dumps(redirects(site), indent=1, sort_keys=True) + "\n").encode()


def _pages(site: Site) -> Iterator[str]:
    """The address of every page that a search should find; a citation is found from its measure's page."""
    known, total = site.reading.known, site.reading.known.force.total
    yield from MENU
    yield from SMALL
    yield from (addresses.of_plan_part(name) for name in plan_pages.names(site.reading))
    yield f"{total}/"
    yield from (site.of_measure(measure.id, total) for measure in known.measures.values())
    for area in known.areas:
        yield f"{area.id}/"
        yield from (site.of_measure(measure.id, area.id) for measure in site.reading.every_measure(area))
    shown = wards_with_figures(site.reading)
    yield from (addresses.of_ward(ward) for area in known.areas for ward in known.wards_of(area.id) if ward.code in shown)
    if known.postcodes is not None:
        yield from (POSTCODES, *(f"{POSTCODES}{code.lower()}/" for code in known.postcodes.outward))
    yield from (addresses.of_meeting(meeting.area, meeting.date) for meeting in known.meetings)


def redirects(site: Site) -> dict[str, str]:
    """Other addresses of places and of London's measures, where they mean one thing only."""
    known, total = site.reading.known, site.reading.known.force.total
    taken = {area.id for area in known.areas} | {at.split("/")[0] for at in (*MENU, *SMALL)}
    by_name: dict[str, list[str]] = {}
    for place in (known.places[total], *known.areas):
        for name in addresses.short_names(place):
            by_name.setdefault(name, []).append(place.id)
    short = {f"/{name}/": f"/{ids[0]}/" for name, ids in by_name.items() if len(ids) == 1 and name not in taken}
    return short | {f"/{total}/{measure}/": f"/{site.of_measure(measure, total)}" for measure in known.measures}
