"""The operations whose every step is broken once, and the cases that come of it.

Nothing in an operation is left to chance: a step of the healthy run is a step of the one that is broken.
"""
import contextlib
import functools
import pathlib
import tempfile
import time
import uuid
from collections.abc import Callable

import requests

import steps
from checker import database, end_some, wait_until_quiet
from ledger import Ledger, Upload
from load import LedgerClient
from pictures import MEGABYTE, png_of_size, unique_png
from server import Server, is_sanitized
from steps import Step
from stores import STORES, Store
from syscalls import FAULTS_REQUIRED, strace_works


class World:
    """A server with one picture, and what was told of it."""

    def __init__(self, folder: pathlib.Path, store: Store, *, is_empty: bool = False):
        self.folder, self.store = folder, store
        self.server = Server(folder, "--default-plan", "unlimited", *store.arguments).start()
        self.registration = self.server.register()
        self.ledger = Ledger()
        self.victim = ""
        if not is_empty:
            self.client.upload(plain_upload())

    @property
    def client(self) -> LedgerClient:
        return LedgerClient(self.server, self.registration, self.ledger)

    @property
    def project(self) -> str:
        return self.registration["data"]["default_project"]["id"]


Answer = requests.Response | None


def plain_upload() -> Upload:
    return Upload(unique_png(), {"folder": "a"})


def upload(world: World) -> Answer:
    return world.client.upload(plain_upload())


def upload_privately(world: World) -> Answer:
    """With everything that an upload can have, and with folders of its own where private pictures are files."""
    fields = {"folder": "a/b", "visibility": "private", "expires_in": "3600"}
    return world.client.upload(Upload(unique_png(), fields, uuid.uuid4().hex))


def upload_much(world: World) -> Answer:
    """More than waits in memory: it is written while it comes, to a segment of its own."""
    return world.client.upload(Upload(png_of_size(5 * MEGABYTE)))


def delete(world: World) -> Answer:
    return world.client.delete(world.victim)


def export(world: World) -> Answer:
    """Until it is complete, or for two seconds. Asks the records, not the server, whose steps are counted."""
    answer = world.client.export()
    deadline = time.monotonic() + 2
    with database(world.server) as records:
        while time.monotonic() < deadline and not world.server.ended(within=0.02):
            if records.execute("SELECT COUNT(*) FROM exports WHERE running = 1").fetchone() == (0,):
                break
    return answer


OPERATIONS: dict[str, Callable[[World], Answer]] = {
    "first-upload": upload,
    "private-upload": upload_privately,
    "large-upload": upload_much,
    "delete": delete,
    "export": export,
}


def prepared(folder: pathlib.Path, store: Store, operation: str) -> World:
    world = World(folder, store, is_empty=operation == "first-upload")
    if operation == "delete":
        world.victim = world.client.upload(plain_upload()).json()["data"]["id"]
    return world


def with_expired(folder: pathlib.Path, store: Store) -> World:
    """The server is down, and the time of an image is over."""
    world = World(folder, store)
    world.client.upload(Upload(unique_png(), {"expires_in": "3600"}))
    world.server.stop()
    end_some(world.server, world.ledger)
    assert world.ledger.ended
    return world


@contextlib.contextmanager
def scratch():
    with tempfile.TemporaryDirectory(prefix="pixelvault-steps-") as folder:
        yield pathlib.Path(folder)


@functools.cache
def steps_of(store: Store, operation: str) -> list[Step]:
    with scratch() as folder:
        world = prepared(folder, store, operation)
        calls = steps.CHANGES + steps.SYNCS + steps.ANSWERS
        found = steps.steps_of(world.server, folder / "trace", lambda: OPERATIONS[operation](world), calls)
        world.server.stop()
    return found


@functools.cache
def steps_of_expiry(store: Store) -> list[Step]:
    with scratch() as folder:
        world = with_expired(folder, store)
        output = folder / "trace"
        calls = ",".join(steps.CHANGES + steps.SYNCS)
        server = Server(folder, *store.arguments, wrapper=steps.wrapper(output, "-e", f"trace={calls}")).start()
        wait_until_quiet(server)
        server.stop()
        return steps.steps_of_start(output, world.server.data)


def can_break() -> bool:
    """Where faults are required, everything is tried and fails if it cannot be done."""
    return not is_sanitized() and (FAULTS_REQUIRED or strace_works("-e", "inject=fsync:error=EIO:when=1"))


def cases(calls: list[str]) -> list[tuple[Store, str, Step]]:
    """Store, operation, step: of every operation those steps that are one of `calls`."""
    if not can_break():
        return []
    return [
        (store, operation, step)
        for store in STORES
        for operation in OPERATIONS
        for step in steps.sample(steps_of(store, operation), store)
        if step.call in calls
    ]


def expiry_cases() -> list[tuple[Store, Step]]:
    if not can_break():
        return []
    return [(store, step) for store in STORES for step in steps.sample(steps_of_expiry(store), store)]


def name(case: tuple) -> str:
    return "-".join(map(str, case))
