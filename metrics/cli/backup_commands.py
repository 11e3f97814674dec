"""Backup and restore: everything that cannot be rebuilt in one file, each byte of it checked on the way out and on the way back."""

import hashlib
import os
import shutil
import tempfile
import zipfile
from argparse import Namespace
from pathlib import Path, PurePosixPath

from metrics import definitions
from metrics.cli.arguments import command
from metrics.definitions.configuration import local_path
from metrics.definitions.project_lock import alone
from metrics.domain import Refused
from metrics.ingest import releases

SUMS, DATA, CONFIG = "SHA256SUMS", "data", "config"
LARGEST = 4 * 1024**3


def add_to(sub) -> None:
    """Add the commands that keep and bring back a project."""
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
