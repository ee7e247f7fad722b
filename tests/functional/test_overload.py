"""More than the server may carry is refused at once, in the contract's form, while the rest goes on."""
import contextlib
import time

import pytest

from client import Client, problem
from pictures import PNG
from wire import Wire, bearer

LIMITS = ["max-connections", "max-connections-per-address", "max-requests", "min-transfer-rate"]


def begin_upload(wire: Wire, client: Client) -> None:
    """Asks for leave to send the body, which comes when the request runs."""
    wire.send_header(
        "POST /v1/images",
        bearer(client.key),
        "Content-Type: image/png",
        f"Content-Length: {len(PNG)}",
        "Expect: 100-continue",
    )
    assert wire.answer().status_code == 100


def unavailable(answer) -> None:
    error = problem(answer, 503, "unavailable")
    assert int(answer.headers["Retry-After"]) == error["retry_after"] > 0
    assert answer.headers["Cache-Control"] == "no-store"


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


@pytest.mark.parametrize("name", LIMITS)
@pytest.mark.parametrize("value", ["many", "-1", "1000000000000"])
def test_a_wrong_limit_stops_the_start(name, value, start):
    with pytest.raises(AssertionError, match=name):
        start(f"--{name}={value}")
