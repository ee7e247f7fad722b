"""A disk that refuses to sync: every fsync and fdatasync of an upload, a deletion, an export and a start fails once.
So does the first of each kind of call that changes the disk.

A failed sync is an error and stays one: an upload is not answered with 201, and what was not synced is never taken
for synced because a later sync of the same file works, since the kernel may have dropped it meanwhile.
"""
import pathlib
import re

import steps
from checker import check, check_new_export
from client import problem
from ledger import Ledger
from load import LedgerClient
from operations import OPERATIONS, cases, name, prepared
from server import Server
from stores import STORES
from syscalls import CALL, needs_strace

MOST_SYNCS_OF_A_START = 60
OFFSET = re.compile(r", (\d+)\)\s+= \d+$")

pytestmark = needs_strace("-e", "inject=fsync:error=EIO:when=1")


def pytest_generate_tests(metafunc):
    if "step" in metafunc.fixturenames:
        found = cases(steps.SYNCS) + [case for case in cases(steps.CHANGES) if case[2].number == 1]
        metafunc.parametrize(("store", "operation", "step"), found, ids=map(name, found))


def assert_never_retried(trace: pathlib.Path) -> None:
    """After a failed sync a file is not synced before it was changed again: rewritten from where it was not safe."""
    unsafe: dict[str, int] = {}  # the first byte that was written since the last sync that worked, by file
    failed: dict[str, int] = {}  # the same when a sync failed, until the file is written again from there on
    for line in trace.read_text().splitlines():
        match = CALL.match(line)
        if not match:
            continue
        path = re.search(r"<([^>]*)>", match[3])[1]
        if match[2] not in steps.SYNCS:
            offset = int(found[1]) if match[2].startswith("pwrite") and (found := OFFSET.search(line)) else 0
            unsafe[path] = min(offset, unsafe.get(path, offset))
            if offset <= failed.get(path, -1):
                del failed[path]
        elif "(INJECTED)" in line:
            failed[path] = unsafe.get(path, 0)
        else:
            assert path not in failed, f"synced again after a failed sync: {line}"
            unsafe.pop(path, None)


def assert_refused(operation: str, step: steps.Step, answer) -> None:
    if step.where == "blobs-reclaim":  # gives space back behind the answer: the bytes are nobody's by then
        assert answer.status_code == 200
    elif "upload" in operation:
        problem(answer, 503, "unavailable")
    elif operation == "delete" and answer.status_code == 200:
        assert answer.json()["data"]["purge"] == "pending", "the bytes are not known to be gone"
    elif answer.status_code != 202:  # an export goes on beside the requests
        problem(answer, 503, "unavailable")


def test_a_failed_call_is_an_error_and_stays_one(tmp_path, store, operation, step):
    world = prepared(tmp_path, store, operation)
    trace = tmp_path / "trace"
    with steps.broken_at(world.server, step, "error=EIO", trace, steps.CHANGES + steps.SYNCS):
        answer = OPERATIONS[operation](world)
        assert "(INJECTED)" in trace.read_text() or not step.is_certain, "the step never came"
        if "(INJECTED)" in trace.read_text():
            assert_refused(operation, step, answer)
        world.client.upload()  # whose syncs must not pass for the failed one; its own may fail on another thread
    assert_never_retried(trace)
    assert world.client.upload().status_code == 201, "failed syncs are no reason to refuse the next upload"
    world.server.kill()
    world.server.start()
    check(world.server, world.registration, world.ledger, store)
    if operation == "export":
        check_new_export(world.client)
    world.server.stop()


def test_the_check_sees_a_sync_that_is_tried_again(tmp_path):
    trace = tmp_path / "trace"
    begin = 'pwrite64(5</d/wal>, ""..., 24, 100) = 24\n7 fdatasync(5</d/wal>) = -1 EIO (INJECTED)\n'
    rewritten = '7 pwrite64(5</d/wal>, ""..., 24, 100) = 24\n7 fdatasync(5</d/wal>) = 0\n'
    trace.write_text("7 " + begin + rewritten)
    assert_never_retried(trace)
    for again in (rewritten.partition("\n")[2], rewritten.replace("24, 100", "24, 124")):
        trace.write_text("7 " + begin + again)
        try:
            assert_never_retried(trace)
        except AssertionError:
            continue
        raise AssertionError("a sync that was tried again was not seen")


def test_a_start_whose_syncs_fail_promises_nothing(tmp_path):
    """The first start of all, which makes the database and the folders of all stores, wherever pictures go then.

    Then it is stopped, and started on a disk that is well.
    """
    store = STORES[0]
    for number in range(1, MOST_SYNCS_OF_A_START):
        folder = tmp_path / str(number)
        folder.mkdir()
        trace = folder / "trace"
        inject = f"inject=fsync,fdatasync:error=EIO:when={number}"
        wrapper = steps.wrapper(trace, "-e", "trace=fsync,fdatasync", "-e", inject)
        server = Server(folder, *store.arguments, wrapper=wrapper)
        started = True
        try:
            server.start()
        except AssertionError:
            started = False  # refusing to start on such a disk is right, too
        if started:
            server.kill()
        broken = "(INJECTED)" in trace.read_text()
        healthy = Server(folder, *store.arguments).start()
        registration, ledger = healthy.register(), Ledger()
        assert LedgerClient(healthy, registration, ledger).upload().status_code == 201
        check(healthy, registration, ledger, store)
        healthy.stop()
        if not broken:
            assert number > 3, "no sync failed, so nothing was tested"
            return
    raise AssertionError("a start has more syncs than it should")
