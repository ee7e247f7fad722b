"""`pixelvault scrub`: rows without blobs, blobs without rows, wrong bytes, wrong counters; beside a server and without."""
import sqlite3
import threading

import pytest

from client import Client
from operations import blob_file, run, run_json
from pictures import PNG, unique_png


@pytest.fixture
def own(start):
    """A server whose data folder a test may spoil."""
    return start()


@pytest.fixture
def images(own):
    client = Client(own)
    return [client.upload(unique_png()) for _ in range(3)]


def faults(report: dict) -> dict:
    return {name: one["found"] for name, one in report["faults"].items() if one["found"]}


def put_orphan(data, image: dict):
    """A picture as an upload leaves it that died before its row."""
    path = blob_file(data, image)
    name = path.name[:-5] + ("0" if path.name[-5] != "0" else "1") + path.suffix
    orphan = path.with_name(name)
    orphan.write_bytes(PNG)
    return orphan


def test_a_sound_server_is_clean_while_it_runs(own, images):
    report = run_json("scrub", own.data, "--deep")
    assert report["clean"]
    assert (report["images"], report["blobs"]) == (3, 3)
    assert run("scrub", own.data).stdout.endswith("Nothing is wrong.\n")


def test_nothing_is_drawn_where_there_is_no_terminal(own, images):
    assert run("scrub", own.data).stderr == ""


def test_a_lost_file_is_told_by_its_key(own, images):
    lost = blob_file(own.data, images[1])
    lost.unlink()
    done = run("scrub", own.data, "--repair", status=1)
    assert f"{lost.parent.name}/{lost.name}" in done.stdout
    assert faults(run_json("scrub", own.data, status=1)) == {"missing": 1}


def test_a_flipped_byte_is_found_by_a_deep_scrub(own, images):
    path = blob_file(own.data, images[0])
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
    assert run_json("scrub", own.data)["clean"]
    assert faults(run_json("scrub", own.data, "--deep", status=1)) == {"damaged": 1}


def test_a_young_orphan_is_left_to_the_upload_that_it_may_be(own, images):
    orphan = put_orphan(own.data, images[0])
    report = run_json("scrub", own.data, "--repair")
    assert report["clean"] and report["young"] == 1
    assert orphan.exists()


def test_while_a_server_runs_the_age_guard_cannot_be_lifted(own, images):
    orphan = put_orphan(own.data, images[0])
    assert "--min-age" in run("scrub", own.data, "--repair", "--min-age", "0s", status=2).stderr
    assert orphan.exists()


def test_orphans_are_removed_without_a_server_up_to_the_limit(own, images):
    own.stop()
    orphans = [put_orphan(own.data, image) for image in images]
    assert faults(run_json("scrub", own.data, "--min-age", "0s", status=1)) == {"orphan": 3}
    assert all(orphan.exists() for orphan in orphans)
    report = run_json("scrub", own.data, "--repair", "--min-age", "0s", "--limit", "2", status=1)
    assert report["limit_reached"]
    assert sum(orphan.exists() for orphan in orphans) == 1
    assert run_json("scrub", own.data, "--repair", "--min-age", "0s")["clean"]
    assert not any(orphan.exists() for orphan in orphans)
    assert all(blob_file(own.data, image).exists() for image in images)
    own.start()


def test_counters_are_set_right(own, images):
    with sqlite3.connect(own.data / "pixelvault.db") as database:
        database.execute("UPDATE account_usage SET storage_bytes = storage_bytes + 7")
        database.execute("UPDATE image_totals SET images = 99 WHERE scope = 'all'")
    database.close()
    assert faults(run_json("scrub", own.data, status=1)) == {"counter": 2}
    assert run_json("scrub", own.data, "--repair")["clean"]
    assert run_json("scrub", own.data)["faults"]["counter"]["found"] == 0


def test_deleted_images_leave_nothing_to_find(own, images):
    client = Client(own)
    image = client.upload(unique_png())
    assert client.call("DELETE", f"/v1/images/{image['id']}").status_code < 300
    report = run_json("scrub", own.data)
    assert report["clean"] and report["tombstones"] == 1


def test_under_uploads_and_deletions_nothing_is_found(own):
    ended = threading.Event()

    def upload_and_delete(client):
        while not ended.is_set():
            client.upload(unique_png())
            client.call("DELETE", f"/v1/images/{client.upload(unique_png())['id']}")

    clients = [threading.Thread(target=upload_and_delete, args=[Client(own)]) for _ in range(4)]
    for client in clients:
        client.start()
    reports = [run_json("scrub", own.data, "--deep", "--repair") for _ in range(4)]
    ended.set()
    for client in clients:
        client.join()
    assert all(report["clean"] for report in reports)
    assert reports[-1]["images"] > 0 and reports[-1]["tombstones"] > 0


@pytest.mark.parametrize("arguments", [["--min-age", "soon"], ["--limit", "-1"], ["--unknown"]], ids=" ".join)
def test_a_wrong_command_line_is_told(own, arguments):
    assert run("scrub", own.data, *arguments, status=2).stderr


def test_a_folder_without_a_database_is_told(tmp_path):
    assert "there is no database" in run("scrub", tmp_path, status=2).stderr
    assert not list(tmp_path.iterdir())
