"""Rules of the house that are not about includes: screens, READMEs, detached coroutines, foreign paths."""
import os
import pathlib
import re

from rooms import Plan

SCREEN = 90  # lines: what fits a large editor window without scrolling
README_LINES = 30
SKIPPED_FOLDERS = {".git", "build", "data", "__pycache__", ".pytest_cache", "node_modules"}
# Home and build folders of one machine; written so that this file is not a finding itself.
MACHINE_PATH = re.compile(r"(?:^|[^\w.-])/(?:wor[k]|roo[t]|hom[e]/\w+)/")


def line_count(path: pathlib.Path) -> int:
    return len(path.read_text(errors="replace").splitlines())


def check_screens(root: pathlib.Path):
    """The composition root, the route table and each port explain the server only as long as one can see them."""
    screens = [root / "src/app/build_app.cpp", root / "src/api/routes.cpp"]
    for path in screens + sorted((root / "src/ports").glob("*.hpp")):
        name = path.relative_to(root)
        if not path.exists():
            yield f"{name}: missing, but it is one of the three screens that explain the server"
        elif (lines := line_count(path)) > SCREEN:
            yield f"{name}: {lines} lines do not fit a screen ({SCREEN})"


def check_readmes(root: pathlib.Path, plan: Plan):
    for room in plan.rooms:
        readme = root / "src" / room / "README.md"
        if not readme.exists():
            yield f"src/{room}/README.md: missing; every room says what it is for"
        elif (lines := line_count(readme)) > README_LINES:
            yield f"src/{room}/README.md: {lines} lines, more than {README_LINES}"


def check_detached(root: pathlib.Path):
    """A coroutine outside every task group outlives what it uses; only base may start one."""
    for path in sorted((root / "src").rglob("*.[ch]pp")):
        if path.relative_to(root / "src").parts[0] == "base":
            continue
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1):
            if re.search(r"\bdetached\b", line.partition("//")[0]):
                yield f"{path.relative_to(root)}:{number}: `detached` is for base only; use a task group"


def statements(text: str):
    """The statements of a source, roughly: what stands between semicolons, without comments, and its first line."""
    text = re.sub(r"//[^\n]*", "", text)
    start = 0
    for end in re.finditer(r";", text):
        yield text.count("\n", 0, start) + 1, text[start : end.start()]
        start = end.end()


def check_co_await(root: pathlib.Path):
    """GCC 12 destroys a braced temporary inside a co_await expression twice (docs/decisions/0006)."""
    for folder in ("src", "tests", "bench"):
        for path in sorted((root / folder).rglob("*.[ch]pp")):
            for number, statement in statements(path.read_text(errors="replace")):
                # Of a block, only what belongs to the awaiting expression itself.
                expression = re.split(r"[{}]\s*\n", statement)[-1]
                if "co_await" in expression and re.search(r"\{\s*\.\w", expression):
                    yield f"{path.relative_to(root)}:{number}: a braced temporary in a co_await expression"


# An operator that decides whether what follows is evaluated at all; `&&` before a name may also be a reference.
DECIDES = re.compile(r"\|\||&&(?!\s*\w+\s*[,)>=])|\?")


def check_conditional_awaits(root: pathlib.Path):
    """GCC 12 awaits what stands behind `||`, `&&` and `?` whether or not it should (docs/decisions/0006)."""
    for path in sorted((root / "src").rglob("*.[ch]pp")):
        text = re.sub(r'"(?:\\.|[^"\\])*"', '""', path.read_text(errors="replace"))
        for number, statement in statements(text):
            expression = re.split(r"[{}]|\)\s*(?=\w+ = co_await|co_return)", statement)[-1]
            before, awaits, after = expression.rpartition("co_await")
            if awaits and (DECIDES.search(before) or "?" in after):
                yield f"{path.relative_to(root)}:{number}: whether this co_await runs is decided inside its expression"


def text_files(root: pathlib.Path):
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(set(folders) - SKIPPED_FOLDERS)
        for name in sorted(names):
            path = pathlib.Path(folder, name)
            if name in SKIPPED_FOLDERS or not path.is_file():  # `.git` is a file in a worktree
                continue
            data = path.read_bytes()
            if b"\0" not in data:
                yield path, data.decode(errors="replace")


def check_machine_paths(root: pathlib.Path):
    for path, text in text_files(root):
        for number, line in enumerate(text.splitlines(), 1):
            if MACHINE_PATH.search(line):
                yield f"{path.relative_to(root)}:{number}: names a path of one machine"
