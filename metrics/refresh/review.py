"""
The review: what is new, what was restated, what looks odd and which answers would change where, for a person to take or leave.

Who is told that it waits: people by e-mail, over TLS alone, and a program by a webhook.
"""

import smtplib
import ssl
from collections.abc import Iterable
from email.message import EmailMessage

import pandas as pd
import requests

from metrics.domain import Definitions, Mail, Refresh, Refused
from metrics.refresh.state import CLEAR, ODD, REFUSED, State, Waiting

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

    `changed`: the answers that would change, as `trial.run` gives them.
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
