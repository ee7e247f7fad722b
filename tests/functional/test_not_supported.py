"""Calls of the hosted product that this server has not: 501 with a sentence that helps."""
import pytest
import requests

from client import problem

WITH_KEY = ["/v1/images/generate", "/v1/images/img_01h455vb4pex5vsknk084sn02q/describe"]
WITHOUT_KEY = ["/v1/auth/device/start", "/v1/auth/device/complete"]


@pytest.mark.parametrize("path", WITH_KEY)
@pytest.mark.parametrize("body", [{}, {"prompt": "a cat"}])
def test_what_needs_a_model_says_so(client, path, body):
    assert len(problem(client.call("POST", path, json=body), 501, "not_supported")["message"]) > 40


@pytest.mark.parametrize("path", WITH_KEY)
def test_a_key_is_asked_for_first(server, path):
    problem(requests.post(server.base + path, json={}), 401, "unauthorized")
    headers = {"Authorization": "Bearer nonsense"}
    problem(requests.post(server.base + path, json={}, headers=headers), 401, "unauthorized")


@pytest.mark.parametrize("path", WITHOUT_KEY)
def test_what_needs_mail_says_so(server, path):
    answer = requests.post(server.base + path, json={"email": "you@example.com", "code": "123456"})
    assert "/v1/auth/login" in problem(answer, 501, "not_supported")["message"]


@pytest.mark.parametrize("path", WITH_KEY + WITHOUT_KEY)
def test_other_methods_are_405(client, path):
    answer = client.call("PUT", path)
    problem(answer, 405, "method_not_allowed")
