"""The pages of the wards of an area."""

from collections.abc import Iterator

from metrics.domain import Place
from metrics.outputs.page import ward_page
from metrics.outputs.page.pen import Pen
from metrics.outputs.page.piece import Piece
from metrics.outputs.site import addresses
from metrics.outputs.site.page_frame import Site
from metrics.outputs.site.site_routes import SiteRoutes
from metrics.report.wards import ward_cards


def pages(site: Site, area: Place) -> Iterator[tuple[str, bytes]]:
    """The page of each ward of an area; none where nothing is known of wards there."""
    for card in ward_cards(site.reading, area).values():
        at = addresses.of_ward(card.ward)
        routes = SiteRoutes(addresses.to_root(at), site.reading.known.force.total, site.reading.known.postcodes is not None)
        body = ward_page.ward(site.reading, card, Pen(words=site.words["verdicts"]), routes)
        yield site.page(
            at, "body.html", title=f"{card.ward.name}, {card.area.name}", description=f"{card.title}. {card.hero}", body=Piece(body),
        )
