"""What may lie in a data folder when the server has nothing to do."""
import pathlib
import re

import segment_files

BLOB = re.compile(r"img_[0-9a-z]{26}\.(jpg|png|gif|webp|avif|svg)")
OTHER = re.compile(r"[\w.-]*\.(db|sqlite|sqlite3)(-wal|-shm)?|[\w.-]*lock|last-number|health")


def files(folder: pathlib.Path) -> list[pathlib.Path]:
    return [path for path in sorted(folder.rglob("*")) if path.is_file()]


def image_ids(data: pathlib.Path) -> set[str]:
    """Ids of the images that have a file each."""
    names = {path.name for path in files(data / "blobs")}
    return {name.partition(".")[0] for name in names if BLOB.fullmatch(name)}


def strangers(data: pathlib.Path, store: str) -> list[str]:
    """Files that are neither the store's pictures nor the database: temporary ones that somebody left behind."""
    pictures = {"segments": segment_files.NAME, "folder": BLOB}[store]
    names = [path for path in files(data) if not pictures.fullmatch(path.name) and not OTHER.fullmatch(path.name)]
    return [str(path.relative_to(data)) for path in names]
