"""
Backup, restore and upgrade: everything that cannot be rebuilt in one file, each byte checked on the way out and on the way back.

A data folder of the first version comes into today's form whole or not at all, and what each file said is kept.
"""

import hashlib
import os
import shutil
import tempfile
import zipfile
from argparse import Namespace
from datetime import UTC, date, datetime
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from metrics import definitions
from metrics.cli.arguments import command
from metrics.cli.data_commands import check_claims, check_what_pages_read
from metrics.definitions import change_log, first_version
from metrics.definitions.change_log import alone
from metrics.definitions.configuration import local_path
from metrics.domain import Config, Refused
from metrics.ingest import releases

SUMS, DATA, CONFIG = "SHA256SUMS", "data", "config"
LARGEST = 4 * 1024**3


def add_to(sub) -> None:
    """Add the commands that keep a project, bring it back, and bring it up to today's form."""
    parser = command(
        sub, "backup", run_backup, "keep everything that cannot be rebuilt in one file",
        "Write data/ (definitions, releases, meetings) and the configuration into FILE, a zip with the SHA-256 of each file, and read it "
        "again to check it. The database and the public pages are made from these and are not in it.",
    )
    parser.add_argument("file", metavar="FILE", type=Path, help="the file to write; it may not be there yet")
    parser = command(
        sub, "restore", run_restore, "bring back what a backup holds, whole or not at all",
        "Check every byte of FILE, then put its data/ in place. A configuration that is there stays; a data folder that is not empty is "
        "refused, never written over.",
    )
    parser.add_argument("file", metavar="FILE", type=Path, help="a file that `backup` wrote")
    command(
        sub, "upgrade", run_upgrade, "bring a data folder of the first version into today's form",
        "Rewrite what has another form since: words for levels, missions and commitments of plans, the words of sentences and claims. "
        "Releases stay byte by byte; what each file said before is kept in data/earlier. All of it, or nothing where the whole would not "
        "hold together. A folder of today's form is left alone.",
    )


def run_backup(given: Namespace) -> None:
    """Write the file beside its place, read it again, and give it its name."""
    config_path = definitions.path_of(given.config)
    data = definitions.load(config_path).data
    if given.file.exists():
        raise Refused("is there already; a backup is never written over", file=given.file)
    if given.file.resolve().is_relative_to(data.resolve()):
        raise Refused(f"lies in {data.name}, which is backed up: choose another folder", file=given.file)
    with alone(data):
        releases.all_of(data)
        kept = _files(data, config_path)
        part = given.file.with_name(f".{given.file.name}.part")
        try:
            _write(part, kept)
            checked = _checked(part)
            os.replace(part, given.file)
        finally:
            part.unlink(missing_ok=True)
    print(f"backed up {len(checked):,} files, {given.file.stat().st_size / 1e6:.1f} MB; read again and the same")


def run_restore(given: Namespace) -> None:
    """Check the file whole, put the configuration where there is none, and the data in one step."""
    contents = _checked(given.file)
    config_path = definitions.path_of(given.config)
    for name, there in ((config_path.name, config_path), (local_path(config_path).name, local_path(config_path))):
        if f"{CONFIG}/{name}" in contents and not there.exists():
            there.parent.mkdir(parents=True, exist_ok=True)
            there.write_bytes(contents[f"{CONFIG}/{name}"])
    data = definitions.load(config_path).data
    if data.exists() and any(data.iterdir()):
        raise Refused("is not empty; move it away first: nothing is written over", file=data)
    _put_in_place(data, {name: raw for name, raw in contents.items() if name.startswith(f"{DATA}/")})
    restored = releases.all_of(data)
    print(f"restored {len(contents):,} files with {len(restored)} releases; now run `python -m metrics build`")


def _files(data: Path, config_path: Path) -> dict[str, Path]:
    """Every file to keep, by its name in the backup; what begins with a point is half-written or the system's own."""
    inside = [path for path in sorted(data.rglob("*")) if not any(part.startswith(".") for part in path.relative_to(data).parts)]
    kept = {f"{DATA}/{path.relative_to(data).as_posix()}": path for path in inside if path.is_file()}
    configs = (path for path in (config_path, local_path(config_path)) if path.is_file())
    return kept | {f"{CONFIG}/{path.name}": path for path in configs}


def _write(part: Path, kept: dict[str, Path]) -> None:
    sums = []
    with part.open("wb") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, path in kept.items():
                raw = path.read_bytes()
                archive.writestr(name, raw)
                sums.append(f"{hashlib.sha256(raw).hexdigest()}  {name}\n")
            archive.writestr(SUMS, "".join(sums))
        file.flush()
        os.fsync(file.fileno())


def _checked(path: Path) -> dict[str, bytes]:
    """Every file of a backup by its name, each as its sum says, none too many and none too few."""
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(info.file_size for info in archive.infolist()) > LARGEST:
                raise Refused("unpacks to more than 4 GB: not a backup of this kind", file=path)
            contents = {info.filename: archive.read(info) for info in archive.infolist()}
        sums = dict(reversed(line.split("  ", 1)) for line in contents.pop(SUMS).decode().splitlines())
    except FileNotFoundError as error:
        raise Refused("no such file", file=path) from error
    except (zipfile.BadZipFile, zipfile.LargeZipFile, KeyError, ValueError, NotImplementedError, EOFError) as error:
        raise Refused("not a backup, or cut short; nothing was changed", file=path) from error
    except OSError as error:
        raise Refused(f"cannot be read ({error.strerror}); nothing was changed", file=path) from error
    wrong = {name for name in {*sums, *contents} if name not in contents or sums.get(name) != hashlib.sha256(contents[name]).hexdigest()}
    wrong |= {name for name in contents if ".." in PurePosixPath(name).parts or not name.startswith((f"{DATA}/", f"{CONFIG}/"))}
    if wrong:
        raise Refused(f"{min(wrong)} is not as it was backed up; nothing was changed", file=path)
    return contents


def _put_in_place(data: Path, contents: dict[str, bytes]) -> None:
    data.parent.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=f".{data.name}.", dir=data.parent))
    try:
        for name, raw in contents.items():
            path = folder / PurePosixPath(name).relative_to(DATA)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(raw)
        folder.chmod(0o755)
        os.replace(folder, data)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


SHIPPED = Path(__file__).parents[2] / "data"
EARLIER = "earlier"


def run_upgrade(given: Namespace) -> None:
    """Bring the folder up, and say what was done file by file."""
    config = definitions.load(definitions.path_of(given.config))
    all_releases = releases.all_of(config.data)
    if not first_version.is_first_version(config.data):
        definitions.definitions(config.data, config.plan)
        print(f"{config.data} is of today's form, with {len(all_releases)} releases: nothing to do")
        return
    with alone(config.data):
        changed = _upgraded(config, max((release.published for release in all_releases), default=datetime.now(UTC).date()))
    for name in changed:
        print(f"  {name}: {'from this version' if name in first_version.FROM_THIS_VERSION else 'in its form of today'}")
    print(f"{len(changed)} files brought up, what they said before is in {config.data / EARLIER}; "
          f"{len(all_releases)} releases as they were")


def _upgraded(config: Config, recorded: date) -> list[str]:
    """Make the new folder beside the old one, read it whole, and only then put file by file in its place."""
    with TemporaryDirectory(prefix=".upgrade-", dir=config.data.parent) as beside:
        trial = Path(beside) / "data"
        shutil.copytree(config.data, trial, ignore=shutil.ignore_patterns("releases", EARLIER))
        changed = dict(first_version.in_todays_form(config.data, SHIPPED, recorded))
        for name, text in changed.items():
            (trial / name).write_text(text, encoding="utf-8", newline="\n")
        known = definitions.definitions(trial, config.plan)
        check_claims(trial, known)
        check_what_pages_read(trial, known)
        for name in changed:
            _put(config.data, trial / name, name)
    return list(changed)


def _put(data: Path, made: Path, name: str) -> None:
    """Put a file in its place, once a copy of what stood there is kept."""
    final = data / name
    if final.exists():
        kept = (data / EARLIER / name).with_suffix(f".{datetime.now(UTC):%Y%m%dT%H%M%S%f}{final.suffix}")
        kept.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(final, kept)
    os.replace(made, final)
    change_log.note(data, change_log.COMMAND_LINE, final)
