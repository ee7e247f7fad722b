"""The instruments of bench/load are imported by name, as the benchmarks do."""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "bench/load"))
