"""X-Request-Id: on every answer and in every error; a well-formed one of the client is kept (contract §1)."""
import pytest
import requests

from client import problem
from wire import Wire


@pytest.mark.parametrize("id", ["abc", "A-b_c.9", "x" * 128])
def test_a_well_formed_request_id_is_kept(server, id):
    for path in ("/healthz", "/nothing"):
        answer = requests.get(server.base + path, headers={"X-Request-Id": id})
        assert answer.headers["X-Request-Id"] == id
    assert answer.json()["error"]["request_id"] == id


@pytest.mark.parametrize("id", ["", "two words", "x" * 129, "a\tb", "<script>", "ü".encode().decode("latin-1"), '"'])
def test_an_ill_formed_request_id_is_replaced(server, id):
    answer = requests.get(server.base + "/nothing", headers={"X-Request-Id": id})
    assert answer.headers["X-Request-Id"] not in ("", id)
    assert answer.json()["error"]["request_id"] == answer.headers["X-Request-Id"]


def test_request_ids_differ(server):
    assert len({requests.get(server.base + "/healthz").headers["X-Request-Id"] for _ in range(20)}) == 20


@pytest.mark.parametrize(
    "header",
    [
        "GET /healthz HTTP/1.1\r\n{}",
        "GET /healthz HTTP/1.1\r\nHost: x\r\nHost: x\r\n{}",
        "GET /%zz HTTP/1.1\r\nHost: x\r\n{}",
        "POST /v1/images HTTP/1.1\r\nHost: x\r\n{}Transfer-Encoding: gzip\r\n",
        "POST /v1/images HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n{}",
        "GET /healthz HTTP/1.1\r\nHost: x\r\n{}no colon\r\n",
    ],
    ids=["no host", "two hosts", "target", "coding after it", "coding before it", "no header after it"],
)
def test_a_request_that_is_not_understood_keeps_its_id(server, header):
    with Wire(server) as wire:
        wire.send(header.format("X-Request-Id: from-the-client\r\n"), "\r\n")
        assert problem(wire.answer(), 400, "invalid_request")["request_id"] == "from-the-client"


def test_an_ill_formed_id_of_a_request_that_is_not_understood_is_replaced(server):
    with Wire(server) as wire:
        wire.send("GET /healthz HTTP/1.1\r\nX-Request-Id: two words\r\n\r\n")
        assert problem(wire.answer(), 400, "invalid_request")["request_id"] not in ("", "two words")
