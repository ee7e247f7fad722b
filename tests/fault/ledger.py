"""What clients sent and what they were told: the memory that every fault suite holds the server against.

An upload is open until it is answered with success, however often it is sent. Thread-safe.
"""
import dataclasses
import hashlib
import os
import random
import threading
import uuid

from pictures import BY_EXTENSION, unique_png, unique_svg


def unique_jpeg() -> bytes:
    """Bytes after the end of a picture belong to the file and must come back too."""
    return BY_EXTENSION["jpg"].content + os.urandom(16)


MAKERS = [unique_png, unique_svg, unique_jpeg]


@dataclasses.dataclass(eq=False)
class Upload:
    """One picture that a client wants stored. Its content is nobody else's, so that it can be told apart."""

    content: bytes
    fields: dict[str, str] = dataclasses.field(default_factory=dict)
    key: str | None = None  # Idempotency-Key
    answer: dict | None = None  # `data` of the 201, or of the 200 of a retry
    path: str = ""  # where it is served

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def any_upload() -> Upload:
    """With or without a key, some of them private, some for a limited time."""
    fields = {"folder": random.choice(["", "", "a", "a/b"])}
    if random.random() < 0.15:
        fields["visibility"] = "private"
    if random.random() < 0.25:
        fields["expires_in"] = "3600"
    key = uuid.uuid4().hex if random.random() < 0.4 else None
    return Upload(random.choice(MAKERS)(), fields, key)


class Ledger:
    def __init__(self, neighbours: frozenset[str] = frozenset()):
        self.neighbours = neighbours  # ids of what other accounts have on the same server
        self._lock = threading.Lock()
        self.images: dict[str, Upload] = {}  # by id: all that were answered with success
        self.open: list[Upload] = []  # sent, and not answered with success yet
        self.deleting: set[str] = set()  # asked for
        self.deleted: set[str] = set()  # answered with 200
        self.ended: set[str] = set()  # their time is over
        self.exports: list[str] = []  # status URLs of all that were answered with 202
        self.unanswered = 0  # times that an upload was sent and not answered with success

    def sending(self, upload: Upload) -> None:
        with self._lock:
            self.unanswered += 1
            if upload not in self.open:
                self.open.append(upload)

    def stored(self, upload: Upload, data: dict, base: str) -> None:
        with self._lock:
            self.unanswered -= 1
            self.open.remove(upload)
            upload.answer, upload.path = data, data["url"].removeprefix(base)
            self.images[data["id"]] = upload

    def asking_to_delete(self, id: str) -> None:
        with self._lock:
            self.deleting.add(id)

    def was_deleted(self, id: str) -> None:
        with self._lock:
            self.deleted.add(id)

    def export_begun(self, status_url: str) -> None:
        with self._lock:
            self.exports.append(status_url)

    def living(self) -> list[str]:
        """Ids of what must be there: promised, and nobody asked to have it deleted."""
        with self._lock:
            return sorted(self.images.keys() - self.deleting - self.ended)

    def any_living(self) -> str | None:
        living = self.living()
        return random.choice(living) if living else None
