"""Clients that write into the ledger what they are told: one at a time, or many at once until somebody stops them."""
import contextlib
import random
import threading

import requests

from client import Client
from ledger import Ledger, Upload, any_upload
from server import Server

CLIENTS = 16


class LedgerClient:
    """Every call may raise `requests.RequestException`: then the answer is lost, and nothing was promised."""

    def __init__(self, server: Server, registration: dict, ledger: Ledger):
        self.plain = Client(server, registration)
        self.ledger = ledger

    def upload(self, upload: Upload | None = None) -> requests.Response:
        upload = upload or any_upload()
        self.ledger.sending(upload)
        headers = {"Idempotency-Key": upload.key} if upload.key else {}
        files = {"file": ("picture", upload.content)}
        answer = self.plain.call("POST", "/v1/images", files=files, data=upload.fields, headers=headers)
        if answer.status_code in (200, 201):
            self.ledger.stored(upload, answer.json()["data"], self.plain.base)
        return answer

    def delete(self, id: str) -> requests.Response:
        self.ledger.asking_to_delete(id)
        answer = self.plain.call("DELETE", f"/v1/images/{id}")
        if answer.status_code == 200 and answer.json()["data"]["deleted"]:
            self.ledger.was_deleted(id)
        return answer

    def export(self) -> requests.Response:
        answer = self.plain.call("POST", "/v1/export")
        if answer.status_code == 202:
            self.ledger.export_begun(answer.json()["status_url"])
        return answer

    def read(self, id: str) -> requests.Response:
        """Asserts that the bytes are the right ones, unless the image was deleted meanwhile."""
        upload = self.ledger.images[id]
        answer = self.plain.get(upload.path)
        if answer.status_code == 200:
            whole = len(answer.content) == int(answer.headers["Content-Length"])
            right = answer.content == upload.content if whole else upload.content.startswith(answer.content)
            assert right, f"{id} is served with other bytes"
        return answer


def one_action(client: LedgerClient) -> tuple[requests.Response, set[int]]:
    """Something that clients do, and the statuses that a healthy server answers it with."""
    dice = random.random()
    if dice < 0.02:
        return client.export(), {202, 409}
    id = client.ledger.any_living() if dice < 0.32 else None
    if id is None:
        return client.upload(), {201}
    if dice < 0.2:
        return client.delete(id), {200}
    return client.read(id), {200, 410} if id in client.ledger.deleting else {200}


def act_until(over: threading.Event, client: LedgerClient, failures: list[str]) -> None:
    with contextlib.suppress(requests.RequestException):  # the server is gone
        while not over.is_set():
            try:
                answer, expected = one_action(client)
            except AssertionError as failure:
                failures.append(str(failure))
                return
            raced = answer.status_code == 410 and answer.request.method == "GET"  # deleted while it was read
            if answer.status_code not in expected and not raced:
                failures.append(f"{answer.request.method} {answer.status_code} {answer.text}")
                return


@contextlib.contextmanager
def under_load(server: Server, registration: dict, ledger: Ledger, clients: int = CLIENTS):
    """Runs the block while clients upload, delete, read and export, until the server is gone or the block ends."""
    over, failures = threading.Event(), []
    people = [LedgerClient(server, registration, ledger) for _ in range(clients)]
    threads = [threading.Thread(target=act_until, args=(over, one, failures)) for one in people]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        over.set()
        for thread in threads:
            thread.join()
    assert not failures, failures[0]
