"""Every example of the documentation is run as it stands: ```bash calls a server, ```toml configures one.

Blocks marked ```sh are commands of the project itself (scripts/…), which CI runs in its own steps.
"""
import json
import os
import pathlib
import re
import subprocess

import pytest

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


@pytest.mark.parametrize("command", examples("bash"))
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
    assert len(examples("bash")) >= 4
    assert examples("toml")


@pytest.mark.parametrize("document", [*DOCUMENTS, ROOT / "CONTRIBUTING.md"], ids=lambda path: path.name)
def test_every_link_leads_to_a_file(document):
    missing = [link for link in LINK.findall(document.read_text()) if not (document.parent / link).exists()]
    assert not missing
