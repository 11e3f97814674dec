"""
How many files, spoilt in the ways of `tests/ingest/spoiling.py`, are taken in silence with other figures than they were made with.

Every official file behind every shipped release is spoilt in every way that fits it and given as that release, on top of the releases
before it. Nothing may be silently wrong; what a first release, or months that no release before gives, cannot be held against is
named apart. Every release as received is taken without `--accept`. The folder of official files is named by OFFICIAL_FILES.
`bench/spoilt.py NAME ...` tries those datasets alone, or those releases, as in `recorded-crime/2026-04-30`;
`--as-received` tries every release as received alone.
"""

import hashlib
import os
import sys
import tempfile
from collections import Counter
from pathlib import Path

from metrics import definitions
from metrics.ingest import releases
from tests.ingest.spoiling import BY_ENDING, HARMLESS
from tests.ingest.spoilt_imports import FIRST, NEW, ODD, REFUSED, SAME, WRONG, Trial

AS_RECEIVED = "--as-received"
ROOT = Path(__file__).parent.parent


def main() -> int:
    """Try every release, name what went wrong, and count the rest."""
    official = Path(os.environ.get("OFFICIAL_FILES", ROOT.parent / "shared" / "data"))
    by_sum = {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in official.rglob("*") if path.suffix in BY_ENDING}
    known = definitions.definitions(ROOT / "data", definitions.load(ROOT / "config.yaml").plan)
    outcomes: Counter[str] = Counter()
    wanted, unspoilt = set(sys.argv[1:]) - {AS_RECEIVED}, AS_RECEIVED in sys.argv
    with tempfile.TemporaryDirectory() as folder:
        for release in releases.all_of(ROOT / "data"):
            if wanted and not {release.dataset, f"{release.dataset}/{release.published}"} & wanted:
                continue
            trial = Trial.of(ROOT / "data", release, known, Path(folder))
            files = [by_sum[origin["sha256"]] for origin in release.files]
            outcomes += _as_received(trial, files) if unspoilt else _tried(trial, files, Path(folder))
    print(f"{sum(outcomes.values())} tried: " + ", ".join(f"{number} {outcome}" for outcome, number in outcomes.most_common()))
    return int(outcomes[WRONG] > 0 or (unspoilt and set(outcomes) != {SAME}))


def _as_received(trial: Trial, files: list[Path]) -> Counter[str]:
    outcome, words = trial.outcome(files)
    if outcome != SAME:
        print(f"{trial} as received: {outcome}: {words}", flush=True)
    return Counter([outcome])


def _tried(trial: Trial, files: list[Path], folder: Path) -> Counter[str]:
    _as_received(trial, files)
    outcomes: Counter[str] = Counter()
    for spoilt_file in files:
        raw = spoilt_file.read_bytes()
        for spoil in BY_ENDING[spoilt_file.suffix]:
            changed = spoil(raw)
            if changed is None or changed == raw:
                continue
            path = folder / spoilt_file.name
            path.write_bytes(changed)
            outcome, words = trial.outcome([path if file == spoilt_file else file for file in files])
            outcomes[outcome] += 1
            if outcome in (WRONG, FIRST, NEW) or (spoil in HARMLESS and outcome in (REFUSED, ODD)):
                print(f"{trial} {spoilt_file.name}, {spoil.__name__}: {outcome}: {words[:160]}", flush=True)
    return outcomes


if __name__ == "__main__":
    sys.exit(main())
