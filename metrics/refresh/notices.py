"""Who is told that a release waits: people by e-mail, over TLS alone, and a program by a webhook."""

import smtplib
import ssl
from email.message import EmailMessage

import requests

from metrics.domain import Mail, Refresh, Refused

SUBJECT = "New figures wait for a person"
STARTTLS, PATIENCE, TAKEN = 587, 30, range(200, 300)


def send(chosen: Refresh, review: str) -> None:
    """
    Send a review to everyone whom the configuration names.

    Raises
    ------
    Refused
        A server does not take it.
    """
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
