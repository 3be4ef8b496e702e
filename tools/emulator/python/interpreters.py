"""The Python of jobs. An image is not run: its Python is one of this machine, with what Metaflow's jobs need to begin (boto3, requests).

The image python:3.12, which Metaflow takes where the client's Python is 3.12, is the machine's python3.12. Where there is none, and for
every other image, it is the emulated AWS's own Python. --job-python names another one for all jobs, with packages of its own.
"""

from __future__ import annotations

import importlib.util
import os
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass

IMAGE = re.compile(r"(^|/)python:(?P<version>\d+\.\d+)\b")
# What `pip install boto3 requests` would bring. All of it runs on every Python from 3.10 on.
PACKAGES = ("boto3", "botocore", "s3transfer", "jmespath", "dateutil", "six", "urllib3", "requests", "certifi", "idna", "charset_normalizer")


@dataclass(frozen=True)
class Interpreter:
    """A folder for PATH, in which `python` is, and the rest of the environment that it needs."""

    folder: str
    environment: dict[str, str]
    note: str = ""


class Interpreters:
    def __init__(self, folder: str, chosen: str | None = None) -> None:
        self.folder, self.chosen = folder, chosen
        self.found: dict[str, tuple[str, str]] = {}

    def of(self, image: str) -> Interpreter:
        """What stands for the Python of an image."""
        if self.chosen:
            has_packages = answers(self.chosen, "import boto3, requests")
            return Interpreter(self.launcher(self.chosen), {} if has_packages else self.packages())
        wanted = IMAGE.search(image)
        version = wanted["version"] if wanted else ""
        if version not in self.found:
            self.found[version] = find(version)
        command, note = self.found[version]
        return Interpreter(self.launcher(command), self.packages(), note and f"{image}: {note}")

    def launcher(self, command: str) -> str:
        """A folder with `python`. As a script, not as a link: an interpreter of a virtual environment must be called by its own name."""
        folder = os.path.join(self.folder, re.sub(r"\W+", "-", command).strip("-"))
        os.makedirs(folder, exist_ok=True)
        for name in ("python", "python3"):
            path = os.path.join(folder, name)
            if not os.path.exists(path):
                with open(f"{path}.{os.getpid()}", "w") as file:
                    file.write(f'#!/bin/sh\nexec {shlex.quote(command)} "$@"\n')
                os.chmod(file.name, 0o755)
                os.replace(file.name, path)
        return folder

    def packages(self) -> dict[str, str]:
        """PYTHONPATH with the packages, and no other of the emulated AWS's."""
        folder = os.path.join(self.folder, "packages")
        os.makedirs(folder, exist_ok=True)
        for name in PACKAGES:
            found = importlib.util.find_spec(name)
            origin = found and found.origin
            if origin:
                source = os.path.dirname(origin) if os.path.basename(origin) == "__init__.py" else origin
                link = os.path.join(folder, os.path.basename(source))
                if not os.path.lexists(link):
                    os.symlink(source, link)
        return {"PYTHONPATH": folder}


def own() -> str:
    """The Python of the emulated AWS, without its packages."""
    return getattr(sys, "_base_executable", None) or sys.executable


def find(version: str) -> tuple[str, str]:
    """The machine's Python of this version (3.12), or the emulated AWS's own and a word on it."""
    here = "{}.{}".format(*sys.version_info)
    if version in ("", here):
        return own(), "" if version else f"the job runs in Python {here} of this machine"
    command = shutil.which(f"python{version}")
    if command and answers(command, f"import sys; assert sys.version_info[:2] == {tuple(map(int, version.split('.')))}"):
        return command, ""
    return own(), f"this machine has no python{version}; the job runs in Python {here}"


def answers(command: str, code: str) -> bool:
    """Whether an interpreter runs this without an error."""
    try:
        return subprocess.run([command, "-c", code], stdin=subprocess.DEVNULL, capture_output=True, timeout=30, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False
