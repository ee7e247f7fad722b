"""What many measurements say together: percentiles by nearest rank, medians, and ratios of pairs of one round."""
import math
import statistics


def percentile(values, percent):
    """The smallest value that at least `percent` of a hundred do not exceed."""
    ordered = sorted(values)
    # A little less than the product: 99.0 % of 100 are 99, whatever binary fractions say.
    rank = max(math.ceil(percent / 100 * len(ordered) - 1e-9), 1)
    return ordered[rank - 1]


def medians(rounds):
    """One dictionary of the medians of each figure that all rounds have."""
    names = [name for name, value in rounds[0].items() if isinstance(value, (int, float))]
    return {name: statistics.median(each[name] for each in rounds) for name in names}


def paired(ours, theirs):
    """The ratio ours/theirs of each round: its median and its quartiles. What disturbs a whole round cancels out."""
    assert len(ours) == len(theirs), "a pair needs both"
    ratios = [a / b for a, b in zip(ours, theirs) if b > 0]
    if not ratios:
        return None
    return {
        "median": statistics.median(ratios),
        "low": percentile(ratios, 25),
        "high": percentile(ratios, 75),
        "rounds": len(ratios),
    }


def of(rounds, figure):
    return [each[figure] for each in rounds]
