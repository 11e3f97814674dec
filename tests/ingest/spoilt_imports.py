"""What becomes of a spoilt file that is given as a release: refused, stopped as odd, taken as it was, shorter, or silently wrong."""

import json
import os
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

import pandas as pd

from metrics.domain import CELL, Definitions, Refused, Release
from metrics.ingest import pipeline, releases

REFUSED, ODD, SAME, SHORTER, WRONG = "refused", "looks odd", "the same figures", "fewer months", "SILENTLY WRONG"
TOLD, MISSING = "gaps told", "missing"
FIRST = "other figures, with no release before to hold them against"
NEW = "other figures, of months that no release before gives"


@dataclass
class Trial:
    """A release as it was imported, in a folder that holds only the releases before it."""

    definitions: Definitions
    release: Release
    data: Path
    truth: pd.DataFrame
    history: list[pd.DataFrame]

    def __str__(self) -> str:
        return f"{self.release.dataset} {self.release.published}"

    @classmethod
    def of(cls, shipped: Path, release: Release, definitions: Definitions, folder: Path) -> "Trial":
        """The trial of one of the releases that `shipped` holds."""
        data = folder / f"{release.dataset}-{release.published}"
        kept = data / "releases" / release.dataset
        kept.mkdir(parents=True)
        for path in sorted((shipped / "releases" / release.dataset).iterdir()):
            if path.stem < release.published.isoformat():
                os.link(path, kept / path.name)
        history = releases.history(data, release.dataset, release.published)
        return cls(definitions, release, data, releases.rows(shipped, release), history)

    def outcome(self, files: list[Path]) -> tuple[str, str]:
        """What becomes of files given as this release, and what is said."""
        try:
            with mock.patch.object(releases, "history", return_value=self.history):  # it stays the same: read it once
                pipeline.bring_in(
                    files, dataset=self.release.dataset, published=self.release.published, approximate=self.release.approximate,
                    retrieved=self.release.retrieved, definitions=self.definitions, data=self.data,
                )
        except pipeline.LooksOdd as odd:
            return ODD, odd.odd[0]
        except Refused as refusal:
            return REFUSED, str(refusal)
        path = releases.path_of(self.data, self.release.dataset, self.release.published)
        if not path.exists():
            return SAME, "already held"
        kept = releases.rows(self.data, self.release)
        gaps = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))["report"]["gaps"]
        for kept_file in path.parent.glob(f"{path.stem}.*"):
            kept_file.unlink()
        outcome, reason = compared(kept, self.truth)
        if outcome == MISSING and gaps:
            return TOLD, gaps[0]
        return (self._held_against(kept), reason) if outcome in (MISSING, WRONG) else (outcome, reason)

    def _held_against(self, kept: pd.DataFrame) -> str:
        """Whether any of the figures that differ was known before, so that it could have been seen."""
        known = releases.known(self.history)
        differ = pd.concat([kept, self.truth])[[*CELL, "value"]].drop_duplicates(keep=False)
        return FIRST if known.empty else WRONG if len(differ.merge(known, on=CELL)) else NEW


def compared(kept: pd.DataFrame, truth: pd.DataFrame) -> tuple[str, str]:
    """How kept rows differ from those that the file holds."""
    both = truth.merge(kept, on=CELL, how="outer", suffixes=("", "_kept"))
    missing, differs = both["value_kept"].isna(), both["value"] != both["value_kept"]
    if not differs.any():
        return SAME, ""
    first = both[differs].iloc[0]
    reason = f"{first.measure}, {first.place}, {first.period}: {first.value:g} is kept as {first.value_kept:g}; {differs.sum()} in all"
    span = kept.groupby(["measure", "place"])["period"].agg(["min", "max"]).reindex(pd.MultiIndex.from_frame(both[["measure", "place"]]))
    window = both["period"].between(span["min"].to_numpy(), span["max"].to_numpy()) | span["min"].isna().to_numpy()
    if not missing[differs].all():
        return WRONG, reason
    return (MISSING if (missing & window).any() else SHORTER), reason
