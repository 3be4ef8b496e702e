"""Runs a command as a container does: when it ends, or when whoever started it is gone, nothing of it is left.

    python container.py COMMAND …        standard input: a pipe that stays open for as long as the command may run

Its exit code is the command's, or 137 where the command was killed.
"""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time

KILLED = 137
PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER = 1, 36
IS_LINUX = sys.platform == "linux"


def control(option: int, value: int) -> None:
    """prctl(2), of which macOS has nothing."""
    if IS_LINUX:
        ctypes.CDLL(None).prctl(option, value, 0, 0, 0)


def processes() -> dict[int, tuple[int, int]]:
    """(parent, group) of every process of this machine."""
    listed = subprocess.run(["ps", "-A", "-o", "pid=,ppid=,pgid="], capture_output=True, text=True, check=False).stdout if not IS_LINUX else proc()
    rows = [tuple(map(int, line.split())) for line in listed.splitlines()]
    return {pid: (parent, group) for pid, parent, group in rows}


def proc() -> str:
    rows = []
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                with open(f"/proc/{name}/stat") as file:
                    _, parent, group, *_ = file.read().rpartition(")")[2].split()
            except OSError:
                continue
            rows.append(f"{name} {parent} {group}")
    return "\n".join(rows)


def descendants(ancestor: int, group: int) -> list[int]:
    """Of the command's group, and everything that comes of this process, as children whose parents ended come to it (on Linux)."""
    table = processes()
    found = {ancestor}
    while True:
        more = {pid for pid, (parent, _) in table.items() if parent in found} - found
        if not more:
            break
        found |= more
    return [pid for pid in found | {pid for pid, (_, own) in table.items() if own == group} if pid != ancestor]


def end(group: int) -> None:
    """Kills all of it, until nothing is left."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        left = descendants(os.getpid(), group)
        for pid in left:
            try:
                os.kill(pid, signal.SIGKILL)
            except (ProcessLookupError, PermissionError):
                pass
        try:
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        except ChildProcessError:
            return
        if not left:
            return
        time.sleep(0.01)


def main(command: list[str]) -> int:
    control(PR_SET_CHILD_SUBREAPER, 1)
    child = os.fork()
    if child == 0:
        os.setsid()
        control(PR_SET_PDEATHSIG, signal.SIGKILL)
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, 0)
        try:
            os.execvp(command[0], command)
        except OSError as failure:
            print(f'exec: "{command[0]}": {failure.strerror}', flush=True)
            os._exit(127)

    def kill(*_: object) -> None:
        try:
            os.kill(child, signal.SIGKILL)
        except ProcessLookupError:
            pass

    def watch() -> None:
        while os.read(0, 4096):
            pass
        kill()

    signal.signal(signal.SIGTERM, kill)
    signal.signal(signal.SIGINT, kill)
    threading.Thread(target=watch, daemon=True).start()
    _, status = os.waitpid(child, 0)
    end(child)
    return os.WEXITSTATUS(status) if os.WIFEXITED(status) else 128 + os.WTERMSIG(status)


if __name__ == "__main__":
    # Whatever still waits for standard input must not keep this process from ending.
    code = main(sys.argv[1:])
    sys.stdout.flush()
    os._exit(code)
