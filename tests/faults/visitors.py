"""Visitors without a browser: each speaks Streamlit's own protocol over a socket, keeps what a page shows, and can choose."""

import asyncio
import re
import ssl
import time
from dataclasses import dataclass, field
from html import unescape

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

EARLY = ForwardMsg.ScriptFinishedStatus.FINISHED_EARLY_FOR_RERUN
OFFERED = ["streamlit", "PLACEHOLDER_AUTH_TOKEN"]
"""What the browser's side of Streamlit offers when it opens its socket; after it the session of before, if there was one."""
PATIENCE = 60
RETRY = 0.5
"""Seconds after which a visitor whose server is gone asks again."""
GONE = (OSError, WebSocketException, TimeoutError)


@dataclass(frozen=True)
class Door:
    """Where visitors go in: a port of this machine, the name that they ask for, the path of the app, whether over TLS, and from where."""

    port: int
    host: str
    base: str = "/explore/"
    tls: bool = True
    direct: bool = False
    source: str = "127.0.0.1"

    @property
    def socket(self) -> str:
        """The address of the socket."""
        return f"{'wss' if self.tls else 'ws'}://{self.host}:{self.port}{self.base}_stcore/stream"

    @property
    def origin(self) -> str:
        """The site that a browser would name as its own; nginx hides a port from the app, which sees it where it is asked directly."""
        return f"{'https' if self.tls else 'http'}://{self.host}{f':{self.port}' if self.direct else ''}"


@dataclass
class Visitor:
    """One window: what it shows, what was picked in it, and what it would ask for again."""

    door: Door
    page: str = ""
    query: str = ""
    session: str = ""
    script: str = ""
    received: int = 0
    shown: dict[tuple[int, ...], Delta] = field(default_factory=dict)
    picked: dict[str, str] = field(default_factory=dict)
    held: dict[str, Delta] = field(default_factory=dict)
    connection: ClientConnection | None = None

    async def open(self) -> float:
        """Open the page; gives the seconds until it was whole."""
        start = time.perf_counter()
        await self.connect()
        await self._run()
        return time.perf_counter() - start

    async def choose(self, label: str, value: str) -> float:
        """Pick a value in a picker; gives the seconds until the page was whole again."""
        start = time.perf_counter()
        self.picked[self._pickers()[label].id] = value
        await self._run()
        return time.perf_counter() - start

    async def go_on(self, patience: float = PATIENCE) -> float:
        """Come back after the socket was cut, as the browser does by itself; gives the seconds that it took."""
        start = time.perf_counter()
        while True:
            try:
                await self.connect()
                await self._run()
            except GONE:
                if time.perf_counter() - start > patience:
                    raise
                await asyncio.sleep(RETRY)
            else:
                return time.perf_counter() - start

    async def connect(self) -> ClientConnection:
        """Open the socket, as the browser does."""
        self.connection = await connect(
            self.door.socket,
            host="127.0.0.1",
            port=self.door.port,
            local_addr=(self.door.source, 0),
            origin=self.door.origin,
            subprotocols=[*OFFERED, self.session] if self.session else OFFERED,
            ssl=UNVERIFIED if self.door.tls else None,
            compression=None,
            max_size=None,
            ping_interval=None,
            open_timeout=PATIENCE,
            close_timeout=1,
            proxy=None,
        )
        return self.connection

    async def leave(self) -> None:
        """Close the window."""
        await self.connection.close()

    @property
    def words(self) -> str:
        """The headings and texts on the page, in their order."""
        elements = (self.shown[path].new_element for path in sorted(self.shown))
        return "\n".join(element.html.body or element.heading.body or element.alert.body for element in elements)

    @property
    def pictures(self) -> list[str]:
        """The addresses of the pictures on the page, in their order, beside the page's own."""
        return [unescape(address) for address in re.findall(r'<img [^>]*src="(picture/[^"]+)"', self.words)]

    @property
    def errors(self) -> list[str]:
        """What the page shows of a program that went wrong."""
        return [delta.new_element.exception.message for delta in self.shown.values() if delta.new_element.WhichOneof("type") == "exception"]

    def shows(self, label: str) -> str:
        """What a picker shows as chosen; nothing where nothing is."""
        picker = self._pickers()[label]
        return picker.raw_value if picker.set_value else self.picked.get(picker.id, "")

    def _pickers(self) -> dict:
        elements = (delta.new_element for delta in self.shown.values())
        return {element.selectbox.label: element.selectbox for element in elements if element.WhichOneof("type") == "selectbox"}

    async def _run(self) -> None:
        await self.connection.send(self._asked())
        async with asyncio.timeout(PATIENCE):
            while not self._taken(await self.connection.recv()):
                pass

    def _asked(self) -> bytes:
        states = WidgetStates(widgets=[WidgetState(id=name, string_value=value) for name, value in self.picked.items()])
        page = {"page_script_hash": self.script} if self.script else {"page_name": self.page}
        state = ClientState(query_string=self.query, widget_states=states, cached_message_hashes=self.held, **page)
        return BackMsg(rerun_script=state).SerializeToString()

    def _taken(self, data: bytes) -> bool:
        """Keep what one message says; whether the page is whole with it."""
        self.received += len(data)
        message = ForwardMsg.FromString(data)
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self.session = message.new_session.initialize.session_id
            if not message.metadata.run.fragment_ids:
                self.shown.clear()
        elif kind == "navigation":
            self.script = message.navigation.page_script_hash
        elif kind == "page_info_changed":
            self.query = message.page_info_changed.query_string
        elif kind in ("delta", "ref_hash"):
            self._show(message)
        return kind == "script_finished" and message.script_finished != EARLY

    def _show(self, message: ForwardMsg) -> None:
        delta = self.held[message.ref_hash] if message.ref_hash else message.delta
        if message.metadata.cacheable:
            self.held[message.hash] = delta
        self.shown[tuple(message.metadata.delta_path)] = delta


def _unverified() -> ssl.SSLContext:
    """TLS as it is spoken to this machine's own certificate, which nobody vouches for."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


UNVERIFIED = _unverified()
