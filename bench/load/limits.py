"""Measures what a server costs when it does little or much at once: start, idle, idle connections, large uploads.

    limits.py BINARY SAMPLES    prints a table; exits 1 when a figure is over its limit

Loads go to a server of its own on 127.0.0.1 and end by themselves.
"""
import json
import os
import pathlib
import re
import resource
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request

MEGABYTE = 1024 * 1024
STARTS = 7
IDLE_CONNECTIONS = 10_000
IDLE_SOURCES = 4  # loopback addresses that they come from
UPLOADS = 64
UPLOAD_BYTES = 50 * MEGABYTE


class Server:
    """A server on a free port with a data folder of its own."""

    def __init__(self, binary):
        self.folder = tempfile.mkdtemp(prefix="pixelvault-bench-")
        command = [
            binary,
            "serve",
            "--data",
            self.folder,
            "--listen",
            "127.0.0.1:0",
            "--default-plan",
            "unlimited",
            "--log-level",
            "warn",
        ]
        begin = time.monotonic()
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        self.port = int(re.search(r":(\d+),", self.process.stdout.readline()).group(1))
        self.request("GET", "/readyz")
        self.start_ms = (time.monotonic() - begin) * 1000

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(60)
        shutil.rmtree(self.folder)

    def request(self, method, path, body=None):
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", data=body, method=method)
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)

    def connect(self, source="127.0.0.1"):
        return socket.create_connection(("127.0.0.1", self.port), timeout=120, source_address=(source, 0))

    def rss(self, field="VmRSS"):
        """Resident memory in MB."""
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(rf"{field}:\s+(\d+)", status).group(1)) / 1024


def start_ms(binary):
    def once():
        with Server(binary) as server:
            return server.start_ms

    return statistics.median(once() for _ in range(STARTS))


def idle_connections_rss(server):
    connections = [server.connect(f"127.0.0.{2 + i % IDLE_SOURCES}") for i in range(IDLE_CONNECTIONS)]
    for connection in connections:
        connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: bench\r\n\r\n")
    answered = sum(connection.recv(4096).startswith(b"HTTP/1.1 200") for connection in connections)
    assert answered == IDLE_CONNECTIONS, f"only {answered} connections were answered"
    time.sleep(0.5)
    rss = server.rss()
    for connection in connections:
        connection.close()
    return rss


def parallel_uploads_rss(server, picture):
    """The highest memory while pictures of 50 MB (a JPEG with a long tail) are uploaded at once, and MB a second."""
    key = server.request("POST", "/v1/auth/register", b'{"email":"bench@example.com"}')["api_key"]
    body = (picture + os.urandom(MEGABYTE) * (UPLOAD_BYTES // MEGABYTE))[:UPLOAD_BYTES]
    head = (
        f"POST /v1/images HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {key}\r\n"
        f"Content-Type: image/jpeg\r\nContent-Length: {UPLOAD_BYTES}\r\n\r\n"
    ).encode()
    answers = []

    def upload():
        with server.connect() as connection:
            connection.sendall(head)
            connection.sendall(body)
            answers.append(connection.recv(65536).split(b"\r\n")[0])

    threads = [threading.Thread(target=upload) for _ in range(UPLOADS)]
    begin = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.monotonic() - begin
    assert answers == [b"HTTP/1.1 201 Created"] * UPLOADS, f"not every upload was taken: {set(answers)}"
    return server.rss("VmHWM"), UPLOADS * UPLOAD_BYTES / MEGABYTE / seconds


def main(binary, samples):
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    rows = [("start to ready, ms (median of %d)" % STARTS, start_ms(binary), 200)]
    with Server(binary) as server:
        rows.append(("idle, MB resident", server.rss(), 40))
        rows.append((f"{IDLE_CONNECTIONS} idle keep-alive connections, MB resident", idle_connections_rss(server), 100))
    with Server(binary) as server:
        picture = (pathlib.Path(samples) / "photo-progressive.jpg").read_bytes()
        peak, rate = parallel_uploads_rss(server, picture)
        rows.append((f"{UPLOADS} uploads of 50 MB at once, highest MB resident", peak, 150))
    print(f"{'figure':<62} {'measured':>9} {'limit':>7}")
    for name, measured, limit in rows:
        print(f"{name:<62} {measured:>9.1f} {limit:>7}" + ("" if measured < limit else "   OVER"))
    print(f"{'the same uploads, MB a second, each durable':<62} {rate:>9.1f}")
    return any(measured >= limit for _, measured, limit in rows)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
