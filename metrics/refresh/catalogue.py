"""
A publisher's catalogue: the files that it lists, and which of them is the newest of its kind.

A catalogue lists files one after the other, or each under a key that changes with every release; titles drift and any field but the
address may be missing. So a file is known by words of its title or address alone, and the newest is the one that covers the latest day.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote, urljoin, urlsplit

from metrics.domain import CatalogueFile, Refused

OWN = ("127.0.0.1", "localhost")
FIELDS = {
    "title": ("title", "name"),
    "address": ("url",),
    "format": ("format",),
    "until": ("temporal_coverage_to",),
    "stamp": ("check_timestamp", "last_modified"),
    "size": ("check_size", "size"),
    "digest": ("check_hash", "hash"),
}
"""What a file's fields are called in the shapes that are known."""
LISTED = ("updatedAt", "metadata_modified")
MOST_TITLES = 12


@dataclass(frozen=True)
class Entry:
    """A file as its catalogue describes it: texts, empty where it does not say. `listed` is when the whole catalogue was last changed."""

    title: str
    address: str
    format: str = ""
    until: str = ""
    stamp: str = ""
    size: str = ""
    digest: str = ""
    listed: str = ""

    @property
    def name(self) -> str:
        """The last part of its address."""
        return unquote(urlsplit(self.address).path.rpartition("/")[2])

    @property
    def fingerprint(self) -> list[str]:
        """What changes where the file does."""
        return [self.address, self.digest, self.size, self.stamp or self.listed]

    def fits(self, wanted: CatalogueFile) -> bool:
        """Whether its title and name have the words and the format that are wanted."""
        text, form = f"{self.title} {self.name}".lower(), self.format or self.name.rpartition(".")[2]
        worded = all(word.lower() in text for word in wanted.words) and not any(word.lower() in text for word in wanted.without)
        return worded and (wanted.format is None or form.lower().strip(".") == wanted.format.lower())


def read(raw: bytes, listing: str) -> list[Entry]:
    """
    Every file that a catalogue lists, in either shape; one without an address is none.

    Raises Refused: it is no catalogue: not JSON, or without files.

    >>> raw = b'{"resources": {"8x2": {"title": "Crime", "url": "https://data.example/8x2/crime.csv", "check_size": 7}}}'
    >>> [(entry.title, entry.name, entry.size) for entry in read(raw, "https://data.example/api/crime")]
    [('Crime', 'crime.csv', '7')]
    """
    try:
        whole = json.loads(raw)
    except ValueError as error:
        raise Refused(f"{listing}: not a catalogue, but {raw[:40]!r}") from error
    body = whole.get("result", whole) if isinstance(whole, dict) else None
    files = body.get("resources") if isinstance(body, dict) else None
    files = list(files.values()) if isinstance(files, dict) else files
    if not isinstance(files, list):
        raise Refused(f"{listing}: not a catalogue: it has no `resources`")
    return list(_entries(files, listing, _text(body, LISTED)))


def _entries(files: Iterable, listing: str, listed: str) -> Iterator[Entry]:
    for file in files:
        texts = {field: _text(file, names) for field, names in FIELDS.items()} if isinstance(file, dict) else {}
        if texts.get("address"):
            yield Entry(**texts | {"address": urljoin(listing, texts["address"])}, listed=listed)


def _text(fields: dict, names: Iterable[str]) -> str:
    """The first of some fields that says something."""
    values = (fields.get(name) for name in names)
    return next((str(value).strip() for value in values if isinstance(value, str | int) and str(value).strip()), "")


def newest(entries: Iterable[Entry], wanted: CatalogueFile) -> Entry:
    """
    The file that is wanted: of those that fit, the one that covers the latest day, and of these the last one checked.

    Raises Refused: none fits, or nothing says which of several is the newest.
    """
    fitting = sorted((entry for entry in entries if entry.fits(wanted)), key=_age)
    if not fitting:
        titles = ", ".join([repr(entry.title or entry.name) for entry in entries][:MOST_TITLES])
        raise Refused(f"no {wanted.format or ''} file whose title has {wanted.label!r}; there are: {titles or 'none'}")
    if len({entry.address for entry in fitting if _age(entry) == _age(fitting[-1])}) > 1:
        titles = ", ".join(repr(entry.title or entry.name) for entry in fitting)
        raise Refused(f"nothing says which is the newest of {titles}")
    return fitting[-1]


def _age(entry: Entry) -> tuple[str, str]:
    return entry.until, entry.stamp


def may_lead(here: str, there: str) -> bool:
    """
    Whether an address may lead to another: over TLS anywhere, without it from this machine to itself alone.

    >>> may_lead("https://data.example/a", "https://store.example/b"), may_lead("https://data.example/a", "http://127.0.0.1/b")
    (True, False)
    """
    start, end = urlsplit(here), urlsplit(there)
    return end.scheme == "https" or (end.scheme == "http" and end.hostname in OWN and start.hostname in OWN)
