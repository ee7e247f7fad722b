"""A disk that refuses to sync: the Nth fsync or fdatasync of every thread fails with EIO (strace's injection).

Whatever N is: who was answered with 201 keeps his picture, whatever is listed is whole, and nothing else is left.
"""
import hashlib

import requests

from client import Client, path_of, problem
from data_folder import strangers
from pictures import unique_png
from server import Server
from syscalls import needs_strace

UPLOADS = 4


pytestmark = needs_strace("-e", "inject=fsync:error=EIO:when=1")


def failing_on(call: int, trace) -> list[str]:
    return [
        "strace",
        "-D",
        "-f",
        "-o",
        str(trace),
        "-e",
        "trace=fsync,fdatasync",
        "-e",
        f"inject=fsync,fdatasync:error=EIO:when={call}",
        "-e",
        "signal=none",
    ]


def upload_some(client) -> tuple[dict[str, str], list[requests.Response]]:
    """SHA-256 by id of what was taken, and the refusals."""
    promised, refused = {}, []
    for _ in range(UPLOADS):
        content = unique_png()
        answer = client.post_file(content)
        if answer.status_code == 201:
            promised[answer.json()["id"]] = hashlib.sha256(content).hexdigest()
        else:
            refused.append(answer)
    return promised, refused


def assert_whole(server, registration, promised: dict[str, str]) -> None:
    images = {image["id"]: image for image in Client(server, registration).listed()}
    assert promised.keys() <= images.keys(), "answered with 201 and not listed"
    for image in images.values():
        answer = requests.get(server.base + path_of(image))
        assert answer.status_code == 200, answer.text
        digest = hashlib.sha256(answer.content).hexdigest()
        assert digest == image["sha256"] == promised.get(image["id"], digest)
    assert strangers(server.data) == []


def test_a_failed_sync_is_an_error_and_nothing_worse(tmp_path):
    healthy = Server(tmp_path).start()  # the database is made without trouble
    registration = healthy.register()
    healthy.stop()
    promised, failures = {}, 0
    for call in range(1, 9):
        server = Server(tmp_path, wrapper=failing_on(call, tmp_path / f"trace-{call}"))
        try:
            server.start()
        except AssertionError:
            continue  # refusing to start on such a disk is right, too
        taken, refused = upload_some(Client(server, registration))
        server.stop()
        for answer in refused:
            problem(answer, 503, "unavailable")
        promised |= taken
        failures += len(refused)
    assert failures > 0, "no sync failed, so nothing was tested"
    assert promised, "every upload failed, although only one sync in many did"
    healthy.start()
    assert_whole(healthy, registration, promised)
    taken, refused = upload_some(Client(healthy, registration))
    assert not refused
    healthy.stop()
