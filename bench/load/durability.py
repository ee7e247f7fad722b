"""What a server really syncs before it answers an upload, read off its system calls with strace.

A store keeps its promise over a power cut when it synced the bytes, and also the directory when it gave them a name
of their own (a new file, a rename): without the second, the file may be gone.
"""
import os
import re
import shutil
import subprocess

import generators

UPLOADS = 5
NAMING = {"rename", "renameat", "renameat2", "link", "linkat"}
SYNCING = {"fsync", "fdatasync", "syncfs", "sync_file_range"}
CALL = re.compile(r"\d+\s+(\w+)\((.*)")


def strace_works():
    if not shutil.which("strace"):
        return False
    return subprocess.run(["strace", "-f", "true"], capture_output=True).returncode == 0


def wrapper(output):
    """-D keeps the server the direct child, so that signals reach it."""
    calls = ",".join(sorted(NAMING | SYNCING | {"openat"}))
    return ["strace", "-D", "-f", "-y", "-o", str(output), "-e", f"trace={calls}", "-e", "signal=none"]


def observe(build, start, folder):
    """`start(wrapper)` gives a running server with a target. Counts an upload, averaged over a few, one at a time."""
    output = folder / "trace"
    server = start(wrapper(output))
    try:
        generators.upload(build, server.target, 100_000, clients=1, seconds=20, count=1, warm_up=0)
        begin = output.stat().st_size
        generators.upload(build, server.target, 100_000, clients=1, seconds=20, count=UPLOADS, warm_up=0)
        trace = output.read_bytes()[begin:].decode(errors="replace")
    finally:
        server.stop()
    return statement(count_calls(trace.splitlines(), os.path.isdir), UPLOADS)


def count_calls(lines, is_folder):
    """Syncs of files and of folders, files opened so that each write syncs, and names given."""
    counts = {"file_syncs": 0, "folder_syncs": 0, "synchronous_files": 0, "names": 0}
    for line in lines:
        match = CALL.match(line)
        if not match or " = -1 " in line:
            continue
        name, arguments = match.groups()
        if name in SYNCING:
            path = re.match(r"\d+<(.*?)>", arguments)
            counts["folder_syncs" if path and is_folder(path[1]) else "file_syncs"] += 1
        elif name in NAMING or "O_CREAT" in arguments:
            counts["names"] += 1
        if name == "openat" and re.search(r"\bO_D?SYNC\b", arguments):
            counts["synchronous_files"] += 1
    return counts


def statement(counts, uploads):
    """The counts of one upload, and what they promise."""
    each = {name: count / uploads for name, count in counts.items()}
    bytes_synced = each["file_syncs"] + each["synchronous_files"] >= 1
    names_synced = each["names"] == 0 or each["folder_syncs"] >= 1
    return each | {"bytes_synced": bytes_synced, "names_synced": names_synced, "durable": bytes_synced and names_synced}
