"""PixelVault as a process to be measured: on a free port, with the limits off that protect a public server."""
import http.client
import json
import os
import socket
import subprocess
import time

import processes

UNLIMITED = ["--default-plan", "unlimited", "--rate-limit-requests", "off", "--log-level", "warn"]
# Stores of pictures that a server can have; one that does not know the flag has only one.
STORES = ["folder", "segments"]


def clean_environment():
    """Without PIXELVAULT_… settings, so that a developer's shell does not change what is measured."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PIXELVAULT_")}


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def variants(binary):
    """Name and flags of each server worth measuring: one a store."""
    usage = subprocess.run([binary, "serve", "--help"], capture_output=True, text=True).stdout
    if "--blobs" not in usage:
        return {"PixelVault": []}
    return {f"PixelVault, {store}": ["--blobs", store] for store in STORES}


class Server:
    """`start_ms` is the time from exec to the first 200 of /readyz."""

    def __init__(self, binary, data, *flags, wrapper=()):
        self.data = data
        self.port = free_port()
        listen = ["--data", str(data), "--listen", f"127.0.0.1:{self.port}"]
        begin = time.monotonic()
        self.process = subprocess.Popen(
            [*wrapper, str(binary), "serve", *listen, *UNLIMITED, *flags],
            stdout=subprocess.DEVNULL,
            env=clean_environment(),
        )
        try:
            wait_until(self.ready, self.process)
        except Exception:
            self.kill()
            raise
        self.start_ms = (time.monotonic() - begin) * 1000

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    @property
    def pid(self):
        return self.process.pid

    def ready(self):
        return self.send("GET", "/readyz")[0] == 200

    def connection(self, source="127.0.0.1"):
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=120, source_address=(source, 0))

    def send(self, method, path, body=None, key=""):
        """Status, fields and content of an answer, over a connection of its own."""
        connection = self.connection()
        try:
            connection.request(method, path, body, {"Authorization": f"Bearer {key}"} if key else {})
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            connection.close()

    def get(self, path):
        return self.send("GET", path)

    def call(self, method, path, body=None, key=""):
        status, _, content = self.send(method, path, body, key)
        assert status in (200, 201), content
        return json.loads(content)

    def register(self):
        """An API key, and the project that it belongs to."""
        account = self.call("POST", "/v1/auth/register", b'{"email":"bench@example.com"}')
        return account["api_key"], account["data"]["default_project"]["id"]

    def memory_mb(self, field="VmRSS"):
        return processes.memory_mb(self.pid, field)

    def cpu_seconds(self):
        return processes.cpu_seconds(self.pid)

    def stop(self):
        self.process.terminate()
        self.process.wait(60)

    def kill(self):
        self.process.kill()
        self.process.wait()


def wait_until(ready, process, seconds=60):
    """Until `ready()` of a process that was just started; it may raise OSError as long as nobody listens."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            if ready():
                return
        except (OSError, http.client.HTTPException):
            pass
        if process.poll() is not None:
            raise RuntimeError(f"the server ended at its start, with {process.returncode}")
        time.sleep(0.001)
    raise RuntimeError(f"the server was not ready after {seconds} s")
