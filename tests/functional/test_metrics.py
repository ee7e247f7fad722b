"""/metrics on the operator's own listener: what happens is counted, and nothing of it is public."""
import shutil
import socket
import subprocess

import pytest
import requests

from client import Client, path_of
from monitoring import ask_admin, families, read_page, samples, total
from pictures import PNG
from wire import Wire


@pytest.fixture
def watched(start):
    return start("--admin-listen", "127.0.0.1:0", "--default-plan", "unlimited")


def test_the_page_is_prometheus_text(watched):
    answer = ask_admin(watched, "/metrics")
    assert answer.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    if shutil.which("promtool"):
        checked = subprocess.run(["promtool", "check", "metrics"], input=answer.text, capture_output=True, text=True)
        assert checked.returncode == 0 and not checked.stderr, checked.stderr


def test_the_public_listener_has_no_metrics(watched):
    for path in ("/metrics", "/metrics/", "//metrics"):
        assert requests.get(watched.base + path).status_code == 404


def test_the_operators_listener_has_nothing_else(watched):
    assert ask_admin(watched, "/healthz").json() == {"data": {"status": "ok"}}
    assert ask_admin(watched, "/readyz").json()["data"]["status"] == "ready"
    for path in ("/", "/v1/images", "/openapi.yaml"):
        assert ask_admin(watched, path).status_code == 404
    assert ask_admin(watched, "/metrics", "POST").status_code == 405


def test_it_is_off_unless_asked_for(start):
    assert "Metrics at" not in start().output()


def test_a_request_counts_for_its_route_with_its_time_and_bytes(watched):
    client = Client(watched)
    image = client.upload(PNG)
    for _ in range(3):
        assert requests.get(watched.base + path_of(image)).content == PNG
    page = read_page(watched)
    delivery = {"method": "GET", "route": "/proj_:project/:file"}
    assert total(page, "pixelvault_http_requests_total", **delivery, status="2xx") == 3
    assert total(page, "pixelvault_http_request_seconds_count", **delivery) == 3
    assert total(page, "pixelvault_http_request_seconds_sum", **delivery) > 0
    assert total(page, "pixelvault_http_requests_total", method="POST", route="/v1/images", status="2xx") == 1
    assert total(page, "pixelvault_http_sent_bytes_total") >= 3 * len(PNG)
    assert total(page, "pixelvault_http_received_bytes_total") >= len(PNG)


def test_no_path_becomes_a_label(watched):
    before = set(samples(read_page(watched)))
    for path in ("/nowhere-at-all", "/proj_x/img_y.png", "/v1/images/img_z"):
        requests.get(watched.base + path)
    page = read_page(watched)
    assert set(samples(page)) == before
    assert total(page, "pixelvault_http_requests_total", route="unmatched", status="4xx") == 1
    assert total(page, "pixelvault_http_responses_total", status="404") == 2


def test_what_is_no_request_is_counted_as_malformed(watched):
    with socket.create_connection(("127.0.0.1", watched.port)) as connection:
        connection.sendall(b"NONSENSE\r\n\r\n")
        assert connection.recv(12) == b"HTTP/1.1 400"
        while connection.recv(4096):
            pass
    assert total(read_page(watched), "pixelvault_http_requests_total", route="malformed", status="4xx") == 1


def test_scrapes_do_not_count_themselves(watched):
    for _ in range(5):
        page = read_page(watched)
    assert total(page, "pixelvault_http_responses_total") == 0
    assert total(page, "pixelvault_http_requests_in_flight") == 0


def test_open_connections_and_running_requests_are_told(watched):
    client = Client(watched)
    with Wire(watched) as wire:
        wire.send_header(
            "POST /v1/images",
            *[f"Authorization: Bearer {client.key}", "Content-Type: image/png"],
            *[f"Content-Length: {len(PNG)}", "Expect: 100-continue"],
        )
        assert wire.answer().status_code == 100
        page = read_page(watched)
        assert total(page, "pixelvault_http_requests_in_flight") == 1
        assert total(page, "pixelvault_http_connections", listener="public") >= 1
    assert total(page, "pixelvault_http_connections", listener="admin") == 1


def test_disk_and_database_are_timed(watched):
    client = Client(watched)
    before = read_page(watched)
    client.upload(PNG)
    after = read_page(watched)

    def risen(name, **labels):
        return total(after, name, **labels) - total(before, name, **labels)

    assert risen("pixelvault_sync_seconds_count", store="segments", call="fdatasync") >= 1
    assert risen("pixelvault_sync_seconds_count", store="folder") == 0
    assert risen("pixelvault_sql_commit_seconds_count") >= 1
    assert risen("pixelvault_sql_batch_size_sum") >= 1
    assert total(after, "pixelvault_sync_failures_total") == 0
    assert total(after, "pixelvault_pool_threads", pool="sql-write") == 1


def test_syncs_are_told_by_the_store_that_makes_them(start):
    server = start("--blobs", "folder", "--admin-listen", "127.0.0.1:0")
    client = Client(server)
    before = read_page(server)
    client.upload(PNG)
    after = read_page(server)
    for store, syncs in [("folder", 1), ("segments", 0)]:
        labels = {"store": store, "call": "fdatasync"}
        counts = [total(page, "pixelvault_sync_seconds_count", **labels) for page in (before, after)]
        assert counts[1] - counts[0] == syncs, store


def test_refusals_are_counted_by_what_refused(start, tmp_path):
    settings = tmp_path / "plans.toml"
    settings.write_text("[plans.tiny]\nuploads = 1\nprojects = 1\n")
    server = start(
        *["--config", str(settings), "--default-plan", "tiny", "--admin-listen", "127.0.0.1:0"],
        *["--rate-limit-requests", "3/60s"],
    )
    client = Client(server)
    client.upload(PNG, "one.png")
    assert client.post_file(PNG, "two.png").status_code == 402
    client.get("/v1/usage")
    assert client.get("/v1/usage").status_code == 429
    page = read_page(server)
    assert total(page, "pixelvault_quota_refusals_total", quota="uploads") == 1
    assert total(page, "pixelvault_quota_refusals_total") == 1
    assert total(page, "pixelvault_rate_limit_refusals_total", limit="requests") == 1
    assert total(page, "pixelvault_rate_limit_refusals_total") == 1


def test_the_cache_of_callers_tells_its_hits(watched):
    client = Client(watched)
    for _ in range(4):
        client.get("/v1/usage")
    page = read_page(watched)
    assert total(page, "pixelvault_cache_lookups_total", cache="caller", result="miss") >= 1
    assert total(page, "pixelvault_cache_lookups_total", cache="caller") == 4


def test_types_and_names_follow_the_conventions(watched):
    for name, kind in families(read_page(watched)).items():
        assert name.startswith(("pixelvault_", "process_"))
        assert name.endswith("_total") == (kind == "counter"), name
