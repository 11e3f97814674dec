"""The public edition of the shipped figures: a few measures of every kind, in London and a few boroughs."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from xml.parsers import expat

import pytest

from metrics.report.snapshot import Snapshot
from tests.outputs.site.cutting import cut, reader

EMPTY = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
CELL = ("td", "th")
IMPLIED = {"td": CELL, "th": CELL, "tr": (*CELL, "tr"), "tbody": (*CELL, "tr", "thead")}
IMPLIED |= {"/thead": (*CELL, "tr"), "/table": (*CELL, "tr", "tbody")}
"""What ends in a table where something begins, or ends, by the HTML standard (13.1.2.4, optional tags)."""


class Page(HTMLParser):
    """A page as a browser would read it: its elements, its text by element, and what does not close."""

    def __init__(self, html: bytes):
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: dict[str, list[str]] = {}
        self.open: list[str] = []
        self.faults: list[str] = []
        self.feed(html.decode("utf-8"))
        self.close()
        self.faults += [f"<{tag}> is never closed" for tag in self.open]

    def handle_starttag(self, tag, attrs):
        self._end_what_is_implied(tag)
        self.elements.append((tag, dict(attrs)))
        if len(dict(attrs)) != len(attrs):
            self.faults.append(f"<{tag}> says something twice")
        if tag not in EMPTY:
            self.open.append(tag)
            self.texts.setdefault(tag, []).append("")

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        self._end_what_is_implied(f"/{tag}")
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes something else")

    def _end_what_is_implied(self, by: str) -> None:
        while self.open and self.open[-1] in IMPLIED.get(by, ()):
            self.open.pop()

    def handle_data(self, data):
        for tag in set(self.open):
            self.texts[tag][-1] += data

    def all(self, *tags: str) -> list[dict[str, str]]:
        """The attributes of every element of some kinds."""
        return [attributes for tag, attributes in self.elements if tag in tags]

    @property
    def title(self) -> str:
        return self.texts["title"][0]  # each picture has one too

    @property
    def body(self) -> str:
        (body,) = self.texts["body"]
        return body


@dataclass
class Element:
    """One element of a file that is XML: its name, what it says of itself, its own text and its parts."""

    tag: str
    attributes: dict[str, str]
    text: str = ""
    parts: list["Element"] = field(default_factory=list)

    def findall(self, tag: str) -> list["Element"]:
        """Its own parts of a name."""
        return [part for part in self.parts if part.tag == tag]

    def find(self, tag: str) -> "Element":
        """Its first part of a name."""
        return self.findall(tag)[0]

    def findtext(self, tag: str) -> str:
        """The text of its first part of a name."""
        return self.find(tag).text

    def get(self, name: str) -> str | None:
        """What it says of itself under a name."""
        return self.attributes.get(name)

    def iter(self, tag: str) -> Iterator["Element"]:
        """Every element of a name in it, itself included."""
        yield from [self] if self.tag == tag else []
        for part in self.parts:
            yield from part.iter(tag)


def tree(xml: bytes) -> Element:
    """A file that must be well-formed XML."""
    above = [Element("", {})]

    def start(tag, attributes):
        above[-1].parts.append(Element(tag, attributes))
        above.append(above[-1].parts[-1])

    def text(words):
        above[-1].text += words

    parser = expat.ParserCreate("utf-8")
    parser.StartElementHandler, parser.CharacterDataHandler = start, text
    parser.EndElementHandler = lambda tag: above.pop()
    parser.Parse(xml, True)
    return above[0].parts[0]


@pytest.fixture(scope="session")
def read(small) -> Callable[..., Snapshot]:
    """A reading of the figures of a few areas with definitions that are cut to them."""
    return reader(small)


@pytest.fixture(scope="session")
def reading(read, shipped_definitions) -> Snapshot:
    """The reading that the edition of the tests is made of."""
    return read(cut(shipped_definitions))


@pytest.fixture(scope="session")
def whole(served, shipped_definitions) -> Snapshot:
    """The reading of every measure and area."""
    return reader(served)(shipped_definitions)


@pytest.fixture(scope="session")
def files(small_edition) -> dict[str, bytes]:
    """Every file of the edition."""
    return {str(path.relative_to(small_edition)): path.read_bytes() for path in small_edition.rglob("*") if path.is_file()}


@pytest.fixture(scope="session")
def pages(files) -> dict[str, Page]:
    """Every page of it, read."""
    return {path: Page(data) for path, data in files.items() if path.endswith(".html")}
