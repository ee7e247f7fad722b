"""POST /v1/images/batch: up to 50 images with one request, as a form and as JSON."""
import base64
import json
import uuid

import pytest
import requests

from client import Client, problem
from multipart import file_part, multipart, text_part
from pictures import JPEG, MEGABYTE, PNG, SVG, png_of_size, unique_svg
from wire import Wire, bearer

PATH = "/v1/images/batch"


def b64(content: bytes) -> str:
    return base64.b64encode(content).decode()


def post_form(client: Client, *files: tuple[str, bytes], name="files", headers=None, **fields: str):
    parts = [(name, (filename, content)) for filename, content in files]
    return client.call("POST", PATH, files=parts, data=fields, headers=headers)


def post_json(client: Client, *images: dict, headers=None, **rest) -> requests.Response:
    return client.call("POST", PATH, json={"images": list(images)} | rest, headers=headers)


def data_of(answer, status: int) -> dict:
    assert answer.status_code == status, answer.text
    body = answer.json()
    assert set(body) == {"data"}
    data = body["data"]
    assert set(data) == {"collection", "total", "created", "replayed", "failed", "images", "results"}
    assert data["total"] == data["created"] + data["replayed"] + data["failed"] == len(data["results"])
    assert [result["index"] for result in data["results"]] == list(range(data["total"]))
    assert [result["image"] for result in data["results"] if result["image"]] == data["images"]
    for result in data["results"]:
        assert set(result) == {"index", "filename", "status", "image", "error"}
        assert (result["image"] is None) == (result["status"] >= 400) == (result["error"] is not None)
    return data


def statuses(data: dict) -> list[int]:
    return [result["status"] for result in data["results"]]


@pytest.fixture
def limited(start, tmp_path):
    """Starts a server whose free plan has these limits, and gives a client of it."""

    def with_plan(**limits: str) -> Client:
        config = tmp_path / "plans.toml"
        config.write_text("\n".join(["[plans.free]", *(f"{name} = {value}" for name, value in limits.items())]))
        return Client(start("--config", str(config)))

    return with_plan


def test_a_form_of_files_makes_an_image_of_each(client):
    answer = post_form(client, ("a.png", PNG), ("b.jpg", JPEG), ("c.svg", SVG), collection="Holiday 2026")
    data = data_of(answer, 201)
    assert statuses(data) == [201, 201, 201]
    assert data["collection"] == {"name": "Holiday 2026", "folder": "Holiday 2026"}
    assert [image["filename"] for image in data["images"]] == ["a.png", "b.jpg", "c.svg"]
    assert {image["folder"] for image in data["images"]} == {"Holiday 2026"}
    assert {image["id"] for image in client.listed()} == {image["id"] for image in data["images"]}
    assert requests.get(data["images"][0]["url"]).content == PNG
    assert requests.get(data["images"][1]["url"]).content == JPEG


@pytest.mark.parametrize("name", ["file", "files", "file[]", "files[]"])
def test_every_usual_name_of_the_parts_works(client, name):
    data_of(post_form(client, ("a.png", PNG), ("b.jpg", JPEG), name=name), 201)


def test_another_name_of_a_part_is_refused_with_the_right_one(client):
    error = problem(post_form(client, ("a.png", PNG), name="pictures"), 400, "no_file")
    assert "'pictures'" in error["message"] and "'files'" in error["message"]
    assert client.listed() == []


def test_an_image_is_told_as_a_single_upload_tells_it(client):
    image = data_of(post_form(client, ("a.png", PNG)), 201)["images"][0]
    assert client.get(f"/v1/images/{image['id']}").json() == {"data": image}


def test_bad_files_do_not_lose_the_good_ones(client):
    answer = post_form(
        client,
        ("good.png", PNG),
        ("text.txt", b"no picture at all " * 400),
        ("empty.png", b""),
        ("cut.jpg", JPEG[:3000]),
        ("big.png", png_of_size(5 * MEGABYTE + 1)),
        ("last.svg", SVG),
    )
    data = data_of(answer, 207)
    assert statuses(data) == [201, 415, 400, 422, 413, 201]
    codes = [result["error"] and result["error"]["code"] for result in data["results"]]
    assert codes == [None, "unsupported_media_type", "empty_file", "invalid_image", "file_too_large", None]
    assert [result["filename"] for result in data["results"]][1:5] == ["text.txt", "empty.png", "cut.jpg", "big.png"]
    assert data["results"][1]["error"]["detected_type"] == "text/plain"
    assert data["results"][4]["error"]["limit"] == 5 * MEGABYTE
    assert all(r["error"]["request_id"] == answer.headers["X-Request-Id"] for r in data["results"] if r["error"])
    assert len(client.listed()) == 2


def test_all_bad_is_still_told_one_by_one(client):
    data = data_of(post_form(client, ("a", b"x" * 5000), ("b", b"")), 207)
    assert (data["created"], data["failed"], data["images"]) == (0, 2, [])


def test_fifty_fit_and_fifty_one_do_not(client):
    files = [(f"{n}.svg", unique_svg()) for n in range(51)]
    error = problem(post_form(client, *files), 400, "invalid_request")
    assert (error["param"], error["limit"]) == ("images", 50)
    error = problem(post_json(client, *({"data": b64(svg)} for _, svg in files)), 400, "invalid_request")
    assert (error["param"], error["limit"]) == ("images", 50)
    assert client.listed() == []
    assert data_of(post_form(client, *files[:50]), 201)["created"] == 50


@pytest.mark.parametrize("body", [{}, {"images": []}, {"images": None}, {"collection": {"name": "x"}}])
def test_json_without_images_is_refused(client, body):
    assert problem(client.call("POST", PATH, json=body), 400, "no_file")["param"] == "images"


def test_a_form_without_files_is_refused(client):
    assert problem(post_multipart_batch(client, multipart(text_part("folder", "x"))), 400, "no_file")


def post_multipart_batch(client: Client, body: bytes):
    headers = {"Content-Type": "multipart/form-data; boundary=XX"}
    return client.call("POST", PATH, data=body, headers=headers)


def test_fields_after_the_files_hold_for_them_too(client):
    body = multipart(
        file_part(PNG), text_part("folder", "late"), text_part("metadata", '{"k": "v"}'), text_part("expires_in", "600")
    )
    image = data_of(post_multipart_batch(client, body), 201)["images"][0]
    assert (image["folder"], image["metadata"]) == ("late", {"k": "v"})
    assert image["expires_at"]


def test_a_form_that_breaks_off_stores_nothing(client):
    body = multipart(file_part(PNG), file_part(JPEG))
    problem(post_multipart_batch(client, body[:-20]), 400, "invalid_multipart")
    assert client.listed() == []


def test_the_second_of_two_equal_files_is_a_replay(client):
    data = data_of(post_form(client, ("a.png", PNG), ("a.png", PNG), ("other.png", PNG)), 201)
    assert statuses(data) == [201, 200, 201]
    assert (data["created"], data["replayed"]) == (2, 1)
    assert data["images"][0] == data["images"][1] and data["images"][0]["id"] != data["images"][2]["id"]


def test_a_batch_that_was_stored_before_is_200(client):
    files = [("a.png", PNG), ("b.jpg", JPEG)]
    first = data_of(post_form(client, *files), 201)
    again = post_form(client, *files)
    assert again.headers["Idempotency-Replayed"] == "true"
    assert data_of(again, 200)["images"] == first["images"]
    assert len(client.listed()) == 2


def test_a_retry_with_the_key_gives_the_same_images(client):
    headers = {"Idempotency-Key": uuid.uuid4().hex}
    files = [("a.svg", unique_svg()), ("b.svg", unique_svg())]
    first = data_of(post_form(client, *files, headers=headers), 201)
    again = data_of(post_form(client, *files, headers=headers), 200)
    assert again["images"] == first["images"] and statuses(again) == [200, 200]
    other = data_of(post_form(client, files[0], ("c.svg", unique_svg()), headers=headers), 207)
    assert statuses(other) == [200, 422]
    assert other["results"][1]["error"]["code"] == "idempotency_key_reused"


def test_a_key_that_is_none_is_refused(client):
    answer = post_form(client, ("a.png", PNG), headers={"Idempotency-Key": "x" * 256})
    assert problem(answer, 400, "invalid_request")["param"] == "Idempotency-Key"


@pytest.mark.parametrize("name", ["data", "content", "base64", "data_base64", "file"])
@pytest.mark.parametrize("prefix", ["", "data:image/png;base64,"])
def test_json_takes_base64_under_every_name(client, name, prefix):
    data = data_of(post_json(client, {name: prefix + b64(PNG), "filename": "a.png"}), 201)
    assert data["images"][0]["filename"] == "a.png"
    assert requests.get(data["images"][0]["url"]).content == PNG


def test_json_base64_may_be_broken_into_lines(client):
    wrapped = base64.encodebytes(PNG).decode()
    image = data_of(post_json(client, {"data": wrapped}), 201)["images"][0]
    assert image["size"] == len(PNG)


def test_json_is_taken_whatever_its_type_says(client):
    body = json.dumps({"images": [{"data": b64(PNG)}]})
    for content_type in ["application/x-www-form-urlencoded", "text/plain"]:
        answer = client.call("POST", PATH, data=body, headers={"Content-Type": content_type})
        assert answer.status_code in (200, 201), answer.text


def test_json_own_fields_win_over_the_collection(client):
    images = [
        {"data": b64(PNG), "filename": "a.png"},
        {"folder": "own", "metadata": {"k": "own"}, "visibility": "public", "expires_in": 60, "data": b64(JPEG)},
    ]
    collection = {
        "name": "Caf\u00e9",
        "folder": "shared",
        "metadata": {"k": "shared"},
        "visibility": "private",
        "expires_in": 600,
    }
    data = data_of(post_json(client, *images, collection=collection), 201)
    assert data["collection"] == {"name": "Caf\u00e9", "folder": "shared"}
    first, second = data["images"]
    assert (first["folder"], first["metadata"], first["visibility"]) == ("shared", {"k": "shared"}, "private")
    assert (second["folder"], second["metadata"], second["visibility"]) == ("own", {"k": "own"}, "public")
    assert second["expires_at"] < first["expires_at"]
    assert first["signed_expires"] and requests.get(first["url"]).content == PNG


def test_json_collection_may_be_a_name(client):
    data = data_of(post_json(client, {"data": b64(PNG)}, collection="Cats"), 201)
    assert data["collection"] == {"name": "Cats", "folder": "Cats"}
    assert data["images"][0]["folder"] == "Cats"


def test_no_collection_is_no_folder(client):
    assert data_of(post_json(client, {"data": b64(PNG)}), 201)["collection"] == {"name": None, "folder": ""}


@pytest.mark.parametrize(
    "image, status, code, param",
    [
        ({"data": "!!!!"}, 400, "invalid_request", "data"),
        ({"data": b64(PNG)[:-1]}, 400, "invalid_request", "data"),
        ({"data": b64(PNG) + "A"}, 400, "invalid_request", "data"),
        ({"data": 1}, 400, "invalid_request", "data"),
        ({"data": "data:image/png,abc"}, 400, "invalid_request", "data"),
        ({"data": ""}, 400, "empty_file", "file"),
        ({"filename": "a"}, 400, "no_file", "data"),
        ({"data": b64(PNG), "folder": ".."}, 400, "invalid_request", "folder"),
        ({"data": b64(PNG), "metadata": {"a": 1}}, 400, "invalid_request", "metadata"),
        ({"data": b64(PNG), "visibility": "hidden"}, 400, "invalid_request", "visibility"),
        ({"data": b64(PNG), "expires_in": 59}, 400, "invalid_request", "expires_in"),
        ({"data": b64(PNG), "sign_expires_in": 100}, 400, "invalid_request", "sign_expires_in"),
        ({"data": b64(PNG), "describe": True}, 501, "not_supported", "describe"),
        ({"url": "https://example.com/a.png"}, 501, "not_supported", "url"),
        ("text", 400, "invalid_request", "images"),
        (None, 400, "invalid_request", "images"),
    ],
)
def test_json_what_is_wrong_with_one_image_is_told_of_it_alone(client, image, status, code, param):
    data = data_of(post_json(client, image, {"data": b64(JPEG)}), 207)
    assert statuses(data) == [status, 201]
    error = data["results"][0]["error"]
    assert (error["code"], error["param"]) == (code, param)
    assert len(client.listed()) == 1


@pytest.mark.parametrize(
    "collection, param",
    [
        ({"folder": "a/../b"}, "folder"),
        ({"name": "Caf\u00e9"}, "collection"),
        ({"visibility": "x"}, "visibility"),
        ({"expires_in": 1}, "expires_in"),
        ({"metadata": {"a": 1}}, "metadata"),
        ({"folder": ["x"]}, "folder"),
    ],
)
def test_json_what_is_wrong_with_the_collection_is_an_error_of_all(client, collection, param):
    answer = post_json(client, {"data": b64(PNG)}, collection=collection)
    assert problem(answer, 400, "invalid_request")["param"] == param
    assert client.listed() == []


@pytest.mark.parametrize("cut", ["after an image", "inside of one", "garbage"])
def test_json_that_breaks_in_the_middle_stores_nothing(client, cut):
    whole = json.dumps({"images": [{"data": b64(PNG)}, {"data": b64(JPEG)}]})
    after_first = whole.index("},") + 2
    body = {
        "after an image": whole[:after_first],
        "inside of one": whole[:-40],
        "garbage": whole[:after_first] + "}" + whole[after_first:],
    }[cut]
    problem(client.call("POST", PATH, data=body, headers={"Content-Type": "application/json"}), 400, "invalid_json")
    assert client.listed() == []


def test_a_file_over_the_limit_is_read_past(client):
    big = b64(png_of_size(5 * MEGABYTE + 1))
    data = data_of(post_json(client, {"data": big}, {"data": b64(PNG)}), 207)
    assert statuses(data) == [413, 201]


def test_a_body_over_the_limit_is_refused_before_it_is_sent(server, client):
    limit = 50 * 5 * MEGABYTE // 3 * 4 + MEGABYTE
    for content_type in ["application/json", "multipart/form-data; boundary=XX"]:
        with Wire(server) as wire:
            wire.send_header(
                f"POST {PATH}",
                bearer(client.key),
                f"Content-Length: {limit + 10}",
                f"Content-Type: {content_type}",
            )
            error = problem(wire.answer(), 413, "request_too_large")
            assert error["actual"] == limit + 10 and limit - 10 <= error["limit"] <= limit


def test_a_key_is_asked_for_before_the_body(server):
    with Wire(server) as wire:
        wire.send_header(f"POST {PATH}", "Content-Length: 1000", "Content-Type: application/json")
        problem(wire.answer(), 401, "unauthorized")


def test_a_quota_that_runs_out_keeps_what_came_before(limited):
    client = limited(uploads="2")
    data = data_of(post_form(client, *((f"{n}.svg", unique_svg()) for n in range(4))), 207)
    assert statuses(data) == [201, 201, 402, 402]
    assert data["results"][2]["error"]["code"] == "upload_quota_exceeded"
    assert len(client.listed()) == 2


def test_the_connection_goes_on_after_a_batch(client):
    for _ in range(3):
        data_of(post_json(client, {"data": b64(unique_svg())}), 201)
        assert client.get("/v1/images").status_code == 200
