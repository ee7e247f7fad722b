"""Rate limits per key, per address and per account, and their fields (contract §2)."""
import time
import uuid

import pytest
import requests

from accounts import PASSWORD, Account, log_in
from client import problem


def fields(answer):
    return {name: answer.headers.get(f"RateLimit-{name}") for name in ("Limit", "Remaining", "Reset")}


def list_images(account, key=""):
    return account.call("GET", "/v1/images", key or account.key)


def register(server, **arguments):
    return requests.post(
        f"{server.base}/v1/auth/register", json={"email": f"{uuid.uuid4().hex}@example.com"}, **arguments
    )


def test_every_keyed_answer_says_what_is_left(start):
    account = Account(start("--rate-limit-requests", "5/60s"))
    assert fields(list_images(account)) == {"Limit": "5", "Remaining": "4", "Reset": "12"}
    for path, left in (("/v1/images/nonsense", 3), ("/v1/images?page=0", 2)):
        answer = account.call("GET", path, account.key)
        assert answer.status_code >= 400
        assert (fields(answer)["Limit"], fields(answer)["Remaining"]) == ("5", str(left))


def test_answers_without_a_key_have_no_such_fields(start):
    server = start("--rate-limit-requests", "5/60s")
    account = Account(server)
    assert set(fields(account.call("GET", "/v1/projects")).values()) == {None}
    assert set(fields(account.call("GET", "/v1/images", "nonsense")).values()) == {None}
    assert set(fields(requests.get(server.base + "/healthz")).values()) == {None}


def test_over_the_limit_it_is_429_until_the_time_that_it_tells(start):
    account = Account(start("--rate-limit-requests", "5/5s"))
    for _ in range(5):
        assert list_images(account).status_code == 200
    answer = list_images(account)
    error = problem(answer, 429, "rate_limited")
    assert error["retry_after"] == int(answer.headers["Retry-After"]) == 1
    assert error["limit"] == 5
    assert (fields(answer)["Limit"], fields(answer)["Remaining"]) == ("5", "0")
    assert int(fields(answer)["Reset"]) >= 4
    time.sleep(1.1)
    assert list_images(account).status_code == 200


def test_each_key_has_its_own_limit(start):
    account = Account(start("--rate-limit-requests", "2/60s"))
    other = account.make_key()["api_key"]
    for _ in range(2):
        assert list_images(account).status_code == 200
    problem(list_images(account), 429, "rate_limited")
    assert list_images(account, other).status_code == 200


def test_a_limited_upload_is_answered_before_its_body(start):
    account = Account(start("--rate-limit-requests", "1/60s"))
    assert list_images(account).status_code == 200
    answer = account.call("POST", "/v1/images", account.key, data=b"x" * 1_000_000)
    problem(answer, 429, "rate_limited")


def test_limits_can_be_switched_off(start):
    settings = ("requests", "register", "login", "account")
    server = start(*[part for name in settings for part in (f"--rate-limit-{name}", "off")])
    account = Account(server)
    answer = list_images(account)
    assert answer.status_code == 200
    assert set(fields(answer).values()) == {None}


def test_registrations_are_limited_per_address(start):
    server = start("--rate-limit-register", "3/60s")
    for _ in range(3):
        assert register(server).status_code == 201
    answer = register(server)
    problem(answer, 429, "rate_limited")
    assert int(answer.headers["Retry-After"]) == 20
    assert fields(answer) == {"Limit": "3", "Remaining": "0", "Reset": "60"}


def test_logins_are_limited_per_address(start):
    server = start("--rate-limit-login", "3/60s")
    account = Account(server)
    for _ in range(2):
        problem(log_in(server, f"{uuid.uuid4().hex}@example.com", PASSWORD), 401, "unauthorized")
    answer = log_in(server, account.email, PASSWORD)
    problem(answer, 429, "rate_limited")
    assert "Retry-After" in answer.headers


def test_logins_are_limited_per_account_in_any_case_of_its_address(start):
    server = start("--rate-limit-account", "3/60s")
    account = Account(server)
    for email in (account.email.upper(), account.email.title()):
        problem(log_in(server, email, "wrong-pass"), 401, "unauthorized")
    problem(log_in(server, account.email, PASSWORD), 429, "rate_limited")
    Account(server)


def test_the_limit_does_not_tell_whether_an_account_exists(start):
    server = start("--rate-limit-account", "2/60s")
    server.register("known@example.com", PASSWORD)
    for email in ("known@example.com", "unknown@example.com"):
        for _ in range(2):
            problem(log_in(server, email, "wrong-pass"), 401, "unauthorized")
        problem(log_in(server, email, "wrong-pass"), 429, "rate_limited")


def test_the_limit_of_an_account_comes_back(start):
    server = start("--rate-limit-account", "2/2s")
    account = Account(server)
    problem(log_in(server, account.email, "wrong-pass"), 401, "unauthorized")
    answer = log_in(server, account.email, PASSWORD)
    if answer.status_code == 429:
        time.sleep(int(answer.headers["Retry-After"]) + 0.1)
        answer = log_in(server, account.email, PASSWORD)
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "proxies, spoofed", [("0", ["198.51.100.1", "198.51.100.2"]), ("1", ["198.51.100.1, 203.0.113.9"] * 2)]
)
def test_nobody_escapes_by_claiming_another_address(start, proxies, spoofed):
    server = start("--rate-limit-register", "1/60s", "--proxies", proxies)
    answers = [register(server, headers={"X-Forwarded-For": claim}) for claim in spoofed]
    assert [answer.status_code for answer in answers] == [201, 429]


def test_clients_behind_a_proxy_are_told_apart(start):
    server = start("--rate-limit-register", "1/60s", "--proxies", "1")
    claims = ["203.0.113.1", "203.0.113.2", "2001:db8:0:1::1", "2001:db8:0:2::1", "2001:db8:0:1::ffff"]
    answers = [register(server, headers={"X-Forwarded-For": claim}) for claim in claims]
    assert [answer.status_code for answer in answers] == [201, 201, 201, 201, 429]
