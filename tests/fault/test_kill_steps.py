"""kill -9 right before every durable step of an upload, a deletion, an export and an expiry, each on fresh data.

The steps are those of a healthy run, found when the tests are collected. Of many equal writes in a row three
are taken; PIXELVAULT_FAULT_STEPS=all takes every one.
"""
import contextlib

import requests

import steps
from checker import check, check_new_export
from operations import OPERATIONS, cases, expiry_cases, name, prepared, with_expired
from server import Server
from syscalls import needs_strace

pytestmark = needs_strace("-e", "inject=fsync:signal=SIGKILL:when=1")


def pytest_generate_tests(metafunc):
    if "operation" in metafunc.fixturenames:
        found = cases(steps.CHANGES + steps.SYNCS + steps.ANSWERS)
        metafunc.parametrize(("store", "operation", "step"), found, ids=map(name, found))
    else:
        found = expiry_cases()
        metafunc.parametrize(("store", "step"), found, ids=map(name, found))


def test_nothing_is_lost_and_nothing_is_left(tmp_path, store, operation, step):
    world = prepared(tmp_path, store, operation)
    with steps.broken_at(world.server, step, "signal=SIGKILL", tmp_path / "trace"):
        with contextlib.suppress(requests.RequestException):
            OPERATIONS[operation](world)
        died = world.server.ended(within=2)
    assert died or not step.is_certain, "the step never came"
    if not died:
        world.server.kill()
    world.server.start()
    check(world.server, world.registration, world.ledger, store)
    if operation == "export":
        check_new_export(world.client)
    world.server.stop()


def test_an_expired_image_goes_with_its_bytes(tmp_path, store, step):
    world = with_expired(tmp_path, store)
    data = world.server.data
    wrapper = steps.start_broken_at(step, "signal=SIGKILL", tmp_path / "trace", data, world.project)
    broken = Server(tmp_path, *store.arguments, wrapper=wrapper)
    with contextlib.suppress(AssertionError):  # it may die before it says that it listens
        broken.start()
        if not broken.ended(within=0.5):
            broken.tell_to_stop()  # the step is one of the end
    assert broken.ended(within=10)
    world.server.start()
    check(world.server, world.registration, world.ledger, store)
    world.server.stop()
