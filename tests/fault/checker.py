"""The invariants that hold after every fault, checked on a server that was started again.

1. What was answered with success is listed and served byte for byte, with the right size and SHA-256.
2. What was deleted stays deleted, and its bytes go. So does what has expired. What was not deleted is whole.
3. An upload that got no answer is sent again and is one image, whether the first time had worked or not.
4. Counters equal the rows.
5. The janitor finishes the outbox; no file is left over, but for blobs of uploads that died between blob and row:
   never served, at most one for each unanswered upload, and removed by scrubbing.
6. An export that was running ends, and a new one works.
"""
import contextlib
import hashlib
import io
import sqlite3
import tarfile
import time
from concurrent.futures import ThreadPoolExecutor

from client import problem
from ledger import Ledger
from load import LedgerClient
from server import Server
from stores import Store

PATIENCE = 30  # seconds; far less than a removal's lease


def database(server: Server, mode: str = "ro"):
    """The server's records. Opened read-only, it changes nothing."""
    return contextlib.closing(sqlite3.connect(f"file:{server.data}/pixelvault.db?mode={mode}", uri=True, timeout=30))


def end_some(server: Server, ledger: Ledger) -> None:
    """The time of every second image with an end is over now. The server must be down."""
    limited = [id for id in ledger.living() if "expires_in" in ledger.images[id].fields][::2]
    with database(server, "rw") as records, records:
        records.executemany("UPDATE images SET expires_at = 1 WHERE id = ?", [(id,) for id in limited])
    ledger.ended |= set(limited)


def check(server: Server, registration: dict, ledger: Ledger, store: Store) -> int:
    """Asserts all invariants but the new export. Returns how many orphaned blobs there are."""
    client = LedgerClient(server, registration, ledger)
    wait_until_quiet(server)
    check_lost_deletions(client, store.images(server.data))
    check_missed_deletions(client)
    settle(client)
    wait_until_quiet(server)
    listed = {image["id"]: image for image in client.plain.listed()}
    check_list(listed, ledger)
    check_served(client, listed)
    check_gone(client)
    check_counters(client, listed)
    check_ended_exports(client)
    return check_files(server, ledger, store)


def check_lost_deletions(client: LedgerClient, stored: set[str]) -> None:
    """Where the tombstone was written, the bytes go without being asked again."""
    listed = {image["id"] for image in client.plain.listed()}
    left = (client.ledger.deleting - listed) & stored
    assert not left, f"deleted, and nobody removes the bytes: {left}"


def check_missed_deletions(client: LedgerClient) -> None:
    """Where it was not, the picture is as it was, though somebody asked to have it deleted."""
    listed = {image["id"] for image in client.plain.listed()}
    for id in client.ledger.deleting & listed:
        answer = client.read(id)
        assert answer.status_code == 200, f"{id} is listed without its bytes: {answer.status_code}"


def settle(client: LedgerClient) -> None:
    """Sends again what was not answered, as clients do."""
    ledger = client.ledger
    before = {image["sha256"]: image["id"] for image in client.plain.listed()}
    for upload in list(ledger.open):
        known = before.get(upload.digest)
        answer = client.upload(upload)
        assert answer.status_code == (200 if known else 201), f"the retry of an upload: {answer.text}"
        assert known in (None, upload.answer["id"]), "the retry of a stored upload is another image"
    for id in ledger.deleting - ledger.deleted:
        answer = client.delete(id)
        assert answer.status_code == 200, f"the retry of a deletion: {answer.text}"


def wait_until_quiet(server: Server) -> None:
    """Nothing that was begun may stay undone."""
    unfinished = {
        "removals": "SELECT COUNT(*) FROM outbox",
        "expired images": "SELECT COUNT(*) FROM images WHERE deleted_at IS NULL AND expires_at < 1000",
        "exports": "SELECT COUNT(*) FROM exports WHERE running = 1",
    }
    deadline = time.monotonic() + PATIENCE
    with database(server) as records:
        while left := {what: n for what, sql in unfinished.items() if (n := records.execute(sql).fetchone()[0])}:
            assert time.monotonic() < deadline, f"never finished: {left}\n{server.output()[-2000:]}"
            time.sleep(0.05)


def check_list(listed: dict[str, dict], ledger: Ledger) -> None:
    living = set(ledger.living())
    lost = living - listed.keys()
    assert not lost, f"answered with success and not listed: {lost}"
    assert not listed.keys() - living, f"listed, though deleted or never answered: {listed.keys() - living}"
    for id, image in listed.items():
        upload = ledger.images[id]
        assert (image["size"], image["sha256"]) == (len(upload.content), upload.digest)


def check_served(client: LedgerClient, listed: dict[str, dict]) -> None:
    def fetch(id: str) -> None:
        answer = client.read(id)
        assert answer.status_code == 200, f"{id}: {answer.status_code} {answer.text}"
        assert len(answer.content) == listed[id]["size"], f"{id} is served cut"

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(fetch, sorted(listed)))


def check_gone(client: LedgerClient) -> None:
    ledger = client.ledger
    for id in ledger.deleted | ledger.ended:
        code = "image_deleted" if id in ledger.deleted else "image_expired"
        problem(client.plain.get(ledger.images[id].path), 410, code)


def check_counters(client: LedgerClient, listed: dict[str, dict]) -> None:
    usage = client.plain.get("/v1/usage").json()["data"]
    assert usage["storage"]["used"] == sum(image["size"] for image in listed.values())
    private = [id for id in listed if client.ledger.images[id].fields.get("visibility") == "private"]
    assert usage["private_images"]["used"] == len(private)
    start = usage["period"]["start"]
    accepted = [one for one in client.ledger.images.values() if one.answer["created_at"] >= start]
    assert usage["uploads"]["used"] == len(accepted)
    for folder in [None, "", "a", "a/b"]:
        inside = [image for image in listed.values() if folder in (None, image["folder"])]
        query = {} if folder is None else {"folder": folder}
        assert client.plain.get("/v1/images", params=query).json()["meta"]["total"] == len(inside), folder


def check_files(server: Server, ledger: Ledger, store: Store) -> int:
    assert store.strangers(server.data) == []
    living, stored = set(ledger.living()), store.images(server.data)
    assert living <= stored
    orphans = stored - living - ledger.neighbours
    assert not orphans & ledger.images.keys(), "the bytes of deleted or expired images are still there"
    assert len(orphans) <= ledger.unanswered, "more orphaned blobs than uploads that were not answered"
    return len(orphans)


def check_ended_exports(client: LedgerClient) -> None:
    for status_url in client.ledger.exports:
        assert client.plain.get(status_url).json()["status"] in ("complete", "failed")


def check_new_export(client: LedgerClient) -> None:
    """An export can be started, ends, and holds every picture."""
    answer = client.export()
    assert answer.status_code == 202, answer.text
    deadline = time.monotonic() + PATIENCE
    while (state := client.plain.get(answer.json()["status_url"]).json())["status"] != "complete":
        assert time.monotonic() < deadline and state["status"] != "failed", state
        time.sleep(0.05)
    archive = client.plain.get(state["download_url"]).content
    with tarfile.open(fileobj=io.BytesIO(archive), mode="r:") as tar:
        digests = [hashlib.sha256(tar.extractfile(file).read()).hexdigest() for file in tar.getmembers()[:-1]]
    assert sorted(digests) == sorted(client.ledger.images[id].digest for id in client.ledger.living())
