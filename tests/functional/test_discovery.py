"""How programs and people find the API: /, the contract, the documentation, llms.txt and the API catalog."""
import json
import pathlib
import re
import subprocess

import pytest
import requests
import yaml

from client import problem
from server import BINARY
from wire import Wire

CONTRACT = pathlib.Path(__file__).parents[2] / "contract"
DOCUMENTS = {
    "/": "application/json",
    "/openapi.yaml": "application/yaml",
    "/openapi.json": "application/json",
    "/docs": "text/html; charset=utf-8",
    "/docs/errors": "text/html; charset=utf-8",
    "/docs/redoc.js": "text/javascript; charset=utf-8",
    "/llms.txt": "text/plain; charset=utf-8",
    "/.well-known/api-catalog": 'application/linkset+json; profile="https://www.rfc-editor.org/info/rfc9727"',
}


@pytest.mark.parametrize("path, media_type", DOCUMENTS.items(), ids=DOCUMENTS.keys())
def test_a_document_is_served_without_a_key(server, path, media_type):
    answer = requests.get(server.base + path)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == media_type
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.content
    head = requests.head(server.base + path)
    assert (head.status_code, head.headers["Content-Length"]) == (200, str(len(answer.content)))


@pytest.mark.parametrize("path", DOCUMENTS)
def test_a_document_that_one_has_is_not_sent_again(server, path):
    etag = requests.get(server.base + path).headers["ETag"]
    again = requests.get(server.base + path, headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == etag
    assert requests.get(server.base + path, headers={"If-None-Match": '"other"'}).status_code == 200


def test_the_index_leads_to_everything(server):
    answer = requests.get(server.base + "/")
    links = {link["rel"]: link["url"] for link in requests.utils.parse_header_links(answer.headers["Link"])}
    assert links == {
        "service-desc": "/openapi.json",
        "service-doc": "/docs",
        "api-catalog": "/.well-known/api-catalog",
    }
    data = answer.json()["data"]
    for name in ("docs", "errors", "openapi", "llms", "api_catalog"):
        assert requests.get(server.base + data[name]).status_code == 200


def test_the_contract_is_the_one_of_the_source_in_both_forms(server):
    text = (CONTRACT / "openapi.yaml").read_text()
    assert requests.get(server.base + "/openapi.yaml").text == text
    assert requests.get(server.base + "/openapi.json").json() == yaml.safe_load(text)


def test_one_version_is_told_everywhere(server):
    version = requests.get(server.base + "/").json()["data"]["version"]
    assert requests.get(server.base + "/openapi.json").json()["info"]["version"] == version
    assert subprocess.check_output([BINARY, "version"], text=True).split()[1] == version


def test_the_documentation_asks_no_foreign_host(server):
    page = requests.get(server.base + "/docs")
    assert not re.search(r"""(?:src|href)=["']?(?:https?:)?//""", page.text)
    policy = dict(part.strip().partition(" ")[::2] for part in page.headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == "'self'"
    assert set(" ".join(policy.values()).split()) <= {"'none'", "'self'", "'unsafe-inline'", "data:", "blob:"}
    for asset in re.findall(r'src="([^"]+)"', page.text):
        assert requests.get(f"{server.base}/{asset}").status_code == 200
    assert "cdn.redoc.ly" not in requests.get(server.base + "/docs/redoc.js").text


@pytest.mark.parametrize("name", ["other.js", "redoc.js.map", "..", "errors.html"])
def test_other_assets_are_404(server, name):
    with Wire(server) as wire:
        wire.send_header(f"GET /docs/{name}")
        problem(wire.answer(), 404, "not_found")


def test_an_error_leads_to_its_explanation(server):
    error = requests.get(server.base + "/v1/images").json()["error"]
    path, _, anchor = error["docs"].partition("#")
    page = requests.get(server.base + path).text
    assert f'<section id="{anchor}">' in page
    assert "<script" not in page and "http" not in page.replace("HTTP", "")


def test_every_code_has_its_section(server):
    page = requests.get(server.base + "/docs/errors").text
    codes = [error["code"] for error in yaml.safe_load((CONTRACT / "errors.yaml").read_text())]
    assert re.findall(r'<section id="(\w+)">', page) == codes


def test_what_agents_read_names_the_calls_and_no_host(server):
    text = requests.get(server.base + "/llms.txt").text
    assert "/v1/auth/register" in text and "-F file=@" in text
    assert not re.search(r"https?://", text)
    for path in re.findall(r"\]\((/[^)]*)\)", text):
        assert requests.get(server.base + path).status_code == 200, path


def test_the_calls_that_agents_read_work_as_they_stand(server):
    calls = re.findall(r"^    (curl .*)$", requests.get(server.base + "/llms.txt").text, re.MULTILINE)
    assert len(calls) == 2
    samples = pathlib.Path(__file__).parents[1] / "samples"
    calls[1] = calls[1].replace("photo.jpg", str(samples / "photo-progressive.jpg"))
    script = f'KEY=$({calls[0].replace("you@", "agent@")} | jq -er .api_key)\n{calls[1]}'
    done = subprocess.run(["bash", "-ec", f"BASE={server.base}\n{script}"], capture_output=True, text=True, timeout=60)
    assert json.loads(done.stdout)["url"], done.stderr


def test_the_catalog_is_a_link_set_of_things_that_are_there(server):
    answer = requests.get(server.base + "/.well-known/api-catalog")
    assert 'rel="api-catalog"' in answer.headers["Link"]
    (context,) = answer.json()["linkset"]
    assert {"anchor", "service-desc", "service-doc", "status"} == set(context)
    targets = [link for relation, links in context.items() if relation != "anchor" for link in links]
    for target in targets:
        found = requests.get(server.base + target["href"])
        assert found.status_code == 200
