"""The people named are told once that something waits: by e-mail over TLS, by a webhook; a server in trouble is told and asked again."""

import base64
import json
import shutil
import ssl
import subprocess
import threading
from pathlib import Path
from socketserver import StreamRequestHandler, ThreadingTCPServer

import pytest

from metrics.domain import Mail, Refresh, Refused
from metrics.refresh import review
from tests.refresh.conftest import FORCE
from tests.refresh.publisher import Page

MAIL = {"server": "localhost", "sender": "figures@example.org", "recipients": ("analyst@example.org", "press@example.org")}

ANSWERS = {b"EHLO": b"250-here\r\n250 AUTH PLAIN", b"AUTH": b"235 yes", b"QUIT": b"221 bye"}


class _Mailbox(StreamRequestHandler):
    def handle(self):
        if self.server.begins_plain:
            self._say(b"220 here")
            while not self._read().upper().startswith(b"STARTTLS"):
                self._say(b"250-here\r\n250 STARTTLS")
            self._say(b"220 go on")
        self.request = self.server.context.wrap_socket(self.request, server_side=True)
        self.rfile, self.wfile = self.request.makefile("rb"), self.request.makefile("wb")
        if not self.server.begins_plain:
            self._say(b"220 here")
        while line := self._read():
            self.server.heard.append(line.decode().strip())
            if line.upper().startswith(b"DATA"):
                self._say(b"354 go on")
                self.server.heard += [text.decode().rstrip() for text in iter(self._read, b".\r\n")]
            self._say(next((answer for word, answer in ANSWERS.items() if line.upper().startswith(word)), b"250 yes"))

    def _read(self) -> bytes:
        return self.rfile.readline()

    def _say(self, line: bytes):
        self.wfile.write(line + b"\r\n")
        self.wfile.flush()


@pytest.fixture(scope="module")
def certificate(tmp_path_factory) -> Path:
    """A certificate for this machine, signed by itself."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is missing: install it to test e-mail over TLS")
    path = tmp_path_factory.mktemp("tls") / "both.pem"
    words = "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost"
    subprocess.run(["openssl", *words.split(), "-keyout", path, "-out", path.with_suffix(".crt")], check=True, capture_output=True)
    return path


@pytest.fixture
def mailbox(certificate, monkeypatch):
    """Starts a server for e-mail that keeps what it hears, and gives its port; its certificate is trusted."""
    servers = []
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.with_suffix(".crt")))

    def start(*, begins_plain: bool = False):
        server = ThreadingTCPServer(("127.0.0.1", 0), _Mailbox)
        server.daemon_threads, server.heard, server.begins_plain = True, [], begins_plain
        server.handle_error = lambda *_: None
        server.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        server.context.load_cert_chain(certificate.with_suffix(".crt"), certificate)
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        servers.append(server)
        return server

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize("begins_plain", [False, True])
def test_an_e_mail_goes_over_tls_to_everyone_named(mailbox, monkeypatch, tmp_path, begins_plain):
    server = mailbox(begins_plain=begins_plain)
    port = server.server_address[1]
    monkeypatch.setattr(review, "STARTTLS", port if begins_plain else 0)
    (tmp_path / "password").write_text("secret\n")
    mail = Mail(**MAIL, port=port, user="figures", password_file=tmp_path / "password")
    review.send(Refresh(tmp_path, mail=mail), "# What waits\n\nforce-strength\n")
    heard = "\n".join(server.heard)
    assert "rcpt TO:<analyst@example.org>" in heard and "rcpt TO:<press@example.org>" in heard
    assert base64.b64encode(b"\0figures\0secret").decode() in heard
    assert "Subject: New figures wait for a person" in heard and "# What waits" in heard


def test_no_e_mail_goes_to_a_server_that_cannot_be_trusted(mailbox, monkeypatch, tmp_path):
    server = mailbox()
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "none"))
    with pytest.raises(Refused, match=r"nobody was told of the review: .*CERTIFICATE_VERIFY_FAILED"):
        review.send(Refresh(tmp_path, mail=Mail(**MAIL, port=server.server_address[1])), "x")
    assert server.heard == []


def test_a_webhook_is_told_once_and_again_after_trouble(asking, publisher):
    hook = f"refresh: {{folder: refresh, webhook: '{publisher.address}/hook'}}"
    asking.config.write_text(asking.config.read_text().replace("refresh: {folder: refresh}", hook))
    publisher.pages["/hook"] = Page(b"no", 500)
    status, _, err = asking.run("refresh")
    assert status == 2 and err.startswith("nobody was told of the review: the webhook answered 500 ") and err.count("\n") == 1
    publisher.pages["/hook"] = Page(b"yes")
    assert asking.run("refresh")[::2] == (2, "")
    assert asking.run("refresh")[::2] == (2, "")
    assert [path for path in publisher.paths() if path == "/hook"] == ["/hook"] * 2
    (notice,) = publisher.posted[-1:]
    assert json.loads(notice)["text"].startswith("New figures wait for a person\n# What waits for a person\n\n## force-strength")
    assert publisher.paths().count(FORCE) == 3
