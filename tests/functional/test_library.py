"""GET /v1/images, GET and DELETE /v1/images/:id (contract §4)."""
import pytest
import requests

from client import Client, problem
from pictures import PNG, unique_svg


def test_an_image_is_told_as_its_upload_told_it(client):
    data = client.upload(PNG, "a.png", folder="x", metadata='{"k":"v"}')
    answer = client.get(f"/v1/images/{data['id']}")
    assert answer.status_code == 200
    assert answer.json() == {"data": data}


@pytest.mark.parametrize(
    "id", ["img_01h455vb4pex5vsknk084sn02q", "img_nonsense", "proj_01h455vb4pex5vsknk084sn02q", "x", "img_"]
)
@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_an_unknown_image_is_404(client, method, id):
    problem(client.call(method, f"/v1/images/{id}"), 404, "image_not_found")


@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_another_projects_image_is_404(server, client, method):
    data = client.upload(PNG)
    problem(Client(server).call(method, f"/v1/images/{data['id']}"), 404, "image_not_found")
    assert requests.get(data["url"]).status_code == 200


def test_an_empty_list_has_the_whole_shape(client):
    answer = client.get("/v1/images")
    assert answer.status_code == 200
    assert answer.json() == {"data": [], "meta": {"total": 0, "page": 1, "per_page": 20, "next_cursor": None}}


@pytest.fixture
def five(client):
    """Five images, newest first."""
    return [client.upload(unique_svg(), folder="odd" if n % 2 else "even") for n in range(5)][::-1]


def test_the_list_tells_everything_newest_first(client, five):
    body = client.get("/v1/images").json()
    assert body == {"data": five, "meta": {"total": 5, "page": 1, "per_page": 20, "next_cursor": None}}


@pytest.mark.parametrize("page, expected", [(1, [0, 1]), (2, [2, 3]), (3, [4]), (4, [])])
def test_pages_are_numbered(client, five, page, expected):
    body = client.get("/v1/images", params={"page": page, "per_page": 2}).json()
    assert body["data"] == [five[n] for n in expected]
    meta = body["meta"]
    assert (meta["total"], meta["page"], meta["per_page"]) == (5, page, 2)
    assert bool(meta["next_cursor"]) == (page < 3)


def test_the_cursor_leads_through_all_even_when_new_ones_arrive(client, five):
    first = client.get("/v1/images", params={"per_page": 2}).json()
    client.upload(unique_svg())
    second = client.get("/v1/images", params={"per_page": 2, "cursor": first["meta"]["next_cursor"]}).json()
    third = client.get("/v1/images", params={"per_page": 2, "cursor": second["meta"]["next_cursor"]}).json()
    assert first["data"] + second["data"] + third["data"] == five
    assert third["meta"]["next_cursor"] is None


def test_a_folder_filters(client, five):
    body = client.get("/v1/images", params={"folder": "odd"}).json()
    assert [image["folder"] for image in body["data"]] == ["odd", "odd"]
    assert body["meta"]["total"] == 2


def test_a_cursor_keeps_to_the_folder(client, five):
    first = client.get("/v1/images", params={"folder": "even", "per_page": 2}).json()
    second = client.get(
        "/v1/images", params={"folder": "even", "per_page": 2, "cursor": first["meta"]["next_cursor"]}
    ).json()
    assert first["data"] + second["data"] == five[0::2]


@pytest.mark.parametrize(
    "query, param",
    [
        ("page=0", "page"),
        ("page=x", "page"),
        ("page=-1", "page"),
        ("per_page=0", "per_page"),
        ("per_page=101", "per_page"),
        ("per_page=1.5", "per_page"),
        ("folder=../x", "folder"),
    ],
)
def test_a_wrong_parameter_is_named(client, query, param):
    assert problem(client.get("/v1/images?" + query), 400, "invalid_request")["param"] == param


@pytest.mark.parametrize("cursor", ["nonsense", "%00", "AAAA", "img_01h455vb4pex5vsknk084sn02"])
def test_a_wrong_cursor_is_told(client, cursor):
    problem(client.get("/v1/images?cursor=" + cursor), 400, "invalid_cursor")


def test_the_list_shows_no_other_project(server, client, five):
    assert Client(server).listed() == []
    assert client.listed() == five


def test_delete_answers_json_and_may_be_repeated(client):
    data = client.upload(PNG)
    for _ in range(3):
        answer = client.call("DELETE", f"/v1/images/{data['id']}")
        assert answer.status_code == 200
        body = answer.json()
        assert body["success"] is True
        assert set(body) == {"data", "success"}
        assert set(body["data"]) == {"id", "deleted", "purge"}
        assert (body["data"]["id"], body["data"]["deleted"]) == (data["id"], True)
        assert body["data"]["purge"] in ("done", "pending")


def test_a_deleted_image_is_in_no_answer(client, five):
    client.call("DELETE", f"/v1/images/{five[2]['id']}")
    assert client.listed() == five[:2] + five[3:]
    assert client.get("/v1/images").json()["meta"]["total"] == 4
    problem(client.get(f"/v1/images/{five[2]['id']}"), 404, "image_not_found")


def test_ids_sort_by_creation(client, five):
    ids = [image["id"] for image in five]
    assert ids == sorted(ids, reverse=True)
