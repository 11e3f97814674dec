"""The explorer as it is hosted, on this machine alone: replicas that can be killed and started again, and nginx before them."""

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.visitors import Door
from tests.web.server.conftest import HOST, PATIENCE, ROOT, free_port, listens, rendered

TICKS = os.sysconf("SC_CLK_TCK")
TOLD = dict(re.findall(r"^(STREAMLIT_\w+)=(.+)$", (ROOT / "deploy/dashboard.env").read_text(encoding="utf-8"), re.MULTILINE))
MISSING = [name for name in ("nginx", "openssl") if shutil.which(name) is None]
WHY = f"{' and '.join(MISSING)} is missing: install it to test the explorer as it is hosted"


@dataclass
class Replica:
    """One explorer on a port of its own; `told` stands in its environment, `more` on its command line."""

    app: Path
    log: Path
    told: dict[str, str] = field(default_factory=dict)
    more: tuple[str, ...] = ()
    port: int = field(default_factory=free_port)
    process: subprocess.Popen | None = None

    def start(self) -> None:
        """Start it, and wait until it listens."""
        command = [sys.executable, "-m", "streamlit", "run", self.app, "--server.port", str(self.port), *self.more]
        with self.log.open("a", encoding="utf-8") as out:
            self.process = subprocess.Popen(command, cwd=ROOT, env=os.environ | TOLD | self.told, stdout=out, stderr=out)
        assert listens(self.process, self.port), self.log.read_text(encoding="utf-8")

    def kill(self) -> None:
        """End it as a fault would: without a word."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(PATIENCE)

    def stop(self) -> None:
        """End it, if it runs."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(PATIENCE)

    @property
    def cpu(self) -> float:
        """The milliseconds of CPU that it has taken so far, all threads together."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
        return 1000 * (int(fields[11]) + int(fields[12])) / TICKS

    @property
    def memory(self) -> int:
        """The kilobytes that it holds."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        return int(re.search(r"VmRSS:\s+(\d+)", status)[1])


@dataclass
class Site:
    """Replicas, nginx before them, and where visitors go in."""

    replicas: list[Replica]
    door: Door
    folder: Path


def explorer(folder: Path, database: Path, published: Path, name: str = "explorer") -> Replica:
    """A replica of the public edition, with plain pages beside it."""
    config = folder / "config.yaml"
    chosen = {"plan": "new-met-2023", "edition": "public", "data": ROOT / "data", "database": database, "contact": "The tests"}
    config.write_text("".join(f'{key}: "{value}"\n' for key, value in chosen.items()), encoding="utf-8")
    return Replica(ROOT / "dashboard.py", folder / f"{name}.log", {"METRICS_CONFIG": str(config), "METRICS_PUBLISHED": str(published)})


def empty(folder: Path, name: str = "empty") -> Replica:
    """A replica of an app that shows nothing: what Streamlit itself costs."""
    app = folder / "empty.py"
    app.write_text("import streamlit\n", encoding="utf-8")
    return Replica(app, folder / f"{name}.log", more=("--server.baseUrlPath", "explore"))


@contextmanager
def hosted(folder: Path, published: Path, replicas: list[Replica], *, tls: bool = True, policy: bool = True) -> Iterator[Site]:
    """
    Replicas, two at most, behind the shipped nginx configuration; all of it is ended afterwards.

    Without `tls` nothing else is changed: under load the handshakes of a visitor written in Python would be most of what is measured.
    Without `policy` pages may run scripts, for one that is made of them.
    """
    port, behind = free_port(), [replica.port for replica in replicas] or [free_port()]
    folder.mkdir(exist_ok=True)
    configuration = rendered(folder, published, {"443": port, "80": free_port(), "8501": behind[0], "8502": behind[-1]})
    text = configuration.read_text(encoding="utf-8")
    text = text if tls else text.replace(" ssl http2", "")
    text = text if policy else re.sub(r"(?m)^ *add_header Content-Security-Policy.*$", "", text)
    configuration.write_text(text, encoding="utf-8")
    try:
        for replica in replicas:
            replica.start()
        with subprocess.Popen(["nginx", "-e", folder / "error.log", "-c", configuration, "-g", "daemon off;"]) as nginx:
            try:
                assert listens(nginx, port), (folder / "error.log").read_text(encoding="utf-8")
                yield Site(replicas, Door(port, HOST, tls=tls), folder)
            finally:
                nginx.terminate()
                nginx.wait(PATIENCE)
    finally:
        for replica in replicas:
            replica.stop()
