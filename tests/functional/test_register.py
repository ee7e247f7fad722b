"""POST /v1/auth/register (contract §3): the first of the two calls."""
import json
import re
import statistics
import subprocess
import time
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from client import problem

TYPE_ID = r"_[0-7][0-9a-hjkmnp-tv-z]{25}"


def register(server, body, **arguments):
    return requests.post(f"{server.base}/v1/auth/register", data=body, **arguments)


def test_the_literal_curl_call_gives_a_key(server):
    result = subprocess.run(
        [
            "curl",
            "-sS",
            "-w",
            "\n%{http_code}",
            "-X",
            "POST",
            f"{server.base}/v1/auth/register",
            "-d",
            '{"email":"you@example.com","password":"secure-pass"}',
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    body, _, status = result.stdout.rpartition("\n")
    assert status == "201"
    assert re.fullmatch(r"pv_live_[0-9A-Za-z]{32}", json.loads(body)["api_key"])


def test_the_answer_has_the_fields_that_clients_read(server):
    answer = register(server, '{"email":"fields@example.com","password":"secure-pass"}')
    assert answer.status_code == 201
    assert answer.headers["Content-Type"].startswith("application/json")
    body = answer.json()
    assert set(body) == {"data", "api_key"}
    data = body["data"]
    assert set(data) == {"account_id", "email", "email_verified", "password_set", "plan", "default_project"}
    assert re.fullmatch("acct" + TYPE_ID, data["account_id"])
    assert (data["email"], data["email_verified"], data["password_set"], data["plan"]) == (
        "fields@example.com",
        False,
        True,
        "free",
    )
    project = data["default_project"]
    assert set(project) == {"id", "name", "api_keys"}
    assert re.fullmatch("proj" + TYPE_ID, project["id"])
    assert project["name"]
    assert project["api_keys"]["live"] == body["api_key"]


def test_the_key_works_at_once(server):
    key = server.register()["api_key"]
    answer = requests.get(f"{server.base}/v1/images", headers={"Authorization": f"Bearer {key}"})
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "content_type",
    [None, "application/json", "application/x-www-form-urlencoded", "text/plain", "multipart/form-data; boundary=x"],
)
def test_json_is_read_whatever_the_content_type_says(server, content_type):
    body = json.dumps({"email": f"{uuid.uuid4().hex}@example.com", "password": "secure-pass"})
    headers = {"Content-Type": content_type} if content_type else {}
    assert register(server, body.encode(), headers=headers).status_code == 201


def test_the_password_may_be_left_out(server):
    answer = register(server, '{"email":"nopass@example.com"}')
    assert answer.status_code == 201
    assert answer.json()["data"]["password_set"] is False


def test_an_attribution_is_taken(server):
    answer = register(server, '{"email":"attr@example.com","password":"secure-pass","attribution":"cli"}')
    assert answer.status_code == 201


@pytest.mark.parametrize("again", ["taken@example.com", "Taken@EXAMPLE.com"])
def test_an_address_is_taken_once_in_any_case(server, again):
    register(server, '{"email":"taken@example.com","password":"secure-pass"}')
    problem(register(server, json.dumps({"email": again, "password": "secure-pass"})), 409, "email_taken")


@pytest.mark.parametrize(
    "body, param",
    [
        ({}, "email"),
        ({"email": ""}, "email"),
        ({"email": 5}, "email"),
        ({"email": "no-at-sign", "password": "secure-pass"}, "email"),
        ({"email": "two words@example.com", "password": "secure-pass"}, "email"),
        ({"email": "line\n@example.com", "password": "secure-pass"}, "email"),
        ({"email": "a" * 400 + "@example.com", "password": "secure-pass"}, "email"),
        ({"email": "short@example.com", "password": "1234567"}, "password"),
        ({"email": "long@example.com", "password": "x" * 1025}, "password"),
        ({"email": "number@example.com", "password": 12345678}, "password"),
    ],
)
def test_a_wrong_field_is_named(server, body, param):
    assert problem(register(server, json.dumps(body)), 400, "invalid_request")["param"] == param


@pytest.mark.parametrize("password", ["12345678", "x" * 1024])
def test_passwords_of_8_to_1024_characters_are_taken(server, password):
    server.register(f"length{len(password)}@example.com", password)


@pytest.mark.parametrize(
    "body",
    [
        "",
        "{",
        '{"email":',
        "email=you@example.com",
        '{"email":"x@example.com"} trailing',
        b'{"email":"\xff\xfe@example.com"}',
        "[" * 2000,
        "[]",
        '"text"',
        "5",
        "null",
    ],
)
def test_what_is_no_json_object_is_refused(server, body):
    problem(register(server, body), 400, "invalid_json")


def test_a_huge_body_is_refused(server):
    body = json.dumps({"email": "huge@example.com", "attribution": "x" * 1_000_000})
    error = problem(register(server, body), 413, "request_too_large")
    assert error["limit"] == 65536


def test_concurrent_registrations_of_one_address_give_one_key(server):
    body = '{"email":"race@example.com","password":"secure-pass"}'
    with ThreadPoolExecutor(8) as pool:
        answers = pool.map(lambda _: register(server, body).status_code, range(8))
    assert sorted(answers) == [201] + [409] * 7


def test_a_taken_address_takes_as_long_as_a_free_one(server):
    server.register("timed@example.com")
    taken, free = [], []
    for number in range(15):
        for times, email in ((taken, "timed@example.com"), (free, f"timed{number}@example.com")):
            began = time.perf_counter()
            register(server, json.dumps({"email": email, "password": "secure-pass"}))
            times.append(time.perf_counter() - began)
    assert statistics.median(taken) > 0.5 * statistics.median(free)


def test_a_password_that_was_set_logs_in(server):
    server.register("login@example.com", "another-pass")
    login = {"email": "login@example.com", "password": "another-pass"}
    assert requests.post(f"{server.base}/v1/auth/login", json=login).status_code == 200
