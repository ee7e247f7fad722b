"""Plans under load and at their edges (contract §6): what fits is taken, what does not is 402 and leaves nothing."""
import datetime
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from client import Client, problem
from operations import stored_images
from pictures import PNG, png_of_size, unique_png
from plans import plan_file
from server import Server

SIZE = 20_000


@pytest.fixture
def start_with_plan(start, tmp_path):
    def start_server(**limits) -> Server:
        return start("--config", plan_file(tmp_path, **limits))

    return start_server


def picture(number: int) -> bytes:
    return png_of_size(SIZE - 8) + b"%08d" % number


def post_all(client: Client, contents: list[bytes], **fields) -> list[requests.Response]:
    with ThreadPoolExecutor(32) as pool:
        return list(
            pool.map(
                lambda content: requests.post(
                    client.base + "/v1/images",
                    files={"file": ("picture", content)},
                    data=fields,
                    headers={"Authorization": f"Bearer {client.key}"},
                    timeout=120,
                ),
                contents,
            )
        )


def usage(client: Client) -> dict:
    return client.get("/v1/usage").json()["data"]


def next_month() -> str:
    now = datetime.datetime.now(datetime.timezone.utc)
    return (now.replace(day=1) + datetime.timedelta(days=32)).strftime("%Y-%m-01T00:00:00")


def test_two_hundred_uploads_race_for_one_free_slot(start_with_plan):
    server = start_with_plan(uploads=1)
    client = Client(server)
    answers = post_all(client, [picture(n) for n in range(200)])
    assert sorted(answer.status_code for answer in answers) == [201] + [402] * 199
    for answer in answers:
        if answer.status_code != 402:
            continue
        error = problem(answer, 402, "upload_quota_exceeded")
        assert (error["limit"], error["actual"]) == (1, 1)
        assert error["resets_at"].startswith(next_month())
    assert len(client.listed()) == 1
    assert len(stored_images(server.data)) == 1
    assert usage(client)["uploads"] == {"used": 1, "limit": 1, "remaining": 0}


def test_two_hundred_uploads_race_for_the_last_bytes(start_with_plan):
    server = start_with_plan(storage=3 * SIZE + SIZE // 2)
    client = Client(server)
    answers = post_all(client, [picture(n) for n in range(200)])
    assert sorted(answer.status_code for answer in answers) == [201] * 3 + [402] * 197
    for answer in answers:
        if answer.status_code == 402:
            error = problem(answer, 402, "storage_quota_exceeded")
            assert (error["limit"], "resets_at" in error) == (3 * SIZE + SIZE // 2, False)
    assert len(stored_images(server.data)) == 3
    assert usage(client)["storage"]["used"] == 3 * SIZE


def test_storage_is_full_at_its_last_byte_and_deleting_makes_room(start_with_plan):
    client = Client(start_with_plan(storage=2 * SIZE))
    first = client.upload(picture(1))
    client.upload(picture(2))
    problem(client.post_file(PNG), 402, "storage_quota_exceeded")
    client.call("DELETE", f"/v1/images/{first['id']}")
    client.upload(picture(3))
    assert usage(client)["storage"]["remaining"] == 0


def test_private_images_are_counted_by_themselves(start_with_plan):
    client = Client(start_with_plan(private_images=1))
    first = client.upload(unique_png(), visibility="private")
    error = problem(client.post_file(unique_png(), visibility="private"), 402, "private_quota_exceeded")
    assert (error["limit"], error["actual"]) == (1, 1)
    client.upload(unique_png())
    client.call("DELETE", f"/v1/images/{first['id']}")
    client.upload(unique_png(), visibility="private")


def test_a_retry_is_answered_when_the_plan_is_full(start_with_plan):
    client = Client(start_with_plan(uploads=1))
    data = client.upload(PNG)
    answer = client.post_file(PNG)
    assert (answer.status_code, answer.json()["data"]) == (200, data)
    problem(client.post_file(unique_png()), 402, "upload_quota_exceeded")


def test_the_largest_file_is_the_plans(start_with_plan):
    client = Client(start_with_plan(max_file=SIZE))
    client.upload(png_of_size(SIZE))
    error = problem(client.post_file(png_of_size(SIZE + 1)), 413, "file_too_large")
    assert error["limit"] == SIZE
    assert usage(client)["max_file_size"] == SIZE


def test_two_accounts_do_not_share_a_plan(start_with_plan):
    server = start_with_plan(uploads=1)
    Client(server).upload(PNG)
    Client(server).upload(PNG)


def wait_until_counted(client: Client, at_least: int) -> int:
    """What was sent is booked every two seconds."""
    deadline = time.monotonic() + 15
    while time.monotonic() < deadline:
        used = usage(client)["bandwidth"]["used"]
        if used >= at_least:
            return used
        time.sleep(0.1)
    raise AssertionError(f"only {used} bytes were counted")


def test_bandwidth_counts_bodies_and_ends_them_when_it_is_used_up(start_with_plan):
    client = Client(start_with_plan(bandwidth=3 * SIZE))
    url = client.upload(picture(1))["url"]
    etag = requests.get(url).headers["ETag"]
    for _ in range(5):
        assert requests.head(url).status_code == 200
        assert requests.get(url, headers={"If-None-Match": etag}).status_code == 304
    part = requests.get(url, headers={"Range": "bytes=0-99"})
    assert part.status_code == 206
    assert wait_until_counted(client, SIZE + 100) == SIZE + 100
    assert requests.get(url).status_code == 200
    assert requests.get(url).status_code == 200
    wait_until_counted(client, 3 * SIZE + 100)
    error = problem(requests.get(url), 402, "bandwidth_quota_exceeded")
    assert (error["limit"], error["actual"]) == (3 * SIZE, 3 * SIZE + 100)
    assert error["resets_at"].startswith(next_month())
    assert requests.get(url).headers["Cache-Control"] == "no-store"
    assert requests.head(url).status_code == 200
    assert requests.get(url, headers={"If-None-Match": etag}).status_code == 304
    client.upload(picture(2))
    assert wait_until_counted(client, 0) == 3 * SIZE + 100


def test_bandwidth_survives_a_restart(start_with_plan):
    server = start_with_plan(bandwidth=SIZE)
    registration = server.register()
    data = Client(server, registration).upload(picture(1))
    assert requests.get(data["url"]).status_code == 200
    server.stop()
    server.start()
    path = "/" + data["url"].split("/", 3)[3]
    problem(requests.get(server.base + path), 402, "bandwidth_quota_exceeded")
