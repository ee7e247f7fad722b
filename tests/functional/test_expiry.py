"""Images for a limited time (contract §4 and §5): there to the last second, then 410 for ever."""
import datetime
import sqlite3
import time

import pytest
import requests

from client import Client, path_of, problem
from operations import stored_images
from pictures import PNG, unique_png

DAY = 86_400


def parsed(time_text: str) -> float:
    return datetime.datetime.fromisoformat(time_text.replace("Z", "+00:00")).timestamp()


@pytest.mark.parametrize("expires_in", [60, 3600, 30 * DAY])
def test_an_image_says_when_it_ends_and_caches_keep_it_no_longer(client, expires_in):
    data = client.upload(PNG, expires_in=str(expires_in))
    assert abs(parsed(data["expires_at"]) - parsed(data["created_at"]) - expires_in) < 1
    cache_control = requests.get(data["url"]).headers["Cache-Control"]
    kind, _, age = cache_control.partition(", max-age=")
    assert kind == "public"
    assert expires_in - 30 < int(age) <= expires_in
    assert client.get(f"/v1/images/{data['id']}").json()["data"] == data


def test_without_a_wish_an_image_stays(client):
    assert client.upload(PNG)["expires_at"] is None


def end(server, image_id: str, when: float) -> None:
    """Moves an image's end while the server is down."""
    with sqlite3.connect(server.data / "pixelvault.db") as database:
        columns = [row[1] for row in database.execute("PRAGMA table_info(images)")]
        assert "expires_at" in columns
        changed = database.execute(
            "UPDATE images SET expires_at = ? WHERE id = ?", (int(when * 1000), image_id)
        ).rowcount
    database.close()
    assert changed == 1


def wait_for_removal(server, image_id: str) -> None:
    deadline = time.monotonic() + 30
    while image_id in stored_images(server.data):
        assert time.monotonic() < deadline, "the bytes of an expired image stay"
        time.sleep(0.05)


@pytest.mark.parametrize("visibility", ["public", "private"])
def test_an_image_whose_time_is_over_is_gone_everywhere_and_its_bytes_too(start, visibility):
    server = start()
    registration = server.register()
    data = Client(server, registration).upload(PNG, expires_in="3600", visibility=visibility)
    stays = Client(server, registration).upload(unique_png())
    server.stop()
    end(server, data["id"], time.time() - 1)
    server.start()
    client = Client(server, registration)
    path = "/" + data["url"].split("/", 3)[3]
    problem(requests.get(server.base + path), 410, "image_expired")
    problem(client.get(f"/v1/images/{data['id']}"), 404, "image_not_found")
    assert [image["id"] for image in client.listed()] == [stays["id"]]
    wait_for_removal(server, data["id"])
    problem(requests.get(server.base + path), 410, "image_expired")
    usage = client.get("/v1/usage").json()["data"]
    assert usage["storage"]["used"] == stays["size"]
    assert usage["private_images"]["used"] == 0
    assert requests.get(server.base + path_of(stays)).status_code == 200


def test_the_end_comes_while_the_server_runs(start):
    server = start()
    registration = server.register()
    data = Client(server, registration).upload(PNG, expires_in="3600")
    server.stop()
    end(server, data["id"], time.time() + 4)
    server.start()
    client = Client(server, registration)
    answer = requests.get(server.base + path_of(data))
    assert answer.status_code == 200
    assert int(answer.headers["Cache-Control"].rpartition("=")[2]) <= 4
    time.sleep(4.1)
    problem(requests.get(server.base + path_of(data)), 410, "image_expired")
    again = client.post_file(PNG, expires_in="3600")
    assert again.status_code == 201, "the same upload is a new image now"
    assert again.json()["id"] != data["id"]


def test_an_image_deleted_before_its_end_is_deleted(client):
    data = client.upload(PNG, expires_in="60")
    client.call("DELETE", f"/v1/images/{data['id']}")
    problem(requests.get(data["url"]), 410, "image_deleted")
