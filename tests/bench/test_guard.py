"""The guard's verdicts."""
import guard


def verdict(name, value):
    return next(guard.verdicts({name: value}))[3]


def test_a_cost_may_not_pass_its_margin():
    name = "delivery, CPU a request of tuned nginx, 4 KB"
    margin = guard.MARGINS[name][1]
    assert verdict(name, margin) == "holds"
    assert verdict(name, margin + 0.01) == "BROKEN"


def test_a_rate_may_not_fall_under_its_margin():
    name = "ingest, uploads/s of the bare loop, 100 KB, 32 clients"
    margin = guard.MARGINS[name][1]
    assert verdict(name, margin) == "holds"
    assert verdict(name, margin - 0.01) == "BROKEN"


def test_every_margin_has_a_reason():
    assert all(direction in ("at most", "at least") and reason for direction, _, reason in guard.MARGINS.values())
