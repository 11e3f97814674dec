"""
Where the pages of an edition lead: every link within it must arrive, and nothing may stand in a page that its policy blocks.

A plain page is served with a policy that runs no script, so a script would fail in silence; it is refused here instead.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from metrics.domain import Refused
from metrics.domain.names import hint
from metrics.publish.editions import APPS

LEADING = ("href", "src", "action", "data", "poster", "formaction")
OUTWARD = ("https", "http", "mailto", "tel", "data")
SITE = "https://edition.invalid/"
TAG = re.compile(r"""<(?:!--.*?-->|(?P<name>[a-zA-Z][^\s/>]*)(?P<said>(?:[^>"']++|"[^"]*+"|'[^']*+')*+)>)""", re.DOTALL)
ATTRIBUTE = re.compile(r"""([^\s/=<>"']+)\s*(?:=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+)))?""")
TELLING = re.compile(r"\s(?:href|src|srcset|id|name|action|formaction|data|poster|on\w+)\s*=", re.IGNORECASE)
"""What is worth taking a tag apart for: most of a page's tags are the strokes of its charts."""
PAGE = ".html"
MARKED = re.compile(rb"""(?:\sid|<a\b[^>]*?\sname)\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)
DATA_SCRIPTS = ("application/json", "application/ld+json")
REDIRECT = re.compile(r"/(?!.*\.\.)[\w.~-]+(?:/[\w.~-]+)*/?", re.ASCII)


@dataclass
class Page:
    """What one page says of others: its links with their lines, the ids that others may point to, and what it may not hold."""

    links: list[tuple[int, str]] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    blocked: list[tuple[int, str]] = field(default_factory=list)


def read(html: bytes) -> Page:
    """
    What a page links to, and what may be linked to in it.

    >>> read(b'<main id="top"><a href="b/">next</a></main>')
    Page(links=[(1, 'b/')], ids={'top'}, blocked=[])
    """
    page, line, last = Page(), 1, 0
    for tag in TAG.finditer(html.decode("utf-8")):
        if tag["name"] and (TELLING.search(tag["said"]) or tag["name"].lower() in ("script", "base")):
            line, last = line + tag.string.count("\n", last, tag.start()), tag.start()
            _note(page, line, tag["name"].lower(), tag["said"])
    return page


def marked(html: bytes) -> set[str]:
    """
    Every place within a page that may be led to, found in a tenth of the time; where its text looks like one, that too.

    >>> sorted(marked(b'<main id="top"><a name=b></a>'))
    ['b', 'top']
    """
    return {unescape(place.decode("utf-8")) for place in MARKED.findall(html)}


def _note(page: Page, line: int, tag: str, attributes: str) -> None:
    given = {name.lower(): unescape(plain or double or single) for name, double, single, plain in ATTRIBUTE.findall(attributes)}
    if tag == "script" and given.get("type") not in DATA_SCRIPTS:
        page.blocked.append((line, "a script"))
    if tag == "base":
        page.blocked.append((line, "a base address"))
    page.blocked += [(line, f"the script {name}") for name in given if name.startswith("on")]
    page.links += [(line, given[name]) for name in LEADING if name in given]
    page.links += [(line, part.split()[0]) for part in given.get("srcset", "").split(",") if part.strip()]
    page.ids.update(filter(None, (given.get("id"), given.get("name") if tag == "a" else None)))


def check(pages: Iterable[str], files: Set[str], page: Callable[[str], Page]) -> None:
    """
    Refuse the first link that leads nowhere, by file and line.

    `page`: gives what `read` finds in the page of a path.
    """
    for path in sorted(pages):
        for line, what in page(path).blocked:
            raise Refused(f"{path}, line {line}: {what} would be blocked by the page's own policy")
        for line, link in page(path).links:
            reason = _wrong(path, link, files, page)
            if reason:
                raise Refused(f"{path}, line {line}: the link {link[:120]!r} {reason}")


def check_redirects(text: bytes, files: Set[str]) -> dict[str, str]:
    """
    The redirects of an edition: old address to new, both from the root, the new one a page of the edition.

    >>> check_redirects(b'{"/kingston/": "/kingston-upon-thames/"}', {"kingston-upon-thames/index.html"})
    {'/kingston/': '/kingston-upon-thames/'}
    """
    try:
        redirects = json.loads(text)
    except ValueError as error:
        raise Refused("redirects.json is not JSON") from error
    if not isinstance(redirects, dict):
        raise Refused("redirects.json is not a list of old addresses and new")
    for old, new in redirects.items():
        if not REDIRECT.fullmatch(old) or not isinstance(new, str) or not (new == "/" or REDIRECT.fullmatch(new)):
            raise Refused(f"redirects.json: {old[:80]!r} is no redirect within the site")
        if file_at(old, files):
            raise Refused(f"redirects.json: {old!r} is a page of the edition")
        if not file_at(new, files):
            near = hint(new.strip("/"), {name.split("/")[0] for name in files})
            raise Refused(f"redirects.json: {new!r} is no page of the edition{near}")
    return redirects


def file_at(address: str, files: Set[str] | Mapping[str, object]) -> str | None:
    """
    The file that an address from the root means.

    >>> file_at("/kingston/", {"kingston/index.html"})
    'kingston/index.html'
    """
    path = address[1:]
    path += "index.html" if not path or path.endswith("/") else ""
    return path if path in files else None


def _wrong(path: str, link: str, files: Set[str], page: Callable[[str], Page]) -> str | None:
    scheme = urlsplit(link.strip()).scheme
    if scheme:
        return None if scheme in OUTWARD else "is of no kind that a page may hold"
    if link.strip().startswith(("//", "\\")):
        return "names another host without https:"
    address, fragment = _leads("" if link.startswith("/") else path.removesuffix("index.html"), link.strip())
    if address.split("/")[1] in APPS:
        return None
    target = file_at(address, files)
    if target is None:
        return "leads to no file of the edition" + ("; it lacks the slash at its end" if file_at(address + "/", files) else "")
    return _no_such_place(fragment, target, page)


@lru_cache(maxsize=4096)
def _leads(base: str, link: str) -> tuple[str, str]:
    """The address within the site, and the place there. Kept: most links of a page are those of its menu, from the root."""
    there, fragment = urldefrag(urljoin(SITE + base, link))
    return unquote(urlsplit(there).path) or "/", unquote(fragment)


def _no_such_place(fragment: str, target: str, page: Callable[[str], Page]) -> str | None:
    if not fragment or fragment == "top" or fragment.startswith(":~:") or not target.endswith(PAGE) or fragment in page(target).ids:
        return None
    return f"points to #{fragment[:60]}, which is not there"
