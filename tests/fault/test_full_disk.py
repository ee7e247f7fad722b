"""A full disk: uploads are 507, reads go on, nothing is left over, and space that is freed is used again."""
import os
import subprocess

import pytest
import requests

from client import Client, path_of, problem
from data_folder import blobs, strangers
from pictures import MEGABYTE, png_of_size, unique_png
from server import Server
from syscalls import FAULTS_REQUIRED

DISK = 12 * MEGABYTE
RESERVE = 3 * MEGABYTE  # a file beside the data, whose removal frees space


@pytest.fixture
def small_disk(tmp_path):
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", folder], capture_output=True, text=True
    )
    if mounted.returncode != 0:
        reason = "mounting a small disk is not allowed here: " + mounted.stderr.strip()
        assert not FAULTS_REQUIRED, reason
        pytest.skip(reason)
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)


@pytest.fixture
def server(small_disk):
    (small_disk / "reserve").write_bytes(bytes(RESERVE))
    server = Server(small_disk).start()
    yield server
    server.stop()


def fill(client) -> tuple[list[dict], requests.Response]:
    """Uploads until one is refused; what was taken, and the refusal."""
    taken = []
    while True:
        answer = client.post_file(png_of_size(MEGABYTE - len(taken)))
        if answer.status_code != 201:
            return taken, answer
        taken.append(answer.json()["data"])


def assert_nothing_left_over(server, client) -> None:
    assert strangers(server.data) == []
    assert blobs(server.data) == {os.path.basename(image["url"]) for image in client.listed()}


def test_uploads_are_refused_and_everything_else_goes_on(server, small_disk):
    client = Client(server)
    taken, refusal = fill(client)
    assert len(taken) > 3
    problem(refusal, 507, "insufficient_storage")

    assert client.listed() == taken[::-1]
    for image in taken:
        answer = requests.get(image["url"])
        assert answer.status_code == 200 and len(answer.content) == image["size"]
    assert requests.get(server.base + "/healthz").status_code == 200
    assert_nothing_left_over(server, client)

    (small_disk / "reserve").unlink()
    late = client.upload(png_of_size(MEGABYTE - 1000))
    assert len(requests.get(late["url"]).content) == MEGABYTE - 1000
    assert client.listed() == [late] + taken[::-1]
    assert_nothing_left_over(server, client)


def test_a_full_disk_is_507_at_whatever_size(server, small_disk):
    """Small files are refused where the last pages end: in the blob or in the database."""
    client = Client(server)
    fill(client)
    last = None
    for _ in range(400):
        answer = client.post_file(unique_png())
        if answer.status_code != 201:
            last = answer
            break
    assert last is not None, "the disk never got full"
    problem(last, 507, "insufficient_storage")
    assert_nothing_left_over(server, client)
    (small_disk / "reserve").unlink()
    client.upload(unique_png())
    assert_nothing_left_over(server, client)


def test_it_starts_and_reads_on_a_full_disk(server, small_disk):
    client = Client(server)
    taken, _ = fill(client)
    server.stop()
    server.start()
    for image in taken:
        assert requests.get(server.base + path_of(image)).status_code == 200
