"""API keys of a project: list, make, revoke, rotate (contract §3)."""
import re
import time
from datetime import datetime

import pytest

from accounts import Account
from client import problem

FIELDS = {
    "id",
    "type",
    "environment",
    "label",
    "key_prefix",
    "scopes",
    "allowed_origins",
    "project_id",
    "created_at",
    "expires_at",
    "last_used_at",
    "current",
}
ALL_SCOPES = ["images:write", "images:read", "images:delete", "keys:manage", "usage:read"]
NOBODYS = "key_01h455vb4pex5vsknk084sn02q"


@pytest.fixture
def account(server):
    return Account(server)


def listed(account, credential=""):
    query = "" if credential else f"?project_id={account.project}"
    answer = account.call("GET", f"/v1/keys{query}", credential)
    assert answer.status_code == 200, answer.text
    body = answer.json()
    assert body["meta"] == {"total": len(body["data"])}
    return body["data"]


def make(account, credential, **body):
    return account.call("POST", "/v1/keys", credential, json=body)


def revoke(account, credential, id):
    query = "" if credential else f"?project_id={account.project}"
    return account.call("DELETE", f"/v1/keys/{id}{query}", credential)


def moment(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def test_a_new_key_has_the_fields_that_clients_read_and_works(account):
    data = account.make_key()
    assert set(data) == FIELDS | {"api_key"}
    assert re.fullmatch(r"key_[0-7][0-9a-hjkmnp-tv-z]{25}", data["id"])
    assert re.fullmatch(r"pv_live_[0-9A-Za-z]{32}", data["api_key"])
    assert data["key_prefix"] == data["api_key"][:12]
    assert (data["type"], data["environment"], data["label"]) == ("secret", "live", None)
    assert (data["scopes"], data["allowed_origins"], data["project_id"]) == (ALL_SCOPES, None, account.project)
    assert (data["expires_at"], data["last_used_at"], data["current"]) == (None, None, False)
    assert account.call("GET", "/v1/images", data["api_key"]).status_code == 200


def test_keys_are_listed_oldest_first_without_their_text(account):
    made = account.make_key(label="CI")
    keys = listed(account, account.key)
    assert all(set(key) == FIELDS for key in keys)
    assert [key["id"] for key in keys][1:] == [made["id"]]
    assert [key["current"] for key in keys] == [True, False]
    assert keys[1]["label"] == "CI"
    assert [key["current"] for key in listed(account)] == [False, False]


def test_every_field_is_as_asked(account):
    data = account.make_key(label=" CI ", environment="test", scopes=["usage:read", "images:read"], expires_in=60)
    assert data["api_key"].startswith("pv_test_")
    assert (data["label"], data["environment"]) == ("CI", "test")
    assert data["scopes"] == ["images:read", "usage:read"]
    assert (moment(data["expires_at"]) - moment(data["created_at"])).total_seconds() == 60


@pytest.mark.parametrize(
    "fields",
    [
        {"label": ""},
        {"label": "x" * 100},
        {"label": "ü" * 100},
        {"environment": "live"},
        {"expires_in": 60},
        {"expires_in": 31_536_000},
        {"scopes": ["images:read"]},
        {"scopes": ALL_SCOPES + ["images:read"]},
        {"label": None, "environment": None, "scopes": None, "expires_in": None},
        {"unknown": "field"},
    ],
)
def test_fields_at_their_limits_are_taken(account, fields):
    account.make_key(**fields)


@pytest.mark.parametrize(
    "fields, param",
    [
        ({"label": "x" * 101}, "label"),
        ({"label": "two\nlines"}, "label"),
        ({"label": 5}, "label"),
        ({"environment": "prod"}, "environment"),
        ({"environment": "Live"}, "environment"),
        ({"environment": ""}, "environment"),
        ({"environment": 1}, "environment"),
        ({"scopes": []}, "scopes"),
        ({"scopes": ["images:paint"]}, "scopes"),
        ({"scopes": ["images:read", 5]}, "scopes"),
        ({"scopes": "images:read"}, "scopes"),
        ({"scopes": {"images:read": True}}, "scopes"),
        ({"expires_in": 59}, "expires_in"),
        ({"expires_in": 31_536_001}, "expires_in"),
        ({"expires_in": 0}, "expires_in"),
        ({"expires_in": -60}, "expires_in"),
        ({"expires_in": 60.5}, "expires_in"),
        ({"expires_in": "60"}, "expires_in"),
        ({"expires_in": True}, "expires_in"),
        ({"expires_in": 1e300}, "expires_in"),
        ({"project_id": 5}, "project_id"),
    ],
)
def test_a_wrong_field_is_named_and_no_key_is_made(account, fields, param):
    answer = make(account, "", **({"project_id": account.project} | fields))
    assert problem(answer, 400, "invalid_request")["param"] == param
    assert len(listed(account)) == 1


def test_a_session_must_name_the_project(account):
    for answer in (
        account.call("GET", "/v1/keys"),
        make(account, ""),
        account.call("DELETE", f"/v1/keys/{NOBODYS}"),
        account.call("POST", "/v1/auth/rotate-key", json={}),
    ):
        assert problem(answer, 400, "invalid_request")["param"] == "project_id"


def test_projects_of_others_are_404(server, account):
    for project in (Account(server).project, "nonsense", ""):
        problem(account.call("GET", "/v1/keys", params={"project_id": project}), 404, "project_not_found")
        problem(make(account, "", project_id=project), 404, "project_not_found")
        problem(make(account, account.key, project_id=project), 404, "project_not_found")
        answer = account.call("POST", "/v1/auth/rotate-key", json={"project_id": project})
        problem(answer, 404, "project_not_found")


def test_a_revoked_key_is_refused_at_once_and_may_be_revoked_again(account):
    made = account.make_key()
    assert account.call("GET", "/v1/images", made["api_key"]).status_code == 200
    for _ in range(2):
        answer = revoke(account, account.key, made["id"])
        assert answer.status_code == 200
        assert answer.json() == {"data": {"id": made["id"], "revoked": True}, "success": True}
        problem(account.call("GET", "/v1/images", made["api_key"]), 401, "unauthorized")
    assert len(listed(account)) == 1


def test_a_key_cannot_revoke_itself_but_a_session_can(account):
    own = listed(account, account.key)[0]["id"]
    problem(revoke(account, account.key, own), 403, "forbidden")
    assert account.call("GET", "/v1/images", account.key).status_code == 200
    assert revoke(account, "", own).status_code == 200
    problem(account.call("GET", "/v1/images", account.key), 401, "unauthorized")


def test_keys_of_others_are_404(server, account):
    foreign = Account(server)
    id = listed(foreign)[0]["id"]
    for wrong in (id, NOBODYS, "nonsense"):
        problem(revoke(account, account.key, wrong), 404, "key_not_found")
        problem(revoke(account, "", wrong), 404, "key_not_found")
    assert foreign.call("GET", "/v1/images", foreign.key).status_code == 200


def test_a_key_cannot_give_what_it_has_not(account):
    narrow = account.make_key(scopes=["keys:manage", "images:read"])["api_key"]
    problem(make(account, narrow, scopes=["images:write"]), 403, "forbidden")
    problem(make(account, narrow, scopes=ALL_SCOPES), 403, "forbidden")
    assert make(account, narrow, scopes=["images:read"]).status_code == 201
    assert make(account, narrow).json()["data"]["scopes"] == ["images:read", "keys:manage"]


def test_a_test_key_knows_test_keys_only(account):
    test = account.make_key(environment="test")
    problem(make(account, test["api_key"], environment="live"), 403, "forbidden")
    assert make(account, test["api_key"]).json()["data"]["environment"] == "test"
    assert {key["environment"] for key in listed(account, test["api_key"])} == {"test"}
    live = listed(account, account.key)[0]["id"]
    problem(revoke(account, test["api_key"], live), 404, "key_not_found")
    assert account.call("GET", "/v1/images", account.key).status_code == 200


def test_a_rotation_gives_a_key_and_leaves_those_that_no_rotation_made(account):
    keys = []
    for _ in range(2):
        answer = account.call("POST", "/v1/auth/rotate-key", json={"project_id": account.project})
        assert answer.status_code == 200
        data = answer.json()["data"]
        assert set(data) == {"key_id", "api_key", "project_id", "environment"}
        assert (data["project_id"], data["environment"]) == (account.project, "live")
        keys.append(data)
    for key in [account.key] + [data["api_key"] for data in keys]:
        assert account.call("GET", "/v1/images", key).status_code == 200
    ends = {key["id"]: key["expires_at"] for key in listed(account)}
    assert ends[keys[1]["key_id"]] is None
    rotated = next(key for key in listed(account) if key["id"] == keys[1]["key_id"])
    left = moment(ends[keys[0]["key_id"]]) - moment(rotated["created_at"])
    assert left.total_seconds() == 24 * 3600
    assert sum(end is None for end in ends.values()) == 2


def test_rotating_asks_for_a_session(account):
    answer = account.call("POST", "/v1/auth/rotate-key", account.key, json={"project_id": account.project})
    problem(answer, 403, "forbidden")


@pytest.mark.parametrize("project", [None, 5, ["x"]])
def test_rotating_asks_for_a_project(account, project):
    answer = account.call("POST", "/v1/auth/rotate-key", json={"project_id": project})
    assert problem(answer, 400, "invalid_request")["param"] == "project_id"


def test_when_a_key_was_used_is_written_down_when_the_server_ends(start):
    server = start()
    account = Account(server)
    assert account.call("GET", "/v1/images", account.key).status_code == 200
    before = time.time()
    server.stop()
    server.start()
    account.base = server.base
    used = moment(listed(account)[0]["last_used_at"]).timestamp()
    assert before - 60 < used <= before + 1
