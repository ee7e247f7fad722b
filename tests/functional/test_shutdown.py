"""SIGTERM drains: what runs is finished, what is new is not begun (the exit code is checked by every test's server)."""
import signal
import time

import pytest
import requests

from client import Client
from pictures import PNG
from wire import Wire, bearer


def test_a_running_upload_is_finished(start):
    running = start()
    client = Client(running)
    with Wire(running) as wire:
        wire.send_header(
            "POST /v1/images", bearer(client.key), "Content-Type: image/png", f"Content-Length: {len(PNG)}"
        )
        wire.send(PNG[:4000])
        time.sleep(0.1)
        running.tell_to_stop()
        time.sleep(0.3)
        with pytest.raises(requests.ConnectionError):
            requests.get(running.base + "/healthz")
        wire.send(PNG[4000:])
        assert wire.answer().status_code == 201
        assert wire.rest() == b""


def test_idle_connections_do_not_hold_it_up(start):
    running = start()
    with Wire(running) as idle, Wire(running) as used:
        used.send_header("GET /healthz")
        assert used.answer().status_code == 200
        began = time.monotonic()
        running.stop()
        assert time.monotonic() - began < 5
        assert idle.rest() == b""


def test_sigint_stops_it_too(start):
    start().tell_to_stop(signal.SIGINT)
