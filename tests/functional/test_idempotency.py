"""Retries (contract §4): one image however often, and however differently, the same upload is sent."""
import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from client import Client, problem
from multipart import file_part, multipart, text_part
from pictures import JPEG, PNG, SVG, png_of_size, unique_png
from server import Server
from wire import Wire, bearer

COUNT = 50


def post(client: Client, body, content_type: str, key: str = "") -> requests.Response:
    headers = {"Content-Type": content_type, "Authorization": f"Bearer {client.key}"}
    headers |= {"Idempotency-Key": key} if key else {}
    return requests.post(client.base + "/v1/images", data=body, headers=headers, timeout=60)


def encodings(content: bytes, number: int):
    """Another encoding of the same upload for each number: boundary, order of the parts, chunks."""
    boundary = f"b{number}{os.urandom(4).hex()}"
    parts = [file_part(content, 'form-data; name="file"; filename="p.png"'), text_part("folder", "f")]
    body = multipart(*(parts if number % 2 else reversed(parts)), boundary=boundary.encode())
    if number % 3 == 0:
        body = iter([body[:1000], body[1000:]])
    return body, f"multipart/form-data; boundary={boundary}"


@pytest.mark.parametrize("key", ["", "4b0f3c1e"])
def test_fifty_equal_uploads_at_once_are_one_image(client, key):
    content = unique_png()
    with ThreadPoolExecutor(COUNT) as pool:
        answers = list(pool.map(lambda n: post(client, *encodings(content, n), key), range(COUNT)))
    assert sorted(answer.status_code for answer in answers) == [200] * (COUNT - 1) + [201]
    assert len({answer.text for answer in answers}) == 1, "every answer is the first one"
    for answer in answers:
        assert answer.headers.get("Idempotency-Replayed") == ("true" if answer.status_code == 200 else None)
    assert len(client.listed()) == 1
    assert client.get("/v1/usage").json()["data"]["uploads"]["used"] == 1


@pytest.mark.parametrize("key", ["", "k1"])
def test_a_raw_retry_of_a_form_is_the_same_upload(client, key):
    first = post(client, *encodings(PNG, 1), key)
    headers = {"Content-Type": "image/png"} | ({"Idempotency-Key": key} if key else {})
    again = client.call("POST", "/v1/images?folder=f&filename=p.png", data=PNG, headers=headers)
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.text == first.text


def test_a_key_with_another_upload_is_refused(client):
    def send(content, **fields):
        return client.call(
            "POST", "/v1/images", files={"file": ("p", content)}, data=fields, headers={"Idempotency-Key": "k"}
        )

    assert send(PNG, folder="a").status_code == 201
    for answer in (send(JPEG, folder="a"), send(PNG, folder="b"), send(PNG)):
        assert problem(answer, 422, "idempotency_key_reused")["param"] == "Idempotency-Key"
    assert len(client.listed()) == 1


def test_another_key_is_another_image(client):
    ids = {post(client, PNG, "image/png", key).json()["id"] for key in ("a", "b", "")}
    assert len(ids) == 3


@pytest.mark.parametrize("key", ["k" * 255, "!", 'a key with spaces, and "quotes"'])
def test_keys_of_the_allowed_form_are_taken(client, key):
    assert post(client, PNG, "image/png", key).status_code == 201
    assert post(client, PNG, "image/png", key).status_code == 200


@pytest.mark.parametrize("key", [b"k" * 256, b"", "schlüssel".encode(), b"tab\there"])
def test_a_wrong_key_is_named(client, key):
    headers = {b"Idempotency-Key": key, b"Content-Type": b"image/png"}
    answer = client.call("POST", "/v1/images", data=PNG, headers=headers)
    assert problem(answer, 400, "invalid_request")["param"] == "Idempotency-Key"
    assert client.listed() == []


def test_while_the_first_upload_runs_its_retry_is_told_to_come_back(server, client):
    content = png_of_size(200_000)
    with Wire(server, timeout=30) as slow:
        slow.send_header(
            "POST /v1/images",
            bearer(client.key),
            "Content-Type: image/png",
            "Idempotency-Key: slow",
            f"Content-Length: {len(content)}",
        )
        slow.send(content[:100_000])
        time.sleep(0.3)
        began = time.monotonic()
        answer = post(client, content, "image/png", "slow")
        assert problem(answer, 409, "idempotency_in_progress")["retry_after"] == 1
        assert answer.headers["Retry-After"] == "1"
        assert 4 < time.monotonic() - began < 12
        slow.send(content[100_000:])
        first = slow.answer()
    assert first.status_code == 201
    again = post(client, content, "image/png", "slow")
    assert (again.status_code, again.json()) == (200, first.json())


def test_a_retry_that_overtakes_its_first_request_waits_for_it(server, client):
    content = png_of_size(200_000)
    answers = []
    with Wire(server, timeout=30) as slow:
        slow.send_header(
            "POST /v1/images",
            bearer(client.key),
            "Content-Type: image/png",
            "Idempotency-Key: wait",
            f"Content-Length: {len(content)}",
        )
        slow.send(content[:100_000])
        time.sleep(0.2)
        retry = threading.Thread(target=lambda: answers.append(post(client, content, "image/png", "wait")))
        retry.start()
        time.sleep(0.5)
        slow.send(content[100_000:])
        assert slow.answer().status_code == 201
        retry.join()
    assert answers[0].status_code == 200


def test_a_broken_first_upload_frees_its_key(server, client):
    with Wire(server) as broken:
        broken.send_header(
            "POST /v1/images",
            bearer(client.key),
            "Content-Type: image/png",
            "Idempotency-Key: broken",
            "Content-Length: 100000",
        )
        broken.send(PNG[:500])
        time.sleep(0.2)
    answer = post(client, PNG, "image/png", "broken")
    assert answer.status_code == 201, answer.text


@pytest.mark.parametrize("key", ["", "after a crash"])
def test_a_retry_after_kill_nine_finishes_or_replays(tmp_path, key):
    server = Server(tmp_path).start()
    registration = server.register()
    first = post(Client(server, registration), SVG, "image/svg+xml", key)
    assert first.status_code == 201
    server.kill()
    server.start()
    client = Client(server, registration)
    again = post(client, SVG, "image/svg+xml", key)
    assert again.status_code == 200
    assert again.json()["id"] == first.json()["id"]
    assert len(client.listed()) == 1
    server.stop()


def test_retries_through_kill_nine_never_make_two(tmp_path):
    """The answer is lost at some moment of the upload; the same request is sent until it is answered."""
    server = Server(tmp_path, "--default-plan", "unlimited").start()
    registration = server.register()
    for round in range(6):
        content, key = unique_png(), f"round {round}"
        lost = threading.Thread(target=attempt, args=(Client(server, registration), content, key))
        lost.start()
        time.sleep(0.004 * round)
        server.kill()
        lost.join()
        server.start()
        answer = post(Client(server, registration), content, "image/png", key)
        assert answer.status_code in (200, 201), answer.text
        assert len(Client(server, registration).listed()) == round + 1
    server.stop()


def attempt(client: Client, content: bytes, key: str) -> None:
    try:
        post(client, content, "image/png", key)
    except requests.RequestException:
        pass


def test_a_deleted_image_is_uploaded_anew_without_a_key(client):
    first = client.upload(PNG)
    client.call("DELETE", f"/v1/images/{first['id']}")
    assert client.upload(PNG)["id"] != first["id"]
