"""Test keys (contract §1): images of their own, which last a day and count against no monthly quota."""
import datetime

import pytest
import requests

from accounts import Account
from client import Client, problem
from pictures import PNG, unique_png
from plans import plan_file

DAY = 86_400


def both(server) -> tuple[Client, Client]:
    """The live and the test client of one project."""
    account = Account(server)
    keys = [account.key, account.make_key(environment="test")["api_key"]]
    project = {"id": account.project}
    live, test = (Client(server, {"api_key": key, "data": {"default_project": project}}) for key in keys)
    return live, test


@pytest.fixture
def clients(server):
    return both(server)


def lifetime(data: dict) -> float:
    parse = lambda text: datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))
    return (parse(data["expires_at"]) - parse(data["created_at"])).total_seconds()


@pytest.mark.parametrize("asked, expected", [("", DAY), ("3600", 3600), ("86400", DAY), ("604800", DAY)])
def test_a_test_image_lasts_a_day_at_most(clients, asked, expected):
    _, test = clients
    data = test.upload(PNG, **({"expires_in": asked} if asked else {}))
    assert lifetime(data) == expected
    assert requests.get(data["url"]).content == PNG


def test_neither_environment_sees_the_other(clients):
    for mine, other in (clients, clients[::-1]):
        data = mine.upload(unique_png())
        assert data["id"] not in [image["id"] for image in other.listed()]
        for method, path, body in (
            ("GET", "", None),
            ("DELETE", "", None),
            ("PATCH", "", {"folder": "x"}),
            ("POST", "/sign-url", {}),
        ):
            answer = other.call(method, f"/v1/images/{data['id']}{path}", json=body)
            problem(answer, 404, "image_not_found")
        assert [image["id"] for image in mine.listed()] == [data["id"]]


def test_equal_uploads_of_both_are_two_images(clients):
    live, test = clients
    headers = {"Idempotency-Key": "same"}
    ids = {
        client.call("POST", "/v1/images", files={"file": ("p", PNG)}, headers=headers).json()["id"]
        for client in (live, test)
    }
    assert len(ids) == 2


def test_test_uploads_count_as_storage_and_not_as_uploads_or_bandwidth(start, tmp_path):
    live, test = both(start("--config", plan_file(tmp_path, uploads=1, bandwidth=1)))
    pictures = [test.upload(unique_png()) for _ in range(3)]
    for data in pictures:
        assert requests.get(data["url"]).status_code == 200
        assert requests.get(data["url"]).status_code == 200
    usage = live.get("/v1/usage").json()["data"]
    assert usage["uploads"]["used"] == 0
    assert usage["storage"]["used"] == sum(data["size"] for data in pictures)
    live.upload(PNG)
    problem(live.post_file(unique_png()), 402, "upload_quota_exceeded")
    test.upload(unique_png())


def test_test_uploads_stop_at_the_storage_of_the_plan(start, tmp_path):
    _, test = both(start("--config", plan_file(tmp_path, storage=len(PNG))))
    test.upload(PNG)
    problem(test.post_file(unique_png()), 402, "storage_quota_exceeded")
