"""What is no HTTP, and how a request is framed: that decides where the next one begins, and whatever is ambiguous ends
the connection (RFC 9112 §6, §11).
"""
import contextlib
import time

import pytest

from client import problem
from pictures import PNG
from wire import Wire, bearer

REGISTER = "POST /v1/auth/register"
NEXT = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"


@pytest.mark.parametrize(
    "sent",
    [
        b"\x00\x01\x02\x03 garbage\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\r\n" * 2,
        b"hello\r\n\r\n",
        b"GET\r\n\r\n",
        b"GET / HTTP/9.9\r\nHost: x\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost x\r\n\r\n",
        b"GET / HTTP/1.1\r\nBad Name: x\r\nHost: x\r\n\r\n",
        b"POST /v1/images HTTP/1.1\r\nHost: x\r\nContent-Length: five\r\n\r\n",
        b"POST /v1/images HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
        b"POST /v1/images HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n",
        b"POST /v1/images HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
    ],
    ids=[
        "binary",
        "TLS",
        "words",
        "no target",
        "version",
        "no colon",
        "bad name",
        "length in words",
        "negative length",
        "two lengths",
        "length and chunked",
    ],
)
def test_what_is_no_http_is_400_and_the_connection_closes(server, sent):
    with Wire(server) as wire:
        wire.send(sent)
        answer = wire.answer()
        problem(answer, 400, "invalid_request")
        assert answer.headers["Connection"].lower() == "close"
        assert wire.rest() == b""


@pytest.mark.parametrize("target", ["no-slash", "/%zz", "/a%2fb", "/%00"])
def test_a_target_that_cannot_be_read_is_400(server, target):
    with Wire(server) as wire:
        wire.send_header("GET " + target)
        problem(wire.answer(), 400, "invalid_request")


@pytest.mark.parametrize(
    "target, fields",
    [("/healthz", [f"X-Field-{n}: {'x' * 1000}" for n in range(40)]), ("/" + "x" * 40_000, [])],
    ids=["fields", "target"],
)
def test_a_large_header_is_431(server, target, fields):
    with Wire(server) as wire:
        wire.send_header("GET " + target, *fields)
        assert problem(wire.answer(), 431, "headers_too_large")["limit"] == 16384
        assert wire.rest() == b""


@pytest.mark.parametrize(
    "fields",
    [
        ["Content-Length: 5", "Transfer-Encoding: chunked"],
        ["Transfer-Encoding: chunked, chunked"],
        ["Transfer-Encoding: gzip, chunked"],
        ["Transfer-Encoding: xchunked"],
        ["Transfer-Encoding:"],
        ["Transfer-Encoding:", "Transfer-Encoding: gzip"],
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


def test_a_body_that_ends_before_its_length_is_400(server, client):
    with Wire(server) as wire:
        wire.send_header(
            "POST /v1/images", bearer(client.key), "Content-Type: image/png", f"Content-Length: {len(PNG)}"
        )
        wire.send(PNG[:5000])
        wire.end_sending()
        problem(wire.answer(), 400, "invalid_request")
        assert wire.rest() == b""
    assert client.listed() == []


@pytest.mark.parametrize(
    "chunk", [b"zz\r\nabc\r\n", b"-5\r\nabc\r\n", b"5\r\nabcdefgh\r\n0\r\n\r\n", b"fffffffffffffffffff\r\nx"]
)
def test_malformed_chunks_are_400_and_close(server, client, chunk):
    with Wire(server) as wire:
        wire.send_header("POST /v1/images", bearer(client.key), "Content-Type: image/png", "Transfer-Encoding: chunked")
        wire.send(b"400\r\n" + PNG[:0x400] + b"\r\n", chunk)
        problem(wire.answer(), 400, "invalid_request")
        assert wire.rest() == b""


def test_http_1_0_has_no_chunks(server):
    with Wire(server) as wire:
        wire.send("POST /v1/auth/register HTTP/1.0\r\nTransfer-Encoding: chunked\r\nConnection: keep-alive\r\n\r\n")
        wire.send("0\r\n\r\n", NEXT)
        problem(wire.answer(), 400, "invalid_request")
        assert wire.rest() == b""


def test_headers_that_come_line_by_line_have_the_same_limit(server):
    line = "X-Filler: " + "a" * 52 + "\r\n"
    assert 4096 % len(line) == 0  # so that every read ends with a line
    with Wire(server) as wire:
        wire.send("GET /healthz HTTP/1.1\r\n")
        with contextlib.suppress(ConnectionError):
            for _ in range(300):
                wire.send(line)
                time.sleep(0.0005)
        assert problem(wire.answer(), 431, "headers_too_large")["limit"] == 16384


def test_a_path_has_no_other_spelling_without_a_slash(server):
    with Wire(server) as wire:
        wire.send_header("GET http:Xhealthz")
        problem(wire.answer(), 400, "invalid_request")
