"""GET /v1/usage (contract §4)."""
import datetime

from client import Client
from pictures import MEGABYTE, PNG, unique_png


def usage(client: Client) -> dict:
    answer = client.get("/v1/usage")
    assert answer.status_code == 200, answer.text
    return answer.json()["data"]


def test_a_new_account_has_used_nothing_of_the_free_plan(client):
    data = usage(client)
    month = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-01T00:00:00")
    assert data["plan"] == "free"
    assert data["period"]["start"].startswith(month)
    assert data["period"]["end"] == data["resets_at"] > data["period"]["start"]
    for name, limit in {
        "storage": 200 * MEGABYTE,
        "uploads": 500,
        "bandwidth": 1024 * MEGABYTE,
        "private_images": 100,
    }.items():
        assert data[name] == {"used": 0, "limit": limit, "remaining": limit}, name
    assert data["max_file_size"] == 5 * MEGABYTE
    assert data["usage"] == {"storage_bytes": 0, "uploads": 0}
    assert data["limits"] == {
        "storage_bytes": 200 * MEGABYTE,
        "uploads_per_month": 500,
        "bandwidth_bytes_per_month": 1024 * MEGABYTE,
    }
    assert data["remaining"] == {"storage_bytes": 200 * MEGABYTE, "uploads": 500}


def test_uploads_and_bytes_are_counted_once_and_deleting_gives_bytes_back(client):
    kept = client.upload(PNG, visibility="private")
    deleted = client.upload(unique_png())
    assert client.post_file(PNG, visibility="private").status_code == 200
    for _ in range(2):
        client.call("DELETE", f"/v1/images/{deleted['id']}")
    data = usage(client)
    assert data["storage"]["used"] == data["usage"]["storage_bytes"] == kept["size"]
    assert data["uploads"]["used"] == data["usage"]["uploads"] == 2
    assert data["private_images"]["used"] == 1
    assert data["uploads"]["remaining"] == data["remaining"]["uploads"] == 498


def test_a_failed_upload_uses_nothing(client):
    assert client.post_file(b"no picture").status_code == 415
    assert client.post_file(PNG, folder="..").status_code == 400
    data = usage(client)
    assert (data["storage"]["used"], data["uploads"]["used"]) == (0, 0)


def test_a_plan_without_limits_has_nulls(start):
    data = usage(Client(start("--default-plan", "unlimited")))
    for name in ("storage", "uploads", "bandwidth", "private_images"):
        assert data[name] == {"used": 0, "limit": None, "remaining": None}
    assert data["limits"] == {"storage_bytes": None, "uploads_per_month": None, "bandwidth_bytes_per_month": None}
    assert data["remaining"] == {"storage_bytes": None, "uploads": None}
