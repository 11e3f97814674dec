"""A deck is opened again, by the library that made it and by an office program, and nothing is lost, hidden or small."""

import hashlib
import io
import os
import re
import shutil
import subprocess
import sys
import unicodedata
import zipfile
from datetime import date, datetime
from pathlib import Path

import pandas as pd
import pytest
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.oxml.ns import qn

from metrics.charts import spec
from metrics.domain import Break, Measure, periods
from metrics.outputs.slides.deck import deck, plan
from metrics.outputs.slides.lettering import lines, wide
from metrics.outputs.slides.slide import Facts, Slide

ROOT = Path(__file__).parents[3]
STANDS = "Figures as at 31 July 2026, build 000042-abc."
FACTS = Facts("What changed in Brent", "For the tests", "The tests", date(2026, 7, 31), "000042-abc", STANDS)
LONG = "Recorded neighbourhood crime in Kingston upon Thames was lower in April to June 2026 than a year before, after a new system"
SENTENCE = "About 52 in 100 residents said so in the 12 months to March 2026, between 46 and 57, and 49 in 100 a year before."
SOURCE = "Brent, January 2019 to June 2026. As at 31 July 2026, build 000042-abc. Made up for the tests, Open Government Licence v3.0."
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000a49444154789c6360000000020001e221bc33"
    "0000000049454e44ae426082"
)
PATIENCE = 180


def chart() -> spec.Chart:
    """Ninety months with a break, made up."""
    measure = Measure("made", "Made up", "How many?", "crime", "proposed", "count", "lower", "count", ("area",), "A count.", "Nobody")
    brk = Break("system", "2022-03", "New recording system", "", "caution", ("made",), "The publisher")
    frame = pd.DataFrame({"period": [periods.shift("2019-01", month) for month in range(90)], "value": [month % 7 for month in range(90)]})
    return spec.series_over_time(frame, measure, title="Made up", alt="It went up and down.", source=SOURCE, label="Brent", breaks=[brk])


def slides() -> tuple[Slide, ...]:
    return (
        Slide("What changed in Brent since 7 August 2023", points=("For the meeting on 31 July 2026.",), source=SOURCE, kind="cover"),
        Slide(LONG, chart(), (SENTENCE, "No clear change."), SOURCE, ("It may be asked why.", "We do not know."), kind="chart"),
        Slide("The chart alone", chart(), source=SOURCE, kind="chart"),
        Slide("Much was said", points=tuple(f"{number}. {SENTENCE}" for number in range(9)), source=SOURCE),
        Slide("What was promised", source="Brent.", kind="table", rows=(("Promised", "Due", "Status"), *promises())),
        Slide("On your phone", points=("Scan the code.",), source=SOURCE, picture=PIXEL, picture_alt="Square code", kind="code"),
    )


def promises() -> list[tuple[str, str, str]]:
    said = "an officer to attend almost every home burglary."
    return [(f"Promise {number}: {said}", "No date given", "no evidence recorded") for number in range(9)]


@pytest.fixture(scope="module")
def made() -> bytes:
    return deck(slides(), FACTS)


@pytest.fixture(scope="module")
def opened(made):
    return Presentation(io.BytesIO(made))


def placeholder(slide, kind):
    return next((shape for shape in slide.placeholders if shape.placeholder_format.type == kind), None)


def text_of(shape) -> str:
    if shape.has_text_frame:
        return "\n".join(paragraph.text for paragraph in shape.text_frame.paragraphs)
    return "\n".join(cell.text for row in shape.table.rows for cell in row.cells) if shape.has_table else ""


def test_every_slide_has_its_claim_in_the_title_placeholder(opened):
    titles = [slide.shapes.title.text_frame.text for slide in opened.slides]
    assert list(dict.fromkeys(titles)) == [slide.title for slide in slides()]


def test_charts_are_charts_that_can_be_edited(opened):
    held = [shape for slide in opened.slides for shape in slide.shapes if shape.has_chart]
    assert len(held) == 2
    for shape in held:
        assert len(next(iter(shape.chart.plots)).categories) == 90
        assert shape.chart.part.chart_workbook.xlsx_part.blob[:2] == b"PK"
        assert shape._element.nvGraphicFramePr.cNvPr.get("descr") == "It went up and down."


def test_what_a_presenter_may_be_asked_stands_in_the_notes(opened):
    noted = [slide for slide in opened.slides if slide.has_notes_slide]
    notes = {slide.shapes.title.text_frame.text: slide.notes_slide.notes_text_frame.text for slide in noted}
    assert notes == {LONG: "It may be asked why.\nWe do not know."}


def test_every_slide_says_its_source_its_as_at_date_and_its_build_and_has_a_number(opened):
    for slide in opened.slides:
        footer = placeholder(slide, PP_PLACEHOLDER.FOOTER).text_frame.text
        assert "as at 31 july 2026" in footer.lower()
        assert footer.count("build 000042-abc") == 1
        (number,) = placeholder(slide, PP_PLACEHOLDER.SLIDE_NUMBER)._element.iter(qn("a:fld"))
        assert number.get("type") == "slidenum"


def test_a_slide_reads_title_chart_text_footer(opened):
    for slide in opened.slides:
        kinds = ["title" if shape == slide.shapes.title else _kind(shape) for shape in slide.shapes]
        assert kinds == sorted(kinds, key=("title", "figure", "text", "picture", "foot").index)
        assert len({shape.shape_id for shape in slide.shapes}) == len(kinds)


def _kind(shape) -> str:
    if shape.has_chart or shape.has_table:
        return "figure"
    kind = shape.placeholder_format.type if shape.is_placeholder else None
    return "foot" if kind in (PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER) else "text" if kind else "picture"


def test_no_letter_is_smaller_than_24_points_and_every_word_is_british_english(opened):
    sheets = [opened.slide_master, opened.slide_layouts[0], *opened.slides]
    sizes = [int(each.get("sz")) for sheet in sheets for each in sheet._element.iter() if each.tag.endswith("Pr") and each.get("sz")]
    assert min(sizes) >= 2400
    for slide in opened.slides:
        for run in slide._element.iter(qn("a:r")):
            assert int(run.rPr.get("sz")) >= 2400
            assert run.rPr.get("lang") == "en-GB"


def test_no_empty_placeholder_asks_to_be_filled(opened):
    empty = [shape.name for slide in opened.slides for shape in slide.placeholders if not text_of(shape) and "Number" not in shape.name]
    assert empty == []


def test_a_slide_is_wide_and_everything_stands_on_it(opened):
    assert round(opened.slide_width / opened.slide_height, 2) == 1.78
    for slide in opened.slides:
        for shape in slide.shapes:
            assert shape.left >= 0 and shape.left + shape.width <= opened.slide_width
            assert shape.top >= 0 and shape.top + shape.height <= opened.slide_height


def test_text_that_is_too_long_for_a_slide_goes_on_and_loses_no_word(opened):
    said = [text_of(slide.placeholders[1]) for slide in opened.slides if slide.shapes.title.text_frame.text == "Much was said"]
    assert len(said) > 1
    assert "\n".join(said).split() == " ".join(slides()[3].points).split()


def test_a_table_that_is_too_long_goes_on_under_its_head(opened):
    tables = [shape.table for slide in opened.slides for shape in slide.shapes if shape.has_table]
    rows = [[tuple(cell.text for cell in row.cells) for row in table.rows] for table in tables]
    assert len(tables) > 1
    assert {tuple(table[0]) for table in rows} == {("Promised", "Due", "Status")}
    assert [row for table in rows for row in table[1:]] == promises()
    assert all(table.first_row for table in tables)


def test_a_picture_has_the_words_that_stand_for_it(opened):
    (code,) = (shape for slide in opened.slides for shape in slide.shapes if shape._element.tag == qn("p:pic"))
    assert code._element.nvPicPr.cNvPr.get("descr") == "Square code"


def test_the_file_names_the_project_and_nobody_else_at_its_as_at_date(opened, made):
    about = opened.core_properties
    assert (about.title, about.subject, about.author, about.last_modified_by) == (FACTS.title, FACTS.subject, "The tests", "The tests")
    assert about.created == about.modified == datetime.fromisoformat("2026-07-31T00:00:00+00:00").replace(tzinfo=about.created.tzinfo)
    assert about.language == "en-GB"
    with zipfile.ZipFile(io.BytesIO(made)) as packed:
        assert not {"docProps/app.xml", "docProps/thumbnail.jpeg"} & set(packed.namelist())


def test_a_longer_title_is_smaller_takes_more_lines_and_leaves_less(opened):
    short, long = plan(Slide("Trust fell", source=SOURCE)), plan(Slide(LONG, source=SOURCE))
    assert short.size > long.size >= 24
    assert short.body[3] > long.body[3]
    assert short.body[1] + short.body[3] <= short.foot


def test_a_title_that_leaves_no_room_is_refused():
    with pytest.raises(ValueError, match="leave no room: word word"):
        deck([Slide("word " * 200, source=SOURCE)], FACTS)


@pytest.mark.parametrize("text", [SENTENCE, "W" * 90, "a " * 300])
def test_no_line_is_wider_than_its_room_and_no_letter_is_lost(text):
    found = lines(text, 24.0, 300.0)
    assert all(wide(line, 24.0) <= 300.0 for line in found)
    assert "".join(found).replace(" ", "") == text.replace(" ", "")


def test_the_same_slides_are_the_same_bytes_in_another_process(made):
    program = (
        "import hashlib, importlib.util, sys\n"
        f"found = importlib.util.spec_from_file_location('deck_again', {str(Path(__file__))!r})\n"
        "module = importlib.util.module_from_spec(found); sys.modules['deck_again'] = module; found.loader.exec_module(module)\n"
        "print(hashlib.sha256(module.deck(module.slides(), module.FACTS)).hexdigest())\n"
    )
    for seed in ("1", "2"):
        told = subprocess.run(
            [sys.executable, "-c", program], cwd=ROOT, env=os.environ | {"PYTHONHASHSEED": seed, "TZ": f"Etc/GMT+{seed}"},
            capture_output=True, text=True, check=True,
        )
        assert told.stdout.strip() == hashlib.sha256(made).hexdigest()


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


def told(*words: str) -> str:
    return subprocess.run(["pdftotext", *words, "-"], capture_output=True, text=True, check=True).stdout


def bare(text: str) -> str:
    """Letters only: lines, bullets and joined letters are the printer's own."""
    return re.sub(r"[\s•]", "", unicodedata.normalize("NFKC", text))


def test_every_title_point_cell_and_footer_is_on_the_printed_page(printed, opened):
    pages = told("-raw", str(printed)).split("\f")
    assert len(pages) - 1 == len(opened.slides)
    for slide, page in zip(opened.slides, pages, strict=False):
        written = (shape for shape in slide.shapes if shape != placeholder(slide, PP_PLACEHOLDER.SLIDE_NUMBER))
        for text in (text for shape in written for text in text_of(shape).split("\n")):
            assert bare(text) in bare(page)
    charted = [bare(page) for slide, page in zip(opened.slides, pages, strict=False) if any(shape.has_chart for shape in slide.shapes)]
    assert all("Newrecordingsystem" in page and "January2019" in page for page in charted)


def test_no_printed_word_covers_another_or_leaves_the_page(printed):
    for page in re.findall(r"<page .*?</page>", told("-bbox", str(printed)), re.DOTALL):
        width, height = (float(side) for side in re.search(r'width="([\d.]+)" height="([\d.]+)"', page).groups())
        words = re.findall(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>', page)
        boxes = [(*(float(side) for side in word[:4]), word[4]) for word in words]
        assert boxes
        assert [word for *_, right, bottom, word in boxes if right > width or bottom > height] == []
        assert [(one[4], other[4]) for at, one in enumerate(boxes) for other in boxes[:at] if _covers(one, other)] == []


def _covers(one, other) -> bool:
    """Whether two words share more than the room around their letters."""
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return across > 1 and down > 0.4 * min(one[3] - one[1], other[3] - other[1])
