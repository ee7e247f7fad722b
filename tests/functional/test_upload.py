"""POST /v1/images (contract §4): multipart with any order and any headers, and raw bodies."""
import hashlib
import json
import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from client import path_of, problem
from multipart import FORM, file_part, multipart, post_multipart, text_part
from pictures import JPEG, PNG, SAMPLES, SVG, png_with, unique_png
from wire import Wire, bearer

FIELDS = {
    "id",
    "url",
    "visibility",
    "mime_type",
    "size",
    "width",
    "height",
    "frames",
    "filename",
    "folder",
    "sha256",
    "metadata",
    "created_at",
    "expires_at",
    "signed_expires",
}


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
@pytest.mark.parametrize("way", ["multipart", "raw"])
def test_every_sample_is_described_and_served_as_it_was(client, sample, way):
    content = sample.content
    if way == "multipart":
        answer = client.post_file(content, sample.name)
    else:
        answer = client.post_raw(content, sample.mime_type, filename=sample.name)
    assert answer.status_code == 201, answer.text
    body = answer.json()
    assert set(body) == {"id", "url", "data"}
    data = body["data"]
    assert set(data) == FIELDS
    assert (body["id"], body["url"]) == (data["id"], data["url"])
    assert re.fullmatch(r"img_[0-7][0-9a-hjkmnp-tv-z]{25}", data["id"])
    assert data["url"] == f"{client.base}/{client.project}/{data['id']}.{sample.extension}"
    assert (data["mime_type"], data["width"], data["height"], data["frames"]) == (
        sample.mime_type,
        sample.width,
        sample.height,
        sample.frames,
    )
    assert (data["size"], data["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())
    assert (data["visibility"], data["filename"], data["metadata"]) == ("public", sample.name, {})
    assert not data["folder"]
    assert data["expires_at"] is None and data["signed_expires"] is None
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", data["created_at"])
    assert client.get(path_of(data)).content == content


def test_the_type_comes_from_the_bytes_alone(client):
    data = client.post_raw(JPEG, "image/png", filename="really.png").json()["data"]
    assert data["mime_type"] == "image/jpeg"
    assert data["url"].endswith(".jpg")
    data = client.upload(PNG, "photo.jpg")
    assert (data["mime_type"], data["filename"]) == ("image/png", "photo.jpg")


@pytest.mark.parametrize(
    "before, after",
    [
        (["folder", "metadata"], []),
        ([], ["folder", "metadata"]),
        (["metadata"], ["folder"]),
        (["folder"], ["metadata"]),
    ],
)
def test_fields_may_stand_before_and_after_the_file(client, before, after):
    values = {"folder": "trips/2024", "metadata": '{"camera":"X100"}'}
    parts = [[text_part(name, values[name]) for name in names] for names in (before, after)]
    answer = post_multipart(client, multipart(*parts[0], file_part(PNG), *parts[1]))
    assert answer.status_code == 201, answer.text
    data = answer.json()["data"]
    assert (data["folder"], data["metadata"]) == ("trips/2024", {"camera": "X100"})


@pytest.mark.parametrize(
    "part",
    [
        file_part(PNG, 'form-data; name="file"; filename="a.png"', "Content-Type: application/octet-stream"),
        file_part(
            PNG,
            'form-data; name="file"; filename="a.png"',
            "Content-Type: text/html; charset=utf-8",
            "X-Unknown: yes",
            "Content-Transfer-Encoding: binary",
            "Content-Length: 5",
        ),
        file_part(PNG, "form-data; name=file; filename=a.png"),
        file_part(PNG, 'form-data; filename="a.png"; name="file"'),
        file_part(PNG, 'FORM-DATA; NAME="file"; FILENAME="a.png"'),
        b'content-type: image/gif\r\ncontent-disposition:form-data;name="file";filename="a.png"\r\n\r\n' + PNG,
    ],
    ids=["octet-stream", "strange fields", "unquoted", "other order", "capitals", "lower case, other order"],
)
def test_part_headers_are_hints_only(client, part):
    answer = post_multipart(client, multipart(part))
    assert answer.status_code == 201, answer.text
    assert answer.json()["data"]["filename"] == "a.png"
    assert answer.json()["data"]["mime_type"] == "image/png"


@pytest.mark.parametrize(
    "content_type",
    [
        'multipart/form-data; boundary="XX"',
        "Multipart/Form-Data; charset=utf-8; Boundary=XX",
        "multipart/form-data;boundary=XX",
    ],
)
def test_the_boundary_may_be_written_in_every_allowed_way(client, content_type):
    assert post_multipart(client, multipart(file_part(PNG)), content_type).status_code == 201


def test_text_around_the_parts_is_ignored(client):
    body = b"a preamble\r\n" + multipart(file_part(PNG)) + b"an epilogue"
    assert post_multipart(client, body).status_code == 201


def test_lines_that_look_like_the_boundary_are_content(client):
    content = png_with(b"\r\n\r\n--\r\n--X\r\n--X X\r\n-\r\n--Y--\r\n\n--XX\n") + b"\r\n"
    answer = post_multipart(client, multipart(file_part(content)))
    assert answer.status_code == 201, answer.text
    assert answer.json()["data"]["sha256"] == hashlib.sha256(content).hexdigest()


@pytest.mark.parametrize("filename", ["picture", "with space.png", "ünïcode-名.png", 'a"b.png'])
def test_a_filename_is_kept(client, filename):
    data = client.post_raw(PNG, "image/png", filename=filename).json()["data"]
    assert data["filename"] == filename


def test_a_filename_is_never_a_path(client):
    data = client.upload(PNG, "../../etc/passwd")
    assert "/" not in data["filename"]


@pytest.mark.parametrize(
    "content_type",
    [
        "application/octet-stream",
        "image/png",
        "image/jpeg",
        "image/anything",
        "IMAGE/PNG",
        "application/octet-stream; x=y",
    ],
)
def test_a_raw_body_takes_its_options_from_the_query(client, content_type):
    answer = client.post_raw(PNG, content_type, folder="a/b c", filename="n.png", metadata='{"k":"v"}')
    assert answer.status_code == 201, answer.text
    data = answer.json()["data"]
    assert (data["folder"], data["filename"], data["metadata"]) == ("a/b c", "n.png", {"k": "v"})


def portions(content: bytes, size: int):
    return (content[start : start + size] for start in range(0, len(content), size))


@pytest.mark.parametrize("size", [1000, 65536])
def test_chunked_bodies_are_taken(client, size):
    content = SAMPLES[5].content
    answer = client.post_raw(portions(content, size))
    assert answer.status_code == 201, answer.text
    assert answer.json()["data"]["sha256"] == hashlib.sha256(content).hexdigest()
    body = multipart(file_part(content))
    answer = post_multipart(client, portions(body, size))
    assert answer.status_code == 201, answer.text
    assert answer.json()["data"]["sha256"] == hashlib.sha256(content).hexdigest()


def test_a_multipart_body_may_arrive_byte_by_byte(server, client):
    body = multipart(file_part(SVG), text_part("folder", "slow"))
    with Wire(server) as wire:
        wire.send_header(
            "POST /v1/images",
            bearer(client.key),
            "Content-Type: " + FORM,
            f"Content-Length: {len(body)}",
        )
        for byte in body:
            wire.send(bytes([byte]))
        answer = wire.answer()
    assert answer.status_code == 201, answer.text
    assert answer.json()["data"]["folder"] == "slow"
    assert answer.json()["data"]["sha256"] == hashlib.sha256(SVG).hexdigest()


def test_a_connection_carries_many_uploads(server, client):
    with Wire(server) as wire:
        for _ in range(3):
            picture = unique_png()
            wire.send_header(
                "POST /v1/images", bearer(client.key), "Content-Type: image/png", f"Content-Length: {len(picture)}"
            )
            wire.send(picture)
            assert wire.answer().json()["data"]["sha256"] == hashlib.sha256(picture).hexdigest()


@pytest.mark.parametrize("folder", ["", "a", "a/b.c/d_e/f-g/h i", "x" * 200])
def test_folders_of_the_allowed_form_are_taken(client, folder):
    assert (client.upload(PNG, folder=folder)["folder"] or "") == folder


@pytest.mark.parametrize(
    "field, value",
    [
        ("folder", "../up"),
        ("folder", "a/./b"),
        ("folder", "a//b"),
        ("folder", "x" * 201),
        ("folder", "tab\there"),
        ("folder", "back\\slash"),
        ("folder", "üml"),
        ("metadata", "no json"),
        ("metadata", "[]"),
        ("metadata", '{"number":5}'),
        ("metadata", json.dumps({"k": "v" * 4096})),
        ("visibility", "secret"),
        ("visibility", ""),
        ("visibility", "Private"),
        ("expires_in", "59"),
        ("expires_in", "2592001"),
        ("expires_in", "soon"),
        ("expires_in", "3600.0"),
        ("expires_in", ""),
        ("sign_expires_in", "59"),
        ("sign_expires_in", "2592001"),
        ("sign_expires_in", "3600"),
    ],
)
@pytest.mark.parametrize("way", ["before the file", "after the file", "query"])
def test_a_wrong_option_is_named_and_nothing_is_kept(client, field, value, way):
    if way == "query":
        answer = client.post_raw(PNG, **{field: value})
    else:
        parts = [text_part(field, value), file_part(PNG)]
        answer = post_multipart(client, multipart(*(parts if way == "before the file" else reversed(parts))))
    assert problem(answer, 400, "invalid_request")["param"] == field
    assert client.listed() == []


def test_visibility_public_may_be_said(client):
    assert client.upload(PNG, visibility="public")["visibility"] == "public"


def test_metadata_is_taken_up_to_its_limit(client):
    value = "v" * (4096 - len('{"k":""}'))
    assert client.upload(PNG, metadata=json.dumps({"k": value}))["metadata"] == {"k": value}
    answer = client.post_file(PNG, metadata=json.dumps({"k": value + "v"}))
    error = problem(answer, 400, "invalid_request")
    assert (error["param"], error["limit"], error["actual"]) == ("metadata", 4096, 4097)


def test_a_wish_for_a_description_is_refused(client):
    problem(client.post_file(PNG, describe="true"), 501, "not_supported")
    assert client.listed() == []
    client.upload(PNG, describe="false")


def test_the_place_of_a_new_image_is_told(client):
    answer = client.post_file(PNG)
    assert client.get(answer.headers["Location"]).json()["data"] == answer.json()["data"]
    assert "Idempotency-Replayed" not in answer.headers


def test_uploads_at_the_same_time_stay_apart(client):
    pictures = [unique_png() for _ in range(32)]
    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(lambda content: client.post_file(content).json()["data"], pictures))
    assert [data["sha256"] for data in answers] == [hashlib.sha256(content).hexdigest() for content in pictures]
    assert len({data["id"] for data in answers}) == 32
