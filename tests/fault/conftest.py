"""Fault tests use the same server, clients and pictures as the functional ones."""
import pathlib
import sys

sys.path.append(str(pathlib.Path(__file__).parents[1] / "functional"))
