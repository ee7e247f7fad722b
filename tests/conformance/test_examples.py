"""The example programs that need more than Debian's packages: httpx from PyPI, and Go."""
import os
import shutil
import subprocess
import sys

from examples import EXAMPLES, check_example


def test_the_httpx_example_uploads_and_meets_every_error(server):
    check_example(server.base, sys.executable, str(EXAMPLES / "upload_httpx.py"))


def test_the_go_example_uploads_and_meets_every_error(server, tmp_path):
    program = tmp_path / "upload"
    go = shutil.which("go") or "/usr/lib/go/bin/go"
    build = [go, "build", "-o", str(program), "."]
    environment = os.environ | {"GOFLAGS": "-mod=mod", "GOTOOLCHAIN": "local", "GOPROXY": "off"}
    subprocess.run(build, cwd=EXAMPLES / "go", env=environment, check=True, timeout=300)
    check_example(server.base, str(program))
