"""No function, method or class stands in the source that nothing reaches: such code goes, or moves to the tests."""

import re

from vulture import Vulture

from tests.conftest import ROOT

KINDS = ("function", "method", "property", "class", "import", "unreachable_code")
BY_A_LIBRARY = {"ignore_aliases", "xml_bytes"}
"""What a library calls by its name."""

def in_templates() -> set[str]:
    """Every word of the templates: what they name, they reach."""
    texts = [path.read_text(encoding="utf-8") for ending in ("html", "xml") for path in (ROOT / "metrics").rglob(f"*.{ending}")]
    return set(re.findall(r"\w+", " ".join(texts)))


def test_everything_is_reached():
    search = Vulture()
    search.scavenge([str(ROOT / name) for name in ("metrics", "pages", "dashboard.py")])
    known = in_templates() | BY_A_LIBRARY
    unused = [item for item in search.get_unused_code(min_confidence=60) if item.typ in KINDS and item.name not in known]
    assert [f"{item.filename.relative_to(ROOT)}: {item.typ} {item.name}" for item in unused] == []
