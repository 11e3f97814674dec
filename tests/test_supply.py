"""What is delivered: only files whose digests are known, a bill of materials, and no licence that would bind the project."""

import importlib.util
import json
import re
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PIN = re.compile(r"^([\w.-]+)==([\w.]+)(?:; (.+?))?\s*(?:#.*)?$", re.MULTILINE)
BINDING = re.compile(r"\bA?GPL|General Public License", re.IGNORECASE)


@pytest.fixture(scope="module")
def supply():
    """The script that writes these files."""
    spec = importlib.util.spec_from_file_location("supply", ROOT / "deploy" / "supply.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def pins() -> dict[str, set[str]]:
    """Each package that is required, with the versions that some Python takes."""
    wanted: dict[str, set[str]] = {}
    for name, pinned, _ in PIN.findall((ROOT / "requirements.txt").read_text(encoding="utf-8")):
        wanted.setdefault(re.sub(r"[-_.]+", "-", name).lower(), set()).add(pinned)
    return wanted


def test_every_package_is_locked_at_its_version_by_digests(supply):
    locked, wanted = supply.locked(), pins()
    assert locked.keys() == wanted.keys()
    assert [name for name, (pinned, digests) in locked.items() if pinned not in wanted[name] or not digests] == []


def test_the_bill_and_the_licences_are_of_the_lock(supply):
    bill = json.loads(supply.BILL.read_text(encoding="utf-8"))
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    locked = [(name, pinned) for name, (pinned, _) in supply.locked().items()]
    assert [(part["name"], part["version"]) for part in bill["components"]] == locked
    licences = supply.LICENCES.read_text(encoding="utf-8")
    for part in bill["components"]:
        name, licence = part["name"], part["licenses"][0]["license"]["name"]
        assert f"| {name} | {part['version']} | {licence} |" in licences
        assert not BINDING.search(licence) and licence != supply.UNSAID
        try:
            assert version(name) != part["version"] or supply.licence(name) == licence
        except PackageNotFoundError:
            continue


def test_pip_is_told_to_take_nothing_else_where_the_lock_knows_the_platform(supply, monkeypatch):
    monkeypatch.setattr(supply.platform, "system", lambda: "Linux")
    monkeypatch.setattr(supply.platform, "machine", lambda: "x86_64")
    monkeypatch.setattr(supply.platform, "libc_ver", lambda: ("glibc", "2.36"))
    monkeypatch.setattr(supply.platform, "python_version_tuple", lambda: ("3", "11", "7"))
    assert supply.options() == "--require-hashes --requirement requirements.lock"
    monkeypatch.setattr(supply.platform, "machine", lambda: "aarch64")
    assert supply.options() == "--requirement requirements.txt"


def test_the_container_installs_by_digest_and_is_the_public_edition():
    text = (ROOT / "deploy" / "Containerfile").read_text(encoding="utf-8")
    assert "--require-hashes" in text and "edition: public" in text


def test_every_image_that_the_container_is_built_from_is_named_by_its_digest():
    text = (ROOT / "deploy" / "Containerfile").read_text(encoding="utf-8")
    given = dict(re.findall(r"^ARG (\w+)=(\S+)$", text, re.MULTILINE))
    images = [re.sub(r"\$\{(\w+)\}", lambda name: given[name[1]], image) for image in re.findall(r"^FROM (\S+)", text, re.MULTILINE)]
    assert images and [image for image in images if not re.fullmatch(r"\S+@sha256:[0-9a-f]{64}", image)] == []
