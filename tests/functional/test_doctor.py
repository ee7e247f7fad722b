"""`pixelvault doctor`: what it says of a sound server, and of what is broken."""
import os

import pytest

from operations import run, run_json
from client import Client
from pictures import unique_png


def verdicts(report: dict) -> dict:
    return {one["check"]: one["verdict"] for one in report["checks"]}


def test_a_running_server_is_well(server):
    report = run_json("doctor", server.data, "--public-url", server.base, "--deep")
    assert report["well"], report
    found = verdicts(report)
    for check in ["database", "schema", "journal", "write-ahead log", "blob store", "permissions", "public URL"]:
        assert found[check] == "ok", report
    assert {"free space", "file system", "sync", "clock", "open files", "leftovers"} < set(found)


def test_it_leaves_nothing_behind(server):
    before = sorted(path for path in server.data.rglob("*"))
    run("doctor", server.data)
    assert sorted(path for path in server.data.rglob("*")) == before


def test_every_finding_that_is_not_well_has_a_remedy(server):
    for one in run_json("doctor", server.data)["checks"]:
        assert (one["verdict"] == "ok") == (one["remedy"] == ""), one


def test_the_text_says_what_the_object_says(server):
    text = run("doctor", server.data).stdout
    for one in run_json("doctor", server.data)["checks"]:
        assert one["check"] in text
        assert one["remedy"] in text


def test_a_public_url_that_does_not_answer_is_a_failure(server):
    report = run_json("doctor", server.data, "--public-url", "http://127.0.0.1:9", status=1)
    assert verdicts(report)["public URL"] == "failure"


def test_a_missing_public_url_is_a_warning(server):
    assert verdicts(run_json("doctor", server.data))["public URL"] == "warning"


def test_a_damaged_database_is_a_failure(start):
    server = start()
    Client(server).upload(unique_png())
    server.stop()
    content = bytearray((server.data / "pixelvault.db").read_bytes())
    content[4096:] = b"\x55" * (len(content) - 4096)
    (server.data / "pixelvault.db").write_bytes(content)
    assert verdicts(run_json("doctor", server.data, status=1))["database"] == "failure"
    (server.data / "pixelvault.db").unlink()


def test_a_database_that_everybody_may_read_is_told(start):
    server = start()
    os.chmod(server.data, 0o755)
    os.chmod(server.data / "pixelvault.db", 0o644)
    assert verdicts(run_json("doctor", server.data))["permissions"] == "warning"
    os.chmod(server.data / "pixelvault.db", 0o666)
    assert verdicts(run_json("doctor", server.data, status=1))["permissions"] == "failure"


def test_unfinished_files_without_a_server_are_told(start):
    server = start()
    server.stop()
    (server.data / "blobs/tmp/blob.1.1").write_bytes(b"unfinished")
    assert verdicts(run_json("doctor", server.data))["leftovers"] == "warning"


def test_a_folder_without_a_database_is_a_failure_and_stays_as_it_is(tmp_path):
    report = run_json("doctor", tmp_path, status=1)
    assert verdicts(report)["database"] == "failure"
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("arguments", [["--unknown"], ["--public-url", "nonsense"]], ids=" ".join)
def test_a_wrong_command_line_is_told(server, arguments):
    assert run("doctor", server.data, *arguments, status=2).stderr
