"""Accounts as tests use them: log in, make projects and keys, call with any credential."""
import uuid

import requests

from server import Server

PASSWORD = "secure-pass"


class Account:
    """A new account with its session. `plan` is whatever the server gives new accounts."""

    def __init__(self, server: Server):
        self.base = server.base
        self.email = f"{uuid.uuid4().hex}@example.com"
        registration = server.register(self.email, PASSWORD)
        self.key = registration["api_key"]
        self.id = registration["data"]["account_id"]
        self.project = registration["data"]["default_project"]["id"]
        answer = log_in(server, self.email, PASSWORD)
        assert answer.status_code == 200, answer.text
        self.token = answer.json()["data"]["token"]

    def call(self, method: str, path: str, credential: str = "", **arguments) -> requests.Response:
        """With the session, unless another credential is given."""
        headers = {"Authorization": f"Bearer {credential or self.token}"}
        return requests.request(method, self.base + path, headers=headers, timeout=60, **arguments)

    def make_key(self, **fields) -> dict:
        """The `data` of a new key of the default project."""
        answer = self.call("POST", "/v1/keys", json={"project_id": self.project} | fields)
        assert answer.status_code == 201, answer.text
        return answer.json()["data"]


def log_in(server: Server, email, password, **arguments) -> requests.Response:
    return requests.post(f"{server.base}/v1/auth/login", json={"email": email, "password": password}, **arguments)
