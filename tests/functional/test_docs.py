"""Every example of the documentation is run as it stands: ```bash calls or administers a server, ```toml configures one.

Blocks marked ```sh are commands of the project itself (scripts/…), which CI runs in its own steps.
"""
import json
import os
import pathlib
import re
import subprocess

import pytest

from pictures import unique_png
from server import BINARY, clean_environment

ROOT = pathlib.Path(__file__).parents[2]
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")


def examples(language):
    return [
        pytest.param(text, id=f"{document.name}-{number}")
        for document in DOCUMENTS
        for number, (kind, text) in enumerate(BLOCK.findall(document.read_text()))
        if kind == language
    ]


def calls():
    return [example for example in examples("bash") if "pixelvault " not in example.values[0]]


def administration():
    return [example for example in examples("bash") if "pixelvault admin" in example.values[0]]


def operations():
    commands = [example for example in examples("bash") if "pixelvault " in example.values[0]]
    return [example for example in commands if "pixelvault admin" not in example.values[0]]


@pytest.mark.parametrize("command", administration())
def test_an_administration_in_the_docs_works_as_it_is_written(server, command, tmp_path):
    (tmp_path / "pixelvault").symlink_to(BINARY)
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", command.replace("--data data", f"--data '{server.data}'")],
        env=clean_environment(PATH=f"{tmp_path}:{os.environ['PATH']}"),
        timeout=60,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert "me@example.com" in done.stdout


@pytest.mark.parametrize("command", operations())
def test_an_operation_in_the_docs_works_as_it_is_written(server, client, command, tmp_path):
    client.upload(unique_png())
    (tmp_path / "pixelvault").symlink_to(BINARY)
    command = command.replace("--data data", f"--data '{server.data}'").replace("/mnt/backup", "backup")
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", command],
        cwd=tmp_path,
        env=clean_environment(PATH=f"{tmp_path}:{os.environ['PATH']}"),
        timeout=60,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("command", calls())
def test_a_call_in_the_docs_works_as_it_is_written(server, client, command):
    command = command.replace("http://127.0.0.1:8080", server.base)
    if "/register" in command:  # the address in the docs may be taken by the example before
        command = command.replace("you@", f"{os.urandom(8).hex()}@")
    done = subprocess.run(
        ["bash", "-ec", command],
        cwd=ROOT,
        env=os.environ | {"KEY": client.key},
        timeout=60,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert "error" not in json.loads(done.stdout), done.stdout


@pytest.mark.parametrize("settings", examples("toml"))
def test_a_configuration_in_the_docs_is_accepted(start, tmp_path, settings):
    file = tmp_path / "pixelvault.toml"
    file.write_text(settings)
    server = start("--config", str(file))  # the flag --listen wins over the file's port
    assert server.base


def test_there_are_examples_to_run():
    assert len(calls()) >= 4
    assert administration()
    assert operations()
    assert examples("toml")


@pytest.mark.parametrize("document", [*DOCUMENTS, ROOT / "CONTRIBUTING.md"], ids=lambda path: path.name)
def test_every_link_leads_to_a_file(document):
    missing = [link for link in LINK.findall(document.read_text()) if not (document.parent / link).exists()]
    assert not missing
