"""Nothing but refresh opens a connection: with every one forbidden, figures are imported, checked, built and shown all the same."""

import subprocess
import sys

import pytest

from tests.conftest import ROOT
from tests.ingest.samples import force_strength

FORBIDDING = """
import sys

def forbid(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "subprocess.Popen", "os.system"):
        raise SystemExit(f"a connection was opened: {event} {arguments}")

sys.addaudithook(forbid)
from metrics.cli import main
for words in (line.split("|") for line in sys.argv[2:]):
    if main(["--config", sys.argv[1], *words]):
        sys.exit(f"{words} failed")
"""


def run(project, *commands: str) -> subprocess.CompletedProcess:
    program = [sys.executable, "-c", FORBIDDING, str(project.config), *commands]
    return subprocess.run(program, cwd=ROOT, capture_output=True, text=True, check=False)


def test_every_other_command_does_without_a_connection(asking):
    file = asking.put("strength.csv", force_strength())
    brought = f"import|force-strength|{file}|--published|2024-02"
    output = run(asking, brought, "check", "build", "list|releases", "show|officers-pcsos|london", "findings|--place|london")
    assert (output.returncode, output.stderr) == (0, "")


@pytest.mark.parametrize("words", ["refresh", "refresh|--dry-run"])
def test_what_forbids_connections_notices_one(asking, words):
    output = run(asking, words)
    assert output.returncode != 0 and "a connection was opened: socket." in output.stderr
