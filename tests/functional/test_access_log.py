"""The line that every request leaves in the log: as text or JSON, without any secret, or not at all."""
import json
import time
import urllib.parse

import pytest
import requests

from client import Client, path_of
from foreign_server import answer as file_answer, foreign_server
from monitoring import read_page, total
from pictures import PNG

TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"
TRACEPARENT = f"00-{TRACE}-00f067aa0ba902b7-01"


def line_with(server, word: str) -> str:
    """The first line of the log with this word, which may be some milliseconds late."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        for line in server.output().splitlines():
            if word in line:
                return line
        time.sleep(0.01)
    raise AssertionError(f"no line has {word}:\n{server.output()}")


def json_line(server, request_id: str) -> dict:
    return json.loads(line_with(server, request_id))


@pytest.fixture
def json_server(start):
    return start("--log-format", "json")


def test_a_json_line_tells_everything_of_an_upload(json_server):
    client = Client(json_server)
    answer = client.call(
        "POST",
        "/v1/images",
        files={"file": ("a.png", PNG)},
        headers={"X-Request-Id": "u-1", "traceparent": TRACEPARENT},
    )
    line = json_line(json_server, "u-1")
    assert line["time"].endswith("Z") and line["level"] == "info" and line["message"] == "request"
    assert (line["method"], line["path"], line["route"], line["status"]) == ("POST", "/v1/images", "/v1/images", 201)
    assert line["project"] == client.project
    assert line["image"] == answer.json()["id"]
    assert line["bytes_in"] > len(PNG) and line["bytes_out"] == len(answer.content)
    assert line["micros"] > 0 and line["remote"] == "127.0.0.1" and line["trace_id"] == TRACE


def test_a_json_line_tells_whose_picture_was_delivered(json_server):
    client = Client(json_server)
    image = client.upload(PNG)
    requests.get(json_server.base + path_of(image), headers={"X-Request-Id": "d-1"})
    line = json_line(json_server, "d-1")
    assert line["route"] == "/proj_:project/:file"
    assert (line["project"], line["image"], line["bytes_out"]) == (client.project, image["id"], len(PNG))


def test_every_line_of_the_log_is_an_object(json_server):
    requests.get(json_server.base + '/a"b\\c%0Ad%FF')
    requests.get(json_server.base + "/healthz", headers={"X-Request-Id": "last"})
    line_with(json_server, "last")
    json_server.stop()
    lines = json_server.output().splitlines()
    assert lines[0].startswith("PixelVault ")  # the greeting on standard output
    for line in lines[1:]:
        assert {"time", "level", "message"} <= set(json.loads(line)), line


def test_text_is_one_line_of_words(start):
    server = start()
    requests.get(server.base + "/a%0Ab", headers={"X-Request-Id": "words_of_a_line"})
    words = line_with(server, "words_of_a_line").split(" ")
    assert words[1:5] == ["info", "GET", "/a?b", "404"]
    assert "remote=127.0.0.1" in words


@pytest.mark.parametrize("form", ["text", "json"])
def test_no_secret_is_ever_in_the_log(start, form):
    server = start("--log-format", form, "--log-level", "trace")
    registration = server.register("ann@example.com", "a-secret-password")
    client = Client(server, registration)
    login = requests.post(
        server.base + "/v1/auth/login", json={"email": "ann@example.com", "password": "a-secret-password"}
    ).json()
    session = login["data"]["token"]
    image = client.upload(PNG, visibility="private")
    link = client.call("POST", f"/v1/images/{image['id']}/sign-url", json={"expires_in": 60}).json()["data"]["url"]
    parts = urllib.parse.urlsplit(link)
    signature = urllib.parse.parse_qs(parts.query)["token"][0]
    assert requests.get(f"{server.base}{parts.path}?{parts.query}").status_code == 200
    requests.get(f"{server.base}/v1/images/{client.key}", headers={"Authorization": f"Bearer {client.key}"})
    requests.get(f"{server.base}/{session}/x", headers={"X-Request-Id": client.key[:60]})
    requests.get(server.base + f"/?api_key={client.key}", headers={"X-Request-Id": "last"})
    line_with(server, "last")
    log = server.output()
    for secret in (client.key, client.key.rpartition("_")[2], session, session.rpartition("_")[2]):
        assert secret not in log
    assert signature not in log and "a-secret-password" not in log


def test_it_can_be_switched_off(start):
    server = start("--access-log", "off", "--log-level", "info")
    requests.get(server.base + "/healthz", headers={"X-Request-Id": "off-1"})
    server.stop()
    assert "off-1" not in server.output()
    assert "stopping" in server.output()


def test_a_log_that_nobody_reads_blocks_no_request(start):
    # The server's standard error is a pipe that fills up; standard output stays what it was.
    server = start(
        *["--log-format", "json", "--admin-listen", "127.0.0.1:0"],
        wrapper=["bash", "-c", 'exec "$@" 2> >(exec sleep 60 > /dev/null 2>&1)', "bash"],
    )
    long_path = "/" + "x" * 4000
    session = requests.Session()
    for _ in range(600):  # 2.4 MB of lines, more than the pipe and the buffer hold
        assert session.get(server.base + long_path, timeout=10).status_code == 404
    assert total(read_page(server), "pixelvault_log_dropped_total") > 0


def test_a_trace_is_carried_on_to_where_an_import_leads(start):
    with foreign_server({"/a.png": file_answer(PNG)}) as web:
        client = Client(start("--import-allow", web.place))
        for trace in (TRACEPARENT, "00-nonsense"):
            answer = client.call(
                "POST", "/v1/images", json={"url": web.base + "/a.png"}, headers={"traceparent": trace}
            )
            assert answer.status_code in (200, 201), answer.text
        assert [headers.get("traceparent") for _, headers in web.requests] == [TRACEPARENT, None]
