"""SIGTERM while clients upload and download: what was begun is finished, nothing new is begun, and it ends with 0."""
import hashlib
import socket
import time

import pytest

from checker import check
from ledger import Ledger, Upload
from load import LedgerClient, under_load
from pictures import MEGABYTE, png_of_size, unique_png
from server import Server
from stores import each_store
from wire import Wire, bearer

BEGUN = 8  # uploads and downloads each


@pytest.fixture
def server(tmp_path, store):
    server = Server(tmp_path, "--default-plan", "unlimited", *store.arguments).start()
    yield server
    server.kill()


def begin_upload(server: Server, key: str, content: bytes) -> Wire:
    """Half of it is sent."""
    wire = Wire(server)
    wire.send_header("POST /v1/images", bearer(key), "Content-Type: image/png", f"Content-Length: {len(content)}")
    wire.send(content[: len(content) // 2])
    return wire


def begin_download(server: Server, path: str) -> Wire:
    """Nothing of the answer is taken yet, and it is more than the buffers between hold."""
    wire = Wire(server)
    wire.send_header(f"GET {path}")
    return wire


def finish_upload(wire: Wire, upload: Upload, ledger: Ledger, base: str) -> None:
    ledger.sending(upload)
    wire.send(upload.content[len(upload.content) // 2 :])
    answer = wire.answer()
    assert answer.status_code == 201, answer.text
    ledger.stored(upload, answer.json()["data"], base)


def assert_nothing_new_is_begun(server: Server) -> None:
    deadline = time.monotonic() + 10
    while True:
        try:
            socket.create_connection(("127.0.0.1", server.port), timeout=5).close()
        except ConnectionRefusedError:
            return
        assert time.monotonic() < deadline, "connections are still accepted"
        time.sleep(0.01)


@each_store
def test_what_was_begun_is_finished_and_nothing_new_is_begun(server, store):
    crowd, crowds_ledger = server.register(), Ledger()
    registration, ledger = server.register(), Ledger()
    client = LedgerClient(server, registration, ledger)
    large = Upload(png_of_size(16 * MEGABYTE))
    assert client.upload(large).status_code == 201
    halves = [Upload(unique_png()) for _ in range(BEGUN)]

    with under_load(server, crowd, crowds_ledger):
        uploads = [begin_upload(server, client.plain.key, upload.content) for upload in halves]
        downloads = [begin_download(server, large.path) for _ in range(BEGUN)]
        time.sleep(0.5)
        server.tell_to_stop()
        assert_nothing_new_is_begun(server)
        for upload, wire in zip(halves, uploads):
            finish_upload(wire, upload, ledger, server.base)
        for wire in downloads:
            answer = wire.answer()
            assert answer.status_code == 200
            assert hashlib.sha256(answer.content).hexdigest() == large.digest
    server.stop()  # with exit code 0

    server.start()
    ledger.neighbours = frozenset(crowds_ledger.images)
    check(server, registration, ledger, store)
    crowds_ledger.neighbours = frozenset(ledger.images)
    check(server, crowd, crowds_ledger, store)
    server.stop()
