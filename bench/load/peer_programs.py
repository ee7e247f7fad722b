"""Builds the stores that PixelVault is measured beside, from the registries of their languages, at pinned versions.

Programs lie in a cache outside the repository and are built once a version. A peer that cannot be built here (its
toolchain is missing or too old, its registry away) is left out of the measurement, and the reason is printed.
"""
import os
import pathlib
import shutil
import subprocess
import sys

CACHE = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "pixelvault-bench"

# The module's last state; its releases are no versions in Go's sense.
MINIO = ("github.com/minio/minio", "v0.0.0-20260212201848-7aac2a2c5b7c")
GARAGE = "2.5.0"


class Unavailable(Exception):
    """Why a peer is not measured."""


def run(*command, cwd=None, **environment):
    print("+", *command, file=sys.stderr)
    if not shutil.which(command[0]):
        raise Unavailable(f"{command[0]} is missing")
    done = subprocess.run(command, cwd=cwd, env=os.environ | environment, stdout=sys.stderr)
    if done.returncode != 0:
        raise Unavailable(f"`{' '.join(command[:3])} …` failed")


def built(name, version, build):
    """The program, built by `build(folder)` into a folder that becomes the cache's when all went well."""
    final = CACHE / f"{name}-{version}"
    if not (final / name).exists():
        unfinished = CACHE / f"{name}-{version}.unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(parents=True)
        build(unfinished)
        unfinished.rename(final)
    return final / name


def minio():
    module, version = MINIO

    def build(folder):
        (folder / "go.mod").write_text("module peer\n\ngo 1.24\n")
        run("go", "get", f"{module}@{version}", cwd=folder, GOFLAGS="-mod=mod")
        run("go", "build", "-trimpath", "-o", "minio", module, cwd=folder, CGO_ENABLED="0", GOFLAGS="-mod=mod")

    return built("minio", version, build)


def garage():
    def build(folder):
        features = ["--no-default-features", "--features", "bundled-libs,lmdb,sqlite"]
        run("cargo", "install", "garage", "--version", GARAGE, "--locked", *features, "--root", str(folder))
        (folder / "bin/garage").rename(folder / "garage")

    return built("garage", GARAGE, build)
