"""A full disk, under everything, under the pictures only or under the database only: writes are 507, reads go on.

When space is freed, writes work again by themselves, and nothing was lost.
"""
import contextlib
import dataclasses
import pathlib

import pytest
import requests

from checker import check, check_new_export
from client import problem
from disks import Disk, allocate, bound, made
from ledger import Ledger, Upload
from load import LedgerClient
from pictures import MEGABYTE, png_of_size, unique_png
from server import Server
from stores import STORES, Store

SIZE = 48 * MEGABYTE
LEFT = 5 * MEGABYTE  # free space for the server, before more of it is freed
PLACES = ["everything", "blobs", "database"]


@dataclasses.dataclass
class FullDisk:
    disk: Disk
    server: Server
    store: Store
    registration: dict
    ledger: Ledger
    sizes: list[int]  # of the uploads that fill it; 0: the smallest there are

    @property
    def reserve(self) -> pathlib.Path:
        return self.disk.folder / "reserve"

    @property
    def client(self) -> LedgerClient:
        return LedgerClient(self.server, self.registration, self.ledger)

    def check(self) -> None:
        check(self.server, self.registration, self.ledger, self.store)


@contextlib.contextmanager
def mounted(folder: pathlib.Path, store: Store, place: str):
    """The small disk, and where the server has to work so that `place` is on it."""
    with made(folder / "image", folder / "disk", "ext4", SIZE) as disk, contextlib.ExitStack() as stack:
        home = folder if place == "blobs" else disk.folder
        pictures = home / "data" / store.folder
        if place == "blobs":
            stack.enter_context(bound(disk.folder / "blobs", pictures))
        if place == "database":
            stack.enter_context(bound(folder / "elsewhere", pictures))
        yield disk, home


# A database without space is the same beside every store.
CASES = [(store, place) for store in STORES for place in PLACES if store.is_default or place != "database"]


@pytest.fixture(params=CASES, ids=lambda case: f"{case[0]}-{case[1]}")
def full(request, tmp_path):
    store, place = request.param
    with mounted(tmp_path, store, place) as (disk, home):
        server = Server(home, "--default-plan", "unlimited", *store.arguments)
        server.log = tmp_path / "server.log"  # not on the disk that gets full
        server.start()
        try:
            sizes = [0] if place == "database" else [MEGABYTE // 2, MEGABYTE // 10, 0]
            world = FullDisk(disk, server, store, server.register(), Ledger(), sizes)
            allocate(world.reserve, disk.free() - LEFT)
            yield world
        finally:
            server.kill()


def fill(full: FullDisk) -> None:
    """Uploads of each size until one is refused."""
    for size in full.sizes:
        for number in range(1000):
            answer = full.client.upload(Upload(png_of_size(size - number) if size else unique_png()))
            if answer.status_code != 201:
                problem(answer, 507, "insufficient_storage")
                break
        else:
            raise AssertionError("the disk never got full")


def assert_reads_go_on(client: LedgerClient) -> None:
    ledger = client.ledger
    assert {image["id"] for image in client.plain.listed()} == set(ledger.living())
    for id in ledger.living():
        answer = client.read(id)
        assert answer.status_code == 200 and answer.content == ledger.images[id].content
    assert client.plain.get("/v1/usage").status_code == 200


def test_uploads_are_refused_and_resume_by_themselves(full):
    client = full.client
    fill(full)
    assert len(client.ledger.living()) > 3
    assert_reads_go_on(client)
    assert full.store.strangers(full.server.data) == []
    assert requests.get(full.server.base + "/healthz").status_code == 200

    full.reserve.unlink()
    full.check()  # what was refused is sent again, and taken
    assert client.delete(client.ledger.any_living()).status_code == 200
    check_new_export(client)
    full.check()
    full.server.stop()


def test_it_starts_and_reads_on_a_full_disk(full):
    fill(full)
    full.server.stop()
    full.server.start()
    assert_reads_go_on(full.client)
    full.reserve.unlink()
    full.check()
    full.server.stop()


def test_deleting_makes_room(full):
    """Also where the tombstone itself finds no space: then it is refused, and works when there is some."""
    client = full.client
    fill(full)
    for id in client.ledger.living():
        answer = client.delete(id)
        if answer.status_code != 200:
            problem(answer, 507, "insufficient_storage")
    assert client.plain.get("/v1/images").status_code == 200
    full.reserve.unlink()
    full.check()
    full.server.stop()
