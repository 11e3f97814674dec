"""The meeting as files from the first screen, and presented from an address."""

import re
from datetime import date
from html import unescape
from types import SimpleNamespace

import pytest
from starlette.applications import Starlette

from metrics.domain import Refused
from metrics.web.server import routes
from metrics.web.streamlit import pack_download
from tests.web.stories import run

ROUTES = routes(
    present=pack_download.presentation, figures=pack_download.figures, picture=pack_download.picture, shared=pack_download.shared,
)


@pytest.fixture
def public(served, tmp_path, monkeypatch):
    """The same figures served as the public edition."""
    path = tmp_path / "config.yaml"
    text = served.read_text(encoding="utf-8").replace("edition: full", "edition: public")
    path.write_text(text.replace("database: db", f'database: "{served.parent / "db"}"'), encoding="utf-8")
    monkeypatch.setenv("METRICS_CONFIG", str(path))


def asked(app, target: str, method: str = "GET") -> SimpleNamespace:
    """What an application answers to one request."""
    path, _, query = target.partition("?")
    scope = {
        "type": "http", "method": method, "path": path, "raw_path": path.encode(), "root_path": "", "query_string": query.encode(),
        "headers": [], "http_version": "1.1", "scheme": "http", "server": ("127.0.0.1", 80), "client": ("127.0.0.1", 1),
    }
    sent = []

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message):
        sent.append(message)

    run(app(scope, receive, send))
    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    body = b"".join(message.get("body", b"") for message in sent[1:]).decode("utf-8")
    return SimpleNamespace(status_code=sent[0]["status"], headers=headers, text=body)


@pytest.fixture
def slides(served, monkeypatch):
    """Ask for slides of the shipped figures."""
    monkeypatch.setenv("METRICS_CONFIG", str(served))
    app = Starlette(routes=ROUTES)
    return lambda target, method="GET": asked(app, target, method)


def test_the_first_screen_hands_out_pack_slides_and_sheet(visit):
    page = visit("meeting", area="kingston-upon-thames")
    assert [button.label for button in page.app.get("download_button")][:3] == list(pack_download.LABELS)


def test_the_public_first_screen_says_the_same_and_prepares_nothing(visit, public):
    page = visit("meeting", area="kingston-upon-thames")
    assert page.headers[:2] == ["What stands out", "Promised here"] and "Agenda" not in page.headers
    assert page.title == "What changed in Kingston upon Thames since 7 August 2023" and "Figures as at 31 August 2026" in page.text
    assert [*page.app.get("download_button"), *page.app.button, *page.app.expander] == []


def test_an_address_presents_what_the_first_screen_shows(slides):
    answer = slides("/present/kingston-upon-thames?since=2023-08-07&agenda=neighbourhood-crime")
    assert answer.status_code == 200
    assert "What changed in Kingston upon Thames since 7 August 2023" in answer.text
    titles = re.findall(r"<h2[^>]*>(.*?)</h2>", answer.text, re.DOTALL)
    assert titles[0] == "What changed in Kingston upon Thames since 7 August 2023"
    assert "Neighbourhood crime, Kingston upon Thames" in answer.text
    assert not any("A cap on the days" in title for title in titles)


def test_a_meeting_whose_day_is_set_is_presented_for_that_day(slides):
    answer = slides("/present/bromley?meeting=2026-12-03")
    assert "Public meeting, 3 December 2026" in answer.text and "whose day is not set" not in answer.text


def test_the_day_is_set_beside_the_downloads_and_goes_along_to_the_slides(visit):
    page = visit("meeting", area="bromley")
    (field,) = page.app.date_input
    field.set_value(date(2026, 12, 3))
    page.run()
    assert page.address["meeting"] == "2026-12-03"
    assert [link.url for link in page.app.get("link_button")] == ["present/bromley?meeting=2026-12-03"]
    assert visit("meeting", area="bromley", **{"as-at": "2025-12-04"}).app.date_input == []


def test_what_is_downloaded_is_named_by_the_day_that_is_set(visit, monkeypatch):
    taken = []
    parts = pack_download.pack.parts
    monkeypatch.setattr(pack_download.pack, "parts", lambda *given, **named: taken.append(made := parts(*given, **named)) or made)
    visit("meeting", area="bromley", meeting="2026-12-03")
    assert taken[-1] and all(name.startswith("bromley_2026-12-03_") for name in taken[-1])


@pytest.mark.parametrize(("text", "says"), [
    ("9999-12-31", "No meeting is prepared so early: choose 31 December 2036 or a day before it"),
    ("2025-12-04", "4 December 2025 is not after the last meeting and the newest figures: choose 31 August 2026 or a later day"),
    ("soon", "The day of a meeting is written such as 2026-12-03"),
])  # fmt: skip
def test_a_day_too_early_or_too_late_is_said_and_not_taken(visit, text, says):
    page = visit("meeting", area="bromley", meeting=text)
    assert page.warnings == [says]
    assert page.app.date_input[0].value is None


def test_a_meeting_can_be_presented_as_it_was_known(slides):
    answer = slides("/present/bromley?as-at=2025-12-04")
    assert "As at 4 December 2025" in answer.text
    assert "31 August 2026" not in answer.text


@pytest.mark.parametrize("address", [
    "kingstn", "kingston-upon-thames?since=2023-08-08x", "bromley?as-at=1999-01-01", "bromley?meeting=2025-12-04",
])  # fmt: skip
def test_what_is_not_known_is_told_in_one_line(slides, address):
    answer = slides(f"/present/{address}")
    assert answer.status_code == 404
    assert len(answer.text.splitlines()) == 1 and "<" not in answer.text


def test_the_answer_may_not_be_framed_or_kept_and_is_read_only(slides):
    answer = slides("/present/bromley")
    assert answer.headers["content-security-policy"] == "frame-ancestors 'none'"
    assert answer.headers["cache-control"] == "no-store"
    assert slides("/present/bromley", "POST").status_code == 405


@pytest.fixture
def downloads(served, monkeypatch):
    """Ask for figures as files."""
    monkeypatch.setenv("METRICS_CONFIG", str(served))
    app = Starlette(routes=ROUTES)
    return lambda target, method="GET": asked(app, target, method)


def test_a_cards_figures_are_a_file_with_a_name_that_says_what_it_is(downloads):
    answer = downloads("/figures/bromley/shoplifting.csv")
    assert answer.headers["content-type"].startswith("text/csv")
    assert 'filename="shoplifting_bromley_2018-01-to-2026-06_as-at-2026-08-31.csv"' in answer.headers["content-disposition"]
    assert answer.text.startswith('"# Measure: Shoplifting (shoplifting)"')
    then = downloads("/figures/bromley/shoplifting.csv?as-at=2025-12-04")
    assert '"# As at: 2025-12-04"' in then.text and "\n2026-" not in then.text
    beside_london = downloads("/figures/bromley/shoplifting.csv?show=rate").text.splitlines()
    assert any(line.startswith("Month,London,Bromley") for line in beside_london)


@pytest.mark.parametrize("target", [
    "/figures/narnia/rape.csv", "/figures/bromley/nothing.csv", "/figures/bromley/trust-gap.csv",
    "/figures/bromley/rape.csv?as-at=1999-01-01",
])
def test_a_file_that_is_not_there_is_told_in_one_line(downloads, target):
    answer = downloads(target)
    assert answer.status_code == 404
    assert len(answer.text.splitlines()) == 1


def test_the_public_edition_neither_presents_nor_hands_out(public, monkeypatch):
    with pytest.raises(Refused, match="public edition"):
        pack_download.presentation("bromley", {})


def test_the_public_first_screen_has_no_button_for_it(visit, public):
    page = visit()
    labels = [button.label for button in page.app.get("download_button")]
    assert not set(pack_download.LABELS) & set(labels)
    assert "Agenda" not in page.headers


@pytest.fixture
def picture(served, monkeypatch):
    """Ask for pictures of the shipped figures."""
    monkeypatch.setenv("METRICS_CONFIG", str(served))
    app = Starlette(routes=ROUTES)
    return lambda target: asked(app, target)


def pictures_of(page) -> list[str]:
    """The addresses of a page's pictures, as its HTML names them."""
    return [unescape(address) for address in re.findall(r'<img class="picture" src="(picture/[^"]+)"', "".join(page.html))]


def test_the_picture_of_a_measure_is_at_its_address_and_says_what_its_page_says(visit, picture):
    for shown in ({}, {"since": "2025-12-04"}, {"show": "rate"}):
        (address,) = pictures_of(visit("measure", area="bromley", measure="shoplifting", **shown))
        answer = picture(f"/{address}")
        assert answer.status_code == 200 and "immutable" in answer.headers["cache-control"]
        assert answer.headers["content-type"] == "image/svg+xml"


def test_the_picture_of_each_question_is_its_own_and_stands_at_its_address(visit, picture):
    drawn = {}
    for claim in ("Trust in the Met in London fell on a year ago", "Trust in the Met in London fell since the plan began", "Trust is 74%"):
        (address,) = pictures_of(visit("claim", claim=claim))
        drawn[address.partition("?answer=")[2]] = picture(f"/{address}").text
    assert set(drawn) == {"year", "plan", "none"} and len(set(drawn.values())) == 3


@pytest.mark.parametrize("chosen", [{"area": "bromley"}, {"area": "bromley", "since": "2023-08-08"}, {"area": "sutton"}, {}])
def test_the_pictures_of_rows_within_folds_stand_at_their_addresses(visit, picture, chosen):
    """An address holds the digest of its drawing: what answers there is what the page would have shown."""
    page = "".join(visit("meeting", **chosen).html)
    rows = [unescape(address) for address in re.findall(r'<img class="spark"[^>]* loading="lazy" src="(picture/[^"]+)"', page)]
    assert len(rows) > 10
    answers = [picture(f"/{address}") for address in rows]
    assert [address for address, answer in zip(rows, answers, strict=True) if answer.status_code != 200] == []
    assert all(answer.text.startswith("<svg") and "immutable" in answer.headers["cache-control"] for answer in answers)
    assert picture(f"/{rows[0].replace('row=', 'row=1')}").status_code == 404


def test_a_picture_that_is_another_now_is_not_kept_and_not_given(visit, picture):
    address = pictures_of(visit("measure", area="bromley", measure="shoplifting"))[0]
    place, name = re.fullmatch(r"picture/(.+?)/(.+?)\.[0-9a-f]{16}\.svg", address).groups()
    gone = [f"/picture/{place}/{name}.{'0' * 16}.svg", f"/picture/narnia/{name}.0.svg", f"/picture/{place}/x.0.svg"]
    for other in (*gone, f"/{address}?as-at=2020-01-01", f"/{address}?shown=2020-01-01"):
        answer = picture(other)
        assert answer.status_code == 404 and answer.headers["cache-control"] == "no-cache"


@pytest.fixture
def sent_around(served, monkeypatch):
    """The handler of pictures with their source inside, of the shipped figures: the file's name and its bytes."""
    monkeypatch.setenv("METRICS_CONFIG", str(served))
    return pack_download.shared


def test_a_chart_is_sent_around_as_drawing_and_as_pixels_with_its_source_inside(visit, sent_around):
    page = "".join(visit("measure", area="bromley", measure="shoplifting").html)
    assert 'href="share/bromley/shoplifting.png"' in page and 'href="share/bromley/shoplifting.svg"' in page
    name, drawn = sent_around("bromley", "shoplifting.svg", {})
    assert name == "bromley-shoplifting.svg" and "As at 31 August 2026." in drawn.decode() and "Shoplifting, Bromley" in drawn.decode()
    assert sent_around("bromley", "shoplifting.png", {"as-at": "2025-12-04"})[1].startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("place", "name", "title"),
    [
        ("bromley", "shoplifting.baselines", "Shoplifting, Bromley"),
        ("london", "shoplifting.areas", "Shoplifting, 32 boroughs"),
        ("london", "shoplifting.areas-over-time", "Westminster"),
    ],
)
def test_every_other_chart_is_sent_around_too(visit, sent_around, place, name, title):
    drawn = sent_around(place, f"{name}.svg", {})[1].decode()
    assert title in drawn and "Metropolitan Police Service" in drawn and "As at 31 August 2026." in drawn
    chosen = {"area": place} if place != "london" else {}
    page = "".join(visit("measure" if chosen else "compare", measure="shoplifting", **chosen).html)
    assert {f'href="share/{place}/{name}.{ending}"' in page for ending in ("png", "svg")} == {True}


def test_a_picture_to_send_around_is_answered_as_a_download_or_in_one_line(served, monkeypatch):
    monkeypatch.setenv("METRICS_CONFIG", str(served))
    app = Starlette(routes=ROUTES)
    answer = asked(app, "/share/bromley/shoplifting.svg")
    assert answer.status_code == 200 and answer.headers["content-disposition"] == 'attachment; filename="bromley-shoplifting.svg"'
    for target in ("narnia/rape.png", "bromley/nothing.png", "bromley/rape.gif", "bromley/trust-gap.png", "bromley/rape.png?as-at=1-1",
                   "bromley/rape.areas.svg", "london/rape.nothing.svg"):
        answer = asked(app, f"/share/{target}")
        assert answer.status_code == 404 and len(answer.text.splitlines()) == 1
