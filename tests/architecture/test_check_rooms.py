"""The checker must fail for every kind of violation: each test plants one in a small house and sees it named."""
import pathlib
import shutil
import subprocess
import sys

import pytest

CHECKER = pathlib.Path(__file__).with_name("check_rooms.py")

HOUSE = {
    "docs/rooms.txt": "# comment\nbase:\ndomain: base\nports: base\nhttp: base\nadapters/sql: base\n"
    "api: base domain http\napp: base domain http api adapters/sql\n"
    "<boost/asio/awaitable.hpp>: base\n<boost/asio: base http\n<sqlite3.h>: adapters/sql\n",
    "CMakeLists.txt": "pixelvault_room(base THIRD_PARTY vendor_asio)\npixelvault_room(domain ROOMS base)\n"
    "pixelvault_room(ports ROOMS base)\npixelvault_room(http ROOMS base)\n"
    "pixelvault_room(adapters/sql ROOMS base THIRD_PARTY x)\n"
    "pixelvault_room(api ROOMS base domain http)\n"
    "pixelvault_room(app ROOMS base domain http api\n  adapters/sql)  # last\n",
    "src/main.cpp": '#include "app/run.hpp"\nint main() {}\n',
    "src/base/task.hpp": "#include <boost/asio/awaitable.hpp>\nvoid spawn() { asio::detached; }\n",
    "src/domain/image.hpp": '#include <string>\n#include "base/task.hpp"\n',
    "src/ports/clock.hpp": "#include <chrono>\n",
    "src/http/session.cpp": "#include <boost/asio/ip/tcp.hpp>\n#include <sys/sendfile.h>\n// never detached\n",
    "src/adapters/sql/store.cpp": "#include <sqlite3.h>\n",
    "src/api/routes.cpp": '#include "domain/image.hpp"\n',
    "src/app/build_app.cpp": '#include "base/task.hpp"\n',
    "src/app/run.hpp": "#pragma once\n",
}
ROOMS = ["base", "domain", "ports", "http", "adapters/sql", "api", "app"]


@pytest.fixture
def house(tmp_path):
    for name, text in HOUSE.items():
        write(tmp_path, name, text)
    for room in ROOMS:
        write(tmp_path, f"src/{room}/README.md", "What it is for.\n")
    return tmp_path


def write(house, name, text):
    path = house / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def check(house):
    result = subprocess.run([sys.executable, CHECKER, house], capture_output=True, text=True)
    return result.returncode, result.stdout + result.stderr


def assert_refused(house, words):
    status, output = check(house)
    assert status == 1, output
    assert words in output
    assert len(output.splitlines()) == 1, "one violation was planted:\n" + output


def test_a_clean_house_passes(house):
    assert check(house) == (0, "rooms: no violations\n")


@pytest.mark.parametrize(
    "name, text, words",
    [
        ("src/domain/x.cpp", '#include "http/y.hpp"\n', 'domain/x.cpp:1: "http/y.hpp" does not exist'),
        ("src/domain/x.cpp", '#include "domain/image.hpp"\n#include "api/../x"\n', "domain/x.cpp:2"),
        ("src/http/x.cpp", '#include "domain/image.hpp"\n', "http/x.cpp:1: http may not include domain"),
        ("src/domain/x.cpp", '#include "image.hpp"\n', '"image.hpp" is not "room/file.hpp"'),
        ("src/adapters/sql/x.cpp", '#  include "api/z.hpp"\n', "does not exist"),
        ("src/domain/x.hpp", "#include <sqlite3.h>\n", "<sqlite3.h> may not stand in domain"),
        ("src/http/x.cpp", "#include <boost/asio/awaitable.hpp>\n", "may not stand in http"),
        ("src/domain/x.cpp", "#include <boost/asio/ip/tcp.hpp>\n", "may not stand in domain"),
        ("src/app/x.cpp", "#include <curl/curl.h>\n", "belongs to no vendor"),
        ("src/app/x.cpp", "#include <base/task.hpp>\n", "belongs to no vendor"),
        ("src/app/x.cpp", "#include HEADER\n", "cannot be checked"),
        ("src/domain/x.cpp", "#include <fstream>\n", "touches the world"),
        ("src/domain/x.cpp", "#include <unistd.h>\n", "touches the world"),
        ("src/cellar/x.cpp", "int x;\n", "src/cellar/x.cpp: lies in no room"),
        ("src/x.hpp", "int x;\n", "src/x.hpp: lies in no room"),
        ("src/adapters/x.cpp", "int x;\n", "src/adapters/x.cpp: lies in no room"),
        ("src/http/x.cpp", "co_spawn(f(), asio::detached);\n", "`detached` is for base only"),
        ("src/http/x.cpp", "co_await f({.a = 1});\n", "a braced temporary in a co_await"),
        ("src/http/x.cpp", "int x;\nauto y =\n  co_await f(\n  {.a = 1});\n", "a braced temporary in a co_await"),
        ("src/http/x.cpp", "co_return done || co_await f();\n", "is decided inside its expression"),
        ("src/http/x.cpp", "if (ready && !co_await f()) return;\n", "is decided inside its expression"),
        (
            "src/http/x.cpp",
            "auto x = co_await f(a ? b() : c()) ? 1 : co_await g();\n",
            "is decided inside its expression",
        ),
        ("src/api/routes.cpp", "\n" * 91, "do not fit a screen"),
        ("src/app/build_app.cpp", "\n" * 91, "do not fit a screen"),
        ("src/ports/blob_store.hpp", "\n" * 91, "do not fit a screen"),
        ("src/http/README.md", "line\n" * 31, "31 lines, more than 30"),
        ("docs/x.md", "see /" + "work/main\n", "names a path of one machine"),
        ("scripts/x", "cp /" + "root/key .\n", "names a path of one machine"),
    ],
)
def test_a_violation_is_named(house, name, text, words):
    write(house, name, text)
    assert_refused(house, words)


@pytest.mark.parametrize("name", ["src/api/routes.cpp", "src/app/build_app.cpp", "src/domain/README.md"])
def test_what_explains_the_house_must_exist(house, name):
    (house / name).unlink()
    assert_refused(house, f"{name}: missing")


@pytest.mark.parametrize(
    "old, new, words",
    [
        ("(domain ROOMS base)", "(domain ROOMS base http)", "domain differs from docs/rooms.txt in http"),
        ("(api ROOMS base domain http)", "(api ROOMS base http)", "api differs from docs/rooms.txt in domain"),
        ("pixelvault_room(http ROOMS base)", "", "do not both know http"),
    ],
)
def test_cmake_must_agree_with_the_plan(house, old, new, words):
    write(house, "CMakeLists.txt", HOUSE["CMakeLists.txt"].replace(old, new))
    assert_refused(house, words)


def test_a_room_without_sources_in_the_plan_is_named(house):
    shutil.rmtree(house / "src/ports")
    status, output = check(house)
    assert status == 1
    assert "src/ports/README.md: missing" in output
