"""`pixelvault scrub`: rows without blobs, blobs without rows, wrong bytes, wrong counters; beside a server and without."""
import contextlib
import os
import sqlite3
import threading
import time

import pytest

import segment_files
from client import Client, path_of
from operations import LAYOUTS, run, run_json, stored_bytes
from pictures import MEGABYTE, png_of_size, unique_png


@pytest.fixture(params=LAYOUTS)
def layout(request):
    return request.param


@pytest.fixture
def own(start, layout):
    """A server whose data folder a test may spoil."""
    return start("--blobs", layout)


@pytest.fixture
def kept(own, layout):
    """The bytes that it keeps."""
    return LAYOUTS[layout](own.data)


@pytest.fixture
def images(own):
    client = Client(own)
    return [client.upload(unique_png()) for _ in range(3)]


def faults(report: dict) -> dict:
    return {name: one["found"] for name, one in report["faults"].items() if one["found"]}


def test_a_sound_server_is_clean_while_it_runs(own, images):
    report = run_json("scrub", own.data, "--deep")
    assert report["clean"]
    assert (report["images"], report["blobs"]) == (3, 3)
    assert run("scrub", own.data).stdout.endswith("Nothing is wrong.\n")


def test_nothing_is_drawn_where_there_is_no_terminal(own, images):
    assert run("scrub", own.data).stderr == ""


def test_a_lost_picture_is_told_by_its_key(own, kept, images):
    kept.lose(images[1])
    done = run("scrub", own.data, "--repair", status=1)
    assert path_of(images[1])[1:] in done.stdout
    assert faults(run_json("scrub", own.data, status=1)) == {"missing": 1}


def test_a_flipped_byte_is_found_by_a_deep_scrub(own, kept, images):
    kept.flip_a_byte(images[0])
    assert run_json("scrub", own.data)["clean"]
    assert faults(run_json("scrub", own.data, "--deep", status=1)) == {"damaged": 1}


def test_a_young_orphan_is_left_to_the_upload_that_it_may_be(own, kept, images):
    orphan = kept.put_orphan(images[0])
    report = run_json("scrub", own.data, "--repair")
    assert report["clean"] and report["young"] == 1
    assert kept.has(orphan)


def test_while_a_server_runs_the_age_guard_cannot_be_lifted(own, kept, images):
    orphan = kept.put_orphan(images[0])
    assert "--min-age" in run("scrub", own.data, "--repair", "--min-age", "0s", status=2).stderr
    assert kept.has(orphan)


def test_orphans_are_removed_without_a_server_up_to_the_limit(own, kept, images):
    own.stop()
    orphans = [kept.put_orphan(image) for image in images]
    assert faults(run_json("scrub", own.data, "--min-age", "0s", status=1)) == {"orphan": 3}
    assert all(map(kept.has, orphans))
    report = run_json("scrub", own.data, "--repair", "--min-age", "0s", "--limit", "2", status=1)
    assert report["limit_reached"]
    assert sum(map(kept.has, orphans)) == 1
    assert run_json("scrub", own.data, "--repair", "--min-age", "0s")["clean"]
    assert not any(map(kept.has, orphans))
    assert all(stored_bytes(own.data, image) for image in images)
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


def test_lost_places_are_rebuilt_from_the_segments(start):
    """Places of rows that are wrong, and rows that name a file which is none: all of it stands in the records."""
    server = start()
    client = Client(server)
    contents = [unique_png() for _ in range(4)]
    images = [client.upload(content) for content in contents]
    server.stop()
    with contextlib.closing(sqlite3.connect(server.data / "pixelvault.db")) as database, database:
        database.execute("UPDATE images SET place = '9' || place")
        database.execute("UPDATE images SET place = '' WHERE id = ?", [images[0]["id"]])
    assert faults(run_json("scrub", server.data, status=1)) == {"missing": 4, "misplaced": 4}
    report = run_json("scrub", server.data, "--rebuild")
    assert report["clean"] and report["faults"]["misplaced"]["repaired"] == 4
    server.start()
    for image, content in zip(images, contents):
        assert client.session.get(server.base + path_of(image)).content == content


def test_a_damaged_record_is_not_taken_for_the_place_of_a_row(start):
    server = start()
    image = Client(server).upload(unique_png())
    server.stop()
    LAYOUTS["segments"](server.data).flip_a_byte(image)
    with contextlib.closing(sqlite3.connect(server.data / "pixelvault.db")) as database, database:
        database.execute("UPDATE images SET place = '9' || place")
    assert run_json("scrub", server.data, "--rebuild", status=1)["faults"]["misplaced"] == {"found": 1, "repaired": 0}
    server.start()


def test_the_space_of_a_removed_picture_that_a_crash_left_is_given_back(start):
    """By the server itself, while it serves the pictures beside it."""
    server = start()
    client = Client(server)
    gone, stays = client.upload(png_of_size(MEGABYTE)), client.upload(unique_png())
    record = segment_files.record_of(server.data, gone["id"])
    client.call("DELETE", f"/v1/images/{gone['id']}")
    server.stop()
    segment = record.file.with_suffix(".seg")
    with open(segment, "r+b") as file:  # as it is when the server dies between the mark and the hole
        os.pwrite(file.fileno(), b"x" * record.size, record.payload)
        os.fsync(file.fileno())
    assert segment.stat().st_blocks * 512 > MEGABYTE
    server.start()
    deadline = time.monotonic() + 20
    while segment.stat().st_blocks * 512 > MEGABYTE / 2:
        assert time.monotonic() < deadline, "the space is never given back"
        time.sleep(0.05)
    assert client.session.get(server.base + path_of(stays)).status_code == 200


@pytest.mark.parametrize("arguments", [["--min-age", "soon"], ["--limit", "-1"], ["--unknown"]], ids=" ".join)
def test_a_wrong_command_line_is_told(own, arguments):
    assert run("scrub", own.data, *arguments, status=2).stderr


def test_a_folder_without_a_database_is_told(tmp_path):
    assert "there is no database" in run("scrub", tmp_path, status=2).stderr
    assert not list(tmp_path.iterdir())
