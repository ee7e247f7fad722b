"""What processes cost: CPU time and memory of a process and all that it started, read from /proc."""
import os
import pathlib
import re

TICKS = os.sysconf("SC_CLK_TCK")


def family(pid):
    """The process and its descendants."""
    children = pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(each for child in children for each in family(int(child)))]


def cpu_seconds(pid):
    """utime + stime of the family, in steps of a clock tick."""
    return sum(_ticks(each) for each in family(pid)) / TICKS


def _ticks(pid):
    # The name in parentheses may hold anything.
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def memory_mb(pid, field="VmRSS"):
    """VmRSS is what is resident now, VmHWM the most that ever was."""
    status = pathlib.Path(f"/proc/{pid}/status").read_text()
    return int(re.search(rf"{field}:\s+(\d+)", status)[1]) / 1024
