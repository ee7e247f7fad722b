"""The contract itself: it explains what the server can say, and what checks the answers of all tests sees a wrong one."""
import json
import pathlib
import re

import pytest
import requests
import yaml

import contract

ROOT = pathlib.Path(__file__).parents[2]
ERRORS = yaml.safe_load((ROOT / "contract/errors.yaml").read_text())
STATUS_OF = {error["code"]: error["status"] for error in ERRORS}
OPERATIONS = {
    operation["operationId"]: operation
    for item in contract.document()["paths"].values()
    for method, operation in item.items()
    if method != "parameters"
}


def codes_of(response: dict) -> list[str]:
    """The error codes that an answer may have."""
    content = contract.resolve(response).get("content", {}).get("application/json", {})
    error = content.get("schema", {}).get("properties", {}).get("error", {})
    return [
        code for part in error.get("allOf", []) for code in part.get("properties", {}).get("code", {}).get("enum", [])
    ]


def test_every_error_of_the_server_is_explained_and_no_other():
    source = (ROOT / "src/api/problem.cpp").read_text()
    entries = re.findall(r'Entry\{ErrorCode::\w+, "(\w+)", (\d+)\}', source)
    assert len(entries) > 40
    assert {code: int(status) for code, status in entries} == STATUS_OF
    assert set(contract.document()["components"]["schemas"]["ErrorCode"]["enum"]) == set(STATUS_OF)


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: error["code"])
def test_an_explanation_says_what_to_do(error):
    assert set(error) == {"code", "status", "meaning", "action", "retry"}
    assert error["meaning"].endswith(".") and error["action"].endswith(".")
    assert error["retry"] in {"never", "later", "once-fixed"}


@pytest.mark.parametrize("name, operation", OPERATIONS.items(), ids=OPERATIONS.keys())
def test_an_operation_answers_each_code_with_its_own_status(name, operation):
    for status, response in operation["responses"].items():
        codes = codes_of(response)
        assert [STATUS_OF[code] for code in codes] == [int(status)] * len(codes)
        assert codes or int(status) < 400 or name.startswith("head")


def test_every_code_is_answered_by_some_operation():
    unmatched = contract.document()["x-unmatched"]
    answered = {
        code
        for responses in [*(operation["responses"].values() for operation in OPERATIONS.values())]
        for response in responses
        for code in codes_of(response)
    }
    assert answered | set(codes_of(unmatched["path"])) | set(codes_of(unmatched["method"])) == set(STATUS_OF)


ID = "img_01h455vb4pex5vsknk084sn02q"
ERROR = {
    "code": "image_not_found",
    "message": "There is no such image.",
    "request_id": "req_1",
    "docs": "/docs/errors#image_not_found",
}


def make_answer(status: int, body, **headers) -> requests.Response:
    answer = requests.Response()
    answer.status_code = status
    answer._content = b"" if body is None else json.dumps(body).encode()
    answer.headers.update({"X-Request-Id": "req_1", "Cache-Control": "no-store", "Content-Type": "application/json"})
    answer.headers.update({name.replace("_", "-"): value for name, value in headers.items()})
    return answer


def error_body(**changes) -> dict:
    return {"error": {name: value for name, value in (ERROR | changes).items() if value is not None}}


def test_a_right_answer_is_accepted():
    contract.check("GET", f"/v1/images/{ID}", make_answer(404, error_body()))
    contract.check("HEAD", f"/v1/images/{ID}", make_answer(404, None))
    contract.check("GET", "/nothing", make_answer(404, error_body(code="not_found", docs="/docs/errors#not_found")))


@pytest.mark.parametrize(
    "method, path, answer",
    [
        ("GET", f"/v1/images/{ID}", make_answer(418, error_body())),
        ("GET", f"/v1/images/{ID}", make_answer(404, error_body(message=None))),
        ("GET", f"/v1/images/{ID}", make_answer(404, error_body(code="key_not_found"))),
        ("GET", f"/v1/images/{ID}", make_answer(404, error_body(limit="many"))),
        ("GET", f"/v1/images/{ID}", make_answer(404, {"message": "no"})),
        ("GET", f"/v1/images/{ID}", make_answer(404, error_body(), Content_Type="text/html")),
        ("GET", f"/v1/images/{ID}", make_answer(404, error_body(), X_Request_Id="two words")),
        ("GET", f"/v1/images/{ID}", make_answer(404, error_body(), Cache_Control="public")),
        ("GET", f"/v1/images/{ID}", make_answer(401, error_body(code="unauthorized"))),
        ("GET", f"/v1/images/{ID}", make_answer(200, {"data": {"id": ID}})),
        ("HEAD", f"/v1/images/{ID}", make_answer(404, error_body())),
        ("GET", "/nothing", make_answer(200, {})),
        ("PUT", f"/v1/images/{ID}", make_answer(405, error_body(code="method_not_allowed"))),
        ("PUT", f"/v1/images/{ID}", make_answer(200, {})),
    ],
    ids=[
        "unknown status",
        "missing field",
        "code of another answer",
        "wrong type",
        "another form",
        "wrong media type",
        "malformed request id",
        "cacheable",
        "401 without WWW-Authenticate",
        "half an image",
        "body of HEAD",
        "unknown path",
        "405 without Allow",
        "unknown method",
    ],
)
def test_a_wrong_answer_is_seen(method, path, answer):
    with pytest.raises(contract.Violation):
        contract.check(method, path, answer)


def test_answers_of_the_real_server_are_looked_at(server, monkeypatch):
    monkeypatch.delitem(contract.document()["paths"]["/healthz"]["get"]["responses"], "200")
    with pytest.raises(contract.Violation):
        requests.get(server.base + "/healthz")
