"""More than the server may carry is refused at once, in the contract's form, while the rest goes on."""
import contextlib
import socket
import time

import pytest

from client import Client, problem
from pictures import PNG, unique_png
from wire import Wire, bearer

LIMITS = ["max-connections", "max-connections-per-address", "max-requests", "min-transfer-rate"]


def begin_upload(wire: Wire, client: Client, content: bytes = PNG) -> None:
    """Asks for leave to send the body, which comes when the request runs."""
    wire.send_header(
        "POST /v1/images",
        bearer(client.key),
        "Content-Type: image/png",
        f"Content-Length: {len(content)}",
        "Expect: 100-continue",
    )
    assert wire.answer().status_code == 100


def unavailable(answer) -> None:
    error = problem(answer, 503, "unavailable")
    assert int(answer.headers["Retry-After"]) == error["retry_after"] > 0
    assert answer.headers["Cache-Control"] == "no-store"


@contextlib.contextmanager
def half_sent_uploads(running, client: Client, number: int):
    """Uploads that have sent half of their body, and so are in the middle of their request; all must end well."""
    contents = [unique_png() for _ in range(number)]
    with contextlib.ExitStack() as stack:
        wires = [stack.enter_context(Wire(running)) for _ in contents]
        for wire, content in zip(wires, contents):
            begin_upload(wire, client, content)
            wire.send(content[: len(content) // 2])
        yield
        for wire, content in zip(wires, contents):
            wire.send(content[len(content) // 2 :])
        for wire in wires:
            assert wire.answer().status_code == 201


def address_of_the_machine() -> str:
    """One that is not the loopback's, which no limit per address is for."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as nobody:
        try:
            nobody.connect(("192.0.2.1", 9))  # sends nothing: only a route is chosen
        except OSError:
            pytest.skip("this machine has no address but the loopback's")
        return nobody.getsockname()[0]


def test_a_connection_too_many_is_503_and_closed(start):
    running = start("--max-connections", "4")
    with contextlib.ExitStack() as stack:
        wires = [stack.enter_context(Wire(running)) for _ in range(4)]
        for wire in wires:
            wire.send_header("GET /healthz")
            assert wire.answer().status_code == 200
        for _ in range(20):
            with Wire(running) as late:
                unavailable(late.answer())  # nothing was asked yet
                assert late.rest() == b""
        for wire in wires:
            wire.send_header("GET /healthz")
            assert wire.answer().status_code == 200


def test_a_running_upload_does_not_notice_the_overload(start):
    running = start("--max-connections", "1", "--threads", "1")
    client = Client(running)
    time.sleep(0.2)  # until the place of the registration is free
    with Wire(running) as wire:
        begin_upload(wire, client)
        for _ in range(50):
            with Wire(running) as late:
                late.send_header("GET /healthz")
                unavailable(late.answer())
        wire.send(PNG)
        assert wire.answer().status_code == 201


def test_a_request_too_many_is_503_and_may_be_sent_again(start):
    running = start("--max-requests", "1")
    client = Client(running)
    with Wire(running) as upload, Wire(running) as other:
        begin_upload(upload, client)
        other.send_header("GET /healthz")
        unavailable(other.answer())
        upload.send(PNG)
        assert upload.answer().status_code == 201
        other.send_header("GET /healthz")
        assert other.answer().status_code == 200
    assert len(client.listed()) == 1


def test_a_refused_request_with_a_body_makes_nothing_and_ends_its_connection(start):
    running = start("--max-requests", "1")
    client = Client(running)
    with Wire(running) as upload, Wire(running) as late:
        begin_upload(upload, client)
        late.send_header(
            "POST /v1/images", bearer(client.key), "Content-Type: image/png", f"Content-Length: {len(PNG)}"
        )
        late.send(PNG)
        unavailable(late.answer())
        assert late.rest() == b""
        upload.send(PNG)
        assert upload.answer().status_code == 201
    assert len(client.listed()) == 1


def test_refused_connections_wait_for_no_request_that_runs(start):
    running = start("--max-connections", "6", "--threads", "2")
    client = Client(running)
    time.sleep(0.2)  # until the place of the registration is free
    with half_sent_uploads(running, client, 6):
        # The event loops have requests in the middle, and none of them can end before this does.
        for _ in range(20):
            with Wire(running) as late:
                late.send_header("GET /healthz")
                unavailable(late.answer())


def test_refused_requests_wait_for_no_request_that_runs(start):
    running = start("--max-requests", "6", "--threads", "2")
    client = Client(running)
    with contextlib.ExitStack() as stack:
        others = [stack.enter_context(Wire(running)) for _ in range(20)]
        with half_sent_uploads(running, client, 6):
            for other in others:
                other.send_header("GET /healthz")
                unavailable(other.answer())
        for other in others:
            other.send_header("GET /healthz")
            assert other.answer().status_code == 200
    assert len(client.listed()) == 6


def test_an_address_that_has_its_share_takes_nothing_from_another(start):
    greedy = address_of_the_machine()
    running = start("--max-connections-per-address", "3")
    with contextlib.ExitStack() as stack:
        wires = [stack.enter_context(Wire(running, source=greedy)) for _ in range(3)]
        for wire in wires:
            wire.send_header("GET /healthz")
            assert wire.answer().status_code == 200
        for _ in range(10):
            with Wire(running, source=greedy) as late:
                unavailable(late.answer())
                assert late.rest() == b""
            with Wire(running, source="127.0.0.2") as other:
                other.send_header("GET /healthz")
                assert other.answer().status_code == 200
        for wire in wires:
            wire.send_header("GET /healthz")
            assert wire.answer().status_code == 200


@pytest.mark.parametrize("name", LIMITS)
@pytest.mark.parametrize("value", ["many", "-1", "1000000000000"])
def test_a_wrong_limit_stops_the_start(name, value, start):
    with pytest.raises(AssertionError, match=name):
        start(f"--{name}={value}")
