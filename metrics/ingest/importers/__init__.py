"""
One module per publisher's file: official download in, tidy rows and an account of the file out.

To add a publisher, write a module with `read(files, dataset, places) -> Tidy`, name it in `READERS`, and
describe the dataset in `data/datasets/`.
"""

from metrics.ingest.importers import (
    crime_dashboard,
    force_strength,
    population,
    public_attitudes,
    recorded_crime,
    template,
)

READERS = {
    "recorded_crime": recorded_crime.read,
    "crime_dashboard": crime_dashboard.read,
    "public_attitudes": public_attitudes.read,
    "force_strength": force_strength.read,
    "population": population.read,
    "template": template.read,
}
