"""
Releases: the figures as they were published on a date, kept for good.

A release is a pair of files in `data/releases/<dataset>/`: `<published>.csv` with the tidy rows (`.parquet` where there are so many that
text would be too large) and `<published>.json` with who published them, when they were retrieved, which files they came from and what
the import found. Nothing here edits or deletes a release; a release that was edited is refused.

Where each figure was read, the columns and lines of the publisher's files, is kept beside a release in `<published>.cells.json`, which
changes nothing of it: it names the release by the SHA-256 of its figures and carries a seal of its own. A release that was kept before
cells were recorded has none until the same files are imported again.
"""

import hashlib
import io
import json
import os
from collections.abc import Sequence
from dataclasses import MISSING, asdict, fields
from datetime import date
from pathlib import Path
from tempfile import mkstemp

import pandas as pd

from metrics.definitions import change_log
from metrics.definitions.change_log import alone
from metrics.domain import CELL, TIDY, Refused, Release
from metrics.durable_file import force
from metrics.ingest.reading import SourceCells

SEAL = "seal"
"""The field of a release's description that holds the SHA-256 of all its others."""
LISTS = ("files", "odd")
LARGEST_SHOWN = 10
DATES = ("published", "retrieved")
KINDS = {"measure": "str", "place": "str", "period": "str", "value": float, "base": float}


def all_of(data: Path, dataset: str | None = None) -> list[Release]:
    """Every release held, oldest publication first within its dataset; each is checked to be unedited."""
    folders = sorted(path for path in (data / "releases").glob(dataset or "*") if path.is_dir())
    return [_load(path) for folder in folders for path in sorted([*folder.glob("*.csv"), *folder.glob("*.parquet")])]


def path_of(data: Path, dataset: str, published: date) -> Path:
    """Where the figures of a release are kept, whichever way they are written."""
    packed = data / "releases" / dataset / f"{published.isoformat()}.parquet"
    return packed if packed.exists() else packed.with_suffix(".csv")


def rows(data: Path, release: Release) -> pd.DataFrame:
    """The tidy rows of one release: `measure, place, period, value, base`."""
    path = path_of(data, release.dataset, release.published)
    if path.suffix == ".parquet":
        return pd.read_parquet(path, read_dictionary=CELL)[TIDY].astype(KINDS)  # a name that stands a thousand times is held once
    return pd.read_csv(path, dtype=KINDS, keep_default_na=False, na_values=[""])


def known(earlier: list[pd.DataFrame]) -> pd.DataFrame:
    """
    What releases gave together, as `history` has them: the newest figure of each cell, an official one first.

    Returns: `measure, place, period, value, base, second_hand`, one row a cell.
    """
    if not earlier:
        return pd.DataFrame(columns=[*TIDY, "second_hand"]).astype(KINDS)
    every = pd.concat(earlier, ignore_index=True).sort_values("second_hand", ascending=False, kind="stable")
    return every.drop_duplicates(CELL, keep="last", ignore_index=True)


def history(data: Path, dataset: str, before: date) -> list[pd.DataFrame]:
    """The rows of each release of a dataset before a date, oldest first, with the column `second_hand`."""
    earlier = [release for release in all_of(data, dataset) if release.published < before]
    return [rows(data, release).assign(second_hand=release.second_hand) for release in earlier]


def compare(now: pd.DataFrame, before: pd.DataFrame) -> dict:
    """
    What a release changes: cells new, changed and unchanged, the largest changes, and cells it no longer gives.

    >>> was = pd.DataFrame([("rape", "brent", "2023-01", 4.0), ("rape", "brent", "2023-02", 5.0)], columns=[*CELL, "value"])
    >>> now = pd.DataFrame([("rape", "brent", "2023-02", 7.0), ("rape", "brent", "2023-03", 1.0)], columns=[*CELL, "value"])
    >>> {key: compare(now, was)[key] for key in ("new", "changed", "unchanged", "no_longer_given")}
    {'new': 1, 'changed': 1, 'unchanged': 0, 'no_longer_given': 1}
    """
    both = now.merge(before[[*CELL, "value"]], on=CELL, how="left", suffixes=("", "_before"), indicator=True)
    shared = both[both["_merge"] == "both"]
    changed = shared[shared["value"] != shared["value_before"]]
    largest = changed.reindex((changed["value"] - changed["value_before"]).abs().sort_values(ascending=False, kind="stable").index)
    return {
        "new": int((both["_merge"] == "left_only").sum()),
        "changed": len(changed),
        "unchanged": len(shared) - len(changed),
        "no_longer_given": len(before) - len(shared),
        "largest_changes": [
            {**{name: row[name] for name in CELL}, "was": row["value_before"], "now": row["value"]}
            for row in largest.head(LARGEST_SHOWN).to_dict("records")
        ],
    }


def write(data: Path, release: Release, tidy: pd.DataFrame, *, packed: bool = False) -> Path:
    """
    Keep a release: description and figures made whole under names of their own, then put in place together, by one process at a time.

    Raises Refused: there is a release of that dataset and day already.
    """
    path = path_of(data, release.dataset, release.published)
    path = path.with_suffix(".parquet") if packed else path
    sidecar = path.with_suffix(".json")
    with alone(data):
        if path.exists():
            raise Refused(f"{release.dataset} {release.published} is already held with other figures; releases are never edited")
        beside: list[Path] = []
        try:
            for final, raw in ((sidecar, _described(release).encode()), (path, as_bytes(tidy, packed=packed))):
                beside.append(written(final, raw))
            for part, final in zip(beside, (sidecar, path), strict=True):
                os.replace(part, final)
        except OSError as error:
            for leftover in beside:
                leftover.unlink(missing_ok=True)
            raise Refused(f"could not be written ({error.strerror}); nothing was changed", file=sidecar) from error
        change_log.note(data, change_log.COMMAND_LINE, path)
    return path


def _described(release: Release) -> str:
    facts = asdict(release) | {"published": release.published.isoformat(), "retrieved": release.retrieved.isoformat()}
    return json.dumps(facts | {SEAL: seal_of(facts)}, indent=1, ensure_ascii=False) + "\n"


def seal_of(facts: dict) -> str:
    """The SHA-256 of every field of a description but the seal itself, however the file is laid out."""
    sealed = {name: value for name, value in facts.items() if name != SEAL}
    return digest(json.dumps(sealed, sort_keys=True, ensure_ascii=False).encode())


def written(final: Path, raw: bytes) -> Path:
    """Bytes on the disk under a name of their own beside their place."""
    final.parent.mkdir(parents=True, exist_ok=True)
    handle, name = mkstemp(prefix=f".{final.name}.", suffix=".part", dir=final.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            force(file, raw)
    except OSError:
        Path(name).unlink()
        raise
    return Path(name)


def as_csv(tidy: pd.DataFrame) -> str:
    """The text in which tidy rows are kept; equal rows give equal text."""
    return tidy[TIDY].to_csv(index=False, float_format="%.10g", lineterminator="\n")


def as_bytes(tidy: pd.DataFrame, *, packed: bool = False) -> bytes:
    """The bytes in which tidy rows are kept: text, or Parquet where they are `packed`; equal rows give equal bytes."""
    if not packed:
        return as_csv(tidy).encode("utf-8")
    out = io.BytesIO()
    small = tidy[TIDY].astype({"value": "int32"}) if (tidy["value"] % 1 == 0).all() else tidy[TIDY]
    small.to_parquet(out, engine="pyarrow", index=False, compression="zstd", compression_level=19)
    return out.getvalue()


def digest(raw: bytes) -> str:
    """The SHA-256 of some bytes, in hexadecimal."""
    return hashlib.sha256(raw).hexdigest()


def _load(path: Path) -> Release:
    sidecar = path.with_suffix(".json")
    if not sidecar.exists():
        raise Refused(f"no {sidecar.name} beside it: publisher's date, licence and origin are not known", file=path)
    facts = _facts(sidecar)
    if digest(path.read_bytes()) != facts["sha256"]:
        raise Refused("not as it was when imported; releases are never edited: restore it", file=path)
    if path.stem != facts["published"] or path.parent.name != facts["dataset"]:
        raise Refused(f"says it is {facts['dataset']} {facts['published']}, its name says otherwise", file=sidecar)
    kept = {name: value for name, value in facts.items() if name != SEAL}
    as_tuples = {name: tuple(kept[name]) for name in LISTS if name in kept}
    return Release(**kept | {name: date.fromisoformat(facts[name]) for name in DATES} | as_tuples)


def _facts(sidecar: Path) -> dict:
    """What a release's description says, with every field there and the dates readable."""
    try:
        facts = json.loads(sidecar.read_text(encoding="utf-8"))
        names = {field.name: field.default is MISSING and field.default_factory is MISSING for field in fields(Release)}
        wrong = {name for name, needed in names.items() if needed and name not in facts} | (set(facts) - {*names, SEAL})
        if wrong:
            raise ValueError(f"fields {', '.join(sorted(wrong))} are missing or too many")
        if SEAL in facts and facts[SEAL] != seal_of(facts):
            raise ValueError("its fields are not as they were when imported")
        for name in DATES:
            date.fromisoformat(facts[name])
    except (ValueError, TypeError) as error:
        raise Refused(f"not the description of a release ({error}): restore it", file=sidecar) from error
    return facts


CELLS = ".cells.json"


def keep_cells(data: Path, release: Release, cells: Sequence[SourceCells]) -> bool:
    """Keep the cells of a release that has none yet; whether they were kept."""
    path = cells_path(data, release)
    if not cells or path.exists():
        return False
    facts = {"release": release.sha256, "files": [_cells_of_file(part) for part in cells]}
    raw = json.dumps(facts | {SEAL: seal_of(facts)}, indent=0, ensure_ascii=False).encode() + b"\n"
    with alone(data):
        os.replace(written(path, raw), path)
    return True


def _cells_of_file(part: SourceCells) -> dict:
    nested: dict[str, dict[str, str]] = {}
    for (series, place), lines in sorted(part.lines.items()):
        nested.setdefault(series, {})[place] = lines
    facts = {"name": part.file, "first": part.first, "last": part.last, "column": part.column, "lines": nested}
    return facts | ({"periods": list(part.periods)} if part.periods else {})


def cells_of(data: Path, release: Release) -> list[SourceCells]:
    """
    The cells of a release; none where it was kept before cells were recorded.

    Raises Refused: they are of other figures, or not as they were written.
    """
    path = cells_path(data, release)
    if not path.exists():
        return []
    try:
        facts = json.loads(path.read_text(encoding="utf-8"))
        if facts["release"] != release.sha256 or facts[SEAL] != seal_of(facts):
            raise ValueError("of other figures, or edited")
        return [
            SourceCells(file["name"], file["first"], file["last"], file["column"],
                  {(series, place): lines for series, places in file["lines"].items() for place, lines in places.items()},
                  tuple(file.get("periods", ())))
            for file in facts["files"]
        ]
    except (ValueError, KeyError, TypeError) as error:
        raise Refused(f"not the cells of the release beside it ({error}): delete it and import the same files again", file=path) from error


def cells_path(data: Path, release: Release) -> Path:
    """Where the cells of a release are kept."""
    return path_of(data, release.dataset, release.published).with_suffix(CELLS)
