"""A data folder whose pictures are files, opened by a server that appends new ones to segments, as is the default."""
import pytest

import segment_files
from client import Client, path_of, problem
from operations import blob_file, run, run_json, stored_bytes
from pictures import unique_png
from server import Server


@pytest.fixture
def upgraded(tmp_path):
    """The server, the registration of a client, and its older pictures with their bytes."""
    older = Server(tmp_path, "--blobs", "folder").start()
    registration = older.register()
    client = Client(older, registration)
    images = [(client.upload(content, visibility=kind), content) for kind in KINDS for content in [unique_png()]]
    assert all(blob_file(older.data, image).exists() for image, _ in images[:2])
    assert segment_files.paths(older.data) == []
    older.stop()
    server = Server(tmp_path).start()
    yield server, Client(server, registration), images
    server.stop()


KINDS = ["public", "public", "private"]


def delivered(client: Client, image: dict) -> bytes:
    answer = client.get(path_of(image))
    assert answer.status_code == 200, answer.text
    return answer.content


def test_older_pictures_are_served_and_deleted(upgraded):
    server, client, images = upgraded
    for image, content in images[:2]:
        assert delivered(client, image) == content
    gone, stays = images[0][0], images[1][0]
    answer = client.call("DELETE", f"/v1/images/{gone['id']}")
    assert answer.json()["data"]["purge"] == "done"
    assert stored_bytes(server.data, gone) is None
    problem(client.get(path_of(gone)), 410, "image_deleted")
    assert stored_bytes(server.data, stays) == images[1][1]


def test_new_pictures_go_to_the_segments(upgraded):
    server, client, _ = upgraded
    content = unique_png()
    image = client.upload(content)
    assert not blob_file(server.data, image).exists()
    assert segment_files.record_of(server.data, image["id"]).content() == content
    assert delivered(client, image) == content


def test_the_commands_know_both(upgraded, tmp_path):
    server, client, images = upgraded
    content = unique_png()
    new = client.upload(content)
    report = run_json("scrub", server.data, "--deep")
    assert report["clean"] and (report["images"], report["blobs"]) == (4, 4)
    assert run_json("doctor", server.data, "--public-url", server.base)["well"]
    run("backup", server.data, tmp_path / "backup")
    run("backup", server.data, "--verify", tmp_path / "backup")
    assert blob_file(tmp_path / "backup", new).read_bytes() == content

    blob_file(server.data, images[0][0]).unlink()
    segment_files.record_of(server.data, new["id"]).write(b"lost", 0)
    assert run_json("scrub", server.data, status=1)["faults"]["missing"]["found"] == 2
    run("restore", tmp_path / "new", tmp_path / "backup")
    assert stored_bytes(tmp_path / "new", new) == content
    assert stored_bytes(tmp_path / "new", images[0][0]) == images[0][1]


def test_the_way_back_is_the_setting(upgraded):
    server, client, images = upgraded
    new = client.upload(unique_png())
    server.stop()
    older = Server(server.folder, "--blobs", "folder").start()
    try:
        back = Client(older, {"api_key": client.key, "data": {"default_project": {"id": client.project}}})
        newest = back.upload(unique_png())
        assert blob_file(older.data, newest).exists()
        assert delivered(back, new) and delivered(back, images[0][0]) == images[0][1]
        assert back.call("DELETE", f"/v1/images/{new['id']}").json()["data"]["purge"] == "done"
        assert stored_bytes(older.data, new) is None
    finally:
        older.stop()
        server.start()
