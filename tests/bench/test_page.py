"""The page of the figures: its goals, its tables, and that it shows the results that lie beside it."""
import goals
import page
import tables
import workplace

RATIO = {"median": 0.5, "low": 0.4, "high": 0.6, "rounds": 3}
MEDIAN = {"per_second": 1000.0, "cpu_us": 12.34, "cpu_us_per_upload": 300.0, "p50_ms": 0.5, "p99_ms": 20.0}


def delivery_cell(size, cpu):
    against = {"cpu_us": RATIO | {"median": cpu}, "per_second": RATIO | {"median": 1.2}, "p99_ms": RATIO}
    medians = {"PixelVault": MEDIAN, goals.TUNED: MEDIAN}
    return {"bytes": size, "connections": 32, "medians": medians, "against": {goals.TUNED: against}}


def ingest_cell(clients, to_limit, to_peer):
    against = {"rate to limit": RATIO | {"median": to_limit}, "p50 to limit": RATIO}
    if to_peer:
        against["rate to best peer"] = RATIO | {"median": to_peer}
    return {"bytes": 100_000, "clients": clients, "medians": {"PixelVault": MEDIAN}, "against": {"PixelVault": against}}


def by_name(results):
    return {goal.what: goal for goal in goals.all_goals({kind: {"result": each} for kind, each in results.items()})}


def test_a_goal_takes_the_worst_cell_that_it_is_about():
    found = by_name({"delivery": {"cells": [delivery_cell(4096, 0.8), delivery_cell(4096, 0.9)]}})
    goal = found["delivery, CPU a request of tuned nginx, 4 KB"]
    assert (goal.measured, goal.verdict) == (0.9, "**not reached**")
    assert found["delivery, CPU a request of tuned nginx, 30 KB"].verdict == "not measured"
    assert found["delivery, requests/s of tuned nginx, at every size and connection count"].verdict == "reached"


def test_ingest_is_held_against_the_limit_and_the_best_equal_peer():
    found = by_name({"ingest": {"cells": [ingest_cell(8, 0.5, 1.9), ingest_cell(32, 0.7, 2.5)]}})
    assert found["PixelVault: uploads/s of the bare loop, 100 KB, 32 clients"].verdict == "reached"
    peer = found["PixelVault: uploads/s of the best peer that is as durable, 8 and 32 clients"]
    assert (peer.measured, peer.verdict) == (1.9, "**not reached**")


def test_without_an_equal_peer_nothing_is_claimed():
    found = by_name({"ingest": {"cells": [ingest_cell(32, 0.7, None)]}})
    name = "PixelVault: uploads/s of the best peer that is as durable, 8 and 32 clients"
    assert found[name].verdict == "not measured"


def test_a_shorter_run_reaches_no_goal():
    found = by_name({"memory": {"PixelVault": {"peak_mb": 30, "uploads": 20, "megabytes": 20}}})
    assert found["PixelVault: MB resident under 200 uploads of 20 MB"].verdict == "not measured"
    lists = {"images": {"few": 1000, "many": 1_000_000}, "ratios": {"first page": 1.0}}
    found = by_name({"lists": lists})
    assert found["list page at 10 million images, of one at 10 thousand"].verdict == "not measured"


def test_a_table_has_a_row_for_each_server_of_a_cell():
    lines = tables.delivery_table({"cells": [delivery_cell(4096, 0.8)]}).splitlines()
    assert lines[2].startswith("| 4 KB, 32 | PixelVault | 1,000 | 12.3 | 0.50 | 20 |")
    assert lines[3].endswith("| 0.80 (0.40–0.60) | 1.20 (0.40–0.60) | 0.50 (0.40–0.60) |")


def test_tables_are_replaced_and_the_text_around_them_stays():
    text = "before\n<!-- table: goals -->\nold\n<!-- end -->\nafter\n<!-- table: lists -->\n<!-- end -->\n"
    new = page.with_tables(text, {"goals": "new", "lists": "more"})
    assert new == (
        "before\n<!-- table: goals -->\n\nnew\n\n<!-- end -->\nafter\n<!-- table: lists -->\n\nmore\n\n<!-- end -->\n"
    )
    assert page.with_tables(new, {"goals": "new", "lists": "more"}) == new


def test_the_page_shows_the_results_that_lie_beside_it():
    text = page.PAGE.read_text()
    made = tables.all_tables(page.read_results(workplace.RESULTS))
    assert page.with_tables(text, made) == text, "run scripts/bench page"
    assert set(page.TABLE.findall(text)[i][1] for i in range(len(made))) == set(made)


def test_no_result_names_a_machine_or_its_paths():
    for path in workplace.RESULTS.glob("*.json"):
        text = path.read_text()
        for name in ("/home/", "/tmp/", str(workplace.ROOT)):
            assert name not in text, f"{path.name} holds {name}"
