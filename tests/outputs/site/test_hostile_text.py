"""Text from the definitions is shown as it is written and never has power over a page, a feed or a download."""

import re
from dataclasses import fields, is_dataclass, replace
from datetime import date

import pytest

from metrics.domain import Concern, Meeting, Refused, Speaker, Step
from metrics.outputs.site.page_frame import site_of
from tests.outputs.site.conftest import Page, tree
from tests.outputs.site.cutting import ADDRESS, CHOSEN, CONTACT, cut, edition
from tests.outputs.site.test_figures import FORMULA, cells

PAYLOADS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</title><style>body{display:none}</style>",
    '" onmouseover="alert(1)',
    "' autofocus onfocus='alert(1)",
    "<svg onload=alert(1)><foreignObject>",
    "[a](javascript:alert(1)) ![b](https://tracker.example/x.png)",
    "{{ 7 * 7 }}{% raw %}",
    "]]><!--<iframe src=https://tracker.example>-->",
    "=HYPERLINK(\"https://tracker.example\")&amp;&lt;b&gt;",
)
HOSTILE = " ".join(PAYLOADS)
# What is not text that people read: names of things, words of a closed set, months, addresses.
NOT_TEXT = {
    "id", "level", "code", "unit", "mission", "standing", "better", "kind", "levels", "rate", "baseline_from", "related", "importer",
    "frequency", "licence_url", "url", "period", "rule", "measures", "until", "redefined", "status", "due", "concern", "measure",
    "reform", "area", "wards", "areas", "postcodes", "outlines",
    "baseline_first", "baseline_last", "series", "total", "counted_in_total_only", "left_out", "outside",
    "keep_from", "dataset", "by", "base",
}
STYLE = re.compile(r"aspect-ratio:[0-9]+/[0-9]+|max-width:[0-9]+px|(flex|left|--[a-z]+):[0-9.]+(%|px)?(;(width|--[a-z]+):[0-9.]+(px|%))*;?")
KNOWN = {"html", "head", "meta", "title", "link", "body", "a", "header", "div", "span", "p", "nav", "ul", "ol", "li", "main", "footer"}
KNOWN |= {"h1", "h2", "h3", "h4", "section", "details", "summary", "table", "caption", "thead", "tbody", "tr", "th", "td", "dl", "dt"}
KNOWN |= {"i", "b", "em", "small", "form", "label", "input", "button", "datalist", "option", "line"}
KNOWN |= {"figure", "defs", "pattern"}
KNOWN |= {"dd", "pre", "code", "strong", "time", "svg", "g", "path", "rect", "circle", "text", "desc", "tspan", "polygon", "style"}


def hostile(text):
    """The same thing with a hostile end to every text that people read."""
    if isinstance(text, str):
        return f"{text} {HOSTILE}"
    if isinstance(text, tuple):
        return tuple(hostile(part) for part in text)
    if isinstance(text, dict):
        return {name: hostile(part) for name, part in text.items()}
    if is_dataclass(text):
        texts = [field.name for field in fields(text) if field.name not in NOT_TEXT]
        return replace(text, **{name: hostile(getattr(text, name)) for name in texts})
    return text


@pytest.fixture(scope="module")
def known(shipped_definitions):
    """Hostile definitions of four measures, with a meeting at which everything was said and promised that can be."""
    plain = cut(shipped_definitions, CHOSEN[:4])
    history = (Step(date(2024, 1, 1), "dropped", "Why.", "Press"),)
    promises = tuple(replace(commitment, history=history, owner="A role") for commitment in plain.plan.commitments)
    concern = Concern("one", "Said.", "Theme", "Press", "Ward", ("trust-met",), "Gap.")
    meeting = Meeting("brent", date(2025, 12, 4), "held", "Press", "Hall", "Note.", (Speaker("Name", "Role"),), (concern,), promises)
    plain = replace(plain, meetings=(meeting,), breaks=plain.breaks)
    made = hostile(plain)
    return replace(made, meetings=(replace(made.meetings[0], area="brent"),))


@pytest.fixture(scope="module")
def files(read, known):
    return edition(read(known))


def test_no_text_makes_an_element_an_attribute_or_a_request(files):
    for path in (path for path in files if path.endswith(".html")):
        page = Page(files[path])
        assert page.faults == [], path
        assert {tag for tag, _ in page.elements} <= KNOWN, path
        assert len(page.all("style")) == 1 and "display:none}</style" not in page.texts["style"][0], path
        attribute_names = {name for _, attributes in page.elements for name in attributes}
        assert not {name for name in attribute_names if name.startswith("on") or name in ("src", "autofocus")}, path
        assert all(STYLE.fullmatch(attributes["style"]) for _, attributes in page.elements if "style" in attributes), path
        leads = [element["href"] for element in page.all("a", "link") if "href" in element]
        assert not [href for href in leads if "tracker" in href.split("?")[0] or href.lower().startswith("javascript")], path


def test_no_text_is_lost(files):
    for path in ("brent/trust-met/index.html", "brent/meetings/2025-12-04/index.html", "plan/index.html", "sources/index.html"):
        assert HOSTILE in Page(files[path]).body, path


def test_no_text_is_read_as_a_template(files):
    assert not [path for path, data in files.items() if b"{{ 7 * 7 }}" not in data and b" 49{% raw" in data]
    assert b"{{ 7 * 7 }}" in files["plan/index.html"]


def test_feeds_and_pictures_still_parse(files):
    for path in (path for path in files if path.endswith((".atom", ".xml", ".svg"))):
        assert tree(files[path]).tag


def test_no_download_runs_a_formula(files):
    for path in (path for path in files if path.endswith(".csv")):
        every = [cell for row in cells(files[path]) for cell in row.values()]
        assert not [cell for cell in every if cell.startswith(FORMULA) and not cell.lstrip("-")[0].isdigit()]


def test_an_address_that_runs_a_script_is_refused(read, shipped_definitions):
    plain = cut(shipped_definitions, CHOSEN[:1])
    datasets = {name: replace(dataset, url="javascript:alert(1)") for name, dataset in plain.datasets.items()}
    with pytest.raises(Refused, match="no address that a page may lead to"):
        edition(read(replace(plain, datasets=datasets)))


def test_a_hostile_contact_is_only_text(read, shipped_definitions):
    made = site_of(read(cut(shipped_definitions, CHOSEN[:1])), ADDRESS, HOSTILE)
    page = Page(made.page("privacy/", "privacy.html", title="Privacy", description="Nothing.")[1])
    assert HOSTILE in page.body and not page.all("script", "img") and len(page.all("style")) == 1
    assert CONTACT not in page.body
