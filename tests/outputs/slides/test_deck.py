"""A deck is opened again, by the library that wrote it and by an office program, and nothing is lost, hidden, cut or small."""

import hashlib
import io
import os
import re
import shutil
import subprocess
import sys
import unicodedata
import zipfile
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pandas as pd
import pytest
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.oxml.ns import qn

from metrics.charts import spec
from metrics.charts.render.frame import Clock
from metrics.charts.render.slide_columns import columns
from metrics.domain import Break, Measure, periods
from metrics.outputs.slides.deck import deck
from metrics.outputs.slides.slide import (
    Chance,
    Chip,
    Close,
    Comparison,
    ConcernRow,
    Concerns,
    Cover,
    Facts,
    Finding,
    Gaps,
    Overview,
    OverviewRow,
    PromiseRow,
    Promises,
    Slide,
)

ROOT = Path(__file__).parents[3]
FACTS = Facts("What changed in Brent", "For the tests", "The tests", date(2026, 7, 31), "000042-abc", "As at 31 July 2026")
SOURCE = "Made up for the tests, published by 31 July 2026"
WIDE, HIGH = 12192000, 6858000
PATIENCE = 180
BETTER, WORSE = Chip("clear improvement", "Clear improvement", "fewer"), Chip("clear worsening", "Clear worsening", "lower")
STEADY, MAYBE = Chip("no clear change", "No clear change"), Chip("possible change", "Possible change", "below usual")
UNLIKE = Chip("cannot be compared", "Cannot be compared")


def measure(kind: str = "count", unit: str = "count") -> Measure:
    return Measure("made", "Made up", "How many?", "crime", "proposed", unit, "lower", kind, ("area",), "A count.", "Nobody")


def monthly() -> spec.Chart:
    """Ninety months with a usual range, unusual months, a break, and months that may still change; made up."""
    months = [periods.shift("2019-01", month) for month in range(90)]
    frame = pd.DataFrame({"period": months, "value": [300 + 40 * (month % 7) - month for month in range(90)]})
    frame = frame.assign(
        centre=380.0, lower=290.0, upper=480.0, rule="none", signal="none", provisional=[month > 87 for month in range(90)]
    )
    frame.loc[70:84, "signal"] = "improvement"
    brk = Break("system", "2022-03", "New recording system", "", "caution", ("made",), "The publisher")
    words = {"title": "Made up", "alt": "It went up and down.", "source": SOURCE, "label": "Brent", "breaks": [brk]}
    return spec.series_with_limits(frame, measure(), baseline=("2021-07", "2023-06"), **words)


def surveyed() -> spec.Chart:
    """Quarterly survey figures with what chance allows, made up."""
    frame = pd.DataFrame({"period": [periods.shift("2019-03", 3 * step) for step in range(28)]})
    frame = frame.assign(value=[60.0 - step for step in range(28)], judged=[step % 4 == 3 for step in range(28)])
    frame = frame.assign(low=frame["value"] - 5, high=frame["value"] + 5)
    words = {"title": "Asked", "alt": "It fell.", "source": SOURCE, "label": "Brent"}
    return spec.survey_with_intervals(frame, measure("survey_rolling_year", "percent"), **words)


def yearly() -> spec.Chart:
    frame = pd.DataFrame({"period": [f"{year}-06" for year in range(2019, 2027)], "value": [91, 102, 112, 107, 117, 96, 107, 162]})
    return spec.twelve_month_bars(frame, measure(), title="Rare", alt="It rose.", source=SOURCE, label="Brent")


def slides() -> tuple[Slide, ...]:
    """One of every kind, each with the longest texts that the composing lets through."""
    rows = tuple(
        OverviewRow(f"Know how to contact local officer{number}", "16 in 100", (replace(chip, way=""), UNLIKE), chart)
        for number, (chip, chart) in enumerate([(BETTER, monthly()), (WORSE, surveyed()), (STEADY, yearly())] * 2 + [(MAYBE, yearly())])
    )
    clock = Clock("2019-01", "2026-06", date(2023, 8, 7))
    promise = PromiseRow("A cap on the days that ward officers are", "Due since November 2023", "No evidence recorded", "open")
    concern = ConcernRow(
        "Ward officers who are taken away from their wards, and how long officers take to respond…",
        "No evidence recorded",
        "16 in 100",
        "Know how to contact local officers, year to Dec",
        BETTER,
        question="on a year before. Since the plan began: clear worsening.",
    )
    long = "5 to 19 points down since before the plan, as it is written"
    return (
        Slide(
            "What changed in Kingston upon Thames since 7 August 2023",
            Cover("A plan, followed", "Public meeting, 7 December 2026", "brent"),
            source=SOURCE,
        ),
        Slide(
            "Three of 21 up-to-date measures are clearly better than before the plan, one worse",
            Overview(("Headline measure", "Since 2018", "Newest", "On a year before", "Since the plan began"), rows, clock),
            "In one picture",
            SOURCE,
        ),
        Slide(
            "None of these promises is recorded as kept",
            Promises((promise, PromiseRow("Kept", "Due June 2024", "Done", "done"), promise, promise)),
            "Promised",
            SOURCE,
        ),
        Slide(
            "You said: Communication; Fairness and inclusion",
            Concerns(("You said", "Done", "Figures"), (concern,) * 2),
            "You said, we did",
            SOURCE,
        ),
        Slide(
            long,
            Finding(
                monthly(),
                "2,539",
                "Dec 2025 to Feb 2026",
                "2,087",
                "a year before",
                MAYBE,
                "Chance alone would show this in 2 of 32 boroughs.",
                "1: New recording system",
            ),
            "Neighbourhood crime",
            SOURCE,
            ("It may be asked why.",),
        ),
        Slide(
            long,
            Finding(
                surveyed(), "33 in 100", "year to Mar 2026", "37 in 100", "a year before", WORSE, "Since the plan began: no clear change."
            ),
            "Asked",
            SOURCE,
        ),
        Slide(long, Finding(yearly(), "162", "year to Jun 2026", "", "", STEADY, "On a year before: cannot be compared."), "Rare", SOURCE),
        Slide(
            "3 boroughs clearly better, none clearly worse, 16 no clear change",
            Comparison(
                (("brent", "clear improvement"),),
                (
                    ("clear improvement", 3, "clear improvement"),
                    ("possible change", 13, "possible change"),
                    ("no clear change", 16, "no clear change"),
                ),
                "By chance alone about 2 of 32 would stand out; 13 do.",
                "brent",
                "Map.",
            ),
            "Neighbourhood crime",
            SOURCE,
        ),
        Slide(
            "Of 17 charted measures, 3 stand out; chance explains about 1",
            Chance(17, 3, 1, "about 1 expected by chance alone", "Which of them is chance, no figure can say."),
            "Chance",
            SOURCE,
        ),
        Slide(
            "9 headline measures have no figures here, 4 have only old ones",
            Gaps((("Know how to contact local officers", "Nothing to compare after year to Dec 2023"),) * 5),
            "What cannot be said",
            SOURCE,
        ),
        Slide(
            "Look it up tonight, and ask at the next meeting",
            Close(
                "https://met.example/brent/",
                "Square code",
                (
                    ("met.example/brent", "Every figure, table and source."),
                    ("Next meeting", "None is on record."),
                    ("Tell us what you want followed", ""),
                ),
            ),
            source=SOURCE,
        ),
    )


@pytest.fixture(scope="module")
def made() -> bytes:
    return deck(slides(), FACTS)


@pytest.fixture(scope="module")
def opened(made):
    return Presentation(io.BytesIO(made))


def every_shape(shapes):
    for shape in shapes:
        yield shape
        if shape.shape_type == 6:
            yield from every_shape(shape.shapes)


def texts(slide) -> list[str]:
    """Every text of a slide, those of tables and groups included."""
    written = []
    for shape in every_shape(slide.shapes):
        if shape.has_text_frame:
            written += [paragraph.text for paragraph in shape.text_frame.paragraphs]
        if getattr(shape, "has_table", False) and shape.has_table:
            written += [cell.text for row in shape.table.rows for cell in row.cells]
    return [text for text in written if text.strip()]


def test_every_text_of_a_slide_stands_on_it_its_footer_and_its_notes_too(opened):
    for number, (slide, shown) in enumerate(zip(slides(), opened.slides, strict=True), 1):
        shown_text = " ".join(" ".join(texts(shown)).split())
        assert [text for text in (*slide.words, slide.source) if text not in shown_text] == []
        assert f"As at 31 July 2026 {number} of {len(slides())}" in shown_text
        assert not slide.notes or shown.notes_slide.notes_text_frame.text == "\n".join(slide.notes)


def test_every_slide_has_a_title_of_its_layout_and_the_layouts_are_four(opened):
    assert [layout.name for layout in opened.slide_layouts] == ["Title", "Finding", "Table", "Picture"]
    for slide, shown in zip(slides(), opened.slides, strict=True):
        assert shown.shapes.title.text_frame.text == slide.title
        kinds = {place.placeholder_format.type for place in shown.placeholders}
        assert {PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER} <= kinds
        assert all(place.text_frame.text for place in shown.placeholders)


def test_the_head_of_a_table_is_one_line_and_pushes_no_row_down(opened):
    tables = [shape.table for shown in opened.slides for shape in every_shape(shown.shapes) if getattr(shape, "has_table", False)]
    assert tables and all(len(cell.text_frame.paragraphs) == 1 for table in tables for cell in table.rows[0].cells)


def test_nothing_leaves_the_slide(opened):
    for shown in opened.slides:
        outside = [
            shape.name
            for shape in shown.shapes
            if shape.left < 0 or shape.top < 0 or shape.left + shape.width > WIDE + 9525 or shape.top + shape.height > HIGH
        ]
        assert outside == []


def test_the_charts_are_native_and_hold_the_figures_of_the_slides(opened):
    compared = 0
    for slide, shown in zip(slides(), opened.slides, strict=True):
        for frame in (shape for shape in shown.shapes if shape.has_chart):
            drawn = columns(slide.body.chart)
            read = {}
            for plot in frame.chart.plots:
                for series in plot.series:
                    read.setdefault(series.name, []).append(tuple(series.values))
            for column in drawn.columns:
                compared += column.values in read[column.name]
                assert column.values in read[column.name]
    assert compared > 10


def test_a_chart_takes_at_least_55_in_100_of_the_width_of_a_finding(opened):
    frames = [shape for shown in opened.slides for shape in shown.shapes if shape.has_chart]
    assert len(frames) == 3
    assert all(frame.width >= 0.55 * WIDE and frame.height >= 0.55 * HIGH for frame in frames)


def test_every_letter_outside_a_footer_is_16_points_or_more_high(opened):
    small = set()
    for shown in opened.slides:
        for run in shown._element.iter(qn("a:rPr")):
            size = int(run.get("sz") or 9900)
            small |= {size} if size < 1350 else set()
    assert small == set()


def test_pictures_charts_and_groups_have_words_that_stand_for_them(opened):
    for shown in opened.slides:
        for shape in shown.shapes:
            if shape.shape_type in (3, 6, 13):
                assert shape._element.xpath(".//p:cNvPr")[0].get("descr"), shape.name


def test_the_file_names_the_project_and_nobody_else_at_its_as_at_date(opened, made):
    about = opened.core_properties
    assert (about.title, about.subject, about.author, about.last_modified_by) == (FACTS.title, FACTS.subject, "The tests", "The tests")
    assert about.created == about.modified == datetime.fromisoformat("2026-07-31T00:00:00+00:00").replace(tzinfo=about.created.tzinfo)
    assert about.language == "en-GB"
    with zipfile.ZipFile(io.BytesIO(made)) as packed:
        assert not {"docProps/app.xml", "docProps/thumbnail.jpeg"} & set(packed.namelist())


def test_the_same_slides_are_the_same_bytes_in_another_process(made):
    program = (
        "import hashlib, importlib.util, sys\n"
        f"found = importlib.util.spec_from_file_location('deck_again', {str(Path(__file__))!r})\n"
        "module = importlib.util.module_from_spec(found); sys.modules['deck_again'] = module; found.loader.exec_module(module)\n"
        "print(hashlib.sha256(module.deck(module.slides(), module.FACTS)).hexdigest())\n"
    )
    for seed in ("1", "2"):
        output = subprocess.run(
            [sys.executable, "-c", program],
            cwd=ROOT,
            env=os.environ | {"PYTHONHASHSEED": seed, "TZ": f"Etc/GMT+{seed}"},
            capture_output=True,
            text=True,
            check=True,
        )
        assert output.stdout.strip() == hashlib.sha256(made).hexdigest()


def test_nothing_in_the_file_tells_when_it_was_packed(made):
    with zipfile.ZipFile(io.BytesIO(made)) as packed:
        assert {entry.date_time for entry in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert packed.namelist()[0] == "[Content_Types].xml"
        for book in (name for name in packed.namelist() if name.endswith(".xlsx")):
            with zipfile.ZipFile(io.BytesIO(packed.read(book))) as inside:
                assert {entry.date_time for entry in inside.infolist()} == {(1980, 1, 1, 0, 0, 0)}
                assert "2000-01-01T00:00:00Z" in inside.read("docProps/core.xml").decode()


@pytest.fixture(scope="module")
def printed(made, tmp_path_factory) -> Path:
    """The deck as an office program prints it."""
    named = os.environ.get("SOFFICE", "")
    if named == "none":
        pytest.skip("the tests with an office program were left out with SOFFICE=none")
    office = shutil.which(named or "soffice")
    if office is None:
        pytest.skip("LibreOffice is missing: install it (Debian: apt-get install libreoffice-impress) or name it with SOFFICE=path")
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is missing: install it (Debian: apt-get install poppler-utils)")
    folder = tmp_path_factory.mktemp("printed")
    (folder / "deck.pptx").write_bytes(made)
    own = f"-env:UserInstallation={(folder / 'office').as_uri()}"
    command = [office, own, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(folder / "deck.pptx")]
    subprocess.run(command, capture_output=True, check=True, timeout=PATIENCE)
    return folder / "deck.pdf"


def read(*words: str) -> str:
    return subprocess.run(["pdftotext", *words, "-"], capture_output=True, text=True, check=True).stdout


def bare(text: str) -> str:
    """Letters only: lines, bullets and joined letters are the printer's own."""
    return re.sub(r"[\s•]", "", unicodedata.normalize("NFKC", text))


def test_every_text_is_on_the_printed_page(printed, opened):
    pages = read("-raw", str(printed)).split("\f")
    assert len(pages) - 1 == len(opened.slides)
    for slide, page in zip(opened.slides, pages, strict=False):
        flat = bare(page)
        assert [text for text in texts(slide) if bare(text) not in flat] == []


def test_no_printed_word_covers_another_or_leaves_the_page(printed):
    for number, page in enumerate(re.findall(r"<page .*?</page>", read("-bbox", str(printed)), re.DOTALL), 1):
        width, height = (float(side) for side in re.search(r'width="([\d.]+)" height="([\d.]+)"', page).groups())
        words = re.findall(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>', page)
        boxes = [(*(float(side) for side in word[:4]), word[4]) for word in words]
        assert boxes
        assert [word for *_, right, bottom, word in boxes if right > width or bottom > height] == []
        covering = [(box[4], other[4]) for at, box in enumerate(boxes) for other in boxes[:at] if covers(box, other)]
        assert (number, covering) == (number, [])


def covers(box, other) -> bool:
    """Whether two words share more than the room around their letters."""
    across = min(box[2], other[2]) - max(box[0], other[0])
    down = min(box[3], other[3]) - max(box[1], other[1])
    return across > 1 and down > 0.4 * min(box[3] - box[1], other[3] - other[1])
