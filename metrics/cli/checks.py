"""What would fail in a page later, checked by `check` first: importers, the words of claims, sentences, templates."""

from pathlib import Path

from metrics import claims
from metrics.build.definition_files import WORDING
from metrics.claims.words import words_of
from metrics.definitions.yaml_reader import Fields, load
from metrics.domain import Definitions, Refused
from metrics.domain.spelling import hint
from metrics.ingest.importers import READERS
from metrics.narrative import Wording
from metrics.narrative.sentence_file import check_sentences
from metrics.outputs.page.templating import check_templates


def check_importers(data: Path, known: Definitions) -> None:
    """
    Refuse a dataset whose importer is not there.

    Raises
    ------
    Refused
        With the dataset's file, and the importer that was probably meant.
    """
    for dataset in known.datasets.values():
        if dataset.importer not in READERS:
            reason = f"importer: there is no importer called {dataset.importer!r}{hint(dataset.importer, READERS)}"
            path = data / "datasets" / f"{dataset.id}.yaml"
            raise Refused(reason, file=path, line=load(path).lines["importer"])


def check_claims(data: Path, known: Definitions) -> None:
    """
    Refuse words of claims that hide a measure: a claim by its title would be asked about, or answered on another measure.

    Raises
    ------
    Refused
        With the file of claims and the line of the word.
    """
    path = data / claims.FILE
    phrases, written = claims.read_vocabulary(path, known).phrases, load(path)
    for measure in known.measures.values():
        kind, meaning = phrases[words_of(measure.title)]
        if (kind, meaning) != ("measure", measure.id):
            reason = f"{measure.title!r} is the title of the measure {measure.id}, which can then never be claimed"
            raise Refused(reason, file=path, line=_line_of(written.get(kind), words_of(measure.title)))


def _line_of(fields: Fields | None, words: tuple[str, ...]) -> int | None:
    """The line of a heading's phrase that has these words; none where the heading lists them otherwise."""
    return next((line for phrase, line in fields.lines.items() if words_of(phrase) == words), None) if isinstance(fields, Fields) else None


def check_what_pages_read(data: Path, known: Definitions) -> None:
    """
    Read sentences and templates as pages will.

    Raises
    ------
    Refused
        A section of sentences that is missing, braces that cannot be filled, or a template that is no template.
    """
    check_sentences(Wording(data / WORDING).text, data / WORDING)
    check_templates()
