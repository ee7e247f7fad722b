"""What can be refused is refused before the body is read, and the client sees why while it still sends."""
import json
import subprocess
import time

import pytest
import requests

from client import problem
from pictures import FOREIGN, MEGABYTE, PNG, png_of_size
from multipart import FORM, file_part, multipart, post_multipart
from wire import Wire, bearer

LIMIT = 5 * MEGABYTE
TOO_MUCH = 6 * MEGABYTE
MULTIPART = "Content-Type: " + FORM
HEAD_OF_PART = b'--XX\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\n'


@pytest.fixture(scope="module")
def big_file(tmp_path_factory):
    path = tmp_path_factory.mktemp("big") / "big.png"
    path.write_bytes(png_of_size(TOO_MUCH))
    return path


def too_large(answer, actual: int | None = None) -> None:
    """`actual` is told where it is known: of a raw body's declared length, never of a form's."""
    error = problem(answer, 413, "file_too_large")
    assert error["limit"] == LIMIT
    assert error.get("actual") == actual


@pytest.mark.parametrize("expect", ["Expect: 100-continue", "Expect:"])
@pytest.mark.parametrize(
    "way",
    [
        ["-F", "file=@{}"],
        ["-H", "Content-Type: image/png", "--data-binary", "@{}"],
        ["-H", "Content-Type: image/png", "-H", "Transfer-Encoding: chunked", "--data-binary", "@{}"],
    ],
    ids=["multipart", "raw", "chunked"],
)
def test_curl_prints_the_413(client, big_file, expect, way):
    result = subprocess.run(
        [
            "curl",
            "-sS",
            "-m",
            "60",
            "-w",
            "\n%{http_code}",
            "-H",
            bearer(client.key),
            "-H",
            expect,
            *(word.format(big_file) for word in way),
            f"{client.base}/v1/images",
        ],
        capture_output=True,
        text=True,
    )
    assert result.returncode == 0, result.stderr
    body, _, status = result.stdout.rpartition("\n")
    assert status == "413"
    assert json.loads(body)["error"]["code"] == "file_too_large"
    assert json.loads(body)["error"]["limit"] == LIMIT


NODE_UPLOAD = """
const [url, key, way] = process.argv.slice(1);
const bytes = new Uint8Array(6 * 1024 * 1024);
const form = new FormData();
form.append('file', new Blob([bytes]), 'a.png');
const body = { form, raw: bytes }[way];
const headers = { authorization: `Bearer ${key}` };
if (way !== 'form') headers['content-type'] = 'image/png';
const answer = await fetch(url, { method: 'POST', headers, body });
console.log(JSON.stringify({ status: answer.status, body: await answer.json() }));
"""


@pytest.mark.parametrize("way", ["form", "raw"])
def test_node_fetch_sees_the_413(client, way):
    result = subprocess.run(
        ["node", "--input-type=module", "-e", NODE_UPLOAD, f"{client.base}/v1/images", client.key, way],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert result.returncode == 0, result.stderr
    seen = json.loads(result.stdout)
    assert seen["status"] == 413
    assert seen["body"]["error"]["code"] == "file_too_large"
    assert seen["body"]["error"]["limit"] == LIMIT


@pytest.mark.parametrize("attempt", range(5))
def test_python_requests_sees_the_413(client, big_file, attempt):
    content = big_file.read_bytes()
    too_large(client.post_file(content))
    too_large(client.post_raw(content, "image/png"), actual=TOO_MUCH)


def test_the_limit_is_exact(client):
    assert client.post_file(png_of_size(LIMIT)).status_code == 201
    assert client.post_raw(png_of_size(LIMIT), "image/png").status_code == 201
    too_large(client.post_raw(png_of_size(LIMIT + 1), "image/png"), actual=LIMIT + 1)
    too_large(client.post_file(png_of_size(LIMIT + 1)))
    assert len(client.listed()) == 2


@pytest.mark.parametrize("content_type", [MULTIPART, "Content-Type: image/png"], ids=["multipart", "raw"])
@pytest.mark.parametrize("expect", [[], ["Expect: 100-continue"]], ids=["at once", "expecting 100"])
def test_a_declared_length_is_refused_before_any_byte_of_the_body(server, client, content_type, expect):
    with Wire(server) as wire:
        wire.send_header("POST /v1/images", bearer(client.key), content_type, f"Content-Length: {TOO_MUCH}", *expect)
        too_large(wire.answer(), actual=None if content_type == MULTIPART else TOO_MUCH)  # and not 100 before it


@pytest.mark.parametrize("expect", [[], ["Expect: 100-continue"]], ids=["at once", "expecting 100"])
def test_a_wrong_key_is_refused_before_any_byte_of_the_body(server, expect):
    with Wire(server) as wire:
        wire.send_header("POST /v1/images", bearer("pv_live_wrong"), MULTIPART, "Content-Length: 1000000", *expect)
        problem(wire.answer(), 401, "unauthorized")


@pytest.mark.parametrize("length", [2**63, 2**64 - 1])
def test_the_greatest_lengths_are_too_large(server, client, length):
    with Wire(server) as wire:
        wire.send_header("POST /v1/images", bearer(client.key), "Content-Type: image/png", f"Content-Length: {length}")
        too_large(wire.answer(), actual=length)


@pytest.mark.parametrize("length", [2**64, 10**30])
def test_a_length_beyond_all_numbers_is_no_http(server, client, length):
    with Wire(server) as wire:
        wire.send_header("POST /v1/images", bearer(client.key), "Content-Type: image/png", f"Content-Length: {length}")
        problem(wire.answer(), 400, "invalid_request")


def test_100_continue_comes_when_the_body_is_wanted(server, client):
    with Wire(server) as wire:
        wire.send_header(
            "POST /v1/images",
            bearer(client.key),
            "Content-Type: image/png",
            f"Content-Length: {len(PNG)}",
            "Expect: 100-continue",
        )
        assert wire.answer().status_code == 100
        wire.send(PNG)
        assert wire.answer().status_code == 201


def test_a_chunked_body_is_refused_when_it_passes_the_limit(server, client):
    """The client never ends its body, so the answer cannot have waited for the end."""
    picture = png_of_size(TOO_MUCH)
    with Wire(server) as wire:
        wire.send_header("POST /v1/images", bearer(client.key), "Content-Type: image/png", "Transfer-Encoding: chunked")
        for start in range(0, LIMIT + 65536, 65536):
            portion = picture[start : start + 65536]
            wire.send(f"{len(portion):x}\r\n", portion, "\r\n")
        too_large(wire.answer())


def test_a_multipart_file_is_refused_when_it_passes_the_limit(server, client):
    with Wire(server) as wire:
        wire.send_header("POST /v1/images", bearer(client.key), MULTIPART, "Transfer-Encoding: chunked")
        content = HEAD_OF_PART + png_of_size(LIMIT + 1)
        wire.send(f"{len(content):x}\r\n", content, "\r\n")
        # The parser may hold back as many bytes as the beginning of a boundary has.
        wire.send("40\r\n", "x" * 64, "\r\n")
        too_large(wire.answer())


@pytest.mark.parametrize("mime_type", ["application/pdf", "text/plain", "image/heic"])
@pytest.mark.parametrize("way", ["multipart", "raw"])
def test_another_type_is_refused_after_its_first_4_kb(server, client, mime_type, way):
    content = FOREIGN[mime_type] + b" " * 4096
    with Wire(server) as wire:
        wire.send_header(
            "POST /v1/images",
            bearer(client.key),
            MULTIPART if way == "multipart" else "Content-Type: image/png",
            f"Content-Length: {4 * MEGABYTE}",
        )
        wire.send(HEAD_OF_PART if way == "multipart" else b"", content[:2000])
        time.sleep(0.05)
        # The parser may hold back as many bytes as the beginning of a boundary has.
        wire.send(content[2000 : 4096 + 16])
        problem(wire.answer(), 415, "unsupported_media_type")


def test_the_rest_of_a_refused_body_is_never_a_request(server, client):
    smuggled = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"
    body = smuggled * (TOO_MUCH // len(smuggled))
    for headers in ([bearer(client.key)], [bearer("pv_live_wrong")]):
        with Wire(server) as wire:
            wire.send_header("POST /v1/images", *headers, "Content-Type: image/png", f"Content-Length: {len(body)}")
            wire.send(body)
            wire.end_sending()
            received = wire.rest()
        assert received.count(b"HTTP/1.1 ") == 1
        assert b"Connection: close" in received


@pytest.mark.parametrize("first", [b"Just words and no picture.", FOREIGN["application/pdf"]])
def test_the_rest_of_a_body_refused_while_reading_is_never_a_request(server, client, first):
    smuggled = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"
    body = first + smuggled * 20_000
    with Wire(server) as wire:
        wire.send_header(
            "POST /v1/images", bearer(client.key), "Content-Type: image/png", f"Content-Length: {len(body)}"
        )
        wire.send(body)
        wire.end_sending()
        received = wire.rest()
    assert received.startswith(b"HTTP/1.1 415")
    assert received.count(b"HTTP/1.1 ") == 1


def test_a_body_where_none_is_wanted_is_no_request_either(server):
    smuggled = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"
    for line in ("GET /healthz", "POST /nothing", "PUT /healthz"):
        with Wire(server) as wire:
            wire.send_header(line, f"Content-Length: {len(smuggled)}")
            wire.send(smuggled)
            wire.end_sending()
            assert wire.rest().count(b"HTTP/1.1 ") == 1, line


def test_after_refused_uploads_the_server_is_as_before(client, big_file):
    for _ in range(20):
        too_large(client.post_raw(big_file.read_bytes(), "image/png"), actual=TOO_MUCH)
    assert client.listed() == []
    assert post_multipart(client, multipart(file_part(PNG))).status_code == 201


def test_a_refusal_ends_the_drain_of_a_client_that_never_stops(server, client):
    """The drain is bounded: somebody who sends for ever is cut off."""
    with Wire(server) as wire:
        wire.send_header("POST /v1/images", bearer(client.key), "Content-Type: image/png", f"Content-Length: {10**12}")
        sent = 0
        try:
            while sent < 1000 * MEGABYTE:
                wire.send(bytes(MEGABYTE))
                sent += MEGABYTE
        except OSError:
            pass
    assert sent < 1000 * MEGABYTE
    assert requests.get(server.base + "/healthz").status_code == 200
