"""A page for each outward code, and the one that leads to them: a postcode finds its ward in one small page, without a script."""

from collections.abc import Iterator

from metrics.outputs.page import postcode_page, templating
from metrics.outputs.page.piece import Piece
from metrics.outputs.site import addresses
from metrics.outputs.site.page_frame import Site
from metrics.outputs.site.site_routes import POSTCODES, SiteRoutes
from metrics.report.wards import wards_with_figures


def pages(site: Site) -> Iterator[tuple[str, bytes]]:
    """Every page of postcodes; none where the force has brought no list."""
    known, text = site.reading.known, site.words["postcode"]
    postcodes = known.postcodes
    if postcodes is None:
        return
    shown = wards_with_figures(site.reading)
    looks = Piece(templating.small_sheet())
    routes = SiteRoutes(addresses.to_root(POSTCODES), known.force.total, postcodes=True)
    body = postcode_page.index(postcodes, text, routes, search=f"{routes.root}explore/")
    yield site.page(POSTCODES, "body.html", title=text["title"], description=text["lede"], body=Piece(body), sheet=looks)
    for code in postcodes.outward:
        at = f"{POSTCODES}{code.lower()}/"
        routes = SiteRoutes(addresses.to_root(at), known.force.total, postcodes=True)
        body = postcode_page.outward(known, postcodes, code, text, routes, shown)
        title = text["outward"].format(code=code)
        yield site.page(at, "body.html", title=title, description=f"{title}. {text['find_yours']}", body=Piece(body), sheet=looks)
