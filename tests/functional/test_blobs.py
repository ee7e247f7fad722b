"""`pixelvault blobs`: every picture of a running server, listed, written out and moved."""
import hashlib
import json
import subprocess

import pytest
import requests

from client import Client, path_of
from operations import run
from pictures import unique_png
from server import BINARY, clean_environment


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


def test_pictures_are_served_through_a_move(server, client, pictures):
    assert "were there already" in run("blobs", server.data, "move", "--to", "folder").stdout
    for image, content in pictures:
        assert requests.get(server.base + path_of(image)).content == content


@pytest.mark.parametrize(
    "arguments",
    [["move", "--to", "nowhere"], ["move", "--to", "folder", "--rate", "fast"], ["ls", "--project", "x"], []],
    ids=" ".join,
)
def test_a_wrong_command_line_is_told(server, arguments):
    assert run("blobs", server.data, *arguments, status=2).stderr
