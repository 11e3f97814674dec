"""
Refresh: ask each catalogue once, fetch what has changed, try it on a copy, write the review, and leave the rest to a person.

Where nothing has changed nothing is written. Every step ends with the remembered state replaced, so that the next run goes on where one
was killed.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from metrics.build.definition_files import wording
from metrics.definitions.change_log import alone
from metrics.domain import Config, Dataset, Definitions, Refresh, Refused, Release
from metrics.ingest import releases
from metrics.refresh import catalogue, review, state
from metrics.refresh.catalogue import Entry
from metrics.refresh.download import Client
from metrics.refresh.state import File, Seen, State, Waiting

Changed = dict[str, dict[str, Entry]]
"""The newest file of each label, by dataset."""
FILES = "files"


def look(client: Client, known: Definitions, before: State) -> tuple[Changed, dict[str, str]]:
    """The files that are not as they were remembered, and why a dataset could not be asked; each catalogue is asked once."""
    listings: dict[str, list[Entry] | Refused] = {}
    changed: Changed = {}
    troubles: dict[str, str] = {}
    for dataset in (dataset for dataset in known.datasets.values() if dataset.catalogue):
        try:
            changed[dataset.id] = _changed(dataset, _listing(client, dataset.catalogue.listing, listings), before)
        except Refused as refusal:
            troubles[dataset.id] = str(refusal)
    return {name: files for name, files in changed.items() if files}, troubles


def by_hand(known: Definitions) -> list[str]:
    """The datasets that no catalogue is named for."""
    return sorted(dataset.id for dataset in known.datasets.values() if dataset.catalogue is None)


def _listing(client: Client, address: str, listings: dict[str, list[Entry] | Refused]) -> list[Entry]:
    """The entries of a catalogue, asked for once whether it answers or not."""
    if address not in listings:
        try:
            listings[address] = catalogue.read(client.listing(address), address)
        except Refused as refusal:
            listings[address] = refusal
    answer = listings[address]
    if isinstance(answer, Refused):
        raise answer
    return answer


def _changed(dataset: Dataset, entries: list[Entry], before: State) -> dict[str, Entry]:
    seen = before.seen.get(dataset.id, {})
    newest = {wanted.label: catalogue.newest(entries, wanted) for wanted in dataset.catalogue.files}
    return {label: entry for label, entry in newest.items() if label not in seen or seen[label].fingerprint != entry.fingerprint}


def refresh(config: Config, known: Definitions, client: Client, today: date) -> State:
    """Look, fetch, try and review."""
    chosen = chosen_of(config)
    before = state.read(chosen.folder)
    changed, troubles = look(client, known, before)
    if not changed and troubles == before.troubles and not before.untried:
        return before
    chosen.folder.mkdir(parents=True, exist_ok=True)
    with alone(chosen.folder):
        now = state.read(chosen.folder)
        for dataset, entries in changed.items():
            try:
                _fetch(client, known.datasets[dataset], entries, chosen.folder, config.data, now)
            except Refused as refusal:
                troubles[dataset] = str(refusal)
        now.troubles = troubles
        now.waiting = {name: release for name, release in now.waiting.items() if name in known.datasets}
        _reviewed(now, config, chosen.folder, known, today)
    return now


def chosen_of(config: Config) -> Refresh:
    """What the configuration chooses of refresh; refused where it chooses nothing."""
    if config.refresh is None:
        raise Refused("the configuration has no `refresh`: write in a folder for what is fetched: `refresh: {folder: build/refresh}`")
    return config.refresh


def _fetch(client: Client, dataset: Dataset, entries: dict[str, Entry], folder: Path, data: Path, now: State) -> None:
    """Every changed file of a dataset; those that no release holds wait."""
    seen, files = dict(now.seen.get(dataset.id, {})), {}
    imported = {file["sha256"] for release in releases.all_of(data, dataset.id) for file in release.files}
    there = folder / FILES / dataset.id
    for label, entry in entries.items():
        last = seen.get(label, Seen([]))
        fetched = client.file(entry, dataset.catalogue.listing, there, etag=last.etag, modified=last.modified)
        seen[label] = Seen(entry.fingerprint, *((fetched.etag, fetched.modified) if fetched else (last.etag, last.modified)))
        if fetched and fetched.sha256 not in imported:
            published = fetched.changed or _day(entry)
            path = fetched.path.relative_to(folder).as_posix()
            files[label] = File(path, entry.address, fetched.retrieved, fetched.sha256, published)
    for cut in there.glob("*.part"):
        cut.unlink()
    now.seen[dataset.id] = seen
    if files:
        waiting = now.waiting.get(dataset.id)
        now.waiting[dataset.id] = Waiting((waiting.files if waiting else {}) | files)
    state.write(folder, now)


def _day(entry: Entry) -> str:
    """The day that a catalogue gives for a file; empty where it gives none."""
    try:
        return date.fromisoformat(entry.stamp[:10]).isoformat()
    except ValueError:
        return ""


def _reviewed(now: State, config: Config, folder: Path, known: Definitions, today: date) -> None:
    if now.untried:
        changed = review.trial(now, config, folder, known, today)
        questions = wording(config.data).text["answers"]["questions"]
        state.replace(folder / state.REVIEW, review.text(now, changed, known, questions).encode())
    state.write(folder, now)


def tell(config: Config, now: State) -> bool:
    """
    Send the review to whom it concerns, once; whether it was sent.

    Raises Refused: a server does not take it; it is tried again the next time.
    """
    chosen = chosen_of(config)
    if not now.waiting or not (chosen.mail or chosen.webhook):
        return False
    text = read_review(config)
    digest = hashlib.sha256(text.encode()).hexdigest()
    if digest == now.told:
        return False
    review.send(chosen, text)
    now.told = digest
    state.write(chosen.folder, now)
    return True


def read_review(config: Config) -> str:
    """The review as it was last written."""
    return (chosen_of(config).folder / state.REVIEW).read_text(encoding="utf-8")


def take(config: Config, known: Definitions, today: date, datasets: list[str], accept: str = "") -> list[Release]:
    """
    Import what waits, of all datasets or of some, and give the releases.

    Raises Refused: a dataset of which nothing waits; a release that cannot be taken, or looks odd and no reason is given.
    """
    folder = chosen_of(config).folder
    with _waiting(folder, datasets) as (now, names):
        taken = []
        for name in names:
            files = now.waiting[name].files.values()
            taken.append(review.bring_in(name, files, folder, config.data, known, today, accept=accept).release)
            _settled(folder, now, name)
    return taken


def leave(config: Config, datasets: list[str]) -> list[str]:
    """Forget what waits, of all datasets or of some: it is not asked for again until it changes."""
    folder = chosen_of(config).folder
    with _waiting(folder, datasets) as (now, names):
        for name in names:
            _settled(folder, now, name)
    return names


@contextmanager
def _waiting(folder: Path, datasets: list[str]) -> Iterator[tuple[State, list[str]]]:
    """What is remembered, read while the folder is held, and which datasets are meant."""
    if not folder.is_dir():
        raise Refused("nothing waits: `python -m metrics refresh` looks for newer files")
    with alone(folder):
        now = state.read(folder)
        for name in datasets:
            if name not in now.waiting:
                raise Refused(f"nothing of {name!r} waits; what does: {', '.join(sorted(now.waiting)) or 'nothing'}")
        yield now, datasets or sorted(now.waiting)


def _settled(folder: Path, now: State, name: str) -> None:
    del now.waiting[name]
    state.write(folder, now)
