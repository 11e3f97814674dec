"""The pack's templates, its style sheets and its script, each put into the file and named by its digest."""

import base64
import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from jinja2 import Environment

from metrics.charts import render
from metrics.outputs.pack import pictures
from metrics.outputs.page.templating import Piece, strict

FOLDER = Path(__file__).with_name("templates")
PARTS = Path(render.__file__).with_name("parts.css")
"""The look of chips, rows and charts, the same wherever they are shown."""
POLICY = "default-src 'none'; style-src {styles}; script-src {scripts}; img-src data:; base-uri 'none'; form-action 'none'"
NOTHING = "'none'"


@cache
def environment() -> Environment:
    """Templates in which every word is escaped, and a name that is not given is an error."""
    made = strict(FOLDER)
    made.globals |= {"inline": inline, "chip": pictures.chip, "bare_chip": pictures.bare_chip, "shape": pictures.shape}
    return made


@cache
def inline(name: str) -> Piece:
    """
    One of our own files, as it stands between its tags.

    Examples
    --------
    >>> "</" in inline("pack.js") or "</" in inline("pack.css")
    False
    """
    return Piece(((PARTS if name == PARTS.name else FOLDER / name)).read_text(encoding="utf-8"))


def policy(styles: Iterable[str], scripts: Iterable[str] = ()) -> str:
    """
    What a file may load: these styles and scripts, word for word, and nothing from anywhere.

    Examples
    --------
    >>> policy(["b {}"]).startswith("default-src 'none'; style-src 'sha256-")
    True
    """
    return POLICY.format(styles=_digests(styles), scripts=_digests(scripts))


def _digests(texts: Iterable[str]) -> str:
    wholes = [hashlib.sha256(text.encode("utf-8")).digest() for text in texts]
    return " ".join(f"'sha256-{base64.b64encode(whole).decode('ascii')}'" for whole in wholes) or NOTHING
