"""A page for each outward code, and the one that leads to them: a postcode finds its ward in one small page, without a script."""

from collections.abc import Iterator
from itertools import groupby

from metrics.domain import Definitions
from metrics.domain.postcodes import Postcodes
from metrics.outputs.page import templating
from metrics.outputs.page.routes import Routes
from metrics.outputs.page.templating import Piece
from metrics.outputs.site.addresses import POSTCODES
from metrics.outputs.site.page_frame import Site
from metrics.report.wards import wards_with_figures


def pages(site: Site) -> Iterator[tuple[str, bytes]]:
    """Every page of postcodes; none where the force has brought no list."""
    known, text = site.reading.known, site.words["postcode"]
    postcodes = known.postcodes
    if postcodes is None:
        return
    shown = wards_with_figures(site.reading)
    looks = Piece(templating.small_sheet())
    routes = site.routes(POSTCODES)
    body = index(postcodes, text, routes, search=f"{routes.root}explore/")
    yield site.page(POSTCODES, "body.html", title=text["title"], description=text["lede"], body=Piece(body), sheet=looks)
    for code in postcodes.outward:
        at = f"{POSTCODES}{code.lower()}/"
        routes = site.routes(at)
        body = outward(known, postcodes, code, text, routes, shown)
        title = text["outward"].format(code=code)
        yield site.page(at, "body.html", title=title, description=f"{title}. {text['find_yours']}", body=Piece(body), sheet=looks)


def outward(known: Definitions, postcodes: Postcodes, code: str, text: dict, routes: Routes, shown: frozenset[str]) -> str:
    """The body of the page of one outward code: where each of its inward codes lies; a ward not `shown` leads nowhere."""
    groups = []
    for ward_code, inward in postcodes.wards(code).items():
        ward, area = known.wards[ward_code], known.places[known.wards[ward_code].area]
        here = area.level == "area"
        sectors = [(sector, " ".join(each[1:] for each in codes)) for sector, codes in groupby(inward, key=lambda each: each[0])]
        groups.append({
            "ward": ward.name, "area": area.name, "to": routes.ward(ward) if here and ward_code in shown else "", "here": here,
            "to_area": routes.place(area.id) if here else "", "sectors": sectors,
        })
    groups.sort(key=lambda group: (group["area"], group["ward"]))
    return templating.body("outward.html", code=code, groups=groups, text=text, routes=routes, postcodes=postcodes)


def index(postcodes: Postcodes, text: dict, routes: Routes, *, search: str) -> str:
    """The body of the page of every outward code; `search` is where the form leads, where the app stands beside the pages."""
    letters = [(area, list(codes)) for area, codes in groupby(sorted(postcodes.outward, key=order), key=lambda code: order(code)[0])]
    return templating.body("postcodes.html", letters=letters, text=text, routes=routes, search=search, postcodes=postcodes)


def order(code: str) -> tuple[str, int, str]:
    """
    What puts outward codes in the order that people expect: by letters, then by number.

    Examples
    --------
    >>> sorted(["KT10", "KT2", "E1W", "E1"], key=order)
    ['E1', 'E1W', 'KT2', 'KT10']
    """
    letters = code.rstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") if code[-1].isalpha() else code
    area = "".join(letter for letter in letters if letter.isalpha())
    return area, int(letters[len(area) :]), code
