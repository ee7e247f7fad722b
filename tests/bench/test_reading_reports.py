"""What other programs print, read as numbers: wrk's report and strace's trace."""
import pytest

import durability
import generators

WRK = """Running 2s test @ http://127.0.0.1:1/a
  2 threads and 32 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency     1.00ms    2.00ms  20.00ms   90.00%
    Req/Sec    60.00k     5.00k   70.00k    80.00%
  Latency Distribution
     50%  168.00us
     75%  400.00us
     90%    2.10ms
     99%    1.05s
  252469 requests in 2.00s, 1.12GB read
Requests/sec: 126234.35
Transfer/sec:    573.11MB
"""


def test_a_report_of_wrk_is_read_in_milliseconds():
    assert generators.parse_wrk(WRK) == {
        "requests": 252469,
        "per_second": 126234.35,
        "p50_ms": 0.168,
        "p99_ms": 1050,
    }


def test_a_run_of_wrk_with_errors_is_no_result():
    with pytest.raises(RuntimeError, match="Non-2xx"):
        generators.parse_wrk(WRK + "  Non-2xx or 3xx responses: 12\n")
    with pytest.raises(RuntimeError, match="Socket errors"):
        generators.parse_wrk(WRK + "  Socket errors: connect 0, read 3, write 0, timeout 0\n")


def count(*lines):
    return durability.count_calls(lines, lambda path: path.endswith("/"))


def test_syncs_of_files_and_of_folders_are_told_apart():
    counts = count(
        '7 openat(3</d/>, "a", O_WRONLY|O_CREAT|O_EXCL, 0600) = 9</d/a>',
        "7 fdatasync(9</d/a>) = 0",
        "7 fsync(3</d/>) = 0",
        "8 fsync(9</d/a>) = -1 EIO (Input/output error)",
        "7 fdatasync(9</d/a> <unfinished ...>",
        "7 <... fdatasync resumed>) = 0",
    )
    assert counts == {"file_syncs": 2, "folder_syncs": 1, "synchronous_files": 0, "names": 1}


def test_an_answer_is_durable_when_bytes_and_names_are_synced():
    synced = {"file_syncs": 5, "folder_syncs": 5, "synchronous_files": 0, "names": 5}
    assert durability.statement(synced, 5)["durable"]
    assert not durability.statement(synced | {"folder_syncs": 0}, 5)["durable"]
    assert not durability.statement(synced | {"file_syncs": 0}, 5)["durable"]
    assert not durability.statement(synced | {"file_syncs": 4}, 5)["durable"]  # one of five was not


def test_a_store_that_appends_makes_no_names_to_sync():
    appended = {"file_syncs": 5, "folder_syncs": 0, "synchronous_files": 0, "names": 0}
    assert durability.statement(appended, 5)["durable"]


def test_a_file_that_syncs_every_write_is_synced():
    counts = count('7 openat(AT_FDCWD</>, "/d/a", O_RDWR|O_CREAT|O_DSYNC, 0600) = 9</d/a>', "7 fsync(3</d/>) = 0")
    assert counts["synchronous_files"] == 1
    assert durability.statement(counts, 1)["durable"]
