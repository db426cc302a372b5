"""Run one command in a room of its own, and see that it keeps to its limits.

Started as a script (``python -I -S confine.py``) with its settings as JSON in the one argument. It
uses the standard library alone and loads no module of ours, so that nothing is in its memory that a
student should not see.

On Linux, where the system allows it, the command gets namespaces of its own: no network, no other
process, and a file system that holds Python, the course without its answers, and an empty folder in
memory; whatever it changes is gone when it ends. It runs as a user without rights, and the kernel
refuses it what a notebook does not need (`_refuse`). Elsewhere it gets what the system has: limits of
memory, files and processes on Linux and macOS, of time everywhere.

The process that waits for the command (the warden) is the first of its namespace: when it ends, the
kernel ends all others, whatever they did to escape.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import signal
import struct
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NoReturn

OUT_OF_MEMORY = 91
OUT_OF_TIME = 92
NO_NAMESPACES = 93
"""Exit codes of ours; any other is the command's."""

STUDENT = 60_000
"""The user number in the room: it owns nothing outside."""

HOME = "/home/student"

_CLONE_FLAGS = {
    "mount": 0x00020000,
    "names": 0x04000000,
    "messages": 0x08000000,
    "users": 0x10000000,
    "processes": 0x20000000,
    "network": 0x40000000,
}
_READ_ONLY, _NO_SUID, _NO_DEVICES, _NO_PROGRAMS = 1, 2, 4, 8
_REMOUNT, _BIND, _RECURSIVE, _PRIVATE = 32, 4096, 16384, 1 << 18
_DETACH = 2
_SIGNAL_AT_PARENTS_DEATH, _DUMPABLE, _DROP_CAPABILITY, _NO_NEW_RIGHTS, _SUBREAPER = 1, 4, 24, 38, 36
_FILTER_CALLS, _WITH_FILTER = 22, 2
# Not "zero": shared memory made from it would be counted nowhere.
_DEVICES = ("null", "full", "random", "urandom")

# What the kernel refuses in a room, by the machine's name: numbers on x86-64 and on 64-bit ARM.
_REFUSED = {
    # Memory that no process is charged for, so that no limit would see it.
    **{"memfd_create": (319, 279), "memfd_secret": (447, 447), "shmget": (29, 194)},
    **{"shmat": (30, 196), "msgget": (68, 186), "semget": (64, 190), "mq_open": (240, 180)},
    **{"vmsplice": (278, 75)},
    # Other processes, and keys that a process has from the one that started it.
    **{"ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271)},
    **{"pidfd_getfd": (438, 438), "kcmp": (312, 272), "move_pages": (279, 239)},
    **{"add_key": (248, 217), "request_key": (249, 218), "keyctl": (250, 219)},
    # File systems and namespaces.
    **{"mount": (165, 40), "umount2": (166, 39), "pivot_root": (155, 41), "chroot": (161, 51)},
    **{"unshare": (272, 97), "setns": (308, 268), "open_tree": (428, 428), "fsopen": (430, 430)},
    **{"move_mount": (429, 429), "fsmount": (432, 432), "fspick": (433, 433)},
    **{"mount_setattr": (442, 442), "name_to_handle_at": (303, 264)},
    **{"open_by_handle_at": (304, 265), "quotactl": (179, 60), "fanotify_init": (300, 262)},
    # Parts of the kernel in which most of its flaws were found, and what only an administrator does.
    **{"bpf": (321, 280), "io_uring_setup": (425, 425), "userfaultfd": (323, 282)},
    **{"perf_event_open": (298, 241), "init_module": (175, 105), "finit_module": (313, 273)},
    **{"delete_module": (176, 106), "kexec_load": (246, 104), "kexec_file_load": (320, 294)},
    **{"swapon": (167, 224), "swapoff": (168, 225), "syslog": (103, 116), "acct": (163, 89)},
}
_MACHINES = {"x86_64": (0xC000003E, 0), "aarch64": (0xC00000B7, 1)}
_MAP_MEMORY, _SET_SOCKET = (9, 222), (54, 208)
_SHARED_AND_OF_NO_FILE = 0x21
_SOCKET_LEVEL, _SIZES_OF_BUFFERS = 1, (7, 8, 32, 33)
_SECONDS_BETWEEN_LOOKS = 0.1


def main(settings: dict[str, Any]) -> int:
    """Run the command of the settings in its room and return its exit code, or one of ours."""
    if not settings["namespaces"]:
        return _with_limits_only(settings)
    return _in_namespaces(settings)


def _in_namespaces(settings: dict[str, Any]) -> int:
    _control(_SIGNAL_AT_PARENTS_DEATH, signal.SIGKILL)
    ready, say_ready = os.pipe()
    go, say_go = os.pipe()
    child = os.fork()
    if not child:
        os.close(ready)
        os.close(say_go)
        _end_with(lambda: _namespace_of(settings, say_ready, go))
    os.close(say_ready)
    os.close(go)
    if os.read(ready, 1) == b"y":
        # Only somebody outside may map more than the own user into the new namespace.
        _map_users(child)
        os.write(say_go, b"y")
    os.close(say_go)
    return _code(os.waitpid(child, 0)[1])


def _namespace_of(settings: dict[str, Any], say_ready: int, go: int) -> int:
    _control(_SIGNAL_AT_PARENTS_DEATH, signal.SIGKILL)
    try:
        _call("unshare", sum(_CLONE_FLAGS.values()))
    except OSError:
        return NO_NAMESPACES
    os.write(say_ready, b"y")
    if os.read(go, 1) != b"y":
        return NO_NAMESPACES
    os.close(say_ready)
    os.close(go)
    first = os.fork()
    if not first:
        _end_with(lambda: _first_of_namespace(settings))
    return _code(os.waitpid(first, 0)[1])


def _map_users(child: int) -> None:
    folder = Path(f"/proc/{child}")
    user, group = os.geteuid(), os.getegid()
    try:
        if user == 0:
            # The warden stays root, to mount; the command becomes STUDENT.
            (folder / "uid_map").write_text(f"0 0 {2**32 - 1}")
            (folder / "gid_map").write_text(f"0 0 {2**32 - 1}")
        else:
            (folder / "setgroups").write_text("deny")
            (folder / "uid_map").write_text(f"{STUDENT} {user} 1")
            (folder / "gid_map").write_text(f"{STUDENT} {group} 1")
    except OSError:
        os.kill(child, signal.SIGKILL)


def _first_of_namespace(settings: dict[str, Any]) -> int:
    _control(_SIGNAL_AT_PARENTS_DEATH, signal.SIGKILL)
    _control(_DUMPABLE, 0)
    try:
        _furnish(settings)
    except OSError:
        return NO_NAMESPACES
    command = os.fork()
    if not command:
        _end_with(lambda: _become_student(settings))
    return _watch(command, settings, _all_others, kill_others=lambda: os.kill(-1, signal.SIGKILL))


def _furnish(settings: dict[str, Any]) -> None:
    """Build the file system of the room, and leave the system's own behind."""
    root = settings["root"]
    _mount(None, "/", None, _RECURSIVE | _PRIVATE)
    size = f"size={settings['disk_bytes']},nr_inodes=20000,mode=755"
    _mount("tmpfs", root, "tmpfs", _NO_SUID | _NO_DEVICES, size)
    for source, place in settings["shows"]:
        _show(Path(source), Path(root + place))
    for hidden in settings["hides"]:
        place = Path(root + hidden)
        if place.is_dir():
            _mount("tmpfs", str(place), "tmpfs", _NO_SUID | _NO_DEVICES, "size=4k,mode=555")
        elif place.is_file():
            _mount("/dev/null", str(place), None, _BIND)
    _make_read_only(root)
    device_folder = Path(root, "dev")
    device_folder.mkdir(exist_ok=True)
    for name in _DEVICES:
        (device_folder / name).touch()
        _mount(f"/dev/{name}", str(device_folder / name), None, _BIND)
    for place in ("proc", "etc", "tmp", "dev/shm", HOME[1:], ".before"):
        Path(root, place).mkdir(parents=True, exist_ok=True)
    for place in ("tmp", "dev/shm", HOME[1:]):
        Path(root, place).chmod(0o1777)
    Path(root, "etc/passwd").write_text(f"student:x:{STUDENT}:{STUDENT}::{HOME}:/bin/false\n")
    Path(root, "etc/group").write_text(f"student:x:{STUDENT}:\n")
    # The warden is not to be seen: its command line names folders of the instructor's.
    flags = _NO_SUID | _NO_DEVICES | _NO_PROGRAMS
    try:
        _mount("proc", f"{root}/proc", "proc", flags, "hidepid=ptraceable")
    except OSError:
        # Before Linux 5.8 there is only a way that shows all to the group with the number 0.
        _mount("proc", f"{root}/proc", "proc", flags, "hidepid=2")
    os.chdir(root)
    _call("pivot_root", b".", b".before")
    os.chdir("/")
    _call("umount2", b"/.before", _DETACH)
    Path("/.before").rmdir()
    # Room in a room: a namespace of users made in here would give rights that were taken away.
    Path("/proc/sys/user/max_user_namespaces").write_text("0")


def _show(source: Path, place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    if source.is_symlink():
        place.symlink_to(source.readlink())
        return
    if source.is_dir():
        place.mkdir(parents=True, exist_ok=True)
    else:
        place.touch()
    _mount(str(source), str(place), None, _BIND | _RECURSIVE)


def _make_read_only(root: str) -> None:
    mounts = Path("/proc/self/mountinfo").read_text().splitlines()
    places = [line.split()[4].encode().decode("unicode_escape") for line in mounts]
    for place in places:
        if place.startswith(f"{root}/"):
            flags = _BIND | _REMOUNT | _READ_ONLY | _NO_SUID | _NO_DEVICES
            try:
                _mount(None, place, None, flags)
            except OSError:
                # A file system that must not run programs keeps that when it is mounted again.
                _mount(None, place, None, flags | _NO_PROGRAMS)


def _become_student(settings: dict[str, Any]) -> int:
    os.setsid()
    _limit(settings["limits"])
    for capability in range(64):
        # Numbers that this kernel does not know are refused, which is as well.
        _libc().prctl(_DROP_CAPABILITY, capability, 0, 0, 0)
    if os.geteuid() == 0:
        os.setgroups([])
        os.setresgid(STUDENT, STUDENT, STUDENT)
        os.setresuid(STUDENT, STUDENT, STUDENT)
    _control(_NO_NEW_RIGHTS, 1)
    _refuse()
    os.chdir(HOME)
    os.execve(settings["command"][0], settings["command"], settings["environment"])


def _with_limits_only(settings: dict[str, Any]) -> int:
    linux = sys.platform.startswith("linux")
    if linux:
        _control(_SIGNAL_AT_PARENTS_DEATH, signal.SIGKILL)
        # Processes that leave their parent become ours, so that none is overlooked.
        _control(_SUBREAPER, 1)
        settings["limits"]["processes"] += _processes_of_user()
    command = os.fork()
    if not command:
        _end_with(lambda: _become_limited(settings))
    own = os.getpid()
    members = (lambda: _descendants(own)) if linux else (lambda: iter(()))

    def kill() -> None:
        for process in (*members(), command, -command):
            _kill_quietly(process)

    code = _watch(command, settings, members, kill)
    while linux and any(True for _ in members()):
        kill()
        _reap()
        time.sleep(_SECONDS_BETWEEN_LOOKS)
    return code


def _become_limited(settings: dict[str, Any]) -> int:
    os.setsid()
    _limit(settings["limits"])
    if sys.platform.startswith("linux"):
        with contextlib.suppress(OSError):  # what can be had is had
            _control(_NO_NEW_RIGHTS, 1)
            _refuse()
    os.chdir(settings["folder"])
    os.execve(settings["command"][0], settings["command"], settings["environment"])


def _refuse() -> None:
    """Have the kernel refuse this process and all its children what no notebook needs.

    Raises
    ------
    OSError
        This system cannot.
    """
    program = b"".join(_filter(os.uname().machine))
    instructions = ctypes.create_string_buffer(program, len(program))
    described = struct.pack("HP", len(program) // 8, ctypes.addressof(instructions))
    place = ctypes.create_string_buffer(described, len(described))
    _call("prctl", _FILTER_CALLS, _WITH_FILTER, place, 0, 0)


def _filter(machine: str) -> Iterator[bytes]:
    """Give the instructions by which the kernel decides about each call (of BPF, as `seccomp` has it)."""
    if machine not in _MACHINES:
        raise OSError(f"no list of calls for {machine}")
    kind, column = _MACHINES[machine]
    allow, refuse, no_memory, pretend = 0x7FFF0000, 0x50000 + 38, 0x50000 + 12, 0x50000

    def load(offset: int) -> bytes:
        return struct.pack("HBBI", 0x20, 0, 0, offset)

    def unless_equal(value: int, skip: int) -> bytes:
        return struct.pack("HBBI", 0x15, 0, skip, value)

    def end(decision: int) -> bytes:
        return struct.pack("HBBI", 0x06, 0, 0, decision)

    yield load(4)
    yield struct.pack("HBBI", 0x15, 1, 0, kind)
    yield end(refuse)
    yield load(0)
    # Calls of another kind of program that the same machine runs have other numbers.
    yield struct.pack("HBBI", 0x35, 0, 1, 0x40000000)
    yield end(refuse)
    for numbers in _REFUSED.values():
        yield from (unless_equal(numbers[column], 1), end(refuse))
    yield unless_equal(_MAP_MEMORY[column], 5)
    yield load(16 + 3 * 8)
    yield struct.pack("HBBI", 0x54, 0, 0, _SHARED_AND_OF_NO_FILE)
    yield from (unless_equal(_SHARED_AND_OF_NO_FILE, 1), end(no_memory), end(allow))
    # Larger buffers than usual: the call succeeds and does nothing.
    yield unless_equal(_SET_SOCKET[column], 3 + 2 * len(_SIZES_OF_BUFFERS))
    yield load(16 + 8)
    yield unless_equal(_SOCKET_LEVEL, 1 + 2 * len(_SIZES_OF_BUFFERS))
    yield load(16 + 2 * 8)
    for option in _SIZES_OF_BUFFERS:
        yield from (unless_equal(option, 1), end(pretend))
    yield end(allow)


def _watch(
    command: int,
    settings: dict[str, Any],
    members: Callable[[], Iterator[int]],
    kill_others: Callable[[], None],
) -> int:
    """Wait for the command; stop everything when time or the sum of memory is used up."""
    end = time.monotonic() + settings["seconds"]
    grader = os.getppid()
    while True:
        ended = _reap()
        if command in ended:
            return _code(ended[command])
        # A grader that was killed leaves nobody who would read what comes.
        too_late = time.monotonic() > end or os.getppid() != grader
        held = _buffers() if settings["namespaces"] else 0
        if too_late or _is_over(settings["memory_bytes"] - held, list(members())):
            kill_others()
            return OUT_OF_TIME if too_late else OUT_OF_MEMORY
        time.sleep(_SECONDS_BETWEEN_LOOKS)


def _reap() -> dict[int, int]:
    ended = {}
    while True:
        try:
            process, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return ended
        if not process:
            return ended
        ended[process] = status


def _all_others() -> Iterator[int]:
    return (int(name) for name in os.listdir("/proc") if name.isdecimal() and name != "1")


def _descendants(ancestor: int) -> Iterator[int]:
    parents = {}
    for name in os.listdir("/proc"):
        if name.isdecimal():
            try:
                status = Path("/proc", name, "stat").read_text()
                parents[int(name)] = int(status.rpartition(")")[2].split()[1])
            except (OSError, ValueError, IndexError):
                continue
    known = {ancestor}
    growing = True
    while growing:
        more = {process for process, parent in parents.items() if parent in known} - known
        known |= more
        growing = bool(more)
    return iter(known - {ancestor})


def _is_over(most: int, processes: Sequence[int]) -> bool:
    """Say whether processes hold more memory than that together.

    Pages that a process shares with the one it was forked from are counted once; as that takes longer to
    find out, it is asked only when the simple sum is too large.
    """
    return _sum(_resident, processes) > most and _sum(_proportional, processes) > most


def _buffers() -> int:
    """Give what the buffers of all sockets of the room can hold: no process is charged for them."""
    try:
        known = Path("/proc/self/net/sockstat").read_text().split()
        return int(known[known.index("used") + 1]) * _size_of_buffer()
    except (OSError, ValueError, IndexError):
        return 0


def _size_of_buffer() -> int:
    try:
        return int(Path("/proc/sys/net/core/wmem_default").read_text())
    except (OSError, ValueError):
        return 212_992  # what the kernel takes; not every system shows it in a room


def _sum(measure: Callable[[Path], int], processes: Sequence[int]) -> int:
    total = 0
    for process in processes:
        try:
            total += measure(Path(f"/proc/{process}"))
        except (OSError, ValueError, IndexError):
            continue
    return total


def _resident(process: Path) -> int:
    return int((process / "statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def _proportional(process: Path) -> int:
    for line in (process / "smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024
    return 0


def _processes_of_user() -> int:
    """Count the processes (threads, to be exact) that the user has already: the limit counts them."""
    user, count = os.getuid(), 0
    for name in os.listdir("/proc"):
        if name.isdecimal():
            try:
                if os.stat(f"/proc/{name}").st_uid == user:
                    count += len(os.listdir(f"/proc/{name}/task"))
            except OSError:
                continue
    return count


def _limit(limits: dict[str, int]) -> None:
    import resource

    for name, kind in (
        ("address_space_bytes", "RLIMIT_AS"),
        ("file_bytes", "RLIMIT_FSIZE"),
        ("open_files", "RLIMIT_NOFILE"),
        ("processes", "RLIMIT_NPROC"),
        ("processor_seconds", "RLIMIT_CPU"),
        ("core_bytes", "RLIMIT_CORE"),
    ):
        if not hasattr(resource, kind) or (
            kind in ("RLIMIT_AS", "RLIMIT_NPROC") and sys.platform == "darwin"
        ):
            continue  # macOS counts memory and processes in ways that stop Python itself
        which = getattr(resource, kind)
        most = resource.getrlimit(which)[1]
        value = limits[name] if most == resource.RLIM_INFINITY else min(limits[name], most)
        resource.setrlimit(which, (value, value))


def _kill_quietly(process: int) -> None:
    try:
        os.kill(process, signal.SIGKILL)
    except OSError:
        return


def _code(status: int) -> int:
    return os.waitstatus_to_exitcode(status) % 256


def _end_with(work: Callable[[], int]) -> NoReturn:
    """Do the work of a forked process, and never return into the code of its parent."""
    code = 1
    try:
        code = work()
    finally:
        os._exit(code)


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _call(name: str, *arguments: int | bytes | None) -> None:
    if getattr(_libc(), name)(*arguments) != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{name}: {os.strerror(number)}")


def _control(option: int, value: int) -> None:
    _call("prctl", option, value, 0, 0, 0)


def _mount(
    source: str | None, target: str, kind: str | None, flags: int, options: str | None = None
) -> None:
    texts = [None if text is None else os.fsencode(text) for text in (source, target, kind)]
    data = None if options is None else options.encode()
    _call("mount", *texts, ctypes.c_ulong(flags), data)


def arguments_of(settings: dict[str, Any], python: str) -> Sequence[str]:
    """Give the command line that runs this module with some settings."""
    return [python, "-I", "-S", __file__, json.dumps(settings)]


if __name__ == "__main__":
    sys.exit(main(json.loads(sys.argv[1])))
