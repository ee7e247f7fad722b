"""Runs schemathesis against a server of its own: every operation of the contract, all checks, stateful links.

    run_schemathesis.py [--examples N]

Its settings, with a reason beside each exception, stand in schemathesis.toml. Exits with what schemathesis says.
"""
import argparse
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(HERE.parent / "functional"))

import requests  # noqa: E402

from server import Server  # noqa: E402

PASSWORD = "secure-pass"
EMAIL = "schemathesis@example.com"


def credentials(server: Server) -> dict[str, str]:
    """A key and a session of one account, as schemathesis.toml names them."""
    key = server.register(EMAIL, PASSWORD)["api_key"]
    login = requests.post(f"{server.base}/v1/auth/login", json={"email": EMAIL, "password": PASSWORD})
    return {"PIXELVAULT_KEY": key, "PIXELVAULT_SESSION": login.json()["data"]["token"]}


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--examples", type=int, default=30, help="requests for each operation and phase")
    examples = arguments.parse_args().examples
    folder = tempfile.mkdtemp(prefix="pixelvault-schemathesis-")
    # What limits are for is tested elsewhere; here they would only hide operations behind 402 and 429.
    server = Server(
        folder,
        *("--default-plan", "unlimited", "--log-level", "warn", "--rate-limit-requests", "off"),
        *("--rate-limit-register", "off", "--rate-limit-login", "off", "--rate-limit-account", "off"),
    ).start()
    try:
        command = [
            *(
                str(pathlib.Path(sys.executable).parent / "schemathesis"),
                "--config-file",
                str(HERE / "schemathesis.toml"),
            ),
            *("run", str(ROOT / "contract/openapi.yaml"), "--url", server.base, "--checks", "all"),
            *("--max-examples", str(examples), "--phases", "examples,coverage,fuzzing,stateful"),
        ]
        return subprocess.run(command, env=os.environ | credentials(server), cwd=folder).returncode
    finally:
        server.stop()
        shutil.rmtree(folder)


if __name__ == "__main__":
    sys.exit(main())
