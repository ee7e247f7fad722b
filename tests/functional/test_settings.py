"""Settings from a TOML file, PIXELVAULT_… variables and flags, in rising order; a wrong one stops the start."""
import subprocess

import pytest

from client import Client, problem
from pictures import MEGABYTE, PNG, png_of_size
from server import BINARY, clean_environment

SETTINGS = ["data", "listen", "public-url", "default-plan", "threads", "log-level"]
WRONG = [
    ("listen", "nonsense"),
    ("listen", "127.0.0.1:99999"),
    ("listen", "127.0.0.1"),
    ("public-url", "not a url"),
    ("public-url", "ftp://example.com"),
    ("default-plan", "gold"),
    ("threads", "many"),
    ("threads", "-1"),
    ("log-level", "loud"),
]


def run(*arguments, **environment):
    return subprocess.run(
        [BINARY, *map(str, arguments)], capture_output=True, text=True, timeout=20, env=clean_environment(**environment)
    )


def refused(result, *words: str) -> None:
    """Ended at once with one sentence on stderr that names what is wrong."""
    assert result.returncode not in (0, -6, -11), result
    sentence = result.stderr.strip()
    assert len(sentence.splitlines()) == 1, sentence
    for word in words:
        assert word in sentence, sentence


def variable(name: str) -> str:
    return "PIXELVAULT_" + name.replace("-", "_").upper()


def key(name: str) -> str:
    return name.replace("-", "_")


def public_url_of(server) -> str:
    return Client(server).upload(PNG)["url"].rsplit("/", 2)[0]


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], ["serve", "--help"]])
def test_help_teaches(arguments):
    result = run(*arguments)
    assert result.returncode == 0
    assert "serve" in result.stdout
    if "serve" in arguments:
        for name in SETTINGS + ["config"]:
            assert f"--{name}" in result.stdout


def test_help_names_the_variables():
    text = run("serve", "--help").stdout + run("--help").stdout
    assert "PIXELVAULT_" in text


def test_version_is_told():
    result = run("version")
    assert result.returncode == 0
    assert result.stdout.strip().startswith("pixelvault 0.")
    assert len(result.stdout.splitlines()) == 1


@pytest.mark.parametrize("argument", ["--colour", "extra"])
def test_an_unknown_argument_is_named(argument):
    result = run("serve", argument)
    assert result.returncode != 0
    assert argument in result.stderr


@pytest.mark.parametrize("arguments", [["fly"], []])
def test_a_command_must_be_given(arguments):
    result = run(*arguments)
    assert result.returncode != 0
    assert result.stderr


@pytest.mark.parametrize("name, value", WRONG)
def test_a_wrong_flag_stops_the_start(name, value, tmp_path):
    listen = [] if name == "listen" else ["--listen", "127.0.0.1:0"]
    refused(run("serve", "--data", tmp_path / "d", *listen, f"--{name}={value}"), name)


@pytest.mark.parametrize("name, value", WRONG)
def test_a_wrong_variable_stops_the_start(name, value, tmp_path):
    listen = {} if name == "listen" else {"PIXELVAULT_LISTEN": "127.0.0.1:0"}
    result = run("serve", "--data", tmp_path / "d", **listen, **{variable(name): value})
    refused(result)
    assert name in result.stderr or variable(name) in result.stderr


@pytest.mark.parametrize("name", ["PIXELVAULT_PUBLIC_ULR", "PIXELVAULT_DATA_DIR", "PIXELVAULT_"])
def test_an_unknown_variable_is_named_and_ignored(name, start):
    assert name in start(environment={name: "x"}).output()


@pytest.mark.parametrize(
    "line",
    [
        'listen = "nonsense"',
        "listen = 8080",
        'public_url = "nope"',
        'default_plan = "gold"',
        "default_plan = 1",
        'threads = "many"',
        'log_level = "loud"',
        'colour = "red"',
        "[listen]",
    ],
)
def test_a_wrong_line_of_the_file_stops_the_start(line, tmp_path):
    file = tmp_path / "pixelvault.toml"
    file.write_text(line + "\n")
    listen = [] if "listen" in line else ["--listen", "127.0.0.1:0"]
    refused(run("serve", "--data", tmp_path / "d", *listen, "--config", file), line.split(" ")[0].strip("[]"))


def test_a_file_that_is_no_toml_is_named(tmp_path):
    file = tmp_path / "broken.toml"
    file.write_text("listen = = 5\n")
    refused(run("serve", "--data", tmp_path / "d", "--config", file), "broken.toml")


def test_a_file_that_is_not_there_is_named(tmp_path):
    refused(run("serve", "--data", tmp_path / "d", "--config", tmp_path / "absent.toml"), "absent.toml")


def test_a_data_folder_that_cannot_be_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    refused(run("serve", "--data", tmp_path / "file" / "d", "--listen", "127.0.0.1:0"), "data")


def test_a_port_in_use_is_told(start, tmp_path):
    port = start().port
    refused(run("serve", "--data", tmp_path / "d", "--listen", f"127.0.0.1:{port}"), "listen")


def test_the_flag_beats_the_variable_beats_the_file(start, tmp_path):
    file = tmp_path / "pixelvault.toml"
    file.write_text('public_url = "http://file.example"\n')
    config = ["--config", str(file)]
    variables = {"PIXELVAULT_PUBLIC_URL": "http://variable.example"}
    flag = ["--public-url", "http://flag.example"]
    assert public_url_of(start(*config)) == "http://file.example"
    assert public_url_of(start(*config, environment=variables)) == "http://variable.example"
    assert public_url_of(start(*config, *flag, environment=variables)) == "http://flag.example"
    assert public_url_of(start(environment=variables | {"PIXELVAULT_CONFIG": str(file)})) == "http://variable.example"


def test_every_setting_may_stand_in_the_file(start, tmp_path):
    file = tmp_path / "pixelvault.toml"
    file.write_text(
        'public_url = "https://cdn.example/base"\ndefault_plan = "pro"\nthreads = 1\nlog_level = "debug"\n'
        '# overruled by flags\nlisten = "127.0.0.1:1"\ndata = "/nonexistent"\n'
    )
    running = start("--config", str(file))
    registration = running.register()
    assert registration["data"]["plan"] == "pro"
    assert public_url_of(running) == "https://cdn.example/base"


def test_a_slash_at_the_end_of_the_public_url_is_not_doubled(start):
    assert public_url_of(start("--public-url", "https://cdn.example/")) == "https://cdn.example"


def test_the_default_plan_decides_how_large_a_file_may_be(start):
    client = Client(start("--default-plan", "unlimited"))
    assert client.post_raw(png_of_size(50 * MEGABYTE), "image/png").status_code == 201
    error = problem(client.post_raw(png_of_size(50 * MEGABYTE + 1), "image/png"), 413, "file_too_large")
    assert error["limit"] == 50 * MEGABYTE


def test_the_data_lies_in_data_of_the_working_folder_when_nothing_else_is_said(start):
    running = start(names_data=False)
    running.register()
    assert (running.folder / "data" / "pixelvault.db").is_file()


def test_help_tells_the_defaults():
    """That of --listen is told only: the port may be in use here."""
    text = run("serve", "--help").stdout
    assert "127.0.0.1:8080" in text and "[data]" in text
