"""The operator's commands (`scrub`, `backup`, `restore`, `doctor`) on a data folder, beside its server or without."""
import json
import pathlib
import subprocess

import segment_files
from client import path_of
from pictures import PNG
from server import BINARY, clean_environment


def run(command: str, data, *arguments: str, status: int = 0) -> subprocess.CompletedProcess:
    """Runs one command, which must end with `status`."""
    done = subprocess.run(
        [BINARY, command, "--data", str(data), *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=120,
        env=clean_environment(),
    )
    assert done.returncode == status, done.stdout + done.stderr
    return done


def run_json(command: str, data, *arguments: str, status: int = 0) -> dict:
    return json.loads(run(command, data, "--json", *arguments, status=status).stdout)


def blob_file(data, image: dict) -> pathlib.Path:
    """The file with the bytes of a picture that is kept in the folder store, as it is in a backup."""
    project, name = image["url"].rsplit("/", 2)[1:]
    return pathlib.Path(data) / "blobs" / project / name


def stored_bytes(data, image: dict) -> bytes | None:
    """What is kept of a picture, wherever that is; nothing when its bytes are gone."""
    if blob_file(data, image).exists():
        return blob_file(data, image).read_bytes()
    record = segment_files.record_of(pathlib.Path(data), image["id"])
    return record.content() if record else None


def stored_images(data) -> set[str]:
    """Ids of all images whose bytes are kept, wherever that is."""
    data = pathlib.Path(data)
    files = {path.name.partition(".")[0] for path in (data / "blobs").rglob("img_*")}
    return files | segment_files.image_ids(data)


class Folder:
    """The bytes of pictures that are files, for a test that spoils them."""

    def __init__(self, data):
        self.data = pathlib.Path(data)

    def lose(self, image: dict) -> None:
        blob_file(self.data, image).unlink()

    def flip_a_byte(self, image: dict) -> None:
        content = bytearray(blob_file(self.data, image).read_bytes())
        content[-1] ^= 1
        blob_file(self.data, image).write_bytes(content)

    def put_orphan(self, image: dict) -> str:
        """A picture as an upload leaves it that died before its row. Returns its key."""
        key = key_beside(image)
        (self.data / "blobs" / key).write_bytes(PNG)
        return key

    def has(self, key: str) -> bool:
        return (self.data / "blobs" / key).exists()


class Segments:
    """The same of pictures that are records in segments."""

    def __init__(self, data):
        self.data = pathlib.Path(data)

    def lose(self, image: dict) -> None:
        segment_files.record_of(self.data, image["id"]).write(b"lost", 0)

    def flip_a_byte(self, image: dict) -> None:
        record = segment_files.record_of(self.data, image["id"])
        last = record.payload + record.size - 1 - record.offset
        record.write(bytes([record.content()[-1] ^ 1]), last)

    def put_orphan(self, image: dict) -> str:
        key = key_beside(image)
        segment_files.write_segment(self.data, key, PNG)
        return key

    def has(self, key: str) -> bool:
        return key in {record.key for record in segment_files.living(self.data)}


LAYOUTS = {"segments": Segments, "folder": Folder}


def key_beside(image: dict) -> str:
    """The key of a picture that nobody has."""
    stem, _, extension = path_of(image)[1:].rpartition(".")
    return f"{stem[:-1]}{'1' if stem[-1] == '0' else '0'}.{extension}"
