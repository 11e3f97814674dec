"""A page as a browser would read it: elements with their attributes, the text of each, and its tables as rows of cells."""

from html.parser import HTMLParser


class Read(HTMLParser):
    """Every element and its text; tables by caption, whose ends may be left out."""

    def __init__(self, html: str):
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: list[tuple[str, str]] = []
        self.tables: dict[str, list[list[str]]] = {}
        self._tag, self._rows = "", []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        self._tag = tag
        if tag == "caption":
            self._rows = []
        elif tag == "tr":
            self._rows.append([])
        elif tag in ("th", "td"):
            self._rows[-1].append("")

    def handle_data(self, data):
        self.texts.append((self._tag, data))
        if self._tag == "caption":
            self.tables.setdefault(data, self._rows)
        elif self._tag in ("th", "td") and data.strip():
            self._rows[-1][-1] += data

    def of(self, tag: str) -> list[dict[str, str]]:
        """The attributes of every element of a kind."""
        return [attributes for name, attributes in self.elements if name == tag]
