"""What may lie in a data folder when the server has nothing to do."""
import pathlib
import re

BLOB = re.compile(r"img_[0-9a-z]{26}\.(jpg|png|gif|webp|avif|svg)")
OTHER = re.compile(r"[\w.-]*\.(db|sqlite|sqlite3)(-wal|-shm)?|[\w.-]*lock|last-number|health")


def blobs(data: pathlib.Path) -> set[str]:
    """Names of the stored pictures."""
    return {path.name for path in data.rglob("*") if path.is_file() and BLOB.fullmatch(path.name)}


def image_ids(data: pathlib.Path) -> set[str]:
    """Ids of the images that have a file."""
    return {name.partition(".")[0] for name in blobs(data)}


def strangers(data: pathlib.Path) -> list[str]:
    """Files that are neither pictures nor the database: temporary ones that somebody left behind."""
    return [
        str(path.relative_to(data))
        for path in sorted(data.rglob("*"))
        if path.is_file() and not BLOB.fullmatch(path.name) and not OTHER.fullmatch(path.name)
    ]
