"""The power goes off, on ext4 and on xfs: what was not synced by then is lost, and what was answered is not.

The server's data is on loop-mounted disks that are shut down under it: at a random moment of a load, and right after
single answers. Records and pictures share a disk, where a sync of one may save the other by chance, or have one each.
PIXELVAULT_POWER_CUTS says how often.
"""
import contextlib
import random
import time

import pytest

from checker import check, check_new_export
from disks import Disk, made
from ledger import Ledger, Upload
from load import LedgerClient, under_load
from pictures import MEGABYTE, unique_png
from server import Server
from stores import each_store

CUTS = 4
SIZE = 320 * MEGABYTE  # the smallest that mkfs.xfs makes; a hole for the most part
LONGEST_ROUND = 0.5  # seconds

each_disk = pytest.mark.parametrize("kind", ["ext4", "xfs"])
each_layout = pytest.mark.parametrize("disks", [1, 2], ids=["one-disk", "two-disks"])


class Machine:
    """A server and its disks: one plug for all."""

    def __init__(self, server: Server, disks: list[Disk]):
        self.server, self._disks = server, disks

    def cut_power(self) -> None:
        """Without power nobody computes: a sync that the end of a disk has cut short must not lead to an answer."""
        self.server.freeze()
        for disk in self._disks:
            disk.cut_power()
        self.server.kill()

    def boot(self) -> None:
        for disk in reversed(self._disks):
            disk.unmount()
        for disk in self._disks:
            disk.mount()  # replays the journal
        self.server.start()


@pytest.fixture
def machine(tmp_path, kind, disks, store):
    folders = ["data", f"data/{store.folder}"][:disks]
    with contextlib.ExitStack() as stack:
        mounted = [
            stack.enter_context(made(tmp_path / f"image-{number}", tmp_path / folder, kind, SIZE))
            for number, folder in enumerate(folders)
        ]
        server = Server(tmp_path, "--default-plan", "unlimited", *store.arguments).start()
        stack.callback(server.kill)
        yield Machine(server, mounted)


@each_store
@each_disk
@each_layout
def test_what_was_answered_survives_power_cuts_under_load(machine, store):
    cuts = store.rounds("PIXELVAULT_POWER_CUTS", CUTS)
    seed = random.randrange(10**6)
    random.seed(seed)
    print(f"seed {seed}")
    server = machine.server
    registration = server.register()
    ledger, orphans = Ledger(), 0
    for _ in range(cuts):
        with under_load(server, registration, ledger):
            time.sleep(random.uniform(0.05, LONGEST_ROUND))
            machine.cut_power()
        machine.boot()
        orphans = check(server, registration, ledger, store)
    check_new_export(LedgerClient(server, registration, ledger))
    print(f"{cuts} cuts, {len(ledger.images)} uploads, {len(ledger.deleted)} deletions, {orphans} orphaned blobs")
    assert len(ledger.living()) > cuts and ledger.deleted


@each_store
@each_disk
@each_layout
def test_the_last_answer_before_a_power_cut_counts(machine, store):
    """One client: no later sync of somebody else helps. The account itself is an answer, too."""
    cuts = store.rounds("PIXELVAULT_POWER_CUTS", CUTS)
    server, neighbours = machine.server, frozenset()
    for round in range(cuts):
        registration, ledger = server.register(), Ledger(neighbours)  # a project whose folder is new
        client = LedgerClient(server, registration, ledger)
        for _ in range(round):
            client.upload()
        assert client.upload(Upload(unique_png())).status_code == 201
        if round % 2:
            assert client.delete(ledger.any_living()).status_code == 200
        machine.cut_power()
        machine.boot()
        check(server, registration, ledger, store)
        neighbours |= set(ledger.living())
