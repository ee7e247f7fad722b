"""kill -9 at a random moment under 16 uploaders, again and again on the same data.

After each restart: every picture that was answered with 201 is served byte for byte; whatever else is listed is an
upload whose answer was lost, and whole; no temporary file is left. PIXELVAULT_KILL_ROUNDS says how often.
"""
import hashlib
import os
import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import requests

from client import Client, path_of
from data_folder import strangers
from pictures import BY_EXTENSION, unique_png, unique_svg
from server import Server

ROUNDS = int(os.environ.get("PIXELVAULT_KILL_ROUNDS", "8"))
UPLOADERS = 16
LONGEST_ROUND = 0.8  # seconds


def unique_jpeg() -> bytes:
    """Bytes after the end of a picture belong to the file and must come back too."""
    return BY_EXTENSION["jpg"].content + os.urandom(16)


MAKERS = [unique_png, unique_svg, unique_jpeg]


class Ledger:
    """What clients sent and what they were promised. Thread-safe."""

    def __init__(self):
        self._lock = threading.Lock()
        self.sent: set[str] = set()  # SHA-256 of everything that was ever sent
        self.promised: dict[str, tuple[str, str]] = {}  # id -> (path, SHA-256), of every 201

    def sending(self, content: bytes) -> str:
        digest = hashlib.sha256(content).hexdigest()
        with self._lock:
            self.sent.add(digest)
        return digest

    def answered(self, base: str, data: dict, digest: str) -> None:
        with self._lock:
            self.promised[data["id"]] = (data["url"].removeprefix(base), digest)


def upload_until(over: threading.Event, base: str, key: str, ledger: Ledger, failures: list) -> None:
    session = requests.Session()
    session.headers["Authorization"] = f"Bearer {key}"
    while not over.is_set():
        content = random.choice(MAKERS)()
        digest = ledger.sending(content)
        try:
            answer = session.post(f"{base}/v1/images", files={"file": ("p", content)}, timeout=30)
            body = answer.json()
        except requests.RequestException:
            return  # the server was killed: the answer is lost
        if answer.status_code != 201:
            failures.append(f"{answer.status_code} {answer.text}")
            return
        ledger.answered(base, body["data"], digest)


def kill_under_load(server: Server, key: str, ledger: Ledger) -> None:
    over, failures = threading.Event(), []
    threads = [
        threading.Thread(target=upload_until, args=(over, server.base, key, ledger, failures)) for _ in range(UPLOADERS)
    ]
    for thread in threads:
        thread.start()
    time.sleep(random.uniform(0.02, LONGEST_ROUND))
    server.kill()
    over.set()
    for thread in threads:
        thread.join()
    assert not failures, failures[0]


def served(base: str, paths: list[str]) -> list[str]:
    """The SHA-256 of what each path delivers."""

    def fetch(path):
        answer = session.get(base + path, timeout=30)
        assert answer.status_code == 200, f"{path}: {answer.status_code} {answer.text}"
        return hashlib.sha256(answer.content).hexdigest()

    session = requests.Session()
    session.mount("http://", requests.adapters.HTTPAdapter(pool_maxsize=8))
    with ThreadPoolExecutor(8) as pool:
        return list(pool.map(fetch, paths))


def check(server: Server, registration: dict, ledger: Ledger, ids: set[str]) -> None:
    """Everything promised is listed; of `ids` and all that was not promised every byte is compared."""
    images = {image["id"]: image for image in Client(server, registration).listed()}
    lost = ledger.promised.keys() - images.keys()
    assert not lost, f"answered with 201 and not listed: {lost}"
    unanswered = images.keys() - ledger.promised.keys()
    assert {images[id]["sha256"] for id in unanswered} <= ledger.sent, "something is listed that nobody sent"
    chosen = sorted(ids | unanswered)
    digests = served(server.base, [path_of(images[id]) for id in chosen])
    for id, digest in zip(chosen, digests):
        assert digest == images[id]["sha256"]
        assert id in unanswered or digest == ledger.promised[id][1]
    assert strangers(server.data) == []


def test_what_was_answered_survives_and_nothing_else_is_left(tmp_path):
    seed = random.randrange(10**6)
    random.seed(seed)
    print(f"seed {seed}")
    server = Server(tmp_path, "--default-plan", "unlimited").start()
    registration = server.register()
    ledger = Ledger()
    for round in range(ROUNDS):
        known = set(ledger.promised)
        kill_under_load(server, registration["api_key"], ledger)
        server.start()
        check(server, registration, ledger, ledger.promised.keys() - known)
    check(server, registration, ledger, set(ledger.promised))
    print(f"{ROUNDS} kills, {len(ledger.promised)} pictures answered with 201, {len(ledger.sent)} sent")
    assert len(ledger.promised) > ROUNDS, "the server was killed before it did anything"
    server.stop()
