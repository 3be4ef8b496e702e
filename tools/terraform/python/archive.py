"""The data source archive_file of the stand-in for hashicorp/archive 2.7.1 (see providers.py)."""

import base64
import hashlib
import os
import re
import stat
import tempfile
import zipfile

from tf.blocks import SetNestedBlock
from tf.iface import DataSource
from tf.schema import Attribute, Block, Schema
from tf.types import Bool, Number, Set, String

SOURCES = ("source", "source_content_filename", "source_file", "source_dir")
CONFLICTS = {
    "source": ("source_file", "source_dir", "source_content", "source_content_filename"),
    "source_content": ("source_file", "source_dir"),
    "source_content_filename": ("source_file", "source_dir"),
    "source_file": ("source_dir",),
    "excludes": ("source_file", "source_content", "source_content_filename"),
}
HASHES = ("md5", "sha", "sha256", "base64sha256", "sha512", "base64sha512")


class ArchiveFile(DataSource):
    def __init__(self, provider):
        self.provider = provider

    @classmethod
    def get_name(cls):
        return "file"

    @classmethod
    def get_schema(cls):
        optional = ("source_content", "source_content_filename", "source_file", "source_dir", "output_file_mode")
        return Schema(
            version=0,
            attributes=[
                Attribute("id", String(), computed=True),
                Attribute("type", String(), required=True),
                Attribute("output_path", String(), required=True),
                *(Attribute(name, String(), optional=True) for name in optional),
                Attribute("excludes", Set(String()), optional=True),
                Attribute("exclude_symlink_directories", Bool(), optional=True),
                Attribute("output_size", Number(), computed=True),
                *(Attribute(f"output_{name}", String(), computed=True) for name in HASHES),
            ],
            block_types=[
                SetNestedBlock(
                    "source",
                    Block([Attribute("content", String(), required=True), Attribute("filename", String(), required=True)]),
                )
            ],
        )

    def validate(self, diags, type_name, config):
        super().validate(diags, type_name, config)
        given = {name for name, value in config.items() if value not in (None, [])}
        if not given.intersection(SOURCES):
            detail = f"At least one of these attributes must be configured: [{','.join(SOURCES)}]"
            diags.add_error("Missing Attribute Configuration", detail)
        for name, others in CONFLICTS.items():
            for other in others:
                if {name, other} <= given:
                    detail = f'Attribute "{other}" cannot be specified when "{name}" is specified'
                    diags.add_error("Invalid Attribute Combination", detail, path=[name])

    def read(self, ctx, config):
        try:
            entries = list(archived(config))
            content = zipped(entries, config["output_file_mode"])
            write(config["output_path"], content)
        except (OSError, ValueError) as error:
            ctx.diagnostics.add_error("Archive creation error", f"error creating archive: {error}")
            return None
        sha1, sha256, sha512 = hashlib.sha1(content), hashlib.sha256(content), hashlib.sha512(content)
        return {
            **config,
            "id": sha1.hexdigest(),
            "output_size": len(content),
            "output_md5": hashlib.md5(content).hexdigest(),
            "output_sha": sha1.hexdigest(),
            "output_sha256": sha256.hexdigest(),
            "output_base64sha256": base64.b64encode(sha256.digest()).decode(),
            "output_sha512": sha512.hexdigest(),
            "output_base64sha512": base64.b64encode(sha512.digest()).decode(),
        }


def archived(config):
    """(name, content, mode) of every file that goes into the archive; no mode for a text given in the configuration."""
    if config["type"] != "zip":
        raise ValueError(f"archive type not supported: {config['type']} (the offline stand-in makes zip archives only)")
    if config["source_dir"] is not None:
        yield from directory(config["source_dir"], config["excludes"] or [], bool(config["exclude_symlink_directories"]))
    elif config["source_file"] is not None:
        path = config["source_file"]
        if not os.path.exists(path):
            raise ValueError(f"could not archive missing file: {path}")
        yield os.path.basename(path), read(path), os.stat(path).st_mode
    elif config["source_content_filename"] is not None:
        yield config["source_content_filename"], (config["source_content"] or "").encode(), None
    else:
        texts = {source["filename"]: source["content"].encode() for source in config["source"]}
        for name in sorted(texts):
            yield name, texts[name], None


def directory(root, excludes, exclude_symlink_directories):
    if not os.path.isdir(root):
        kind = "directory that is a file" if os.path.exists(root) else "missing directory"
        raise ValueError(f"could not archive {kind}: {root}")
    patterns = [glob(pattern) for pattern in excludes if pattern]
    files = []

    def walk(folder, base):
        for name in sorted(os.listdir(folder)):
            path, inside = os.path.join(folder, name), f"{base}{name}"
            if any(pattern.fullmatch(inside) for pattern in patterns):
                continue
            if not os.path.isdir(path):
                files.append((inside, read(path), os.stat(path).st_mode))
            elif not (os.path.islink(path) and exclude_symlink_directories):
                walk(path, f"{inside}/")

    walk(root, "")
    if not files:
        raise ValueError("archive has not been created as it would be empty")
    return files


def glob(pattern):
    """A doublestar pattern (`*` stays inside a folder, `**` crosses them, `{a,b}`, `[a-z]`) as a regular expression."""
    out, depth, i = "", 0, 0
    while i < len(pattern):
        c = pattern[i]
        if pattern.startswith("**/", i) and (i == 0 or pattern[i - 1] == "/"):
            out, i = out + "(?:.*/)?", i + 2
        elif pattern.startswith("/**", i) and i + 3 == len(pattern):
            out, i = out + "(?:/.*)?", i + 2
        elif pattern.startswith("**", i):
            out, i = out + ".*", i + 1
        elif c == "[" and "]" in pattern[i + 1 :]:
            end = pattern.index("]", i + 1)
            inner = pattern[i + 1 : end]
            out, i = out + "[" + ("^" + inner[1:] if inner[:1] in ("!", "^") else inner) + "]", end
        elif c == "{" and "}" in pattern[i:]:
            out, depth = out + "(?:", depth + 1
        elif c == "}" and depth:
            out, depth = out + ")", depth - 1
        elif c == "," and depth:
            out += "|"
        else:
            out += {"*": "[^/]*", "?": "[^/]"}.get(c) or re.escape(c)
        i += 1
    return re.compile(out, re.S)


def zipped(entries, mode):
    """The same bytes for the same files, wherever and whenever they are packed."""
    try:
        forced = int(mode, 8 if re.fullmatch(r"0[0-7]+", mode) else 0) if mode else None
    except ValueError:
        raise ValueError(f"error parsing output_file_mode value: {mode}") from None
    with tempfile.TemporaryFile() as buffer:
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content, file_mode in entries:
                info = zipfile.ZipInfo(name.replace(os.sep, "/"), (1980, 1, 1, 0, 0, 0))
                info.compress_type = zipfile.ZIP_DEFLATED
                info.create_system = 0 if file_mode is None else 3
                if file_mode is not None:
                    info.external_attr = (stat.S_IFREG | (forced if forced is not None else stat.S_IMODE(file_mode))) << 16
                archive.writestr(info, content)
        buffer.seek(0)
        return buffer.read()


def read(path):
    with open(path, "rb") as file:
        return file.read()


def write(path, content):
    """In one step: a plan that runs at the same time never sees half an archive."""
    folder = os.path.dirname(path) or "."
    os.makedirs(folder, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=folder, prefix=f".{os.path.basename(path)}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise
