"""Runs schemathesis against a server of its own: every operation of the contract, all checks, stateful links.

    run_schemathesis.py [--examples N] [--seed N] [--report FILE]

Its settings, with a reason beside each exception, stand in schemathesis.toml and schemathesis_hooks.py. Exits with
what schemathesis says.
"""
import argparse
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.parse

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(HERE.parent / "functional"))

import requests  # noqa: E402

from server import Server  # noqa: E402

PASSWORD = "secure-pass"
PICTURE = ROOT / "tests/samples/alpha.png"
MONTH = 2_592_000
SETTINGS = (
    # What limits are for is tested elsewhere; here they would only hide operations behind 402 and 429.
    *("--default-plan", "unlimited", "--rate-limit-requests", "off", "--rate-limit-register", "off"),
    *("--rate-limit-login", "off", "--rate-limit-account", "off"),
    # Made-up URLs are not to be asked for on the internet; imports have tests with a server of their own.
    *("--import", "off", "--log-level", "warn"),
)


def log_in(server: Server, email: str) -> str:
    answer = requests.post(f"{server.base}/v1/auth/login", json={"email": email, "password": PASSWORD})
    return answer.json()["data"]["token"]


def credentials(server: Server) -> dict[str, str]:
    """Key and sessions are of two accounts: what the session deletes or revokes is never what the key needs."""
    key = server.register("key@example.com", PASSWORD)["api_key"]
    server.register("session@example.com", PASSWORD)
    session, spare = (log_in(server, "session@example.com") for _ in range(2))
    return {"PIXELVAULT_KEY": key, "PIXELVAULT_SESSION": session, "PIXELVAULT_SPARE_SESSION": spare}


def upload(server: Server, key: str, **fields: str) -> urllib.parse.SplitResult:
    """The URL of a new image."""
    answer = requests.post(
        f"{server.base}/v1/images",
        headers={"Authorization": f"Bearer {key}"},
        files={"file": PICTURE.read_bytes()},
        data=fields,
    )
    return urllib.parse.urlsplit(answer.json()["url"])


def export(server: Server, key: str) -> str:
    """The id of a complete export."""
    headers = {"Authorization": f"Bearer {key}"}
    job = requests.post(f"{server.base}/v1/export", headers=headers).json()["job_id"]
    deadline = time.monotonic() + 30
    while requests.get(f"{server.base}/v1/export-jobs/{job}", headers=headers).json()["status"] != "complete":
        assert time.monotonic() < deadline, server.output()
        time.sleep(0.1)
    return job


def dictionaries(server: Server, key: str, exporting_key: str) -> str:
    """What the run can look at and not make in time, as the parameters that find it: TOML.

    One public and one private image, of an account of their own so that nothing in the run deletes them, and a complete
    export of the account whose key the run uses.
    """
    upload(server, exporting_key)
    public = upload(server, key)
    private = upload(server, key, visibility="private", sign_expires_in=str(MONTH))
    query = dict(urllib.parse.parse_qsl(private.query))
    project, _, public_file = public.path.strip("/").partition("/")
    values = {
        "project": project,
        "public_file": public_file,
        "private_file": private.path.rpartition("/")[2],
        "token": query["token"],
        "expires": int(query["expires"]),
        "export": export(server, exporting_key),
    }
    return "".join(f"\n[dictionaries.{name}]\nvalues = [{json.dumps(value)}]\n" for name, value in values.items())


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--examples", type=int, default=40, help="requests for each operation and phase")
    parser.add_argument("--seed", type=int, help="repeats a run")
    parser.add_argument("--report", help="file for a line of JSON about each request")
    return parser.parse_args()


def run(server: Server, folder: pathlib.Path, arguments: argparse.Namespace) -> int:
    environment = credentials(server)
    pictures_key = server.register("pictures@example.com", PASSWORD)["api_key"]
    known = dictionaries(server, pictures_key, environment["PIXELVAULT_KEY"])
    settings = folder / "schemathesis.toml"
    settings.write_text((HERE / "schemathesis.toml").read_text() + known)
    program = pathlib.Path(sys.executable).parent / "schemathesis"
    command = [str(program), "--config-file", str(settings), "run", str(ROOT / "contract/openapi.yaml")]
    command += ["--url", server.base, "--checks", "all", "--max-examples", str(arguments.examples)]
    command += ["--phases", "examples,coverage,fuzzing,stateful"]
    if arguments.seed is not None:
        command += ["--seed", str(arguments.seed)]
    if arguments.report is not None:
        command += ["--report-ndjson-path", os.path.abspath(arguments.report)]
    return subprocess.run(command, env=os.environ | environment | {"PYTHONPATH": str(HERE)}, cwd=folder).returncode


def main() -> int:
    arguments = parse_arguments()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="pixelvault-schemathesis-"))
    server = Server(folder, *SETTINGS).start()
    try:
        return run(server, folder, arguments)
    finally:
        server.stop()
        shutil.rmtree(folder)


if __name__ == "__main__":
    sys.exit(main())
