"""Small pieces of HTML that every page is made of. Every word is escaped."""

from base64 import b64encode
from collections.abc import Iterable
from html import escape


def paragraphs(*texts: str, kind: str = "") -> str:
    """Plain paragraphs."""
    attribute = f' class="{escape(kind)}"' if kind else ""
    return "".join(f"<p{attribute}>{escape(text)}</p>" for text in texts)


WIDE = "(min-width:940px)"
"""A window that has room for a wide picture beside its margins."""
SHAPES = {
    "clear improvement": ("improvement", "●"), "clear worsening": ("concern", "◆"), "clear rise": ("high", "▲"), "clear fall": ("low", "▼"),
    "possible change": ("possible", "◐"), "no clear change": ("steady", "○"), "not enough data": ("unknown", "–"),
    "cannot be compared": ("unknown", "×"), "supported": ("steady", "●"), "partly supported": ("possible", "◐"),
    "not supported": ("steady", "○"), "cannot be checked": ("unknown", "–"),
}


def verdict(outcome: str, words: str) -> str:
    """
    A verdict: always its word, with a shape and a colour that say the same.

    >>> verdict("no clear change", "No clear change")
    '<p class="verdict steady"><span aria-hidden="true">○</span> No clear change</p>'
    """
    kind, shape = SHAPES[outcome]
    return f'<p class="verdict {kind}"><span aria-hidden="true">{shape}</span> {escape(words)}</p>'


def heading(level: int, text: str) -> str:
    """A heading of a level."""
    return f"<h{level}>{escape(text)}</h{level}>"


def definition_list(rows: Iterable[tuple[str, str]]) -> str:
    """Terms, and what is said of each."""
    return "<dl>" + "".join(f"<dt>{escape(term)}</dt><dd>{escape(text)}</dd>" for term, text in rows) + "</dl>"


def image(svg: str, alt: str) -> str:
    """A drawing as one image, with the words that stand for it."""
    data = b64encode(svg.encode("utf-8")).decode("ascii")
    return f'<img class="picture" src="data:image/svg+xml;base64,{data}" alt="{escape(alt)}">'


def picture(address: str, alt: str, width: int, height: int, wide_height: int) -> str:
    """
    A drawing that stands at an address, asked for when a reader comes near it; its room is kept free until then.

    A wide window needs less height than a narrow one, where words beside each other stand below each other.

    >>> print(picture("picture/rape.svg", "A chart", 640, 320, 300).replace("><", ">\\n<"))
    <picture>
    <source media="(min-width:940px)" srcset="picture/rape.svg" width="640" height="300">
    <img class="picture" src="picture/rape.svg" alt="A chart" width="640" height="320" loading="lazy">
    </picture>
    """
    wide = f'<source media="{WIDE}" srcset="{escape(address)}" width="{width}" height="{wide_height}">'
    narrow = f'<img class="picture" src="{escape(address)}" alt="{escape(alt)}" width="{width}" height="{height}" loading="lazy">'
    return f"<picture>{wide}{narrow}</picture>"


def folded(words: str, *parts: str) -> str:
    """Pieces of HTML that open under their words."""
    return f"<details><summary>{escape(words)}</summary>{''.join(parts)}</details>"


def links(rows: Iterable[tuple[str, str]]) -> str:
    """A list of links; nothing where there are none."""
    items = "".join(f'<li><a href="{escape(url)}">{escape(name)}</a></li>' for name, url in rows)
    return f"<ul>{items}</ul>" if items else ""


def menu(words: str, rows: Iterable[tuple[str, str]], current: str) -> str:
    """
    A fold of links to pages, the current one marked.

    >>> print(menu("Menu", [("Plan", "plan?area=brent")], "Plan").replace("<nav", "\\n<nav"))
    <details class="phone-menu"><summary>Menu</summary>
    <nav aria-label="Menu"><a href="plan?area=brent" aria-current="page">Plan</a></nav></details>
    """
    marks = {current: ' aria-current="page"'}
    links = "".join(f'<a href="{escape(address)}"{marks.get(title, "")}>{escape(title)}</a>' for title, address in rows)
    return f'<details class="phone-menu"><summary>{escape(words)}</summary><nav aria-label="{escape(words)}">{links}</nav></details>'


def boxed(kind: str, *parts: str) -> str:
    """Pieces of HTML in one box of a kind."""
    return f'<div class="{escape(kind)}">{"".join(parts)}</div>'
