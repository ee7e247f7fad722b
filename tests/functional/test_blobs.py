"""`pixelvault blobs`: every picture of a running server, listed, written out and moved."""
import hashlib
import contextlib
import json
import random
import sqlite3
import subprocess
import threading
import time

import pytest
import requests

from client import Client, path_of
from operations import run, run_json
from pictures import png_of_size, unique_png
from server import BINARY, clean_environment
from wire import Wire


@pytest.fixture
def pictures(client):
    """The images of one project, in two folders, with their bytes."""
    contents = [unique_png() for _ in range(3)]
    folders = ["", "summer/beach", "summer/beach"]
    return [(client.upload(content, folder=folder), content) for content, folder in zip(contents, folders)]


def listed(server, *arguments: str) -> list[dict]:
    return [json.loads(line) for line in run("blobs", server.data, "ls", "--json", *arguments).stdout.splitlines()]


def test_every_living_image_is_listed(server, client, pictures):
    found = {one["id"]: one for one in listed(server, "--project", client.project)}
    assert set(found) == {image["id"] for image, _ in pictures}
    for image, content in pictures:
        assert "/" + found[image["id"]]["key"] == path_of(image)
        assert found[image["id"]]["sha256"] == hashlib.sha256(content).hexdigest()
    assert len(listed(server)) >= len(found)
    assert pictures[1][0]["id"] in run("blobs", server.data, "ls").stdout


def test_a_deleted_image_is_not_listed_and_not_written(server, client, pictures):
    gone = pictures[0][0]
    client.call("DELETE", f"/v1/images/{gone['id']}")
    assert gone["id"] not in {one["id"] for one in listed(server)}
    assert "no image" in run("blobs", server.data, "cat", gone["id"], status=1).stderr


def test_the_bytes_of_an_image_come_by_id_and_by_key(server, pictures):
    image, content = pictures[0]
    for name in [image["id"], path_of(image)[1:]]:
        done = subprocess.run(
            [BINARY, "blobs", "--data", str(server.data), "cat", name],
            capture_output=True,
            timeout=60,
            env=clean_environment(),
        )
        assert (done.returncode, done.stdout) == (0, content), done.stderr


def test_an_export_has_every_picture_in_its_folder(server, client, pictures, tmp_path):
    out = tmp_path / "out"
    assert "3 written now" in run("blobs", server.data, "export", "--project", client.project, out).stdout
    index = [json.loads(line) for line in (out / "index.jsonl").read_text().splitlines()]
    assert len(index) == 3
    by_id = {one["id"]: one for one in index}
    for image, content in pictures:
        path = by_id[image["id"]]["path"]
        assert path.startswith(f"{client.project}/{image['folder'] or ''}")
        assert (out / path).read_bytes() == content
    assert "0 written now" in run("blobs", server.data, "export", "--project", client.project, out).stdout


def test_what_was_sent_before_a_deletion_arrives_as_it_was(start):
    """The whole answer lies in the sockets' buffers when the space of the picture is given back."""
    server = start()
    client = Client(server)
    content = png_of_size(200_000)
    image = client.upload(content)
    client.upload(unique_png())
    with Wire(server) as slow:
        slow.send_header(f"GET {path_of(image)}")
        time.sleep(0.3)
        assert client.call("DELETE", f"/v1/images/{image['id']}").status_code == 200
        time.sleep(0.3)
        assert slow.answer().content == content


class Traffic(threading.Thread):
    """Uploads, reads all that it has, and deletes every fourth, until it is told to end."""

    def __init__(self, server):
        super().__init__()
        self.client = Client(server)
        self.kept, self.deleted, self.failures = [], [], []
        self.ended = threading.Event()

    def read(self, image: dict) -> requests.Response:
        return self.client.get(path_of(image))

    def step(self, number: int) -> None:
        content = unique_png()
        self.kept.append((self.client.upload(content), content))
        for image, content in self.kept[-5:]:
            assert self.read(image).content == content, "served with other bytes"
        if number % 4 == 3:
            image, _ = self.kept.pop(random.randrange(len(self.kept)))
            assert self.client.call("DELETE", f"/v1/images/{image['id']}").status_code == 200
            self.deleted.append(image)

    def run(self) -> None:
        number = 0
        while not self.ended.is_set() and not self.failures:
            try:
                self.step(number)
            except Exception as failure:
                self.failures.append(repr(failure))
            number += 1

    def check(self) -> None:
        assert not self.failures, self.failures[0]
        assert all(self.read(image).content == content for image, content in self.kept)
        assert all(self.read(image).status_code == 410 for image in self.deleted)


def places(server, images: list[dict]) -> set[bool]:
    """Whether pictures lie in segments."""
    ids = {image["id"] for image in images}
    return {one["place"] is not None for one in listed(server) if one["id"] in ids}


@pytest.mark.parametrize("layout, to", [("segments", "folder"), ("folder", "segments")])
def test_pictures_are_served_uploaded_and_deleted_through_a_move(start, layout, to):
    server = start("--blobs", layout)
    client = Client(server)
    images = [(client.upload(content), content) for content in (unique_png() for _ in range(60))]
    traffic = Traffic(server)
    traffic.start()
    try:
        done = run("blobs", server.data, "move", "--to", to, "--rate", "2MB").stdout
        for image, content in images:
            assert client.get(path_of(image)).content == content
    finally:
        traffic.ended.set()
        traffic.join()
    traffic.check()
    assert int(done.split()[0]) >= len(images), done
    assert len(traffic.deleted) > 0
    assert places(server, [image for image, _ in images]) == {to == "segments"}
    assert places(server, [client.upload(unique_png())]) == {layout == "segments"}, "new ones go where the settings say"
    assert run_json("scrub", server.data, "--deep")["clean"]
    assert "0 images of 0 bytes are moved" not in run("blobs", server.data, "move", "--to", to).stdout
    assert "0 images of 0 bytes are moved" in run("blobs", server.data, "move", "--to", to).stdout


def test_pictures_may_be_moved_and_brought_back(start):
    """The first copies are due to go by then; the second ones are not taken for them."""
    server = start("--blobs", "folder")
    client = Client(server)
    images = [(client.upload(content), content) for content in (unique_png() for _ in range(3))]
    run("blobs", server.data, "move", "--to", "segments")
    assert "3 wait for the removal" in run("blobs", server.data, "move", "--to", "folder").stdout
    with contextlib.closing(sqlite3.connect(server.data / "pixelvault.db", timeout=30)) as database, database:
        database.execute("UPDATE outbox SET due_at = 1")
    deadline = time.monotonic() + 30
    while any((server.data / "blobs").rglob("img_*")):
        assert time.monotonic() < deadline, "what was moved is never removed"
        time.sleep(0.1)
    assert "3 images of" in run("blobs", server.data, "move", "--to", "folder").stdout
    for image, content in images:
        assert client.get(path_of(image)).content == content
    assert places(server, [image for image, _ in images]) == {False}


@pytest.mark.parametrize(
    "arguments",
    [["move", "--to", "nowhere"], ["move", "--to", "folder", "--rate", "fast"], ["ls", "--project", "x"], []],
    ids=" ".join,
)
def test_a_wrong_command_line_is_told(server, arguments):
    assert run("blobs", server.data, *arguments, status=2).stderr
