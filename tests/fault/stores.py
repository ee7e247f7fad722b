"""The stores of blobs that the fault suites run against: a store more is one line more in STORES.

The first is the default. The others are tried in fewer rounds, and at their own steps alone: those of the database
and of the answers are the same. The variables that docs/durability.md names ask for all.
"""
import dataclasses
import os
import pathlib
from collections.abc import Callable

import pytest

import data_folder
import segment_files


@dataclasses.dataclass(frozen=True)
class Store:
    name: str
    folder: str  # of the pictures, within the data folder
    images: Callable[[pathlib.Path], set[str]]  # ids of all images whose bytes lie in a data folder

    @property
    def arguments(self) -> tuple[str, ...]:
        """Of `pixelvault serve`."""
        return ("--blobs", self.name)

    @property
    def is_default(self) -> bool:
        return self is STORES[0]

    def rounds(self, variable: str, usual: int) -> int:
        """How often something is tried: what the environment says, or `usual`, and half of it beside the default."""
        return int(os.environ.get(variable, usual if self.is_default else usual // 2))

    def strangers(self, data: pathlib.Path) -> list[str]:
        """Files, and records in segments, that belong to nothing."""
        return data_folder.strangers(data, self.name) + segment_files.strangers(data)

    def __str__(self) -> str:
        return self.name


STORES = [
    Store("segments", "segments", segment_files.image_ids),
    Store("folder", "blobs", data_folder.image_ids),
]

each_store = pytest.mark.parametrize("store", STORES, ids=str)
