"""201 means durable: the order of system calls behind one upload, watched with strace.

Bytes, then their sync, then the name under which they are found again, then the sync of its folder, then the sync of
the database's log, and only then the answer. What a power cut would undo is thus never promised. In segments the name
is the segment's, and one is new here.
"""
import os
import pathlib
import re
import time

import pytest

import syscalls
from client import Client
from pictures import JPEG
from server import Server

WRITES = {"write", "writev", "pwrite64", "pwritev", "pwritev2"}
SYNCS = {"fsync", "fdatasync"}
NAMINGS = {"link", "linkat", "rename", "renameat", "renameat2"}
ANSWERS = {"sendto", "sendmsg", "write", "writev"}


pytestmark = syscalls.needs_strace()


@pytest.fixture(scope="module")
def uploads(tmp_path_factory):
    """By layout: the calls of a server that took one picture, and the picture's record."""
    return {layout: traced_upload(tmp_path_factory.mktemp(layout), layout) for layout in LAYOUTS}


def traced_upload(folder: pathlib.Path, layout: str):
    output = folder / "trace"
    server = Server(folder, "--blobs", layout, wrapper=syscalls.wrapper(output)).start()
    data = Client(server).upload(JPEG)
    server.stop()
    wait_for_the_end_of(output)
    return syscalls.read_calls(output), data


def wait_for_the_end_of(output: pathlib.Path) -> None:
    for _ in range(100):
        if "+++ exited with" in output.read_text(errors="replace").splitlines()[-1]:
            return
        time.sleep(0.05)


def first(calls, what: str, matches):
    found = next((call for call in calls if matches(call)), None)
    assert found, f"never happened: {what}"
    return found


def after(calls, earlier):
    """The calls that began when `earlier` had ended."""
    return [call for call in calls if call.began > earlier.ended]


def assert_durable(layout: str, calls, data) -> None:
    # The first 201 was for registering.
    answer = [c for c in calls if c.name in ANSWERS and "HTTP/1.1 201" in c.arguments][-1]
    before = [call for call in calls if call.ended < answer.began]
    safe = LAYOUTS[layout](before, data)
    record = first(after(before, safe), "the record", lambda c: c.name in WRITES and c.path.endswith("-wal"))
    first(after(before, record), "the sync of the record", lambda c: c.name in SYNCS and c.path.endswith("-wal"))


def segment_is_safe(before, data):
    """The bytes and the segment's name; returns the last sync of them."""
    written = record_in_segment(before, data)
    assert written.result > data["size"], "head and picture are one write"
    synced = first(
        after(before, written), "the sync of the segment", lambda c: c.name in SYNCS and c.path == written.path
    )
    folder = os.path.dirname(written.path)
    return first(
        after(before, synced),
        "the sync of the folder with a new segment",
        lambda c: c.name in SYNCS and c.path == folder,
    )


def record_in_segment(calls, data):
    return first(calls, "the record in a segment", lambda c: c.name in WRITES and data["id"] in c.arguments)


def file_is_safe(before, data):
    """The same of a file for the picture alone."""
    name = naming(before, data)
    final = final_path(name, data)
    file = temporary_path(before, name)
    written = [call for call in before if call.name in WRITES and call.path == file]
    assert sum(call.result for call in written) == data["size"], "the whole picture is written before its name is given"

    synced = first(after(before, written[-1]), "the sync of the bytes", lambda c: c.name in SYNCS and c.path == file)
    assert synced.ended < name.began, "the bytes are synced before they get their name"

    folder = os.path.dirname(final)
    named = first(
        after(before, name), "the sync of the folder with the name", lambda c: c.name in SYNCS and c.path == folder
    )
    making = [c for c in before if c.name.startswith("mkdir") and f'{os.path.basename(folder)}"' in c.arguments]
    assert making, "the first upload makes the project's folder"
    for made in making:
        first(
            after(before, made),
            "the sync of the folder above a new folder",
            lambda c: c.name in SYNCS and c.path == os.path.dirname(folder),
        )
    return named


LAYOUTS = {"segments": segment_is_safe, "folder": file_is_safe}


def naming(calls, data):
    return first(calls, "the final name", lambda c: c.name in NAMINGS and data["id"] in c.arguments)


def final_path(name, data) -> str:
    target = [part for part in re.findall(r'"([^"]*)"', name.arguments) if data["id"] in part][-1]
    if target.startswith("/"):
        return target
    folder = re.findall(r"<([^<>]*)>", name.arguments)[-1]
    return os.path.join(folder, target)


def temporary_path(calls, name) -> str:
    """What the bytes were written to: the file that the last sync before the name was for."""
    synced = [
        c
        for c in calls
        if c.name in SYNCS
        and c.ended < name.began
        and not re.search(r"\.(db|sqlite3?)(-\w+)?$", c.path)
        and any(w.name in WRITES and w.path == c.path for w in calls)
    ]
    assert synced, "never happened: the sync of the bytes before the name"
    return synced[-1].path


@pytest.mark.parametrize("layout", LAYOUTS)
def test_everything_is_synced_in_order_before_the_201(uploads, layout):
    assert_durable(layout, *uploads[layout])


def skipped_in_segments(calls, data):
    written = record_in_segment(calls, data)
    return {
        "the bytes": lambda c: c.path == written.path,
        "the folder": lambda c: c.path == os.path.dirname(written.path),
        "the record": lambda c: c.path.endswith("-wal") and c.began > written.began,
    }


def skipped_in_folders(calls, data):
    name = naming(calls, data)
    folder = os.path.dirname(final_path(name, data))
    file = temporary_path(calls, name)
    return {
        "the bytes": lambda c: c.path == file,
        "the folder": lambda c: c.path == folder,
        "the folder above": lambda c: c.path == os.path.dirname(folder),
        "the record": lambda c: c.path.endswith("-wal") and c.began > name.began,
    }


SKIPPED = {"segments": skipped_in_segments, "folder": skipped_in_folders}


SYNCED = ["the bytes", "the folder", "the record"]


@pytest.mark.parametrize(
    ("layout", "skipped"),
    [(layout, skipped) for layout in LAYOUTS for skipped in SYNCED] + [("folder", "the folder above")],
)
def test_the_check_misses_no_skipped_sync(uploads, layout, skipped):
    calls, data = uploads[layout]
    is_skipped = SKIPPED[layout](calls, data)[skipped]
    with pytest.raises(AssertionError):
        assert_durable(layout, [c for c in calls if not (c.name in SYNCS and is_skipped(c))], data)
