"""One short run of each program against a real server or a real disk: that it works, not how fast."""
import os
import pathlib
import sqlite3

import pytest

import generators
import ingest

BINARY = pathlib.Path(os.environ.get("PIXELVAULT_BIN", "build/release/pixelvault")).absolute()
BUILD = BINARY.parent

pytestmark = pytest.mark.skipif(not (BUILD / "bench/bench_uploader").exists(), reason="the load generator is not built")


@pytest.fixture
def server(tmp_path):
    with ingest.PixelVault(BINARY, tmp_path) as running:
        yield running


def test_uploads_are_all_different_pictures_of_the_size_asked_for(server):
    done = generators.upload(BUILD, server.target, 20_000, clients=3, seconds=20, count=12, warm_up=0)
    key = server.target[-1].rpartition(" ")[2]
    listed = server.call("GET", "/v1/images?per_page=100", key=key)["data"]
    assert (done["total"], done["uploads"], done["failed"]) == (12, 12, 0)
    assert [image["size"] for image in listed] == [20_000] * 12
    contents = {server.get("/" + image["url"].split("/", 3)[3])[2] for image in listed}
    assert len(contents) == 12


def test_a_run_ends_when_its_time_is_over_and_counts_only_its_window(server):
    done = generators.upload(BUILD, server.target, 20_000, clients=2, seconds=0.4, count=100_000, warm_up=0.2)
    assert done["window_s"] == pytest.approx(0.4, abs=0.01)
    assert 0 < done["uploads"] < done["total"]
    assert done["p50_ms"] <= done["p99_ms"] <= done["max_ms"]


def test_refused_uploads_are_no_result(server):
    server.target[-1] = "Authorization: Bearer wrong"
    with pytest.raises(RuntimeError, match="no upload succeeded"):
        generators.upload(BUILD, server.target, 20_000, clients=2, seconds=5, count=10, warm_up=0)


@pytest.mark.parametrize("design", ["file", "segment", "segment-rows"])
def test_a_bare_loop_stores_what_it_counts(tmp_path, design):
    done = generators.bare_loop(BUILD, tmp_path, design, 20_000, clients=4, seconds=20, count=40, warm_up=0)
    assert (done["total"], done["uploads"]) == (40, 40)
    if design == "file":
        assert [file.stat().st_size for file in tmp_path.iterdir()] == [20_000] * 40
    else:
        assert (tmp_path / "segment-1").exists()
    if design == "segment-rows":
        rows = sqlite3.connect(tmp_path / "rows.db").execute("SELECT COUNT(DISTINCT position) FROM images")
        assert rows.fetchone() == (40,)


def test_an_unwritable_disk_is_an_error(tmp_path):
    with pytest.raises(RuntimeError, match="bench_bare_loop"):
        generators.bare_loop(BUILD, tmp_path / "absent", "file", 20_000, clients=1, seconds=1, count=1)
