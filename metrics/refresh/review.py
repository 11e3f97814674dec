"""
The trial and the review: what waits is imported into a copy of the data, and both answers on everything are worked out once more.

Nothing of the project's own is touched, so that a release can be looked at before it is kept for good. The review says what is new, what
was restated, what looks odd and which answers would change where, for a person to take or leave. Who is told that it waits: people by
e-mail, over TLS alone, and a program by a webhook.
"""

import shutil
import smtplib
import ssl
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pandas as pd
import requests

from metrics.build import database
from metrics.build.answers import answers
from metrics.domain import Config, Definitions, Mail, Refresh, Refused, periods
from metrics.ingest import pipeline
from metrics.refresh.state import CLEAR, ODD, REFUSED, File, State, Waiting
from metrics.store import Store

TAKE = "python -m metrics refresh --take"
HOW = {
    CLEAR: f"Nothing in it is odd. Take it with `{TAKE} {{dataset}}`.",
    ODD: f'It looks odd. Look at the publisher\'s page; where the figures are right, `{TAKE} {{dataset}} --accept "the reason"`.',
    REFUSED: f"It cannot be imported as it is. Once the definitions know it, `{TAKE} {{dataset}}`.",
}
PLACES = 8


def text(state: State, changed: pd.DataFrame | None, known: Definitions, questions: dict[str, str]) -> str:
    """
    The review of everything that waits.

    `changed`: the answers that would change, as `trial` gives them.
    """
    parts = [line for name, release in state.waiting.items() for line in _release(name, release, known)]
    return "\n".join(["# What waits for a person", "", *parts, *_answers(changed, known, questions)]) + "\n"


def _release(name: str, release: Waiting, known: Definitions) -> Iterable[str]:
    yield from (f"## {name}: {known.datasets[name].title}", "", HOW[release.verdict].format(dataset=name))
    yield from (f"To leave it: `python -m metrics refresh --leave {name}`.", "")
    yield from (f"- {file.address}, retrieved {file.retrieved}, SHA-256 {file.sha256}" for file in release.files.values())
    yield from ("", *(f"    {line}" for line in release.lines), "")


def _answers(changed: pd.DataFrame | None, known: Definitions, questions: dict[str, str]) -> Iterable[str]:
    yield from ("## Answers that would change", "")
    if changed is None or changed.empty:
        yield "There is no build to set them beside." if changed is None else "None."
        return
    worded = changed.assign(now=_words(changed, ""), was=_words(changed, "_before"))
    for (measure, question, was, now), rows in worded.groupby(["measure", "question", "was", "now"], sort=False):
        yield f"- {known.measures[measure].title}, {questions[question]}: {was} -> {now}: {_places(rows['place'], known)}"


def _words(changed: pd.DataFrame, when: str) -> pd.Series:
    return (changed[f"verdict{when}"] + " " + changed[f"direction{when}"]).str.strip()


def _places(places: pd.Series, known: Definitions) -> str:
    names = [known.places[place].name for place in places]
    rest = len(names) - PLACES
    return ", ".join(names[:PLACES]) + (f" and {rest} more" if rest > 0 else "")


SUBJECT = "New figures wait for a person"
STARTTLS, PATIENCE, TAKEN = 587, 30, range(200, 300)


def send(chosen: Refresh, review: str) -> None:
    """Send a review to everyone whom the configuration names."""
    try:
        if chosen.mail:
            _mail(chosen.mail, review)
        if chosen.webhook:
            answer = requests.post(chosen.webhook, json={"text": f"{SUBJECT}\n{review}"}, timeout=PATIENCE, allow_redirects=False)
            if answer.status_code not in TAKEN:
                raise OSError(f"the webhook answered {answer.status_code} {answer.reason}")
    except (OSError, smtplib.SMTPException) as error:
        raise Refused(f"nobody was told of the review: {' '.join(str(error).split())}") from error


def _mail(mail: Mail, review: str) -> None:
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = SUBJECT, mail.sender, ", ".join(mail.recipients)
    message.set_content(review)
    safely = ssl.create_default_context()
    plain = mail.port == STARTTLS
    with smtplib.SMTP(mail.server, mail.port, timeout=PATIENCE) if plain else smtplib.SMTP_SSL(
        mail.server, mail.port, timeout=PATIENCE, context=safely
    ) as server:
        if plain:
            server.starttls(context=safely)
        if mail.user and mail.password_file:
            server.login(mail.user, mail.password_file.read_text(encoding="utf-8").strip())
        server.send_message(message)


FOLDER, ON_TRIAL = "trial", "on trial"
ANSWER = ["measure", "place", "question"]
JUDGED = ["verdict", "direction"]


def trial(state: State, config: Config, folder: Path, known: Definitions, today: date) -> pd.DataFrame | None:
    """
    Try everything that waits, and note of each what came of it.

    Returns: the answers that would change: `measure, place, question, verdict, direction`, the last two also with `_before`; None where no
        build is there to set them beside.
    """
    with _copy(config.data, folder) as data:
        for dataset, release in state.waiting.items():
            release.verdict, release.lines = _tried(dataset, release.files.values(), folder, data, known, today)
        return _changed(config, data, known)


@contextmanager
def _copy(data: Path, folder: Path) -> Iterator[Path]:
    there = folder / FOLDER
    shutil.rmtree(there, ignore_errors=True)
    try:
        yield Path(shutil.copytree(data, there / "data"))
    finally:
        shutil.rmtree(there, ignore_errors=True)


def _tried(dataset: str, files: Iterable[File], folder: Path, data: Path, known: Definitions, today: date) -> tuple[str, list[str]]:
    """What came of importing files into the copy; what is odd is taken there too, to see what it would change."""
    try:
        return CLEAR, list(pipeline.account_of(bring_in(dataset, files, folder, data, known, today).release))
    except pipeline.LooksOdd:
        taken = bring_in(dataset, files, folder, data, known, today, accept=ON_TRIAL).release
        return ODD, list(pipeline.account_of(replace(taken, accepted="", odd=()))) + [f"  looks odd: {line}" for line in taken.odd]
    except Refused as refusal:
        return REFUSED, [str(refusal)]


def bring_in(
    dataset: str, files: Iterable[File], folder: Path, data: Path, known: Definitions, today: date, *, accept: str = ""
) -> pipeline.Imported:
    """Import fetched files as a release of the day that their publisher gives, or of this month where none is given."""
    files = list(files)
    days = [file.published for file in files if file.published]
    retrieved = min(today, *(date.fromisoformat(file.retrieved[:10]) for file in files))
    return pipeline.bring_in(
        [folder / file.path for file in files],
        dataset=dataset,
        published=min(date.fromisoformat(max(days)), retrieved) if days else periods.last_day(f"{retrieved:%Y-%m}"),
        approximate=not days,
        retrieved=retrieved,
        definitions=known,
        data=data,
        accept=accept,
        came_from={folder / file.path: {"address": file.address, "retrieved": file.retrieved} for file in files},
    )


def _changed(config: Config, data: Path, known: Definitions) -> pd.DataFrame | None:
    try:
        before = _newest(Store(config.database))
    except Refused:
        return None
    built = data.with_name("db")
    database.build(data, built, known, judge=False)
    store = Store(built)
    after = answers(store.ask, known, store.newest())
    both = after.merge(before, on=ANSWER, suffixes=("", "_before"))
    return both[(both[JUDGED].to_numpy() != both[[f"{name}_before" for name in JUDGED]].to_numpy()).any(axis=1)]


def _newest(store: Store) -> pd.DataFrame:
    return store.ask("answers", as_at=store.newest())[[*ANSWER, *JUDGED]]
