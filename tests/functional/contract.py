"""Holds answers against contract/openapi.yaml: status, media type, body and headers must be what it says.

`watch()` does so with every answer that comes through `requests`. What is said by hand over a socket is not looked at.
"""
import functools
import pathlib
import re
import urllib.parse

import jsonschema
import requests
import yaml

DOCUMENT = pathlib.Path(__file__).parents[2] / "contract/openapi.yaml"


class Violation(AssertionError):
    """An answer that the contract does not know."""


@functools.cache
def document() -> dict:
    return yaml.load(DOCUMENT.read_text(), yaml.CSafeLoader)


@functools.cache
def resolver() -> jsonschema.RefResolver:
    return jsonschema.RefResolver(base_uri="", referrer=document())


def resolve(node: dict) -> dict:
    while "$ref" in node:
        _, node = resolver().resolve(node["$ref"])
    return node


def literal_prefix(parameter: dict) -> str:
    """What every value begins with, e.g. `proj_`: by it the server knows whether a path is meant."""
    pattern = resolve(parameter["schema"]).get("pattern", "")
    return re.match(r"\^?([a-z]*_?)", pattern)[1] if parameter["name"] == "project" else ""


def path_expression(template: str, item: dict) -> re.Pattern:
    parameters = {p["name"]: p for p in map(resolve, item.get("parameters", []))}
    expression = ""
    for segment in template.split("/")[1:]:
        name = segment.strip("{}")
        if name == segment:
            expression += "/" + re.escape(segment)
        else:
            expression += (
                "/"
                + (literal_prefix(parameters[name]) if name in parameters else "")
                + ("[^/]*" if name in parameters and literal_prefix(parameters[name]) else "[^/]+")
            )
    return re.compile(expression)


@functools.cache
def paths() -> list[tuple[re.Pattern, str, dict]]:
    """Those without parameters first, as a client looks them up (OpenAPI 3.1 §4.8.8)."""
    items = sorted(document()["paths"].items(), key=lambda entry: entry[0].count("{"))
    return [(path_expression(template, item), template, item) for template, item in items]


def find_response(method: str, path: str, status: int) -> tuple[str, dict]:
    """The name of the operation, and what its answer with this status must be."""
    found = [(template, item) for expression, template, item in paths() if expression.fullmatch(path)]
    if not found:
        return expect_unmatched("path", 404, status)
    template, item = found[0]
    operation = item.get(method.lower()) or (item.get("get") if method == "HEAD" else None)
    if operation is None:
        return expect_unmatched("method", 405, status)
    response = operation["responses"].get(str(status))
    if response is None:
        raise Violation(f"{operation['operationId']} does not answer {status}")
    return operation["operationId"], resolve(response)


def expect_unmatched(what: str, expected: int, status: int) -> tuple[str, dict]:
    # What is no request at all is refused before its path is looked at.
    if status in (400, 431):
        return find_response("GET", "/healthz", status)
    if status != expected:
        raise Violation(f"an unmatched {what} is answered with {status} instead of {expected}")
    return f"unmatched {what}", resolve(document()["x-unmatched"][what])


def check_schema(value, schema: dict, what: str) -> None:
    validator = jsonschema.Draft202012Validator(schema, resolver=resolver())
    error = jsonschema.exceptions.best_match(validator.iter_errors(value))
    if error is not None:
        raise Violation(f"{what} at {error.json_path}: {error.message[:500]}")


def check_headers(headers, expected: dict, what: str) -> None:
    for name, header in expected.items():
        header = resolve(header)
        value = headers.get(name)
        if value is None:
            if header.get("required"):
                raise Violation(f"{what} lacks the header {name}")
            continue
        is_number = header["schema"].get("type") == "integer" and re.fullmatch("[0-9]+", value)
        check_schema(int(value) if is_number else value, header["schema"], f"{what}, header {name}")


def check_body(answer, response: dict, what: str) -> None:
    contents = response.get("content")
    if contents is None:
        if answer.content:
            raise Violation(f"{what} has a body")
        return
    essence = answer.headers.get("Content-Type", "").partition(";")[0].strip()
    if essence not in contents:
        raise Violation(f"{what} is {essence or 'of no type'} instead of {', '.join(contents)}")
    if essence.endswith("json"):
        check_schema(answer.json(), contents[essence].get("schema", {}), what)


def check(method: str, path: str, answer, with_body: bool = True) -> None:
    """Violation when this answer (of requests, or alike) is not in the contract."""
    name, response = find_response(method, path, answer.status_code)
    what = f"{method} {path}: {name} {answer.status_code}"
    check_headers(answer.headers, response.get("headers", {}), what)
    if method == "HEAD":
        if answer.content:
            raise Violation(f"{what} has a body")
    elif with_body:
        check_body(answer, response, what)


def watch() -> None:
    """From now on every call through `requests` fails whose answer is not in the contract."""
    send = requests.Session.send

    @functools.wraps(send)
    def send_and_check(self, request, **options):
        answer = send(self, request, **options)
        path = urllib.parse.unquote(urllib.parse.urlsplit(request.url).path)
        check(request.method, path, answer, with_body=not options.get("stream"))
        return answer

    requests.Session.send = send_and_check
