"""Disks of their own for servers: loop-mounted images whose power can be cut, and that are full soon.

Whatever happens to a test, its mounts and loop devices go with it.
"""
import contextlib
import os
import pathlib
import shutil
import subprocess

import pytest

from pictures import MEGABYTE
from syscalls import FAULTS_REQUIRED

MAKE = {
    "ext4": ["mkfs.ext4", "-q", "-F", "-m", "0", "-J", "size=4"],
    "xfs": ["mkfs.xfs", "-q", "-f"],
}


def run(*command) -> None:
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, timeout=60)
    if done.returncode != 0:
        raise OSError(f"{command[0]}: {done.stderr.strip()}")


class Disk:
    """A file system in a file, mounted at `folder`."""

    def __init__(self, image: pathlib.Path, folder: pathlib.Path, kind: str, size: int):
        self._image, self.folder = image, folder
        folder.mkdir(parents=True, exist_ok=True)
        with open(image, "wb") as file:
            file.truncate(size)
        run(*MAKE[kind], image)
        self.mount()

    def mount(self) -> None:
        run("mount", "-o", "loop", self._image, self.folder)

    def unmount(self) -> None:
        run("umount", self.folder)

    def cut_power(self) -> None:
        """What is not on the disk by now never gets there; everything after it is an I/O error."""
        run("xfs_io", "-x", "-c", "shutdown", self.folder)

    def free(self) -> int:
        return shutil.disk_usage(self.folder).free

    def discard(self) -> None:
        subprocess.run(["umount", "--lazy", self.folder], capture_output=True)
        loops = subprocess.run(["losetup", "-n", "-O", "NAME", "-j", self._image], capture_output=True, text=True)
        for device in loops.stdout.split():
            subprocess.run(["losetup", "-d", device], capture_output=True)
        self._image.unlink(missing_ok=True)


@contextlib.contextmanager
def unless_forbidden():
    """Skips the test where it may not mount, unless faults are required."""
    try:
        yield
    except OSError as error:
        if FAULTS_REQUIRED:
            raise
        pytest.skip(f"disks cannot be made here: {error}")


@contextlib.contextmanager
def made(image: pathlib.Path, folder: pathlib.Path, kind: str, size: int):
    if os.geteuid() != 0 and not FAULTS_REQUIRED:
        pytest.skip("only root may mount")
    disk = None
    try:
        with unless_forbidden():
            disk = Disk(image, folder, kind, size)
        yield disk
    finally:
        if disk:
            disk.discard()
        else:
            subprocess.run(["umount", "--lazy", folder], capture_output=True)
            image.unlink(missing_ok=True)


@contextlib.contextmanager
def bound(source: pathlib.Path, target: pathlib.Path):
    """`source` seen at `target`, too."""
    source.mkdir(parents=True, exist_ok=True)
    target.mkdir(parents=True, exist_ok=True)
    run("mount", "--bind", source, target)
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", target], capture_output=True)


def allocate(file: pathlib.Path, size: int) -> None:
    with open(file, "wb") as opened:
        os.posix_fallocate(opened.fileno(), 0, max(size, MEGABYTE))
