"""The operator's commands (`scrub`, `backup`, `restore`, `doctor`) on a data folder, beside its server or without."""
import json
import pathlib
import subprocess

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
    """The file with the bytes of a picture that is kept in the folder store."""
    project, name = image["url"].rsplit("/", 2)[1:]
    return pathlib.Path(data) / "blobs" / project / name
