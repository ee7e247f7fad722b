"""The real binary (PIXELVAULT_BIN) as a process: started on a free port, stopped, killed, its output read."""
import atexit
import os
import pathlib
import re
import signal
import subprocess
import time
import uuid

import requests

BINARY = os.path.abspath(
    os.environ.get("PIXELVAULT_BIN", pathlib.Path(__file__).parents[2] / "build/release/pixelvault")
)
EMAIL_DOMAIN = "example.com"
# What sanitizers print; one of these in the output fails the test, whatever the exit code was.
SANITIZER_REPORT = re.compile(r"ERROR: \w+Sanitizer|WARNING: ThreadSanitizer|runtime error:")


def is_sanitized() -> bool:
    """Whether the binary was built with a sanitizer: slower, and no friend of ptrace."""
    content = pathlib.Path(BINARY).read_bytes()
    return b"__asan_init" in content or b"__tsan_init" in content


def clean_environment(**settings: str) -> dict[str, str]:
    """Ours without PIXELVAULT_… settings, so that a developer's shell cannot change what is tested."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PIXELVAULT_")}
    return kept | settings


class Server:
    """One `pixelvault serve`, working in `folder`. `wrapper` is a command to run it under, e.g. strace."""

    def __init__(
        self,
        folder,
        *arguments: str,
        environment: dict[str, str] = {},
        wrapper: list[str] = [],
        names_data: bool = True,
    ):
        self.folder = pathlib.Path(folder)
        self.data = self.folder / "data"
        self.log = self.folder / "server.log"
        self.base = ""
        data = ["--data", str(self.data)] if names_data else []
        self._command = [*wrapper, BINARY, "serve", *data, "--listen", "127.0.0.1:0", *arguments]
        self._environment = clean_environment(**environment)
        self._process = None
        self._told_to_stop = False

    def start(self) -> "Server":
        with open(self.log, "ab") as log:
            offset = log.tell()
            self._process = subprocess.Popen(
                self._command,
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                env=self._environment,
                cwd=self.folder,
            )
        atexit.register(self._process.kill)  # nothing outlives a test that failed half-way
        self._told_to_stop = False
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline and self._process.poll() is None:
            line = re.search(rb"listening on (http://127\.0\.0\.1:\d+)\D", self.log.read_bytes()[offset:])
            if line:
                self.base = line[1].decode()
                return self
            time.sleep(0.01)
        self._process.kill()
        raise AssertionError("the server did not start:\n" + self.output())

    @property
    def port(self) -> int:
        return int(self.base.rpartition(":")[2])

    @property
    def pid(self) -> int:
        return self._process.pid

    def ended(self, within: float) -> bool:
        """Whether the process is gone by itself after at most so many seconds."""
        try:
            self._process.wait(within)
        except subprocess.TimeoutExpired:
            return False
        return True

    def output(self) -> str:
        return self.log.read_text(errors="replace")

    def tell_to_stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """Once only: a second signal would end the server at once."""
        if not self._told_to_stop:
            self._process.send_signal(how)
            self._told_to_stop = True

    def stop(self) -> None:
        """SIGTERM drains and ends with 0; a sanitizer's report anywhere in the output is a failure."""
        self.tell_to_stop()
        try:
            status = self._process.wait(timeout=60)
        except subprocess.TimeoutExpired:
            self._process.kill()
            raise AssertionError("the server did not stop on SIGTERM:\n" + self.output())
        assert not SANITIZER_REPORT.search(self.output()), self.output()
        assert status == 0, f"exit code {status}:\n{self.output()}"

    def freeze(self) -> None:
        """Stops every thread where it is; those inside the kernel go no further than to its end."""
        self._process.send_signal(signal.SIGSTOP)
        tasks = list(pathlib.Path(f"/proc/{self.pid}/task").iterdir())
        while not all((task / "stat").read_text().rpartition(")")[2].split()[0] in "TD" for task in tasks):
            time.sleep(0.001)

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()
        assert not SANITIZER_REPORT.search(self.output()), self.output()

    def register(self, email: str = "", password: str = "secure-pass") -> dict:
        email = email or f"{uuid.uuid4().hex}@{EMAIL_DOMAIN}"
        answer = requests.post(f"{self.base}/v1/auth/register", json={"email": email, "password": password})
        assert answer.status_code == 201, answer.text
        return answer.json()
