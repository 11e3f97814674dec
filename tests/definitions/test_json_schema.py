"""The schemas that editors complete from are those of the nouns today, and every shipped file keeps to them."""

import json

import jsonschema
import pytest
import yaml

from metrics.definitions import json_schema
from tests.conftest import ROOT

SHIPPED = {
    "measure": "measures/*.yaml",
    "dataset": "datasets/*.yaml",
    "plan": "plans/*.yaml",
    "meeting": "meetings/*/*.yaml",
    "break": "breaks.yaml",
    "force": "force.yaml",
}


def test_the_kept_schemas_are_what_the_command_writes():
    kept = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "docs/schema").iterdir()}
    assert kept == json_schema.texts()


@pytest.mark.parametrize("kind", SHIPPED)
def test_every_shipped_file_keeps_to_its_schema(kind):
    schema = json.loads(json_schema.texts()[f"{kind}.json"])
    files = sorted((ROOT / "data").glob(SHIPPED[kind]))
    assert files
    for file in files:
        value = json.loads(json.dumps(yaml.safe_load(file.read_text(encoding="utf-8")), default=str))
        jsonschema.validate(value, schema)


def test_a_misspelt_field_or_word_does_not_keep_to_it():
    value = yaml.safe_load((ROOT / "data/measures/rape.yaml").read_text(encoding="utf-8"))
    schema = json.loads(json_schema.texts()["measure.json"])
    for wrong in ({"beter": "lower"}, {"better": "less"}, {"id": "Rape!"}, {"levels": []}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(value | wrong, schema)
