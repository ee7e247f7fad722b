"""How a request is framed decides where the next one begins; whatever is ambiguous ends the connection (RFC 9112 §6, §11)."""
import pytest

from client import problem
from wire import Wire

REGISTER = "POST /v1/auth/register"
NEXT = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"


@pytest.mark.parametrize(
    "fields",
    [
        ["Content-Length: 5", "Transfer-Encoding: chunked"],
        ["Transfer-Encoding: chunked, chunked"],
        ["Transfer-Encoding: gzip, chunked"],
        ["Transfer-Encoding: xchunked"],
        ["Transfer-Encoding: chunked", "Transfer-Encoding: identity"],
        ["Content-Length: 5", "Content-Length: 6"],
        ["Content-Length: 5, 6"],
        ["Content-Length: -5"],
        ["Content-Length: +5"],
        ["Content-Length: 99999999999999999999"],
        ["Host: localhost"],
    ],
    ids=" + ".join,
)
def test_ambiguous_framing_is_400_and_nothing_after_it_is_answered(server, fields):
    with Wire(server) as wire:
        wire.send_header(REGISTER, *fields)
        wire.send("0\r\n\r\n", NEXT)
        problem(wire.answer(), 400, "invalid_request")
        assert wire.rest() == b""


def test_pipelined_requests_are_answered_in_their_order(server):
    with Wire(server) as wire:
        wire.send(NEXT, NEXT.replace("/healthz", "/nowhere"), NEXT)
        assert [wire.answer().status_code for _ in range(3)] == [200, 404, 200]


def test_an_unread_body_is_never_taken_for_a_request(server):
    with Wire(server) as wire:
        wire.send_header("GET /healthz", f"Content-Length: {len(NEXT)}")
        wire.send(NEXT)
        assert wire.answer().status_code == 200
        assert wire.rest() == b""


def test_chunk_extensions_and_trailers_are_passed_over(server):
    with Wire(server) as wire:
        wire.send_header(REGISTER, "Transfer-Encoding: chunked")
        wire.send("2;name=value\r\n{}\r\n0\r\nX-Trailer: here\r\n\r\n", NEXT)
        assert problem(wire.answer(), 400, "invalid_request")["param"] == "email"
        assert wire.answer().status_code == 200


def test_a_chunk_extension_without_an_end_is_refused_before_it_fills_the_memory(server):
    with Wire(server) as wire:
        wire.send_header(REGISTER, "Transfer-Encoding: chunked")
        wire.send("2;", "a" * 100_000)  # and no end of the line
        problem(wire.answer(), 400, "invalid_request")
        assert wire.rest() == b""
