"""Projects of an account (contract §3)."""
import re

import pytest

from accounts import Account
from client import Client, path_of, problem
from pictures import PNG
from server import Server

NOBODYS = "proj_01h455vb4pex5vsknk084sn02q"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    running = Server(tmp_path_factory.mktemp("server"), "--default-plan", "starter").start()
    yield running
    running.stop()


@pytest.fixture
def account(server):
    return Account(server)


def create(account, **body):
    return account.call("POST", "/v1/projects", json=body)


def listed(account):
    return account.call("GET", "/v1/projects").json()["data"]


def test_a_new_project_has_the_fields_that_clients_read(account):
    answer = create(account, name="  Shop ")
    assert answer.status_code == 201
    data = answer.json()["data"]
    assert set(data) == {"id", "name", "created_at"}
    assert re.fullmatch(r"proj_[0-7][0-9a-hjkmnp-tv-z]{25}", data["id"])
    assert data["name"] == "Shop"
    assert account.call("GET", f"/v1/projects/{data['id']}").json() == {"data": data}


def test_projects_are_listed_oldest_first(account):
    made = [create(account, name=f"Shop {number}").json()["data"] for number in range(3)]
    answer = account.call("GET", "/v1/projects").json()
    assert [project["id"] for project in answer["data"]] == [account.project] + [project["id"] for project in made]
    assert answer["meta"] == {"total": 4}


@pytest.mark.parametrize("name", ["x", "x" * 100, "ü" * 100, "Bücher 📚 & <b>more</b>"])
def test_names_of_1_to_100_characters_are_taken(account, name):
    assert create(account, name=name).json()["data"]["name"] == name


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"name": None},
        {"name": ""},
        {"name": "   "},
        {"name": "x" * 101},
        {"name": "ü" * 101},
        {"name": "two\nlines"},
        {"name": "a\u0000b"},
        {"name": 5},
        {"name": ["Shop"]},
    ],
)
def test_any_other_name_is_refused_and_changes_nothing(account, body):
    for method, path in (("POST", "/v1/projects"), ("PATCH", f"/v1/projects/{account.project}")):
        error = problem(account.call(method, path, json=body), 400, "invalid_request")
        assert error["param"] == "name"
    assert [project["name"] for project in listed(account)] == ["Default"]


def test_a_project_can_be_renamed(account):
    answer = account.call("PATCH", f"/v1/projects/{account.project}", json={"name": "Shop", "unknown": 1})
    assert answer.status_code == 200
    assert answer.json()["data"]["name"] == "Shop"
    assert listed(account)[0]["name"] == "Shop"


@pytest.mark.parametrize("id", [NOBODYS, "nonsense", "proj_", "img_01h455vb4pex5vsknk084sn02q"])
def test_ids_of_nobody_are_404(account, id):
    problem(account.call("GET", f"/v1/projects/{id}"), 404, "project_not_found")
    problem(account.call("PATCH", f"/v1/projects/{id}", json={"name": "Mine"}), 404, "project_not_found")
    problem(account.call("DELETE", f"/v1/projects/{id}?confirm=Default"), 404, "project_not_found")


def test_projects_of_another_account_are_404(server, account):
    foreign = Account(server)
    test_ids_of_nobody_are_404(account, foreign.project)
    assert listed(foreign)[0]["name"] == "Default"


def test_a_key_cannot_manage_projects(account):
    for method, path in (
        ("GET", "/v1/projects"),
        ("POST", "/v1/projects"),
        ("GET", f"/v1/projects/{account.project}"),
        ("PATCH", f"/v1/projects/{account.project}"),
        ("DELETE", f"/v1/projects/{account.project}?confirm=Default"),
    ):
        error = problem(account.call(method, path, account.key, json={"name": "Shop"}), 403, "forbidden")
        assert "session" in error["message"]
    assert listed(account)[0]["name"] == "Default"


def test_the_plan_says_how_many(account):
    for number in range(2, 11):
        assert create(account, name=f"Shop {number}").status_code == 201
    error = problem(create(account, name="one too many"), 402, "project_quota_exceeded")
    assert (error["limit"], error["actual"]) == (10, 10)
    assert account.call("DELETE", f"/v1/projects/{account.project}?confirm=Default").status_code == 200
    assert create(account, name="in its place").status_code == 201


@pytest.mark.parametrize("query", ["", "?confirm=", "?confirm=default", "?confirm=Default%20", "?confirm=Shop"])
def test_deleting_asks_for_the_exact_name(account, query):
    answer = account.call("DELETE", f"/v1/projects/{account.project}{query}")
    assert problem(answer, 400, "invalid_request")["param"] == "confirm"
    assert len(listed(account)) == 1


def test_a_deleted_project_takes_its_keys_and_images_with_it(server, account):
    client = Client(server, {"api_key": account.key, "data": {"default_project": {"id": account.project}}})
    image = client.upload(PNG)
    assert account.call("GET", path_of(image)).status_code == 200
    answer = account.call("DELETE", f"/v1/projects/{account.project}", params={"confirm": "Default"})
    assert answer.status_code == 200
    assert answer.json() == {
        "data": {"id": account.project, "deleted": True, "images": "removed"},
        "success": True,
    }
    problem(account.call("GET", "/v1/images", account.key), 401, "unauthorized")
    problem(account.call("GET", path_of(image)), 410, "image_deleted")
    problem(account.call("GET", f"/v1/projects/{account.project}"), 404, "project_not_found")
    problem(account.call("DELETE", f"/v1/projects/{account.project}?confirm=Default"), 404, "project_not_found")
    assert listed(account) == []


def test_the_key_of_another_project_goes_on(account):
    project = create(account, name="Shop").json()["data"]["id"]
    key = account.call("POST", "/v1/keys", json={"project_id": project}).json()["data"]["api_key"]
    assert account.call("DELETE", f"/v1/projects/{account.project}?confirm=Default").status_code == 200
    assert account.call("GET", "/v1/images", key).status_code == 200
