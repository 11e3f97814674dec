"""
Small files in the shapes that publishers use, so that every importer can be tested without the official files.

The headers and the names of categories, questions and areas are the publishers' own; the figures are made up
by a fixed rule, so that each cell differs from its neighbours and can be worked out again.
"""

import csv
import io
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from metrics.domain import Release
from metrics.ingest import releases
from metrics.ingest.contract import Account, frame

PLACES = list(csv.DictReader((Path(__file__).parents[2] / "data" / "places.csv").open(encoding="utf-8")))
BOROUGHS = [place["name"] for place in PLACES if place["level"] == "area"]
SLUGS = [place["id"] for place in PLACES if place["level"] == "area"]

# The four headers of the recorded crime borough file: what each column is, in order, and what it is called.
FLAVOURS = {
    "Borough,Major Category,Minor Category": ("area", "major", "minor"),
    "MajorText,MinorText,LookUp_BoroughName": ("major", "minor", "area"),
    "MajorText,MinorText,BoroughName": ("major", "minor", "area"),
    "Group,SubGroup,BOCU": ("major", "minor", "area"),
}

# One kind of crime in three generations of names: the series that keeps it, None where only the total does.
GENERATIONS = {
    "title case, to February 2024": [
        ("Burglary", "Domestic Burglary", "residential-burglary"),
        ("Historical Fraud and Forgery", "Historical Fraud and Forgery", None),
        ("Miscellaneous Crimes Against Society", "Disclosure, Obstruction, False or Misleading State", None),
        ("Robbery", "Robbery of Personal Property", "personal-robbery"),
        ("Theft", "Theft from Person", "theft-from-person"),
        ("Vehicle Offences", "Theft from a Motor Vehicle", "vehicle-offences"),
        ("Vehicle Offences", "Theft or Taking of a Motor Vehicle", "vehicle-offences"),
        ("Violence Against the Person", "Violence with Injury", "violence-injury"),
    ],
    "31 in upper case": [
        ("BURGLARY", "BURGLARY IN A DWELLING", "residential-burglary"),
        ("BURGLARY", "BURGLARY NON-DWELLING", "residential-burglary"),
        ("PUBLIC ORDER OFFENCES", "PUBLIC FEAR ALARM OR DISTRESS", "public-order"),
        ("ROBBERY", "ROBBERY OF PERSONAL PROPERTY", "personal-robbery"),
        ("THEFT", "THEFT FROM THE PERSON", "theft-from-person"),
        ("VEHICLE OFFENCES", "THEFT FROM A VEHICLE", "vehicle-offences"),
        ("VEHICLE OFFENCES", "THEFT OR UNAUTH TAKING OF A MOTOR VEH", "vehicle-offences"),
        ("VIOLENCE AGAINST THE PERSON", "VIOLENCE WITH INJURY", "violence-injury"),
    ],
    "33 in upper case": [
        ("BURGLARY", "RES BURGLARY OF A HOME", "residential-burglary"),
        ("BURGLARY", "RES BURGLARY OF UNCONNECTED BUILDING", "residential-burglary"),
        ("NFIB FRAUD", "NFIB FRAUD", "left out"),
        ("PUBLIC ORDER OFFENCES", "PUBLIC FEAR, ALARM OR DISTRESS", "public-order"),
        ("ROBBERY", "ROBBERY OF PERSONAL PROPERTY", "personal-robbery"),
        ("THEFT", "THEFT FROM THE PERSON", "theft-from-person"),
        ("VEHICLE OFFENCES", "THEFT FROM A VEHICLE", "vehicle-offences"),
        ("VIOLENCE AGAINST THE PERSON", "STALKING AND HARASSMENT", "stalking"),
        ("VIOLENCE AGAINST THE PERSON", "VIOLENCE WITH INJURY", "violence-injury"),
    ],
}
NEWEST = "33 in upper case"
LATEST = "Group,SubGroup,BOCU"
MONTHS = ("202401", "202402", "202403")

DASHBOARDS = (
    "Month_Year,Area Type,Borough_SNT,Area Name,Area Code,Crime Type,Crime Subtype,Measure,Financial Year,FY_FYIndex,Count,Refresh Date",
    "Month_Year,Area Type,Borough_SNT,Area name,Area code,Offence Group,Offence Subgroup,Measure,Financial Year,Count,Refresh Date",
)
OFFICIAL_SURVEY = "Date,Survey,Borough,Measure,Proportion,MPS,,,,"


@dataclass(frozen=True)
class Sample:
    """A whole file of one dataset, and where in it the things stand that can go wrong."""

    name: str
    text: str
    area: int | None
    number: int
    month: tuple[int, int]
    month_words: str
    number_words: str

    @property
    def rows(self) -> list[list[str]]:
        """The file's cells, the header first."""
        return parsed(self.text)


def parsed(text: str) -> list[list[str]]:
    """The cells of a CSV text."""
    return list(csv.reader(io.StringIO(text)))


def written(rows: list[list[str]]) -> str:
    """Rows of cells as CSV text with LF."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def with_cell(text: str, line: int, column: int, cell: str) -> str:
    """The text with one cell replaced; the header is line 1."""
    rows = parsed(text)
    rows[line - 1][column] = cell
    return written(rows)


def offences(category: int, area: int, month: int) -> int:
    """The made-up count of one cell of recorded crime: never fewer than 5."""
    return 5 + (7 * category + 11 * area + 13 * month) % 29


def recorded_crime(flavour: str = LATEST, generation: str = NEWEST, months=MONTHS, areas=None, count=offences) -> str:
    """A borough file: every area has a row of every category, area by area, as published."""
    areas = [*BOROUGHS, "Unknown"] if areas is None else areas
    rows = [[*flavour.split(","), *months]]
    for a, area in enumerate(areas):
        for c, (major, minor, _) in enumerate(GENERATIONS[generation]):
            cells = {"major": major, "minor": minor, "area": area}
            rows.append([*(cells[part] for part in FLAVOURS[flavour]), *(str(count(c, a, m)) for m in range(len(months)))])
    return written(rows)


def crime_dashboard(header: str = DASHBOARDS[0], months=("2024-01-01", "2024-02-01")) -> str:
    """A dashboard file: two subtypes by borough, and ward rows that add up to the same total again."""
    names = header.lower().split(",")
    rows = [header.split(",")]
    for m, month in enumerate(months):
        for a, borough in enumerate(BOROUGHS):
            for level, area, code in (("Borough", borough, "E0900"), ("Safer Neighbourhood Teams", f"{borough} ward", "E0501 ")):
                for s, subtype in enumerate(("Knife Crime", "Knife Crime with Injury")):
                    cells = {
                        "month_year": month, "area type": level, "borough_snt": borough, "area name": area, "area code": code,
                        "crime type": "Knife Crime", "offence group": "Knife Crime", "crime subtype": subtype,
                        "offence subgroup": subtype, "measure": "Offences", "financial year": "fy23-24", "fy_fyindex": "23-24_01",
                        "count": str(3 + (5 * a + 7 * m) % 17 - s), "refresh date": "2024-03-18",
                    }
                    rows.append([cells[name] for name in names])
    return written(rows)


def survey(dates=("30/9/2023", "31/12/2023")) -> str:
    """The official survey sheet: decimal commas, doubled quotes, nameless columns, the publisher's spellings."""
    spelt = {"Westminster": "City of Westminster", "Richmond upon Thames": "Richmond Upon Thames"}
    rows = [OFFICIAL_SURVEY.split(",")]
    for d, day in enumerate(dates):
        for question in ('"Good Job" local', "Trust MPS"):
            for a, borough in enumerate(BOROUGHS):
                figures = [f"0,{50 + (3 * a + d) % 30}", f"0,{61 + d}"]
                rows.append([day, "PAS", spelt.get(borough, borough), question, *figures, "", "", "", ""])
    return written(rows)


def survey_extract(quarters=(("7/1/2023", "Q2_2324"), ("10/1/2023", "Q3_2324"))) -> str:
    """A second-hand extract of the survey: American dates, financial quarters, points."""
    rows = [["date", "quarter", "borough", "metric", "metric_value", ""]]
    for q, (first, quarter) in enumerate(quarters):
        rows += [[first, quarter, borough, "Trust MPS", f"0.{40 + 7 * a % 39 + q}", ""] for a, borough in enumerate(BOROUGHS)]
    return written(rows)


def force_strength(months=("Nov-23", "Dec-23", "Jan-24")) -> str:
    """People in post by month."""
    rows = [[month, str(33000 + m), str(11000 + m), str(1300 + m)] for m, month in enumerate(months)]
    return written([["Date", "Police Officer Strength", "Police Staff Strength", "PCSO Strength"], *rows])


def population(years=("2022", "2023")) -> str:
    """Residents by borough and year, the City of London included as the publisher does."""
    rows = [[area, year, str(200000 + 1000 * a + y)] for a, area in enumerate(BOROUGHS) for y, year in enumerate(years)]
    return written([["borough", "year", "population"], *rows, *(["City of London", year, "11000"] for year in years)])


def template() -> str:
    """Figures in the plain template."""
    return (
        "measure,place,period,value,base,note\n"
        "answer-999,London,2024-01,86.2,120345,\n"
        "answer-999,London,2024-02,85.9,110001,recounted in March\n"
        "asb-calls,Kingston upon Thames,2024-02,345,,\n"
    )


SAMPLES = {
    "recorded-crime": Sample("borough.csv", recorded_crime(), 2, 4, (1, 3), "month label not understood", "a count was expected"),
    "crime-dashboard": Sample("knife.csv", crime_dashboard(), 2, 10, (3, 0), "month label not understood", "a count was expected"),
    "public-attitudes": Sample("sheet.csv", survey(), 2, 4, (3, 0), "month label not understood", "proportion: "),
    "force-strength": Sample("strength.csv", force_strength(), None, 1, (3, 0), "month label not understood", "a count was expected"),
    "population": Sample("residents.csv", population(), 0, 2, (3, 1), "year not understood", "a count was expected"),
    "template": Sample("plain.csv", template(), 1, 3, (3, 2), "month label not understood", "a number was expected"),
}


def keep(data: Path, dataset: str, published: date, records: list[tuple], *, second_hand: bool = False, packed: bool = False) -> Path:
    """Keep records `(series, place, period, value, base)` as a release of a day, as an import would."""
    rows = frame(records)
    release = Release(
        dataset=dataset,
        published=published,
        approximate=False,
        retrieved=published,
        second_hand=second_hand,
        files=({"name": f"{published}.csv", "bytes": len(rows), "sha256": releases.digest(str((published, records)).encode())},),
        rows=len(rows),
        sha256=releases.digest(releases.as_bytes(rows, packed=packed)),
        report=vars(Account(rows_read=len(rows))) | releases.compare(rows, rows),
    )
    return releases.write(data, release, rows, packed=packed)
