"""POST /v1/export, GET /v1/export-jobs/:id and its download: a whole project as a tar."""
import io
import json
import re
import sqlite3
import subprocess
import tarfile
import time

import pytest
import requests

from client import Client, problem
from pictures import JPEG, PNG, SVG, unique_svg
from wire import Wire, bearer

STATUS_FIELDS = {"id", "status", "image_count", "processed_count", "bytes", "created_at", "expires_at"}


def start_export(client: Client) -> dict:
    answer = client.call("POST", "/v1/export")
    assert answer.status_code == 202, answer.text
    job = answer.json()
    assert set(job) == {"job_id", "status", "image_count", "status_url"}
    assert re.fullmatch(r"exp_[0-9a-z]{26}", job["job_id"])
    assert job["status_url"] == answer.headers["Location"] == f"/v1/export-jobs/{job['job_id']}"
    return job


def finished(client: Client, job: dict) -> dict:
    """The state of an export as soon as it is neither pending nor processing."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        state = client.get(job["status_url"]).json()
        if state["status"] not in ("pending", "processing"):
            return state
        time.sleep(0.05)
    raise AssertionError(f"the export did not end: {state}")


def export(client: Client) -> dict:
    state = finished(client, start_export(client))
    assert state["status"] == "complete", state
    return state


def download(client: Client, state: dict) -> requests.Response:
    answer = client.get(state["download_url"])
    assert answer.status_code == 200, answer.text
    return answer


def files_of(archive: bytes) -> dict[str, bytes]:
    """The files of a tar in their order, read by a reader that is not ours."""
    with tarfile.open(fileobj=io.BytesIO(archive), mode="r:") as tar:
        members = tar.getmembers()
        assert all(member.isreg() and member.mode == 0o644 for member in members)
        return {member.name: tar.extractfile(member).read() for member in members}


def manifest_of(files: dict[str, bytes]) -> dict:
    assert list(files)[-1] == "manifest.json"
    return json.loads(files["manifest.json"])


def file_name(image: dict) -> str:
    return f"images/{image['id']}.{image['url'].partition('?')[0].rpartition('.')[2]}"


def manifest_entry(image: dict) -> dict:
    entry = {name: image[name] for name in image if name not in ("url", "signed_expires")}
    return entry | {"file": file_name(image)}


def test_an_export_goes_from_pending_to_complete(client):
    uploads = [client.upload(PNG, "a.png"), client.upload(JPEG, "b.jpg")]
    job = start_export(client)
    assert (job["status"], job["image_count"]) == ("pending", 2)
    state = finished(client, job)
    assert set(state) == STATUS_FIELDS | {"download_url"}
    assert state["id"] == job["job_id"]
    assert (state["status"], state["image_count"], state["processed_count"]) == ("complete", 2, 2)
    assert state["bytes"] == sum(image["size"] for image in uploads)
    assert state["download_url"] == job["status_url"] + "/download"


def test_the_archive_holds_the_bytes_and_an_exact_manifest(client):
    client.upload(PNG, "a.png", folder="x/y", metadata='{"k": "\u00e4"}')
    client.upload(JPEG, "b b.jpg", visibility="private")
    client.upload(SVG, "c.svg", expires_in="600")
    images = client.listed()
    state = export(client)
    answer = download(client, state)
    files = files_of(answer.content)
    assert list(files) == [*(file_name(image) for image in images), "manifest.json"]
    assert [files[file_name(image)] for image in images][1:] == [JPEG, PNG]
    manifest = manifest_of(files)
    assert manifest == {
        "version": 1,
        "export_id": state["id"],
        "project": client.project,
        "environment": "live",
        "created_at": state["created_at"],
        "images": [manifest_entry(image) for image in images],
    }


def test_the_download_is_a_tar_in_chunks_with_a_name(client):
    client.upload(PNG)
    state = export(client)
    answer = download(client, state)
    assert answer.headers["Content-Type"] == "application/x-tar"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="pixelvault-export-{state["id"]}.tar"'
    assert answer.headers["Transfer-Encoding"] == "chunked" and "Content-Length" not in answer.headers
    assert answer.content.endswith(bytes(1024)) and len(answer.content) % 512 == 0


def test_tar_itself_reads_it(client, tmp_path):
    image = client.upload(PNG)
    archive = tmp_path / "export.tar"
    archive.write_bytes(download(client, export(client)).content)
    listing = subprocess.run(["tar", "-tvf", archive], capture_output=True, text=True, check=True)
    assert listing.stderr == ""
    assert [line.split()[-1] for line in listing.stdout.splitlines()] == [file_name(image), "manifest.json"]


def test_an_empty_project_is_an_empty_manifest(client):
    state = export(client)
    assert (state["image_count"], state["bytes"]) == (0, 0)
    files = files_of(download(client, state).content)
    assert list(files) == ["manifest.json"] and manifest_of(files)["images"] == []


def test_many_images_are_followed_over_all_pages(client):
    uploaded = {client.upload(unique_svg(), f"{n}.svg")["id"] for n in range(230)}
    files = files_of(download(client, export(client)).content)
    manifest = manifest_of(files)
    assert {image["id"] for image in manifest["images"]} == uploaded
    assert all(len(files[image["file"]]) == image["size"] for image in manifest["images"])


def test_what_is_deleted_before_the_download_is_left_out(client):
    gone, kept = client.upload(unique_svg()), client.upload(unique_svg())
    state = export(client)
    assert client.call("DELETE", f"/v1/images/{gone['id']}").status_code == 200
    files = files_of(download(client, state).content)
    assert list(files) == [file_name(kept), "manifest.json"]
    assert [image["id"] for image in manifest_of(files)["images"]] == [kept["id"]]


def test_what_is_uploaded_later_does_not_belong_to_it(client):
    image = client.upload(unique_svg())
    state = export(client)
    client.upload(unique_svg())
    assert list(files_of(download(client, state).content)) == [file_name(image), "manifest.json"]


def test_it_can_be_downloaded_twice(client):
    client.upload(PNG)
    state = export(client)
    assert download(client, state).content == download(client, state).content


def test_a_second_export_is_refused_while_one_runs(client):
    """The worker looks once a second; right after it has finished one, the next waits for it."""
    for _ in range(5):
        job = start_export(client)
        answer = client.call("POST", "/v1/export")
        if answer.status_code == 409:
            error = problem(answer, 409, "export_in_progress")
            assert "in progress" in error["message"]
            finished(client, job)
            assert start_export(client)
            return
        finished(client, job)
    raise AssertionError("no second export was refused")


def test_nothing_can_be_downloaded_before_it_is_complete(client):
    for _ in range(5):
        job = start_export(client)
        answer = client.get(job["status_url"] + "/download")
        finished(client, job)
        if answer.status_code == 409:
            error = problem(answer, 409, "export_not_ready")
            assert answer.headers["Retry-After"] == "1" and error["retry_after"] == 1
            return
    raise AssertionError("every export was complete at once")


@pytest.mark.parametrize("path", ["", "/download"])
@pytest.mark.parametrize("id", ["exp_01h455vb4pex5vsknk084sn02q", "nonsense", "img_01h455vb4pex5vsknk084sn02q"])
def test_an_unknown_export_is_404(client, path, id):
    problem(client.get(f"/v1/export-jobs/{id}{path}"), 404, "export_not_found")


@pytest.mark.parametrize("path", ["", "/download"])
def test_another_projects_export_is_404(server, client, path):
    state = export(client)
    problem(Client(server).get(f"/v1/export-jobs/{state['id']}{path}"), 404, "export_not_found")


@pytest.mark.parametrize("call", [("POST", "/v1/export"), ("GET", "/v1/export-jobs/x")])
def test_a_key_is_needed(server, call):
    problem(requests.request(call[0], server.base + call[1]), 401, "unauthorized")


def expire(server, export_id: str) -> None:
    """Lets an export be over, as if a day had gone by."""
    a_second_ago = int(time.time() * 1000) - 1000
    databases = [path for path in server.data.rglob("*") if path.is_file() and path.read_bytes()[:6] == b"SQLite"]
    with sqlite3.connect(databases[0], timeout=30) as database:
        update = "UPDATE exports SET expires_at = ? WHERE id = ?"
        assert database.execute(update, (a_second_ago, export_id)).rowcount == 1


def test_an_expired_export_is_gone(server, client):
    client.upload(PNG)
    state = export(client)
    expire(server, state["id"])
    answer = client.get(f"/v1/export-jobs/{state['id']}")
    assert (answer.status_code, answer.json()["status"]) == (200, "expired")
    assert set(answer.json()) == STATUS_FIELDS
    problem(client.get(state["download_url"]), 410, "export_expired")
    assert start_export(client)


def test_an_old_client_reads_it_until_the_connection_closes(server, client):
    client.upload(PNG)
    state = export(client)
    with Wire(server) as wire:
        wire.send(f"GET {state['download_url']} HTTP/1.0\r\n{bearer(client.key)}\r\n\r\n")
        head, _, body = wire.rest().partition(b"\r\n\r\n")
    assert b"200 OK" in head and b"Transfer-Encoding" not in head and b"Content-Length" not in head
    assert b"Connection: close" in head
    assert body == download(client, state).content


def test_head_says_what_a_download_would_be(client):
    state = export(client)
    answer = client.call("HEAD", state["download_url"])
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["Content-Type"] == "application/x-tar"
    assert client.get(f"/v1/export-jobs/{state['id']}").status_code == 200  # on the same connection


def test_an_export_goes_on_after_a_restart(start):
    server = start()
    client = Client(server)
    client.upload(PNG)
    job = start_export(client)
    server.kill()
    server.start()
    client.base = server.base
    # Should the worker have had it already, its lease must end before another may.
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline:
        state = client.get(job["status_url"]).json()
        if state["status"] == "complete":
            break
        time.sleep(0.2)
    assert state["status"] == "complete"
    assert len(files_of(download(client, state).content)) == 2
