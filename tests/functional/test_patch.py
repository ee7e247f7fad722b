"""PATCH /v1/images/:id (contract §4): folder, filename, metadata; absent stays, null clears."""
import json

import pytest
import requests

from client import Client, problem
from pictures import PNG


@pytest.fixture
def image(client):
    return client.upload(PNG, "a.png", folder="x", metadata='{"k":"v"}')


def patch(client: Client, image: dict, **arguments) -> requests.Response:
    return client.call("PATCH", f"/v1/images/{image['id']}", **arguments)


@pytest.mark.parametrize(
    "changes, expected",
    [
        ({"folder": "y/z"}, {"folder": "y/z"}),
        ({"folder": "/y/"}, {"folder": "y"}),
        ({"folder": ""}, {"folder": ""}),
        ({"folder": None}, {"folder": ""}),
        ({"filename": "ü.png"}, {"filename": "ü.png"}),
        ({"filename": "../up/b.png"}, {"filename": "b.png"}),
        ({"filename": None}, {"filename": ""}),
        ({"metadata": {"a": "b", "c": ""}}, {"metadata": {"a": "b", "c": ""}}),
        ({"metadata": {}}, {"metadata": {}}),
        ({"metadata": None}, {"metadata": {}}),
        ({"folder": "q", "filename": "r.png"}, {"folder": "q", "filename": "r.png"}),
        ({}, {}),
        ({"unknown": 5, "id": "img_x", "visibility": "private"}, {}),
    ],
)
def test_what_is_named_changes_and_all_else_stays(client, image, changes, expected):
    answer = patch(client, image, json=changes)
    assert answer.status_code == 200, answer.text
    assert answer.json() == {"data": image | expected}
    assert client.get(f"/v1/images/{image['id']}").json()["data"] == image | expected
    assert client.listed() == [image | expected]


@pytest.mark.parametrize(
    "changes, param",
    [
        ({"folder": "../up"}, "folder"),
        ({"folder": "x" * 201}, "folder"),
        ({"folder": 5}, "folder"),
        ({"filename": ["a"]}, "filename"),
        ({"metadata": {"k": 5}}, "metadata"),
        ({"metadata": []}, "metadata"),
        ({"metadata": {"k": "v" * 4096}}, "metadata"),
        ({"filename": "good.png", "folder": ".."}, "folder"),
    ],
)
def test_a_wrong_change_is_named_and_changes_nothing(client, image, changes, param):
    assert problem(patch(client, image, json=changes), 400, "invalid_request")["param"] == param
    assert client.listed() == [image]


@pytest.mark.parametrize("body", [b"", b"no json", b"[]", b'"text"'])
def test_a_body_that_is_no_object_is_told(client, image, body):
    problem(patch(client, image, data=body), 400, "invalid_json")


def test_the_body_is_json_whatever_its_type_says(client, image):
    answer = patch(
        client,
        image,
        data=json.dumps({"folder": "y"}),
        headers={"Content-Type": "application/x-www-form-urlencoded"},
    )
    assert answer.json()["data"]["folder"] == "y"


def test_a_new_filename_is_delivered(client, image):
    patch(client, image, json={"filename": "new name.png"})
    assert requests.get(image["url"]).headers["Content-Disposition"].endswith("filename*=UTF-8''new%20name.png")


def test_a_moved_image_is_listed_in_its_new_folder_only(client, image):
    patch(client, image, json={"folder": "y"})
    assert client.get("/v1/images", params={"folder": "x"}).json()["data"] == []
    assert client.get("/v1/images", params={"folder": "y"}).json()["meta"]["total"] == 1


def test_nobody_changes_what_is_not_his_or_not_there(server, client, image):
    problem(patch(Client(server), image, json={"folder": "y"}), 404, "image_not_found")
    for id in ("img_01h455vb4pex5vsknk084sn02q", "nonsense"):
        problem(client.call("PATCH", f"/v1/images/{id}", json={"folder": "y"}), 404, "image_not_found")
    client.call("DELETE", f"/v1/images/{image['id']}")
    problem(patch(client, image, json={"folder": "y"}), 404, "image_not_found")
