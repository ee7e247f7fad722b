"""`pixelvault admin` beside a running server: accounts, plans, passwords, keys, the key of links."""
import json
import re
import subprocess
import time

import pytest
import requests

from client import Client, problem
from pictures import PNG
from server import BINARY, clean_environment


@pytest.fixture
def admin(server):
    """Runs one command on the server's data folder."""

    def run(*arguments: str, typed: str = "", status: int = 0, data=None) -> str:
        done = subprocess.run(
            [BINARY, "admin", "--data", str(data or server.data), *arguments],
            input=typed,
            capture_output=True,
            text=True,
            timeout=60,
            env=clean_environment(),
        )
        assert done.returncode == status, done.stdout + done.stderr
        return done.stdout if status == 0 else done.stderr

    return run


def login(server, email: str, password: str) -> requests.Response:
    return requests.post(f"{server.base}/v1/auth/login", json={"email": email, "password": password})


def key_in(output: str) -> str:
    return re.search(r"pv_live_\w+", output)[0]


def test_an_account_that_was_made_here_works_at_once(server, admin):
    output = admin("create-account", "made@example.com", "--plan", "pro", "--password", typed="from-the-desk\n")
    key = key_in(output)
    answer = requests.get(f"{server.base}/v1/usage", headers={"Authorization": f"Bearer {key}"})
    assert answer.json()["data"]["plan"] == "pro"
    assert login(server, "made@example.com", "from-the-desk").status_code == 200


def test_accounts_are_listed_with_their_plans(server, admin):
    registered = server.register("listed@example.com")["data"]["account_id"]
    assert re.search(rf"^{registered} +free +\S+Z +listed@example.com$", admin("accounts"), re.MULTILINE)
    objects = [json.loads(line) for line in admin("accounts", "--json").splitlines()]
    assert {"id", "plan", "created_at", "email"} == set(objects[0])
    assert [one["email"] for one in objects if one["id"] == registered] == ["listed@example.com"]
    assert [one["created_at"] for one in objects] == sorted(one["created_at"] for one in objects)


def test_another_plan_holds_for_the_running_server(server, admin):
    client = Client(server, server.register("upgraded@example.com"))
    assert client.get("/v1/usage").json()["data"]["max_file_size"] == 5 * 1024 * 1024
    admin("set-plan", "UPGRADED@example.com", "unlimited")
    time.sleep(1.1)
    usage = client.get("/v1/usage").json()["data"]
    assert usage["plan"] == "unlimited" and usage["storage"]["limit"] is None


def test_a_new_password_replaces_the_old_one_and_ends_logins(server, admin):
    server.register("forgot@example.com", "the-old-one")
    token = login(server, "forgot@example.com", "the-old-one").json()["data"]["token"]
    admin("set-password", "forgot@example.com", typed="the-new-one")
    assert login(server, "forgot@example.com", "the-old-one").status_code == 401
    assert login(server, "forgot@example.com", "the-new-one").status_code == 200
    time.sleep(1.1)
    answer = requests.get(f"{server.base}/v1/projects", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 401


def test_revoked_keys_stop_within_a_second(server, admin):
    client = Client(server, server.register("leaked@example.com"))
    assert client.get("/v1/images").status_code == 200
    assert admin("revoke-keys", "leaked@example.com").startswith("1 ")
    time.sleep(1.1)
    problem(client.get("/v1/images"), 401, "unauthorized")


def test_links_outlive_the_key_that_signed_them(server, admin):
    client = Client(server)
    before = client.upload(PNG, visibility="private")
    admin("rotate-link-key")
    assert requests.get(before["url"]).content == PNG
    link = client.call("POST", f"/v1/images/{before['id']}/sign-url", json={}).json()["data"]["url"]
    assert requests.get(link).content == PNG


@pytest.mark.parametrize(
    "arguments, words",
    [
        (["set-plan", "nobody@example.com", "pro"], ["nobody@example.com"]),
        (["set-plan", "listed-nowhere@example.com", "gold"], ["gold"]),
        (["create-account", "not an address"], ["e-mail"]),
        (["revoke-keys", "nobody@example.com"], ["nobody@example.com"]),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(server, admin, arguments, words):
    server.register(f"{time.time_ns()}@example.com")
    sentence = admin(*arguments, status=1)
    assert len(sentence.splitlines()) == 1
    assert any(word in sentence for word in words) or "account" in sentence, sentence


def test_a_short_password_is_refused(server, admin):
    server.register("short@example.com")
    assert "8 to 1024" in admin("set-password", "short@example.com", typed="short\n", status=1)


def test_a_folder_without_a_database_is_not_made_one(admin, tmp_path):
    assert "data" in admin("accounts", status=2, data=tmp_path)
    assert not list(tmp_path.iterdir())


def test_a_wrong_command_line_says_where_to_look(admin):
    assert "--help" in admin("promote", "me@example.com", status=2)
