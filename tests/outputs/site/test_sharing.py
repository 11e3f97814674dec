"""What is sent around: a picture of each chart with its source inside, and a card for the link of each place."""

from dataclasses import replace

import pytest

from metrics.outputs import shared_picture
from metrics.outputs.page import measure_page
from metrics.report.scorecard import scorecard
from metrics.report.snapshot import FUNNEL, LINES
from tests.outputs.site.conftest import tree
from tests.outputs.site.cutting import ADDRESS


def test_each_chart_has_a_picture_with_its_finding_source_and_day_inside(files, reading):
    place = reading.known.areas[0]
    for measure in reading.every_measure(place):
        card, path = reading.card(measure.id, place.id), f"{place.id}/{measure.id}/picture.svg"
        assert (path in files) == (card.chart is not None)
        if card.chart:
            written = " ".join(text.text for text in tree(files[path]).iter("text"))
            for words in (measure.title, place.name, card.chart.source, "As at 31 August 2026", f"{ADDRESS}/{place.id}/{measure.id}/"):
                assert words in written, path


def test_each_chart_of_all_areas_has_a_picture_with_its_title_source_and_day_inside(files, pages, reading):
    shown = {"areas": 0, "areas-over-time": 0}
    for measure in reading.known.measures.values():
        at, page = f"measures/{measure.id}/", pages[f"measures/{measure.id}/index.html"]
        made = {FUNNEL: "areas", LINES: "areas-over-time"}
        for what, chart in measure_page.area_charts(reading, measure).items():
            name = made[what]
            written = " ".join(text.text for text in tree(files[f"{at}{name}.svg"]).iter("text"))
            for words in (measure.title, chart.source.split(",")[0], "As at 31 August 2026", f"{ADDRESS}/{at}"):
                assert words in written, (measure.id, name)
            offered = {tag.get("href") for tag in page.all("a")}
            assert {f"{name}.svg", f"../../explore/share/london/{measure.id}.{name}.png"} <= offered
            shown[name] += 1
    assert all(shown.values())


def test_the_change_from_every_baseline_is_offered_as_a_picture(pages, reading):
    measures = reading.every_measure(reading.known.places["brent"])
    compared = [measure.id for measure in measures if reading.strip_of(reading.card(measure.id, "brent"))]
    assert "neighbourhood-crime" in compared
    for name in compared:
        offered = {tag.get("href") for tag in pages[f"brent/{name}/index.html"].all("a")}
        assert {f"../../explore/share/brent/{name}.baselines.{ending}" for ending in ("png", "svg")} <= offered


def test_a_measure_offers_its_picture_and_the_words_that_stand_for_it(pages, reading):
    page = pages["brent/trust-met/index.html"]
    offered = [tag.get("href") for tag in page.all("a")]
    assert {"../../brent/trust-met/picture.svg", "../../explore/share/brent/trust-met.png"} <= set(offered)
    assert f"Words for those who cannot see it: {reading.card('trust-met', 'brent').chart.alt}" in page.body


@pytest.mark.parametrize(("path", "card"), [("index.html", "london/card.png"), ("brent/index.html", "brent/card.png")])
def test_the_link_of_a_place_shows_its_card_by_a_whole_address(files, pages, path, card):
    named = {tag.get("property") or tag.get("name"): tag["content"] for tag in pages[path].all("meta") if "content" in tag}
    assert named["og:image"] == f"{ADDRESS}/{card}" and named["twitter:card"] == "summary_large_image"
    assert named["og:image:alt"] == named["og:description"]
    picture = files[card]
    size = int.from_bytes(picture[16:20]), int.from_bytes(picture[20:24])
    assert size == (int(named["og:image:width"]), int(named["og:image:height"])) == (1200, 630)


def test_a_card_says_the_place_what_is_found_the_day_and_whose_it_is(reading):
    card = scorecard(reading, reading.known.places["hammersmith-and-fulham"])
    written = " ".join(text.text for text in tree(shared_picture.of_place(reading, card).encode()).iter("text"))
    whose = reading.wording.text["page"]["whose"]
    for words in (card.place.name, card.hero, "Figures as at 31 August 2026", reading.known.force.site_name, whose):
        assert words in written


def test_the_longest_words_of_a_card_end_above_its_foot(reading):
    card = replace(scorecard(reading, reading.known.places["hammersmith-and-fulham"]), hero="A word or two more " * 9)
    texts = list(tree(shared_picture.of_place(reading, card).encode()).iter("text"))
    foot = next(float(text.get("y")) for text in texts if text.text.startswith("Figures as at"))
    assert max(float(text.get("y")) for text in texts if "A word or" in text.text or "more" in text.text) < foot - 22
