"""The steps of an operation, as strace saw them in a healthy run, and a server that is broken at one of them.

strace is attached to the threads of one name just before the operation, so that "the second fdatasync of sql-write"
is the same step in every run. What only happens while a server starts is told apart by its file instead.
A signal comes before the call is done: what is there then is what a crash right before this step leaves, which is
also right after the step before.
"""
import collections
import contextlib
import dataclasses
import os
import pathlib
import re
import subprocess

from server import Server
from stores import Store
from syscalls import CALL

# What changes the disk, and what sends the answer.
CHANGES = ["mkdirat", "write", "pwrite64", "pwritev", "linkat", "renameat2", "rename", "renameat"]
CHANGES += ["unlinkat", "unlink", "ftruncate", "fallocate"]
SYNCS = ["fsync", "fdatasync", "sync_file_range", "syncfs"]
ANSWERS = ["sendto", "sendmsg", "writev"]
READS = ["openat", "pread64", "preadv", "sendfile", "splice", "copy_file_range"]
ALL_STEPS = os.environ.get("PIXELVAULT_FAULT_STEPS") == "all"
PROJECT = re.compile(r"proj_[0-9a-z]{26}")


@dataclasses.dataclass(frozen=True)
class Step:
    where: str  # name of the threads, or the file
    call: str
    number: int  # counted from the beginning of the operation

    @property
    def is_certain(self) -> bool:
        """Whether it comes in every run. Threads of a pool share their work as they like, and space is given back
        behind the answer, where the kernel lets go of it."""
        return self.number == 1 and self.where != "blobs-reclaim"

    def __str__(self) -> str:
        return f"{self.where}-{self.call}-{self.number}"


def threads_of(server: Server) -> dict[str, str]:
    """Names by id."""
    tasks = pathlib.Path(f"/proc/{server.pid}/task")
    return {task.name: (task / "comm").read_text().strip() for task in tasks.iterdir()}


@contextlib.contextmanager
def traced(server: Server, output: pathlib.Path, *options: str, threads: str | None = None):
    """strace on the server's threads (of one name) while the block runs."""
    chosen = [id for id, name in threads_of(server).items() if threads in (None, name)]
    assert chosen, f"there is no thread {threads}"
    command = ["strace", "-y", "-s", "0", "-o", str(output), "-e", "signal=none", *options]
    command += [word for id in chosen for word in ("-p", id)]
    strace = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        for _ in chosen:
            line = strace.stderr.readline()
            assert "attached" in line, line
        yield
    finally:
        strace.terminate()
        strace.communicate(timeout=60)


def is_step(name: str, arguments: str) -> bool:
    """Whether it is about the data or a client; the rest is the log and what wakes other threads up."""
    if name in ANSWERS + ["write"]:
        return "<socket:" in arguments or name == "write" and "/data/" in arguments
    return "/data" in arguments


def healthy_calls(output: pathlib.Path) -> list[tuple[str, str, str]]:
    """Thread, name and arguments of all that are steps."""
    matches = map(CALL.match, output.read_text(errors="replace").splitlines())
    return [match.groups() for match in matches if match and is_step(match[2], match[3])]


def numbered(kinds: list[tuple[str, str]]) -> list[Step]:
    counts, steps = collections.Counter(), []
    for kind in kinds:
        counts[kind] += 1
        steps.append(Step(*kind, counts[kind]))
    return steps


def steps_of(server: Server, output: pathlib.Path, operation, calls: list[str]) -> list[Step]:
    """All steps of an operation that is well, by thread."""
    names = threads_of(server)
    with traced(server, output, "-e", "trace=" + ",".join(calls)):
        operation()
    return numbered([(names[thread], name) for thread, name, _ in healthy_calls(output)])


def wrapper(output: pathlib.Path, *options: str) -> list[str]:
    """For a server that is traced from its start on."""
    return ["strace", "-D", "-f", "-y", "-s", "0", "-o", str(output), "-e", "signal=none", *options]


def file_of(arguments: str, data: pathlib.Path) -> str:
    """The first file that a call names, within the data folder; the project's id is another one every time."""
    match = re.search(r'^\d+<([^>]*)>|"([^"]*)"', arguments)
    path = (match[1] or match[2]) if match else ""
    inside = path == str(data) or path.startswith(f"{data}/")
    if not inside or path.endswith("-shm"):  # shared memory, made anew at every start
        return ""
    return PROJECT.sub("PROJECT", os.path.relpath(path, data)) if path != str(data) else "data"


def steps_of_start(output: pathlib.Path, data: pathlib.Path) -> list[Step]:
    """The steps that a server took, from its start under `wrapper` to its end, by file."""
    calls = [(file_of(arguments, data), name) for _, name, arguments in healthy_calls(output)]
    return numbered([call for call in calls if call[0]])


def sample(steps: list[Step], store: Store) -> list[Step]:
    """Of many equal calls in a row the first, the middle and the last, unless all are wanted.

    Beside the default store, only what a store does itself, on threads or in files of its own.
    """
    counts = collections.Counter((step.where, step.call) for step in steps)

    def is_chosen(step: Step) -> bool:
        count = counts[step.where, step.call]
        is_new = store.is_default or step.where.startswith(("blobs", store.folder))
        return ALL_STEPS or is_new and (count <= 4 or step.number in (1, count // 2, count))

    return [step for step in steps if is_chosen(step)]


def broken_at(server: Server, step: Step, how: str, output: pathlib.Path, watched: list[str] = []):
    """The server while `how` (strace's injection, e.g. `error=EIO`) meets it at the step; also traces `watched`."""
    calls = ",".join({step.call, *watched})
    inject = f"inject={step.call}:{how}:when={step.number}"
    return traced(server, output, "-e", f"trace={calls}", "-e", inject, threads=step.where)


def start_broken_at(step: Step, how: str, output: pathlib.Path, data: pathlib.Path, project: str) -> list[str]:
    """The wrapper of a server that meets `how` at the step of its start."""
    path = data if step.where == "data" else data / step.where.replace("PROJECT", project)
    inject = f"inject={step.call}:{how}:when={step.number}"
    return wrapper(output, "-P", str(path), "-e", f"trace={step.call}", "-e", inject)
