"""Every error is JSON with a stable code, a sentence and the request's id (contract §1, §2)."""
import zlib

import pytest
import requests

from client import problem
from pictures import BY_EXTENSION, FOREIGN, JPEG, PNG, SUPPORTED_TYPES
from multipart import FORM, file_part, multipart, post_multipart, text_part
from wire import Wire, bearer

PROTECTED = [
    ("GET", "/v1/images"),
    ("POST", "/v1/images"),
    ("GET", "/v1/images/img_01h455vb4pex5vsknk084sn02q"),
    ("DELETE", "/v1/images/img_01h455vb4pex5vsknk084sn02q"),
]


def typo(key: str) -> str:
    return key[:-1] + ("a" if key[-1] != "a" else "b")


@pytest.mark.parametrize("method, path", PROTECTED)
@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "Bearer",
        "Bearer ",
        "Bearer nonsense",
        "Basic dXNlcjpwYXNz",
        "{key}",
        "Bearer {typo}",
        "Bearer {key}x",
        "Bearer pv_live_0000000000000000000000000000000000",
    ],
)
def test_without_a_valid_key_it_is_401(server, client, method, path, header):
    headers = {} if header is None else {"Authorization": header.format(key=client.key, typo=typo(client.key))}
    answer = requests.request(method, server.base + path, headers=headers)
    problem(answer, 401, "unauthorized")
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert client.key not in answer.text


def test_the_scheme_is_read_in_any_case(server, client):
    answer = requests.get(f"{server.base}/v1/images", headers={"Authorization": f"bearer {client.key}"})
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/v1",
        "/v1/",
        "/v1/nothing",
        "/v1/images/",
        "/v1/auth",
        "/v1/images/x/y",
        "/favicon.ico",
        "/v2/images",
        "/V1/images",
        "/.env",
        "/../etc/passwd",
        "//",
    ],
)
def test_unknown_paths_are_404(server, path):
    with Wire(server) as wire:
        wire.send_header(f"GET {path}")
        problem(wire.answer(), 404, "not_found")


@pytest.mark.parametrize(
    "method, path, allow",
    [
        ("GET", "/v1/auth/register", {"POST"}),
        ("DELETE", "/v1/auth/register", {"POST"}),
        ("PUT", "/v1/images", {"GET", "HEAD", "POST"}),
        ("DELETE", "/v1/images", {"GET", "HEAD", "POST"}),
        ("PROPFIND", "/v1/images", {"GET", "HEAD", "POST"}),
    ],
)
def test_a_wrong_method_is_405_with_allow(client, method, path, allow):
    answer = client.call(method, path)
    problem(answer, 405, "method_not_allowed")
    assert set(answer.headers["Allow"].split(", ")) == allow


@pytest.mark.parametrize(
    "content_type",
    ["multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=" + "x" * 71],
)
def test_a_boundary_must_be_there(client, content_type):
    problem(post_multipart(client, multipart(file_part(PNG)), content_type), 400, "invalid_multipart")


@pytest.mark.parametrize(
    "body",
    [
        b"no parts here",
        multipart(file_part(PNG), boundary=b"YY"),
        multipart(file_part(PNG))[:-4],
        multipart(file_part(PNG))[: len(PNG) // 2],
        b"--XX\r\nContent-Disposition: form-data; na",
        b"--XX\r\nno colon\r\n\r\nx\r\n--XX--\r\n",
        b"--XX\r\nContent-Disposition: form-data\r\n\r\nx\r\n--XX--\r\n",
        b"--XX\r\nX-Long: " + b"x" * 100_000 + b"\r\n\r\nx\r\n--XX--\r\n",
        multipart(*[text_part(f"f{n}", "x") for n in range(500)], file_part(PNG)),
    ],
    ids=[
        "no parts",
        "other boundary",
        "closing cut off",
        "cut in the file",
        "cut in a header",
        "no colon",
        "no name",
        "long header",
        "many parts",
    ],
)
def test_a_malformed_or_cut_multipart_body_is_refused(client, body):
    problem(post_multipart(client, body), 400, "invalid_multipart")
    assert client.listed() == []


def test_the_client_may_leave_in_the_middle(server, client):
    body = multipart(file_part(PNG))
    for keep in (0, 10, 200, len(PNG) // 2, len(body) - 1):
        with Wire(server) as wire:
            wire.send_header(
                "POST /v1/images",
                bearer(client.key),
                "Content-Type: " + FORM,
                f"Content-Length: {len(body)}",
            )
            wire.send(body[:keep])
    assert client.listed() == []
    client.upload(PNG)


def test_a_file_part_must_be_there(client):
    problem(post_multipart(client, multipart(text_part("folder", "x"))), 400, "no_file")
    problem(post_multipart(client, b"--XX--\r\n"), 400, "no_file")
    problem(
        post_multipart(client, multipart(file_part(PNG, 'form-data; name="picture"; filename="a.png"'))), 400, "no_file"
    )


def test_only_one_file_is_taken(client):
    answer = post_multipart(client, multipart(file_part(PNG), file_part(JPEG)))
    assert problem(answer, 400, "invalid_request")["param"] == "file"
    assert client.listed() == []


def test_an_empty_file_is_told(client):
    problem(client.post_file(b"", "a.png"), 400, "empty_file")
    problem(client.post_raw(b"", "image/png"), 400, "empty_file")
    assert client.listed() == []


@pytest.mark.parametrize("filename", ["honest", "renamed.png"])
@pytest.mark.parametrize("mime_type", FOREIGN)
@pytest.mark.parametrize("way", ["multipart", "raw"])
def test_other_types_are_415_by_their_bytes(client, mime_type, filename, way):
    content = FOREIGN[mime_type]
    answer = client.post_file(content, filename) if way == "multipart" else client.post_raw(content, "image/png")
    error = problem(answer, 415, "unsupported_media_type")
    assert set(error["supported_types"]) == SUPPORTED_TYPES
    assert error["detected_type"] == mime_type
    assert client.listed() == []


@pytest.mark.parametrize("sample", BY_EXTENSION.values(), ids=lambda sample: sample.extension)
@pytest.mark.parametrize("kept", [0.5, 0.9])
def test_a_cut_picture_is_422(client, sample, kept):
    content = sample.content
    problem(client.post_file(content[: int(len(content) * kept)], sample.name), 422, "invalid_image")
    assert client.listed() == []


@pytest.mark.parametrize(
    "content",
    [PNG[:8], PNG[:8] + b"x" * 1000, JPEG[:3], b"GIF89a", b"<svg", b"RIFF\4\0\0\0WEBP"],
    ids=["png signature", "png and noise", "jpeg marker", "gif signature", "svg start", "empty webp"],
)
def test_a_signature_alone_is_no_picture(client, content):
    problem(client.post_file(content), 422, "invalid_image")


def test_a_picture_with_too_many_pixels_is_refused_before_any_is_decoded(client):
    huge = PNG[:16] + (60_000).to_bytes(4, "big") * 2 + PNG[24:]
    huge = huge[:29] + zlib.crc32(huge[12:29]).to_bytes(4, "big") + huge[33:]
    problem(client.post_file(huge), 422, "image_too_complex")


def test_errors_are_never_cached_on_delivery(server):
    for path in ("/proj_01h455vb4pex5vsknk084sn02q/img_01h455vb4pex5vsknk084sn02q.png", "/proj_x/img_y.png"):
        answer = requests.get(server.base + path)
        problem(answer, 404, "image_not_found")
        assert answer.headers["Cache-Control"] == "no-store"


def test_head_of_an_error_has_no_body(server):
    with Wire(server) as wire:
        wire.send_header("HEAD /nothing", "Connection: close")
        raw = wire.rest()
    assert raw.startswith(b"HTTP/1.1 404")
    assert raw.endswith(b"\r\n\r\n")
