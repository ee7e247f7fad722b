"""The programs under docs/examples, and what each of them must print."""
import hashlib
import os
import pathlib
import subprocess

ROOT = pathlib.Path(__file__).parents[2]
EXAMPLES = ROOT / "docs/examples"
PICTURE = ROOT / "tests/samples/alpha.png"
ERRORS = [
    "409 email_taken",
    "401 unauthorized",
    "400 no_file",
    "400 invalid_request",
    "404 image_not_found",
    "413 file_too_large",
    "415 unsupported_media_type",
    "422 invalid_image",
]


def check_example(base: str, *command: str, **arguments) -> None:
    """Runs one of the programs against the server at `base`."""
    run = subprocess.run(
        [*command, str(PICTURE)],
        env=os.environ | {"PIXELVAULT_URL": base},
        capture_output=True,
        text=True,
        timeout=120,
        **arguments,
    )
    assert run.returncode == 0, run.stderr
    digest = hashlib.sha256(PICTURE.read_bytes()).hexdigest()
    assert run.stdout.splitlines() == [f"uploaded {digest}", *ERRORS], run.stdout + run.stderr
