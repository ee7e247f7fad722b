"""The stores of blobs that the fault suites run against: a store more is one line more in STORES."""
import dataclasses
import pathlib
from collections.abc import Callable

import pytest

import data_folder


@dataclasses.dataclass(frozen=True)
class Store:
    name: str
    arguments: tuple[str, ...]  # of `pixelvault serve`
    images: Callable[[pathlib.Path], set[str]]  # ids of all images whose bytes lie in a data folder
    strangers: Callable[[pathlib.Path], list[str]]  # files that belong to nothing

    def __str__(self) -> str:
        return self.name


STORES = [Store("folder", (), data_folder.image_ids, data_folder.strangers)]

each_store = pytest.mark.parametrize("store", STORES, ids=str)
