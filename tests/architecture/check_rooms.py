#!/usr/bin/env python3
"""Fails when the sources break the plan of docs/rooms.txt or another rule of the house.

    check_rooms.py ROOT      prints each violation as `file:line: what` and exits 1 when there is one
"""
import pathlib
import re
import sys

import house_rules
from rooms import PURE_ROOMS, STANDARD, Plan, is_system, read_plan, touches_world

SOURCE_SUFFIXES = {".hpp", ".cpp", ".h", ".c", ".cc", ".hh", ".ipp"}
INCLUDE = re.compile(r"^\s*#\s*include\s*(.*)")
OUTSIDE_ROOMS = {"main.cpp"}


def check_quoted(src: pathlib.Path, plan: Plan, room: str | None, path: str):
    to = plan.room_of(path)
    if to is None:
        return f'"{path}" is not "room/file.hpp" of a listed room'
    if not (src / path).is_file():
        return f'"{path}" does not exist'
    if room and to != room and to not in plan.rooms[room]:
        return f"{room} may not include {to}"
    return None


def check_angled(plan: Plan, room: str | None, header: str):
    vendor_rooms = plan.rooms_of_vendor(header)
    if vendor_rooms is not None:
        allowed = room is None or room in vendor_rooms
        return None if allowed else f"<{header}> may not stand in {room}"
    if header not in STANDARD and not is_system(header):
        return f"<{header}> belongs to no vendor that docs/rooms.txt lists"
    if room in PURE_ROOMS and touches_world(header):
        return f"<{header}> touches the world, and {room} must not"
    return None


def check_include(src: pathlib.Path, plan: Plan, room: str | None, rest: str):
    if quoted := re.match(r'"([^"]+)"', rest):
        return check_quoted(src, plan, room, quoted[1])
    if angled := re.match(r"<([^>]+)>", rest):
        return check_angled(plan, room, angled[1])
    return f"the include of {rest} cannot be checked"


def check_includes(root: pathlib.Path, plan: Plan):
    src = root / "src"
    for path in sorted(p for p in src.rglob("*") if p.suffix in SOURCE_SUFFIXES):
        name = path.relative_to(src).as_posix()
        room = plan.room_of(name)
        if room is None and name not in OUTSIDE_ROOMS:
            yield f"src/{name}: lies in no room that docs/rooms.txt lists"
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1):
            match = INCLUDE.match(line)
            if match and (wrong := check_include(src, plan, room, match[1])):
                yield f"src/{name}:{number}: {wrong}"


def check_cmake(root: pathlib.Path, plan: Plan):
    """CMake's rooms link what docs/rooms.txt lets them include, no more and no less."""
    text = re.sub(r"#.*", "", (root / "CMakeLists.txt").read_text())
    built = {}
    for call in re.findall(r"pixelvault_room\(([^)]*)\)", text):
        name, *words = call.split()
        rooms = " ".join(words).partition("THIRD_PARTY")[0].replace("ROOMS", "")
        built[name] = set(rooms.split())
    for room in sorted(built.keys() | plan.rooms.keys()):
        if room not in built or room not in plan.rooms:
            yield f"CMakeLists.txt: docs/rooms.txt and pixelvault_room() do not both know {room}"
        elif built[room] != plan.rooms[room]:
            differing = ", ".join(sorted(built[room] ^ plan.rooms[room]))
            yield f"CMakeLists.txt: {room} differs from docs/rooms.txt in {differing}"


def violations(root: pathlib.Path):
    plan = read_plan(root)
    yield from check_includes(root, plan)
    yield from check_cmake(root, plan)
    yield from house_rules.check_readmes(root, plan)
    yield from house_rules.check_screens(root)
    yield from house_rules.check_detached(root)
    yield from house_rules.check_co_await(root)
    yield from house_rules.check_conditional_awaits(root)
    yield from house_rules.check_machine_paths(root)


def main() -> int:
    if len(sys.argv) != 2 or sys.argv[1] in ("-h", "--help"):
        print(__doc__)
        return 2
    found = list(violations(pathlib.Path(sys.argv[1]).resolve()))
    print("\n".join(found) if found else "rooms: no violations")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
