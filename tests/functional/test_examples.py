"""The example programs that need nothing but Debian's packages; the others run in scripts/conformance."""
import pytest

from examples import EXAMPLES, check_example


@pytest.mark.parametrize(
    "command",
    [["bash", "upload.sh"], ["node", "upload.mjs"], ["/usr/bin/python3", "upload_requests.py"]],
    ids=["curl", "node", "requests"],
)
def test_an_example_uploads_and_meets_every_error(server, command):
    check_example(server.base, *command[:-1], str(EXAMPLES / command[-1]))
