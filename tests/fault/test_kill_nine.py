"""kill -9 at a random moment while 16 clients upload, delete, read and export, again and again on the same data.

Between the rounds the time of some images is over, and every upload and deletion that got no answer is sent again.
PIXELVAULT_KILL_ROUNDS says how often.
"""
import random
import time

from checker import check, check_new_export, end_some
from ledger import Ledger
from load import LedgerClient, under_load
from server import Server
from stores import each_store

ROUNDS = 8
LONGEST_ROUND = 0.6  # seconds


@each_store
def test_what_was_answered_survives_and_nothing_else_is_left(tmp_path, store):
    rounds = store.rounds("PIXELVAULT_KILL_ROUNDS", ROUNDS)
    seed = random.randrange(10**6)
    random.seed(seed)
    print(f"seed {seed}")
    server = Server(tmp_path, "--default-plan", "unlimited", *store.arguments).start()
    registration = server.register()
    ledger, orphans = Ledger(), 0
    for round in range(rounds):
        with under_load(server, registration, ledger):
            time.sleep(random.uniform(0.02, LONGEST_ROUND))
            server.kill()
        server.start()
        orphans = check(server, registration, ledger, store)
        if round % 2:  # the other rounds begin with the log that the killed server has left
            server.stop()
            end_some(server, ledger)
            server.start()
    check_new_export(LedgerClient(server, registration, ledger))
    server.stop()
    print(f"{rounds} kills, {len(ledger.images)} uploads, {len(ledger.deleted)} deletions, {orphans} orphaned blobs")
    assert len(ledger.living()) > rounds, "the server was killed before it did anything"
    assert ledger.deleted, "nothing was ever deleted"
