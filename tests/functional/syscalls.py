"""The server's system calls as strace saw them, in the order in which they began and ended; and where strace works."""
import dataclasses
import os
import pathlib
import re
import shutil
import subprocess

import pytest

from server import is_sanitized

# Where these faults must be possible (CI), a test that cannot make them fails instead of being skipped.
FAULTS_REQUIRED = os.environ.get("PIXELVAULT_REQUIRE_FAULTS") == "1"

WATCHED = (
    "openat,mkdir,mkdirat,write,writev,pwrite64,pwritev,pwritev2,sendfile,copy_file_range,splice,"
    "fsync,fdatasync,sync_file_range,syncfs,link,linkat,rename,"
    "renameat,renameat2,unlink,unlinkat,sendto,sendmsg"
)
CALL = re.compile(r"(\d+)\s+(\w+)\((.*)")
RESUMED = re.compile(r"(\d+)\s+<\.\.\. (\w+) resumed>(.*)")
RESULT = re.compile(r"\)\s+= (-?\d+)[^)]*$")


@dataclasses.dataclass
class Call:
    name: str
    arguments: str
    began: int
    ended: int | None = None  # line numbers of the trace: a call has ended before another began if it is smaller
    result: int | None = None

    @property
    def path(self) -> str:
        """What the first file descriptor stands for (strace -y)."""
        match = re.match(r"\d+<(.*?)>(?:,|\)|$)", self.arguments)
        return match[1] if match else ""


def strace_works(*options: str) -> bool:
    if not shutil.which("strace"):
        return False
    return subprocess.run(["strace", "-f", *options, "true"], capture_output=True).returncode == 0


def needs_strace(*options: str) -> list[pytest.MarkDecorator]:
    """The `pytestmark` of a file whose servers run under strace with `options`."""
    skipped = not FAULTS_REQUIRED and not strace_works(*options)
    return [
        pytest.mark.skipif(is_sanitized(), reason="leak checking and thread checking do not work under ptrace"),
        pytest.mark.skipif(skipped, reason="strace is absent or not allowed to trace here"),
    ]


def wrapper(output: pathlib.Path) -> list[str]:
    """-D keeps the server the direct child, so that signals and exit codes are its own."""
    return ["strace", "-D", "-f", "-y", "-s", "200", "-o", str(output), "-e", "trace=" + WATCHED, "-e", "signal=none"]


def read_calls(output: pathlib.Path) -> list[Call]:
    """Successful calls only, in the order in which they began."""
    calls, open_calls = [], {}
    for number, line in enumerate(output.read_text(errors="replace").splitlines()):
        if match := RESUMED.match(line):
            call = open_calls.pop((match[1], match[2]))
            call.arguments += match[3]
        elif match := CALL.match(line):
            call = Call(match[2], match[3], number)
            calls.append(call)
            if "<unfinished ...>" in line:
                call.arguments = call.arguments.replace("<unfinished ...>", "")
                open_calls[match[1], match[2]] = call
                continue
        else:
            continue
        call.ended = number
        if result := RESULT.search(call.arguments):
            call.result = int(result[1])
    return [call for call in calls if call.result is not None and call.result >= 0]
