"""Scopes of keys, one by one, and routes that want the other kind of credential (contract §3)."""
import pytest

from accounts import Account
from client import problem
from pictures import PNG

SCOPES = ["images:write", "images:read", "images:delete", "keys:manage", "usage:read"]
IMAGE = "img_01h455vb4pex5vsknk084sn02q"
EXPORT = "exp_01h455vb4pex5vsknk084sn02q"

# Each route with the scope that it wants.
ROUTES = [
    ("POST", "/v1/images", "images:write"),
    ("POST", "/v1/images/batch", "images:write"),
    ("PATCH", f"/v1/images/{IMAGE}", "images:write"),
    ("GET", "/v1/images", "images:read"),
    ("GET", f"/v1/images/{IMAGE}", "images:read"),
    ("POST", f"/v1/images/{IMAGE}/sign-url", "images:read"),
    ("POST", "/v1/export", "images:read"),
    ("GET", f"/v1/export-jobs/{EXPORT}", "images:read"),
    ("GET", f"/v1/export-jobs/{EXPORT}/download", "images:read"),
    ("DELETE", f"/v1/images/{IMAGE}", "images:delete"),
    ("GET", "/v1/usage", "usage:read"),
]
KEY_ROUTES = [("GET", "/v1/keys"), ("POST", "/v1/keys"), ("DELETE", "/v1/keys/key_01h455vb4pex5vsknk084sn02q")]


@pytest.fixture(scope="module")
def account(server):
    return Account(server)


@pytest.fixture(scope="module")
def narrow(account):
    """A key for each scope alone, and one that lacks it alone."""
    only = {scope: account.make_key(scopes=[scope])["api_key"] for scope in SCOPES}
    without = {
        scope: account.make_key(scopes=[other for other in SCOPES if other != scope])["api_key"] for scope in SCOPES
    }
    return only, without


@pytest.mark.parametrize("method, path, scope", ROUTES)
def test_a_route_wants_its_scope(account, narrow, method, path, scope):
    only, without = narrow
    error = problem(account.call(method, path, without[scope]), 403, "forbidden")
    assert scope in error["message"]
    assert account.call(method, path, only[scope]).status_code not in (401, 403)


@pytest.mark.parametrize("method, path", KEY_ROUTES)
def test_managing_keys_wants_its_scope(account, narrow, method, path):
    only, without = narrow
    error = problem(account.call(method, path, without["keys:manage"], json={}), 403, "forbidden")
    assert "keys:manage" in error["message"]
    assert account.call(method, path, only["keys:manage"], json={}).status_code not in (401, 403)


@pytest.mark.parametrize("method, path, scope", ROUTES)
def test_a_session_is_no_key(account, method, path, scope):
    assert "API key" in problem(account.call(method, path), 403, "forbidden")["message"]


@pytest.mark.parametrize("scope", SCOPES)
def test_any_key_may_ask_who_it_is(account, narrow, scope):
    data = account.call("GET", "/v1/account", narrow[0][scope]).json()["data"]
    assert data["credential"]["scopes"] == [scope]


def test_without_the_scope_nothing_is_stored(account, narrow):
    only, _ = narrow
    before = account.call("GET", "/v1/images", account.key).json()["meta"]["total"]
    answer = account.call("POST", "/v1/images", only["images:read"], files={"file": ("a.png", PNG)})
    problem(answer, 403, "forbidden")
    assert account.call("GET", "/v1/images", account.key).json()["meta"]["total"] == before


def test_a_writer_cannot_delete_and_a_deleter_can(account, narrow):
    only, _ = narrow
    answer = account.call("POST", "/v1/images", only["images:write"], files={"file": ("a.png", PNG)})
    assert answer.status_code == 201
    id = answer.json()["id"]
    problem(account.call("DELETE", f"/v1/images/{id}", only["images:write"]), 403, "forbidden")
    assert account.call("DELETE", f"/v1/images/{id}", only["images:delete"]).status_code == 200
