"""A TypeScript client generated from the contract compiles in strict mode and works against the real server."""
import pathlib
import shutil
import subprocess

import pytest

from pictures import FOLDER as SAMPLES

ROOT = pathlib.Path(__file__).parents[2]
MODULES = ROOT / "web/node_modules"


def run(*command, folder) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def client_folder(tmp_path_factory):
    assert (MODULES / "openapi-typescript").is_dir(), "the tools are missing: run scripts/web all"
    folder = tmp_path_factory.mktemp("typescript") / "client"
    shutil.copytree(ROOT / "contract/clients/typescript", folder)
    (folder / "node_modules").symlink_to(MODULES)
    run("node", "generate.mjs", str(ROOT / "contract/openapi.yaml"), "api.d.ts", folder=folder)
    return folder


def compile_strictly(folder) -> str:
    return run("node", "node_modules/typescript/bin/tsc", "--project", ".", folder=folder)


def test_the_generated_client_compiles_and_works(server, client_folder):
    compile_strictly(client_folder)
    picture = SAMPLES / "photo-progressive.jpg"
    assert run("node", "out/smoke.js", server.base, str(picture), folder=client_folder) == "typescript: ok\n"


def test_a_field_that_is_not_in_the_contract_does_not_compile(client_folder, tmp_path):
    folder = tmp_path / "client"
    shutil.copytree(client_folder, folder, symlinks=True)
    program = folder / "smoke.ts"
    program.write_text(program.read_text().replace("image.sha256", "image.sha257"))
    with pytest.raises(AssertionError, match="sha257"):
        compile_strictly(folder)


def test_the_contract_is_linted_without_a_warning():
    done = run("node", "node_modules/@redocly/cli/bin/cli.js", "lint", "../contract/openapi.yaml", folder=ROOT / "web")
    assert "warning" not in done
    assert not (ROOT / "web/.redocly.lint-ignore.yaml").exists()
