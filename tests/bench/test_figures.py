"""What the benchmarks make of their measurements."""
import pytest

import figures


def test_a_percentile_is_a_measured_value():
    assert figures.percentile([5], 99) == 5
    assert figures.percentile(range(100, 0, -1), 50) == 50
    assert figures.percentile(range(100, 0, -1), 99) == 99
    assert figures.percentile([1, 2, 3], 99) == 3


def test_pairs_cancel_what_disturbs_a_whole_round():
    ours, theirs = [10, 20, 90], [20, 40, 180]  # the third round was slow for both
    assert figures.paired(ours, theirs) == {"median": 0.5, "low": 0.5, "high": 0.5, "rounds": 3}


def test_the_spread_of_pairs_is_told():
    ratio = figures.paired([1, 2, 3, 4], [1, 1, 1, 1])
    assert (ratio["low"], ratio["median"], ratio["high"]) == (1, 2.5, 3)


def test_a_pair_without_a_partner_is_refused():
    with pytest.raises(AssertionError):
        figures.paired([1, 2], [1])


def test_a_round_that_cost_nothing_is_no_ratio():
    assert figures.paired([1, 4], [0, 2])["rounds"] == 1
    assert figures.paired([1], [0]) is None


def test_medians_are_taken_figure_by_figure():
    rounds = [{"a": 1, "b": 9, "name": "x"}, {"a": 3, "b": 7, "name": "y"}, {"a": 2, "b": 8, "name": "z"}]
    assert figures.medians(rounds) == {"a": 2, "b": 8}
