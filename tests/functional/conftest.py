"""A server for every test file, a project of its own for every test."""
import pytest

import contract
from client import Client
from server import Server

# Every answer of every test here is held against the contract.
contract.watch()


def pytest_make_parametrize_id(config, val, argname):
    """Long values are told by their beginning."""
    return f"{val[:20]}...{len(val)}" if isinstance(val, str) and len(val) > 40 else None


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    running = Server(tmp_path_factory.mktemp("server")).start()
    yield running
    running.stop()


@pytest.fixture
def client(server):
    return Client(server)


@pytest.fixture
def start(tmp_path):
    """Starts servers with other settings; all are stopped when the test ends."""
    running = []

    def start_with(*arguments, **options):
        folder = tmp_path / f"server-{len(running)}"
        folder.mkdir()
        running.append(Server(folder, *arguments, **options).start())
        return running[-1]

    yield start_with
    for one in running:
        one.stop()
