"""A disk that cannot be read: every read of a delivery, a list and an export's download fails once with EIO.

The answer is an error, or is cut where the reading failed; wrong bytes are never sent, and the server goes on.
"""
import io
import itertools
import tarfile

import pytest
import requests

import steps
from checker import check, check_new_export
from ledger import Upload
from operations import World, can_break, name, scratch
from pictures import MEGABYTE, png_of_size
from stores import STORES, Store
from syscalls import needs_strace

pytestmark = needs_strace("-e", "inject=fsync:error=EIO:when=1")


def deliver(world: World) -> None:
    client = world.client
    for id in client.ledger.living():
        answer = client.read(id)  # asserts that the bytes are right
        assert answer.status_code in (200, 503), answer.text


def list_all(world: World) -> None:
    answer = world.client.plain.get("/v1/images")
    assert answer.status_code in (200, 503), answer.text
    if answer.status_code == 200:
        assert {image["id"] for image in answer.json()["data"]} == set(world.ledger.living())


def download(world: World) -> None:
    client = world.client.plain
    status = client.get(world.ledger.exports[0])
    if status.status_code == 503:
        return
    answer = client.get(status.json()["download_url"])
    if answer.status_code == 503:
        return
    with tarfile.open(fileobj=io.BytesIO(answer.content), mode="r:") as tar:
        files = {file.name: tar.extractfile(file).read() for file in tar.getmembers()}
    for file, content in files.items():
        id = file.partition("/")[2].partition(".")[0]
        assert file == "manifest.json" or content == world.ledger.images[id].content


OPERATIONS = {"deliver": deliver, "list": list_all, "download": download}


def restarted(folder, store: Store, operation: str) -> World:
    """A server that has nothing in its caches yet, with a small picture and a large one."""
    world = World(folder, store)
    world.client.upload(Upload(png_of_size(3 * MEGABYTE)))
    if operation == "download":
        check_new_export(world.client)
    world.server.stop()
    world.server.start()
    return world


def found_cases() -> list[tuple[Store, str, steps.Step]]:
    if not can_break():
        return []
    found = []
    for store, (operation, run) in itertools.product(STORES, OPERATIONS.items()):
        with scratch() as folder:
            world = restarted(folder, store, operation)
            all_steps = steps.steps_of(world.server, folder / "trace", lambda: run(world), steps.READS)
            found += [(store, operation, step) for step in steps.sample(all_steps, store) if step.where != "sql-write"]
            world.server.stop()
    return found


def pytest_generate_tests(metafunc):
    found = found_cases()
    metafunc.parametrize(("store", "operation", "step"), found, ids=map(name, found))


def test_a_failed_read_is_never_wrong_bytes(tmp_path, store, operation, step):
    world = restarted(tmp_path, store, operation)
    trace = tmp_path / "trace"
    with steps.broken_at(world.server, step, "error=EIO", trace):
        try:
            OPERATIONS[operation](world)
        except (requests.ConnectionError, requests.exceptions.ChunkedEncodingError):
            pass  # cut in the middle
    # The database is also read by chores, which may have come in between when the steps were counted.
    was_met = "(INJECTED)" in trace.read_text()
    assert was_met or not step.is_certain or step.where == "sql-read", "the step never came"
    OPERATIONS[operation](world)
    check(world.server, world.registration, world.ledger, world.store)
    world.server.stop()
