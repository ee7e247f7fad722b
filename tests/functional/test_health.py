"""GET /healthz and /readyz: what a supervisor or a load balancer asks."""
import pytest
import requests

from client import problem


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_a_running_server_says_so_without_a_key(server, path):
    answer = requests.get(server.base + path)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("application/json")
    assert answer.headers["X-Request-Id"]
    assert answer.json()
    assert requests.head(server.base + path).status_code == 200


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_only_reading_is_allowed(server, path):
    answer = requests.post(server.base + path, data=b"{}")
    problem(answer, 405, "method_not_allowed")
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD"}
