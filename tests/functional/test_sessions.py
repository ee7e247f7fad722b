"""Login, logout and who a credential is (contract §3)."""
import json
import re
import time
from datetime import datetime, timedelta, timezone

import pytest
import requests

from accounts import PASSWORD, Account, log_in
from client import problem


@pytest.fixture
def account(server):
    return Account(server)


def test_a_login_gives_the_fields_that_clients_read(server, account):
    answer = log_in(server, account.email, PASSWORD)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    data = answer.json()["data"]
    assert set(data) == {"token", "account_id", "email", "email_verified", "expires_at"}
    assert re.fullmatch(r"pv_sess_[0-9A-Za-z]{32}", data["token"])
    assert (data["account_id"], data["email"], data["email_verified"]) == (account.id, account.email, False)
    ends = datetime.fromisoformat(data["expires_at"].replace("Z", "+00:00")) - datetime.now(timezone.utc)
    assert timedelta(hours=23, minutes=55) < ends <= timedelta(hours=24)


def test_the_address_is_taken_in_any_case_and_with_spaces_around_it(server, account):
    assert log_in(server, f"  {account.email.upper()} ", PASSWORD).status_code == 200


def test_json_is_read_whatever_the_content_type_says(server, account):
    body = json.dumps({"email": account.email, "password": PASSWORD}).encode()
    for content_type in (None, "application/x-www-form-urlencoded", "text/plain"):
        headers = {"Content-Type": content_type} if content_type else {}
        assert requests.post(f"{server.base}/v1/auth/login", data=body, headers=headers).status_code == 200


def refused_logins(server, account):
    """Each way in which a login can be wrong, as address and password."""
    bare = f"bare-{account.email}"
    requests.post(f"{server.base}/v1/auth/register", json={"email": bare}).raise_for_status()
    return {
        "wrong password": (account.email, "wrong-pass"),
        "unknown address": ("nobody@example.com", PASSWORD),
        "no password set": (bare, PASSWORD),
        "empty password": (account.email, ""),
    }


def test_whatever_is_wrong_the_answer_is_the_same(server, account):
    messages = set()
    for email, password in refused_logins(server, account).values():
        error = problem(log_in(server, email, password), 401, "unauthorized")
        assert "param" not in error
        messages.add(error["message"])
    assert len(messages) == 1


def test_whatever_is_wrong_a_password_is_hashed_for_it(start):
    """The fastest of many answers is as slow as a hash makes it, whatever else the machine does."""
    server = start("--rate-limit-account", "off")
    account = Account(server)
    logins = refused_logins(server, account)
    times = {name: [] for name in logins}
    for _ in range(15):
        for name, (email, password) in logins.items():
            began = time.perf_counter()
            log_in(server, email, password)
            times[name].append(time.perf_counter() - began)
    fastest = {name: min(values) for name, values in times.items()}
    assert all(seconds > 0.5 * fastest["wrong password"] for seconds in fastest.values()), fastest


@pytest.mark.parametrize(
    "body, param",
    [
        ({}, "email"),
        ({"password": PASSWORD}, "email"),
        ({"email": "you@example.com"}, "password"),
        ({"email": None, "password": PASSWORD}, "email"),
        ({"email": 5, "password": PASSWORD}, "email"),
        ({"email": "you@example.com", "password": 12345678}, "password"),
        ({"email": "you@example.com", "password": ["secure-pass"]}, "password"),
        ({"email": "nobody", "password": PASSWORD}, "email"),
    ],
)
def test_a_wrong_field_is_named(server, body, param):
    answer = requests.post(f"{server.base}/v1/auth/login", json=body)
    assert problem(answer, 400, "invalid_request")["param"] == param


@pytest.mark.parametrize("body", ["", "{", "[]", "null", "email=you@example.com"])
def test_what_is_no_json_object_is_refused(server, body):
    problem(requests.post(f"{server.base}/v1/auth/login", data=body), 400, "invalid_json")


def test_a_logout_ends_the_session_at_once_and_no_other(server, account):
    other = log_in(server, account.email, PASSWORD).json()["data"]["token"]
    assert account.call("GET", "/v1/projects").status_code == 200
    answer = account.call("POST", "/v1/auth/logout")
    assert answer.status_code == 200
    assert answer.json() == {"data": {"logged_out": True}}
    problem(account.call("GET", "/v1/projects"), 401, "unauthorized")
    problem(account.call("POST", "/v1/auth/logout"), 401, "unauthorized")
    assert account.call("GET", "/v1/projects", other).status_code == 200


def test_a_key_cannot_log_out(account):
    assert "session" in problem(account.call("POST", "/v1/auth/logout", account.key), 403, "forbidden")["message"]


def test_a_session_outlives_a_restart(start):
    server = start()
    account = Account(server)
    server.stop()
    server.start()
    account.base = server.base
    assert account.call("GET", "/v1/projects").status_code == 200


def test_a_key_is_told_who_it_is(account):
    made = account.make_key(label="CI", environment="test", scopes=["images:read", "usage:read"], expires_in=3600)
    data = account.call("GET", "/v1/account", made["api_key"]).json()["data"]
    assert set(data) == {
        "account_id",
        "email",
        "email_verified",
        "password_set",
        "plan",
        "created_at",
        "credential",
        "project",
    }
    assert (data["account_id"], data["email"], data["plan"]) == (account.id, account.email, "free")
    assert (data["email_verified"], data["password_set"]) == (False, True)
    assert data["credential"] == {
        "type": "key",
        "id": made["id"],
        "label": "CI",
        "environment": "test",
        "key_prefix": made["api_key"][:12],
        "scopes": ["images:read", "usage:read"],
        "expires_at": made["expires_at"],
    }
    assert set(data["project"]) == {"id", "name", "created_at"}
    assert data["project"]["id"] == account.project


def test_a_session_is_told_who_it_is(account):
    data = account.call("GET", "/v1/account").json()["data"]
    assert data["account_id"] == account.id
    assert data["project"] is None
    credential = data["credential"]
    assert credential.pop("expires_at")
    assert credential == {
        "type": "session",
        "id": None,
        "label": None,
        "environment": None,
        "key_prefix": None,
        "scopes": None,
    }


def test_nobody_is_told_nothing(server):
    problem(requests.get(f"{server.base}/v1/account"), 401, "unauthorized")
    for credential in ("nonsense", "pv_sess_" + "0" * 32):
        headers = {"Authorization": f"Bearer {credential}"}
        problem(requests.get(f"{server.base}/v1/account", headers=headers), 401, "unauthorized")


def test_neither_tokens_nor_passwords_are_kept_as_text(start):
    server = start()
    account = Account(server)
    stored = b"".join(path.read_bytes() for path in server.data.rglob("*") if path.is_file())
    for secret in (account.token, account.key, PASSWORD):
        assert secret.encode() not in stored
        assert secret not in server.output()
