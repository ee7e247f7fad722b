"""`pixelvault backup` beside a server that serves, and `pixelvault restore`: every picture is back, byte for byte."""
import json
import threading

import pytest
import requests

from client import Client, path_of
from operations import LAYOUTS, blob_file, run, run_json, stored_bytes
from pictures import unique_png
from server import Server


@pytest.fixture
def backup(tmp_path):
    return tmp_path / "backup"


def manifest(backup) -> dict:
    return json.loads((backup / "manifest.json").read_text())


def restored(backup, tmp_path) -> Server:
    server = Server(tmp_path)
    run("restore", server.data, backup)
    return server.start()


class Uploader(threading.Thread):
    """Uploads, and deletes every fourth picture, until it is told to end."""

    def __init__(self, server):
        super().__init__()
        self.client = Client(server)
        self.kept = []
        self.ended = threading.Event()

    def run(self):
        number = 0
        while not self.ended.is_set():
            content = unique_png()
            image = self.client.upload(content)
            number += 1
            if number % 4 == 0:
                self.client.call("DELETE", f"/v1/images/{image['id']}")
            else:
                self.kept.append((path_of(image), content))


def test_a_backup_under_load_is_a_server_of_one_moment(start, backup, tmp_path):
    server = start()
    client = Client(server)
    before = [(path_of(client.upload(content)), content) for content in (unique_png() for _ in range(20))]
    uploader = Uploader(server)
    uploader.start()
    run("backup", server.data, backup)
    uploader.ended.set()
    uploader.join()
    run("backup", server.data, "--verify", backup)

    other = restored(backup, tmp_path)
    try:
        for path, content in before:
            assert requests.get(other.base + path).content == content
        # Of what came during the backup, some is there: whole, or never heard of.
        answers = [(requests.get(other.base + path), content) for path, content in uploader.kept]
        assert all(one.status_code == 404 or one.content == content for one, content in answers)
        assert run_json("scrub", other.data, "--deep")["clean"]
        assert Client(other).upload(unique_png())
    finally:
        other.stop()


def test_the_next_backup_copies_only_what_is_new(start, backup):
    server = start()
    client = Client(server)
    client.upload(unique_png())
    assert "1 copied now" in run("backup", server.data, backup).stdout
    client.upload(unique_png())
    assert "2 images of" in (done := run("backup", server.data, backup)).stdout
    assert "1 copied now" in done.stdout
    assert len(list(backup.glob("pixelvault-*.db"))) == 2  # and the one before
    run("backup", server.data, backup)
    assert len(list(backup.glob("pixelvault-*.db"))) == 2


def test_deleted_pictures_stay_in_the_backup_until_they_are_pruned(start, backup):
    server = start()
    client = Client(server)
    image = client.upload(unique_png())
    run("backup", server.data, backup)
    client.call("DELETE", f"/v1/images/{image['id']}")
    run("backup", server.data, backup)
    assert blob_file(backup, image).exists()
    assert "1 old ones removed" in run("backup", server.data, "--prune", backup).stdout
    assert not blob_file(backup, image).exists()


def test_a_picture_that_is_missing_is_told_by_the_backup(start, backup):
    server = start()
    image = Client(server).upload(unique_png())
    LAYOUTS["segments"](server.data).lose(image)
    assert image["id"] in run("backup", server.data, backup, status=1).stderr


def test_damage_in_the_backup_is_found_and_never_restored(start, backup, tmp_path):
    server = start()
    client = Client(server)
    whole, spoiled = client.upload(unique_png()), client.upload(unique_png())
    run("backup", server.data, backup)
    blob_file(backup, spoiled).write_bytes(b"x" * spoiled["size"])
    assert spoiled["id"] in run("backup", server.data, "--verify", backup, status=1).stderr
    done = run("restore", tmp_path / "new", backup, status=1)
    assert spoiled["id"] in done.stderr and "1 images of" in done.stdout
    assert stored_bytes(tmp_path / "new", whole) == stored_bytes(server.data, whole)
    assert stored_bytes(tmp_path / "new", spoiled) is None
    run("backup", server.data, "--deep", backup)
    run("backup", server.data, "--verify", backup)


def test_a_damaged_database_is_refused_and_no_server_starts_on_it(start, backup, tmp_path):
    server = start()
    Client(server).upload(unique_png())
    run("backup", server.data, backup)
    database = backup / manifest(backup)["database"]
    content = bytearray(database.read_bytes())
    content[-1] ^= 1
    database.write_bytes(content)
    run("backup", server.data, "--verify", backup, status=1)
    assert "damaged" in run("restore", tmp_path / "new", backup, status=1).stderr
    assert "run pixelvault restore again" in run("scrub", tmp_path / "new", status=2).stderr
    assert "run pixelvault restore again" in run("serve", tmp_path / "new", status=2).stderr


def test_a_restore_that_was_cut_short_is_run_again(start, backup, tmp_path):
    server = start()
    image = Client(server).upload(unique_png())
    run("backup", server.data, backup)
    half = tmp_path / "data"
    (half / "blobs").mkdir(parents=True)
    (half / "restore.unfinished").touch()
    (half / "pixelvault.db").write_bytes(b"half of a database")
    blob_file(half, image).parent.mkdir()
    blob_file(half, image).write_bytes(b"half of a picture")
    other = restored(backup, tmp_path)
    other.stop()
    assert stored_bytes(half, image) == stored_bytes(server.data, image)


def test_a_folder_with_anything_in_it_is_not_restored_into(start, backup):
    server = start()
    run("backup", server.data, backup)
    assert "is not empty" in run("restore", server.data, backup, status=2).stderr


def test_a_folder_without_a_backup_is_told(tmp_path):
    assert "no backup" in run("restore", tmp_path / "new", tmp_path, status=2).stderr
    assert "no backup" in run("backup", tmp_path, "--verify", tmp_path, status=2).stderr
