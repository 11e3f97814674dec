"""Whether every template of the pages and the pack is one: read as it will be when they are made."""

from pathlib import Path

from jinja2 import Environment, TemplateSyntaxError

from metrics.domain import Refused

FOLDER = Path(__file__).parent
WRITTEN = (".html", ".xml")


def check_templates(folder: Path = FOLDER) -> int:
    """
    Read every template below a folder, and count them.

    Raises
    ------
    Refused
        With the template's file and line.

    Examples
    --------
    >>> check_templates() > 10
    True
    """
    reader, many = Environment(autoescape=True), 0
    for path in sorted(path for path in folder.rglob("templates/*") if path.suffix in WRITTEN):
        many += 1
        try:
            reader.parse(path.read_text(encoding="utf-8"))
        except TemplateSyntaxError as error:
            raise Refused(f"not a template: {error.message}", file=path, line=error.lineno) from error
    return many
