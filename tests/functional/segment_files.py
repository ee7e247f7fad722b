"""Reads the segment files of a data folder, and writes one, apart from the server's own code.

The format is told in src/adapters/segments/record.hpp. The bytes of pictures are not held against their checksums
unless that is asked for: tests compare what is served with what was sent.
"""
import dataclasses
import os
import pathlib
import re
import struct
import time
from collections.abc import Iterator

NAME = re.compile(r"(\d{8})\.(open|seg)")
HEADER = struct.Struct("<8sIIQI")
HEAD = struct.Struct("<4sHHQQQQqIIIB3x")
FIRST_RECORD = 4096
PAGE = 4096
STATE = 60  # of a record, where the state is
CHECKED = 56  # bytes of a head in front of its checksum
LIVE, REMOVED = b"LR"
ZEROS = bytes(1024 * 1024)


def make_table() -> list[int]:
    table = []
    for value in range(256):
        for _ in range(8):
            value = value >> 1 ^ (0x82F63B78 if value & 1 else 0)
        table.append(value)
    return table


TABLE = make_table()


def crc32c(content: bytes) -> int:
    crc = 0xFFFFFFFF
    for byte in content:
        crc = TABLE[(crc ^ byte) & 0xFF] ^ crc >> 8
    return crc ^ 0xFFFFFFFF


def align(offset: int, alignment: int) -> int:
    return -(-offset // alignment) * alignment


@dataclasses.dataclass(frozen=True)
class Record:
    file: pathlib.Path
    offset: int
    key: str
    payload: int  # where the bytes begin
    size: int
    crc: int
    is_removed: bool

    @property
    def end(self) -> int:
        return align(self.payload + self.size, 8)

    @property
    def image(self) -> str:
        return self.key.rpartition("/")[2].partition(".")[0]

    def content(self) -> bytes:
        with open(self.file, "rb") as file:
            return os.pread(file.fileno(), self.size, self.payload)

    def is_intact(self) -> bool:
        return crc32c(self.content()) == self.crc

    def write(self, content: bytes, offset: int) -> None:
        """Over what is there, counted from the beginning of the record."""
        with open(self.file, "r+b") as file:
            os.pwrite(file.fileno(), content, self.offset + offset)


class Segment:
    """One file. Has no records when it does not begin as a segment does."""

    def __init__(self, path: pathlib.Path):
        self.path = path
        self._file = os.open(path, os.O_RDONLY)
        self.size = os.fstat(self._file).st_size
        self.identity = self._read_identity()

    def close(self) -> None:
        os.close(self._file)

    def _read_identity(self) -> int | None:
        content = os.pread(self._file, HEADER.size, 0)
        if len(content) < HEADER.size:
            return None
        magic, version, _, identity, crc = HEADER.unpack(content)
        is_header = magic == b"PVSEGMNT" and version == 1 and crc == crc32c(content[: HEADER.size - 4])
        return identity if is_header else None

    def at(self, offset: int) -> Record | None:
        fixed = os.pread(self._file, HEAD.size, offset)
        if len(fixed) < HEAD.size or fixed[:4] != b"PVRC":
            return None
        _, version, key_bytes, owner, place, _, size, _, head_bytes, payload_crc, crc, state = HEAD.unpack(fixed)
        key = os.pread(self._file, key_bytes, offset + HEAD.size)
        if version != 1 or (owner, place) != (self.identity, offset) or crc != crc32c(fixed[:CHECKED] + key):
            return None
        payload = offset + head_bytes
        return Record(self.path, offset, key.decode(), payload, size, payload_crc, state == REMOVED)

    def next(self, offset: int) -> Record | None:
        """The first record from there on, past what is torn."""
        for place in (offset, align(offset, PAGE)):
            if record := self.at(place):
                return record
        while (offset := self.next_byte(offset)) is not None:
            offset = align(offset - 7, 8)
            if record := self.at(offset):
                return record
            offset += 8
        return None

    def next_byte(self, offset: int) -> int | None:
        """Where the first byte from there on is that is not zero."""
        while True:
            try:
                offset = os.lseek(self._file, offset, os.SEEK_DATA)
            except OSError:  # nothing but a hole is left
                return None
            content = os.pread(self._file, len(ZEROS), offset)
            if content != ZEROS[: len(content)]:
                return offset + len(content) - len(content.lstrip(b"\0"))
            offset += len(content)

    def records(self) -> Iterator[Record]:
        offset = FIRST_RECORD
        while self.identity is not None and (record := self.next(offset)):
            yield record
            offset = record.end


def paths(data: pathlib.Path) -> list[pathlib.Path]:
    return sorted(path for path in (data / "segments").glob("*") if NAME.fullmatch(path.name))


def records(data: pathlib.Path) -> list[Record]:
    """All, removed ones too, of all segments that were not removed meanwhile."""
    found = []
    for path in paths(data):
        try:
            segment = Segment(path)
        except FileNotFoundError:
            continue
        found += segment.records()
        segment.close()
    return found


def living(data: pathlib.Path) -> list[Record]:
    return [record for record in records(data) if not record.is_removed]


def image_ids(data: pathlib.Path) -> set[str]:
    """Ids of the images whose bytes are there."""
    return {record.image for record in living(data)}


def record_of(data: pathlib.Path, image: str) -> Record | None:
    return next((record for record in living(data) if record.image == image), None)


def strangers(data: pathlib.Path) -> list[str]:
    """What must not be there while nobody writes: segments of the dead, torn ends, second records of an image."""
    found, unfinished, images = [], 0, set()
    for path in paths(data):
        unfinished += path.suffix == ".open"
        segment, end = Segment(path), FIRST_RECORD
        for record in segment.records():
            end = record.end
            if not record.is_removed and record.image in images:
                found.append(f"{path.name}: a second record of {record.image}")
            if not record.is_removed:
                images.add(record.image)
        if end == FIRST_RECORD:
            found.append(f"{path.name}: a segment without a record")
        elif segment.next_byte(end) is not None or path.suffix == ".seg" and segment.size > end:
            found.append(f"{path.name}: a torn end at {end} of {segment.size}")
        segment.close()
    if unfinished > 1:
        found.append(f"{unfinished} segments are written at once")
    return found


def write_segment(data: pathlib.Path, key: str, content: bytes, written_at: float | None = None) -> Record:
    """A finished segment with one record, as a server leaves it that died before the row of the upload."""
    number = max((int(path.name[:8]) for path in paths(data)), default=0) + 100
    path = data / f"segments/{number:08}.seg"
    identity, head_bytes = 0x1122334455667788 + number, align(HEAD.size + len(key), 8)
    header = HEADER.pack(b"PVSEGMNT", 1, 0, identity, 0)[:-4]
    millis = int(1000 * (time.time() if written_at is None else written_at))
    fields = [b"PVRC", 1, len(key), identity, FIRST_RECORD, FIRST_RECORD, len(content), millis, head_bytes]
    head = HEAD.pack(*fields, crc32c(content), 0, 0)[:CHECKED]
    head += struct.pack("<IB3x", crc32c(head + key.encode()), LIVE) + key.encode()
    whole = (header + struct.pack("<I", crc32c(header))).ljust(FIRST_RECORD, b"\0") + head.ljust(head_bytes, b"\0")
    path.write_bytes((whole + content).ljust(align(len(whole + content), 8), b"\0"))
    segment = Segment(path)
    record = segment.at(FIRST_RECORD)
    segment.close()
    assert record and record.is_intact()
    return record
