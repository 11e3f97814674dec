"""A card: what it says, draws and hands out, and that no text in it has power over a page or a spreadsheet."""

import csv
import re
from dataclasses import replace
from datetime import date
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest

from metrics.charts.render import html
from metrics.charts.render.plotly_figure import figure
from metrics.charts.render.table import table
from metrics.charts.render.whole_chart import image_svg
from metrics.charts.spec.layers import Line, Points, Rule
from metrics.domain import periods
from metrics.narrative import Wording
from metrics.report import cards

WORDING = Wording(Path(__file__).parents[2] / "data" / "wording.yaml")
AS_AT = date(2026, 8, 31)
MONTHS = periods.span("2023-01", "2026-06")
FINDING = {
    "verdict": "no clear change",
    "sentence": "30 recorded in April to June 2026, 30 in April to June 2025: no clear change.",
    "outcome": "compared",
    "needed": float("nan"),
    "first": "2026-04",
    "last": "2026-06",
}
PAYLOADS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "</p></div><style>*{display:none}</style>",
    "javascript:alert(1)",
    "![x](http://example.com/x.png)",
    "[a](javascript:alert(1))",
    "<iframe src=http://example.com></iframe>",
    "'-alert(1)-'",
    '=HYPERLINK("http://example.com","a")',
    "&lt;b&gt; & <b>",
]
HARMLESS = {"div", "h3", "p", "table", "caption", "thead", "tbody", "tr", "th", "td", "dl", "dt", "dd", "img", "span"}


def frame(measure: str, place: str, values=10.0, months=MONTHS, *, residents=200_000.0, published="2026-07-31", second_hand=False):
    """Figures of one measure in one place, as the database answers."""
    return pd.DataFrame(
        {
            "measure": measure,
            "place": place,
            "period": months,
            "value": values,
            "base": 400.0,
            "published": pd.Timestamp(published),
            "second_hand": second_hand,
            "residents": residents,
            "residents_year": 2024.0,
        }
    )


class Seen(HTMLParser):
    """The tags, attributes and words that a browser finds in a piece of HTML."""

    def __init__(self, piece: str):
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.text = ""
        self.feed(piece)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data):
        self.text += data


@pytest.fixture
def make(shipped_definitions):
    """Make the card of a measure in Sutton, of figures given or of ten a month here and a hundred in London."""

    def card(measure="shoplifting", place="sutton", figures=None, finding=FINDING, known=shipped_definitions, **more):
        if figures is None:
            figures = pd.concat([frame(measure, "sutton"), frame(measure, "london", 100.0, residents=1_000_000.0)])
        return cards.card(cards.CardFacts(known.measures[measure], known.places[place], figures, known, AS_AT, finding), WORDING, **more)

    return card


# What it says.


def test_the_finding_comes_first_and_both_numbers_and_both_rates_follow(make):
    assert make().sentences == (
        FINDING["sentence"],
        "120 recorded in the 12 months to June 2026; 120 in the 12 months before.",
        "0.60 for every 1,000 residents.",
        "London: 1.2 for every 1,000 residents in the 12 months to June 2026.",
    )


def test_london_does_not_stand_beside_itself(make):
    assert [sentence for sentence in make(place="london").sentences if sentence.startswith("London:")] == []


def test_too_few_get_no_rate(make):
    figures = pd.concat([frame("shoplifting", "sutton", [0.0] * (len(MONTHS) - 1) + [9.0]), frame("shoplifting", "london", 100.0)])
    assert [sentence for sentence in make(figures=figures).sentences if "1,000 residents" in sentence] == []


def test_without_residents_there_is_no_rate_and_nothing_beside_it(make):
    figures = pd.concat([frame("shoplifting", place, residents=float("nan")) for place in ("sutton", "london")])
    assert [sentence for sentence in make(figures=figures).sentences if "1,000 residents" in sentence] == []
    assert make(figures=figures, as_rate=True).chart.y.unit == "count"


def test_a_year_that_is_not_whole_has_no_level_and_its_months_are_drawn(make):
    card = make(figures=frame("shoplifting", "sutton", months=MONTHS[:8]))
    assert card.sentences == (FINDING["sentence"],)
    assert [row["Month"] for row in card.chart.rows()] == MONTHS[:8]


def test_numbers_are_not_set_beside_each_other_across_a_break_that_refuses_it(make):
    figures = frame("hate-crime", "sutton", months=periods.span("2022-01", "2025-06"))
    sentence = make("hate-crime", figures=figures).sentences[1]
    changed = "The way this is recorded changed and had not settled before March 2024"
    assert sentence.startswith(f"120 recorded in the 12 months to June 2025. {changed}")
    assert "12 months before" not in sentence


def test_a_survey_has_londons_figure_beside_it_and_no_rate(make):
    months = periods.span("2023-03", "2026-03")[::3]
    figures = pd.concat([frame("trust-met", place, value, months) for place, value in (("sutton", 62.0), ("london", 53.6))])
    assert make("trust-met", figures=figures).sentences[1:] == ("London: about 54 in 100 in the 12 months to March 2026.",)


QUARTERS = periods.span("2023-03", "2026-03")[::3]


def surveyed(*londons: str) -> pd.DataFrame:
    """A survey in Sutton, 50 at first and 1 more each quarter, and in London in some quarters, always 40.4."""
    rising = [50.0 + step for step in range(len(QUARTERS))]
    return pd.concat([frame("good-job", "sutton", rising, QUARTERS), frame("good-job", "london", 40.4, londons)])


def test_a_survey_stands_beside_londons_figure_of_its_own_period(make):
    """Both figures are of the newest period that both have, and it is named, however much newer that of the place alone may be."""
    newest, older = (make("good-job", figures=surveyed(*QUARTERS[: len(QUARTERS) - less])) for less in (0, 2))
    assert (newest.rate.value, newest.rate.beside) == (62.0, "40% in London, year to March 2026")
    assert (older.rate.value, older.rate.beside) == (60.0, "40% in London, both year to September 2025")
    assert newest.sentences[1:] == ("London: about 40 in 100 in the 12 months to March 2026.",)
    assert older.sentences[1:] == ("London: about 40 in 100 in the 12 months to September 2025. Here it was 60 then.",)


def test_a_newer_figure_of_london_is_not_set_beside_an_older_of_the_place(make):
    figures = surveyed(*QUARTERS, "2026-06")
    assert make("good-job", figures=figures).rate.beside == "40% in London, year to March 2026"


def test_without_a_period_that_both_have_nothing_stands_beside(make):
    card = make("good-job", figures=surveyed("2022-12", "2026-06"))
    assert (card.rate.value, card.rate.beside) == (62.0, "year to March 2026")
    assert card.sentences == (FINDING["sentence"],)


def test_rates_stand_beside_each_other_in_the_same_months(make):
    figures = pd.concat([frame("shoplifting", "sutton"), frame("shoplifting", "london", 100.0, MONTHS[:-3], residents=1_000_000.0)])
    card = make(figures=figures)
    assert card.rate.beside == "1.2 in London, both year to March 2026"
    assert card.sentences[-1] == "London: 1.2 for every 1,000 residents in the 12 months to March 2026. Here it was 0.60 then."


def test_a_quarterly_survey_is_dated_by_its_quarter(make):
    figures = frame("victim-satisfaction", "london", 61.0, QUARTERS[:8])
    assert make("victim-satisfaction", "london", figures=figures).rate.beside == "October to December 2024"


def test_the_verdict_is_the_findings_own(make):
    assert make(finding=FINDING | {"verdict": "possible change"}).verdict == "possible change"


def test_a_measure_without_figures_has_a_reason_and_no_chart(make):
    reason = "No figures here yet. They are in no open file."
    finding = FINDING | {"verdict": "not enough data", "sentence": reason, "outcome": "no figures"}
    card = make("answer-999", "london", finding=finding, figures=frame("answer-999", "sutton")[:0])
    assert card.sentences == (reason,)
    assert card.chart is None
    assert "Why there are no figures" in dict(card.about)


# Where it comes from.


def test_the_source_names_publisher_licence_publication_and_as_at_date(make):
    assert make().chart.source == (
        "Source: Metropolitan Police Service, Recorded crime: geographic breakdown, published by 31 July 2026. "
        "Open Government Licence v3.0. As at 31 August 2026."
    )


def test_second_hand_figures_are_called_so_in_the_source_and_under_about(make):
    figures = pd.concat(
        [
            frame("shoplifting", "sutton", months=MONTHS[:30], published="2025-12-31", second_hand=True),
            frame("shoplifting", "sutton", months=MONTHS[30:]),
        ]
    )
    card = make(figures=figures)
    assert "published by 31 July 2026, partly from a second-hand extract." in card.chart.source
    second_hand, official = dict(card.about)["Published"].split("; ")
    assert second_hand == "January 2023 to June 2025: 31 December 2025 (second-hand)"
    assert official == "July 2025 to June 2026: 31 July 2026"


def test_about_holds_definition_owner_licence_next_due_caveats_and_breaks(make, shipped_definitions):
    about = make().about
    measure = shipped_definitions.measures["shoplifting"]
    facts = dict(about)
    assert facts["What it is"] == measure.definition
    assert facts["Owner"] == measure.owner
    assert facts["Next due"] == "About 31 August 2026: published every month"
    assert "https://" in facts["Licence"]
    assert [caveat for caveat in measure.caveats if ("Bear in mind", caveat) not in about] == []
    assert "March 2024: New recording system" in facts


def test_a_release_due_before_the_day_is_not_announced(make):
    late = make(figures=frame("shoplifting", "sutton", published="2026-06-30"))
    assert dict(late.about)["Next due"] == "Since 31 July 2026, and none is held: published every month"


# What it draws.


def test_the_alternative_of_the_chart_is_its_sentence(make):
    assert make().chart.alt == f"Shoplifting, Sutton. {FINDING['sentence']}"


def test_the_rates_are_the_figures_for_every_thousand_residents_beside_londons(make):
    drawn = figure(make(as_rate=True).chart)
    heights = {y for trace in drawn["data"] for y in trace["y"] if y is not None}
    assert heights == {10 * 1000 / 200_000, 100 * 1000 / 1_000_000}


def test_the_provisional_months_of_a_dataset_are_hollow(make, shipped_definitions):
    layers = make(as_rate=True).chart.layers
    (hollow,) = [layer for layer in layers if isinstance(layer, Points) and layer.hollow]
    assert [period for period, _ in hollow.points] == MONTHS[-shipped_definitions.datasets["recorded-crime"].provisional_months :]
    assert hollow.mark == "provisional"


def test_a_break_is_a_rule_with_a_short_flag(make):
    rules = [layer for layer in make(as_rate=True).chart.layers if isinstance(layer, Rule)]
    assert ("2024-03", "new recording system") in [(rule.x, rule.flag) for rule in rules]


def test_a_missing_month_is_neither_drawn_nor_joined_and_the_table_names_it(make):
    months = [month for month in MONTHS if month != "2025-06"]
    card = make(figures=frame("shoplifting", "sutton", months=months), as_rate=True)
    assert [(row["Sutton"], row["Note"]) for row in card.chart.rows() if row["Month"] == "2025-06"] == [(None, "no figure held")]
    lines = [layer for layer in card.chart.layers if isinstance(layer, Line)]
    assert [piece for line in lines for piece in line.pieces if piece[0][0] < "2025-06" < piece[-1][0]] == []


# What it hands out.


def test_the_download_begins_with_what_it_is_and_holds_the_rows_of_the_chart(make):
    card = make(as_rate=True)
    lines = card.csv.splitlines()
    notes = [line for line in lines if line.startswith('"#')]
    assert lines[: len(notes)] == notes
    assert notes[0] == '"# Measure: Shoplifting (shoplifting)"'
    assert {'"# As at: 2026-08-31"', '"# Unit: Per 1,000 residents"'} <= set(notes)
    assert [note for note in notes if note.startswith('"# Source: Metropolitan Police Service, Recorded crime')]
    rows = list(csv.DictReader(lines[len(notes) :]))
    assert [(row["Month"], float(row["Sutton"])) for row in rows] == [(row["Month"], round(row["Sutton"], 3)) for row in card.chart.rows()]
    assert card.file == "shoplifting_sutton_2023-01-to-2026-06_as-at-2026-08-31.csv"


# Texts from files have no power.


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_text_in_every_field_of_a_measure_is_shown_as_written_and_does_nothing(make, shipped_definitions, payload):
    hostile = replace(
        shipped_definitions.measures["shoplifting"],
        title=payload, question=payload, definition=payload, owner=payload, caveats=(payload,),
    )  # fmt: skip
    known = replace(shipped_definitions, measures=shipped_definitions.measures | {"shoplifting": hostile})
    card = make(known=known, finding=FINDING | {"sentence": payload})
    pieces = [
        html.heading(3, card.measure.title),
        html.verdict(card.verdict, payload),
        html.paragraphs(card.measure.question, *card.sentences, card.chart.source),
        html.definition_list(card.about),
        html.image(image_svg(card.chart), alt=card.chart.alt),
        table(card.chart, caption=card.measure.title),
    ]
    for piece in pieces:
        seen = Seen(piece)
        assert seen.tags <= HARMLESS
        assert [name for name in seen.attributes if name.startswith("on") or name == "style"] == []
    assert [piece for piece in pieces[:4] if payload not in Seen(piece).text] == []
    assert payload in unescape(re.search(r' alt="(.*?)">', pieces[4])[1])


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_title_runs_nothing_in_the_drawing_nor_in_a_spreadsheet(make, shipped_definitions, payload):
    hostile = replace(shipped_definitions.measures["shoplifting"], title=payload)
    known = replace(shipped_definitions, measures=shipped_definitions.measures | {"shoplifting": hostile})
    card = make(known=known)
    assert {"script", "iframe", "img", "foreignobject"} & Seen(image_svg(card.chart)).tags == set()
    assert [name for name in Seen(image_svg(card.chart)).attributes if name.startswith("on")] == []
    rows = list(csv.reader(line for line in card.csv.splitlines() if not line.startswith('"#')))
    assert [cell for row in rows for cell in row if cell[:1] in ("=", "+", "-", "@")] == []
    notes = [note["text"] for note in figure(card.chart)["layout"]["annotations"]]
    assert [note for note in notes if "<" in note.replace("<br>", "")] == []
