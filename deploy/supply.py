"""
What the project is delivered with: which files may be installed, by their SHA-256, what they are, and under which licences.

`python deploy/supply.py lock REPORT...` writes `requirements.lock` from reports of `pip install --dry-run --no-deps --report`, one for
each Python. `python deploy/supply.py bill` writes the bill of materials and the list of licences from the lock and what is installed.
`python deploy/supply.py options` prints what pip is to install here: by hashes where the lock knows this platform.
"""

import json
import platform
import re
import sys
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

ROOT = Path(__file__).parents[1]
LOCK, BILL, LICENCES = ROOT / "requirements.lock", ROOT / "deploy" / "bill-of-materials.json", ROOT / "docs" / "licences.md"
HEAD = "# The files that may be installed, by SHA-256, for Linux on x86-64 and Python {pythons}. Written by `deploy/supply.py lock`.\n"
LINE = re.compile(r"(?P<name>[\w.-]+)==(?P<version>\S+)(?P<hashes>(?: --hash=sha256:[0-9a-f]{64})+)")
ABOVE = """\
# Licences of what is installed

Written by `deploy/supply.py bill` from what each package says of itself; a test compares it. The project's own is in LICENSE, those of
the figures are in README.

| Package | Version | Licence |
|---|---|---|
"""
BUILT_FOR = re.compile(r"-cp3(\d+)-cp3\1-")
UNSAID = "not said in its metadata"
IN_ITS_FILES = {"resvg-py": "MIT"}
"""What stands in a file of the package alone."""
CLASSIFIER = re.compile(r"License :: (?:OSI Approved :: )?(.+)")


def locked() -> dict[str, tuple[str, list[str]]]:
    """Each package of the lock with its version and the digests of its files."""
    matches = (LINE.fullmatch(line) for line in LOCK.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return {line["name"]: (line["version"], re.findall(r"[0-9a-f]{64}", line["hashes"])) for line in matches}


def lock(reports: list[Path]) -> str:
    """The text of the lock: every file of every report."""
    items = [item for report in reports for item in json.loads(report.read_text(encoding="utf-8"))["install"]]
    minors = sorted({int(minor) for item in items for minor in BUILT_FOR.findall(item["download_info"]["url"])})
    files: dict[tuple[str, str], set[str]] = {}
    for item in items:
        name = re.sub(r"[-_.]+", "-", item["metadata"]["name"]).lower()
        files.setdefault((name, item["metadata"]["version"]), set()).add(item["download_info"]["archive_info"]["hashes"]["sha256"])
    lines = (f"{name}=={version}{_hashes(every)}\n" for (name, version), every in sorted(files.items()))
    return HEAD.format(pythons=", ".join(f"3.{minor}" for minor in minors)) + "".join(lines)


def _hashes(every: set[str]) -> str:
    return "".join(f" --hash=sha256:{digest}" for digest in sorted(every))


def pythons() -> list[str]:
    """The versions of Python that the lock was made for."""
    return re.findall(r"\b3\.\d+", LOCK.read_text(encoding="utf-8").splitlines()[0])


def options() -> str:
    """What pip is told to install on this machine."""
    here = platform.system() == "Linux" and platform.machine() == "x86_64" and platform.libc_ver()[0] == "glibc"
    known = here and ".".join(platform.python_version_tuple()[:2]) in pythons()
    return f"--require-hashes --requirement {LOCK.name}" if known else "--requirement requirements.txt"


def licence(name: str) -> str:
    """What a package says of its licence, in a line."""
    try:
        about = metadata(name)
    except PackageNotFoundError:
        return UNSAID
    classified = [match[1] for line in about.get_all("Classifier", []) if (match := CLASSIFIER.fullmatch(line))]
    words = about["License-Expression"] or "; ".join(classified) or about["License"] or IN_ITS_FILES.get(name, UNSAID)
    return words.splitlines()[0][:100]


def bill() -> str:
    """The bill of materials in the form of CycloneDX."""
    components = [
        {"type": "library", "name": name, "version": version, "purl": f"pkg:pypi/{name}@{version}",
         "licenses": [{"license": {"name": licence(name)}}]}
        for name, (version, _) in locked().items()
    ]
    return json.dumps({"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1, "components": components}, indent=1) + "\n"


def licences() -> str:
    """The list of licences for people."""
    return ABOVE + "".join(f"| {name} | {version} | {licence(name)} |\n" for name, (version, _) in locked().items())


def main(words: list[str]) -> None:
    """Do what is asked."""
    if words[0] == "lock":
        LOCK.write_text(lock([Path(word) for word in words[1:]]), encoding="utf-8")
    elif words[0] == "bill":
        BILL.write_text(bill(), encoding="utf-8")
        LICENCES.write_text(licences(), encoding="utf-8")
    else:
        print(options())


if __name__ == "__main__":
    main(sys.argv[1:])
