"""The power goes off, on ext4 and on xfs: what was not synced by then is lost, and what was answered is not.

The server's data is on a loop-mounted disk that is shut down under it: at a random moment of a load, and right after
single answers. PIXELVAULT_POWER_CUTS says how often.
"""
import os
import random
import time

import pytest

from checker import check, check_new_export
from disks import made
from ledger import Ledger, Upload
from load import LedgerClient, under_load
from pictures import MEGABYTE, unique_png
from server import Server
from stores import each_store

CUTS = int(os.environ.get("PIXELVAULT_POWER_CUTS", "4"))
SIZE = 320 * MEGABYTE  # the smallest that mkfs.xfs makes; a hole for the most part
LONGEST_ROUND = 0.8  # seconds
DISK_GONE = {500, 503, 507}  # between the cut and the end of the server

each_disk = pytest.mark.parametrize("kind", ["ext4", "xfs"])


@pytest.fixture
def disk(tmp_path, kind):
    with made(tmp_path / "image", tmp_path / "data", kind, SIZE) as disk:
        yield disk


@pytest.fixture
def server(tmp_path, disk, store):
    server = Server(tmp_path, "--default-plan", "unlimited", *store.arguments).start()
    yield server
    server.kill()


def power_cycle(server: Server, disk) -> None:
    server.kill()
    disk.unmount()
    disk.mount()  # replays the journal
    server.start()


@each_store
@each_disk
def test_what_was_answered_survives_power_cuts_under_load(server, disk, store):
    seed = random.randrange(10**6)
    random.seed(seed)
    print(f"seed {seed}")
    registration = server.register()
    ledger, orphans = Ledger(), 0
    for _ in range(CUTS):
        with under_load(server, registration, ledger, tolerated=DISK_GONE):
            time.sleep(random.uniform(0.05, LONGEST_ROUND))
            disk.cut_power()
            server.kill()
        power_cycle(server, disk)
        orphans = check(server, registration, ledger, store)
    check_new_export(LedgerClient(server, registration, ledger))
    print(f"{CUTS} cuts, {len(ledger.images)} uploads, {len(ledger.deleted)} deletions, {orphans} orphaned blobs")
    assert len(ledger.living()) > CUTS and ledger.deleted


@each_store
@each_disk
def test_the_last_answer_before_a_power_cut_counts(server, disk, store):
    """One client: no later sync of somebody else helps. The account itself is an answer, too."""
    registration = server.register()
    ledger = Ledger()
    for round in range(CUTS):
        if round > 0:
            neighbours = ledger.neighbours | set(ledger.living())
            registration, ledger = server.register(), Ledger(neighbours)  # a project whose folder is new
        client = LedgerClient(server, registration, ledger)
        for _ in range(round):
            client.upload()
        assert client.upload(Upload(unique_png())).status_code == 201
        if round % 2:
            assert client.delete(ledger.any_living()).status_code == 200
        disk.cut_power()
        power_cycle(server, disk)
        check(server, registration, ledger, store)
