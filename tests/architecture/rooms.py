"""The plan of the house, read from docs/rooms.txt: which room may include which, and whose headers go where."""
import dataclasses
import pathlib


@dataclasses.dataclass(frozen=True)
class Plan:
    rooms: dict[str, set[str]]  # room -> the rooms that it may include
    vendors: dict[str, set[str]]  # "<prefix" of an include -> the rooms where it may stand

    def room_of(self, path: str) -> str | None:
        """The room of `http/range.hpp` or `adapters/sql/x.cpp`: the longest listed folder above it."""
        parts = path.split("/")[:-1]
        folders = ("/".join(parts[:n]) for n in range(len(parts), 0, -1))
        return next((folder for folder in folders if folder in self.rooms), None)

    def rooms_of_vendor(self, header: str) -> set[str] | None:
        """Where `#include <header>` may stand, by the longest listed prefix; None when none is listed."""
        fitting = [prefix for prefix in self.vendors if f"<{header}>".startswith(prefix)]
        return self.vendors[max(fitting, key=len)] if fitting else None


def read_plan(root: pathlib.Path) -> Plan:
    plan = Plan({}, {})
    for line in (root / "docs/rooms.txt").read_text().splitlines():
        name, colon, rooms = line.partition("#")[0].strip().rpartition(":")
        if colon:
            (plan.vendors if name.startswith("<") else plan.rooms)[name.strip()] = set(rooms.split())
    return plan


# The headers of C++23 and C, which every room may include unless FORBIDDEN says otherwise.
STANDARD = set(
    """
algorithm any array atomic barrier bit bitset charconv chrono codecvt compare complex concepts condition_variable
coroutine deque exception execution expected filesystem format forward_list fstream functional future generator
initializer_list iomanip ios iosfwd iostream istream iterator latch limits list locale map mdspan memory
memory_resource mutex new numbers numeric optional ostream print queue random ranges ratio regex scoped_allocator
semaphore set shared_mutex source_location span spanstream sstream stack stacktrace stdexcept stdfloat stop_token
streambuf string string_view strstream syncstream system_error thread tuple type_traits typeindex typeinfo
unordered_map unordered_set utility valarray variant vector version
cassert cctype cerrno cfenv cfloat cinttypes climits clocale cmath csetjmp csignal cstdarg cstddef cstdint cstdio
cstdlib cstring ctime cuchar cwchar cwctype
""".split()
)

# The system's own: POSIX and Linux.
SYSTEM = set(
    """
dirent.h dlfcn.h errno.h fcntl.h getopt.h grp.h limits.h malloc.h netdb.h poll.h pthread.h pwd.h sched.h signal.h spawn.h
stdlib.h string.h syslog.h termios.h time.h unistd.h
""".split()
)
SYSTEM_FOLDERS = ("sys/", "linux/", "netinet/", "arpa/", "net/")

# These rooms decide and never touch the world, so neither the system's headers nor these may stand in them.
PURE_ROOMS = {"domain", "ports", "services"}
WORLD = {"filesystem", "fstream", "iostream", "random"}


def is_system(header: str) -> bool:
    return header in SYSTEM or header.startswith(SYSTEM_FOLDERS)


def touches_world(header: str) -> bool:
    return header in WORLD or is_system(header)
