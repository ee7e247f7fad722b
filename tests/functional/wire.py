"""HTTP by hand over a socket, for what client libraries would not send or would not show."""
import dataclasses
import json
import socket

from server import Server


@dataclasses.dataclass
class Answer:
    """The same names as in requests.Response, so that both can be checked alike."""

    status_code: int
    headers: dict[str, str]  # names in Title-Case
    content: bytes

    @property
    def text(self) -> str:
        return self.content.decode(errors="replace")

    def json(self):
        return json.loads(self.content)


class Wire:
    """One connection. Reading waits at most `timeout` seconds; `source` is an address of this machine to come from."""

    def __init__(self, server: Server, timeout: float = 20, source: str = ""):
        self._socket = socket.create_connection(("127.0.0.1", server.port), timeout, source_address=(source, 0))
        self._buffer = b""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._socket.close()

    def send(self, *parts: bytes | str) -> None:
        self._socket.sendall(b"".join(part.encode() if isinstance(part, str) else part for part in parts))

    def send_header(self, line: str, *fields: str) -> None:
        self.send("\r\n".join([f"{line} HTTP/1.1", "Host: localhost", *fields, "", ""]))

    def end_sending(self) -> None:
        self._socket.shutdown(socket.SHUT_WR)

    def answer(self) -> Answer:
        """The next response, interim ones (100) included."""
        while b"\r\n\r\n" not in self._buffer:
            self._receive()
        head, _, self._buffer = self._buffer.partition(b"\r\n\r\n")
        status_line, *lines = head.decode().split("\r\n")
        version, status, *_ = status_line.split(" ")
        assert version == "HTTP/1.1"
        headers = {name.title(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        length = int(headers.get("Content-Length", 0))
        while len(self._buffer) < length:
            self._receive()
        content, self._buffer = self._buffer[:length], self._buffer[length:]
        return Answer(int(status), headers, content)

    def rest(self) -> bytes:
        """All that still comes until the server closes."""
        received, self._buffer = self._buffer, b""
        while more := self._socket.recv(65536):
            received += more
        return received

    def _receive(self) -> None:
        more = self._socket.recv(65536)
        assert more, f"the server closed the connection; unread: {self._buffer!r}"
        self._buffer += more


def bearer(key: str) -> str:
    return f"Authorization: Bearer {key}"
